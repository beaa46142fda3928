package region

import "strings"

// suffixes of full names, longest first where one ends another.
var suffixes = []string{"特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "省", "市", "州", "县", "区", "盟", "旗"}

// peoples that stand in the names of autonomous divisions.
var peoples = strings.Fields(`壮族 回族 满族 苗族 彝族 土家族 藏族 侗族 布依族 瑶族 白族 朝鲜族 哈尼族 傣族 黎族 傈僳族 畲族 拉祜族 佤族 水族 纳西族
羌族 土族 仫佬族 锡伯族 锡伯 柯尔克孜族 柯尔克孜 景颇族 达斡尔族 撒拉族 布朗族 毛南族 塔吉克族 塔吉克 普米族 怒族 鄂温克族 保安族 裕固族 独龙族
仡佬族 东乡族 哈萨克族 哈萨克 蒙古族 蒙古 维吾尔族 维吾尔 各族`)

// shorten leaves out what a name's level and peoples add: 恩施土家族苗族自治州 → 恩施. A name keeps its suffix where one
// character would be left (滑县), 内蒙古 its people.
func shorten(name string) string {
	for _, suffix := range suffixes {
		base, ok := strings.CutSuffix(name, suffix)
		if !ok {
			continue
		}
		if strings.HasPrefix(suffix, "自治") && base != "内蒙古" {
			base = withoutPeoples(base)
		}
		if len([]rune(base)) < 2 {
			return name
		}
		return base
	}
	return name
}

func withoutPeoples(base string) string {
	for again := true; again; {
		again = false
		for _, p := range peoples {
			if rest, ok := strings.CutSuffix(base, p); ok && len([]rune(rest)) > 1 {
				base, again = rest, true
				break
			}
		}
	}
	return base
}

// forms returns other usual forms of an autonomous division's name: 恩施州, 长阳县.
func forms(r *Region) []string {
	if !strings.Contains(r.Name, "自治") || r.Level == LevelProvince {
		return nil
	}
	switch {
	case strings.HasSuffix(r.Name, "州"):
		return []string{r.Short + "州"}
	case strings.HasSuffix(r.Name, "旗"):
		return []string{r.Short + "旗"}
	}
	return []string{r.Short + "县"}
}
