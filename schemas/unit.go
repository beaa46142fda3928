package schemas

// UnitInfo describes a canonical unit.
type UnitInfo struct {
	Code     UnitCode
	Zh, En   string
	Discrete bool // counted one by one: a number printed without a scale word is exact
}

// Units lists the canonical units of the specification, in its order.
func Units() []UnitInfo { return append([]UnitInfo(nil), unitTable...) }

// Unit returns the description of a canonical unit, with the code for a name where the code is unknown.
func Unit(code UnitCode) UnitInfo {
	for _, u := range unitTable {
		if u.Code == code {
			return u
		}
	}
	return UnitInfo{Code: code, Zh: string(code), En: string(code)}
}

var unitTable = []UnitInfo{
	{"person", "人", "persons", true},
	{"person_time", "人次", "person-times", true},
	{"household", "户", "households", true},
	{"village", "个村", "villages", true},
	{"county", "个县", "counties", true},
	{"township", "个乡镇", "townships", true},
	{"organization", "家", "organizations", true},
	{"team", "支", "teams", true},
	{"project", "个项目", "projects", true},
	{"site", "个", "sites", true},
	{"session", "场次", "sessions", true},
	{"post", "个岗位", "posts", true},
	{"copy", "份", "copies", true},
	{"CNY", "元", "yuan", false},
	{"mu", "亩", "mu (1/15 ha)", false},
	{"m2", "平方米", "square metres", false},
	{"percent", "%", "percent", false},
	{"t", "吨", "tonnes", false},
	{"kg", "千克", "kilograms", false},
	{"km", "公里", "kilometres", false},
	{"m", "米", "metres", false},
	{"km2", "平方公里", "square kilometres", false},
	{"m3", "立方米", "cubic metres", false},
	{"kW", "千瓦", "kilowatts", false},
	{"kWh", "千瓦时", "kilowatt-hours", false},
	{"times", "倍", "times", false},
	{"item", "个（其他）", "items", true},
}
