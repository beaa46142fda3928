package normalize

import (
	"encoding/binary"
	"slices"
	"strings"

	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/hanzi"
	"heshu/schemas/quantity"
)

// gridMeaning is what the labels of a cell, with its unit's words, mean.
type gridMeaning struct {
	unit      schemas.UnitCode
	factor    schemas.Decimal // from the unit as written to the canonical one
	mult      int             // power of ten of the factor, if it is one
	unitRule  string
	unknown   string // a unit's words that no table knows
	measure   schemas.Measure
	per       string
	indicator schemas.IndicatorCode
	rule      string
	action    string
	breakdown string

	cumulative bool // the form counts from the start of the action to the end of the period
}

// meaningOf reads the labels and the unit's words of a cell.
func (g *gridPage) meaningOf(f *schemas.Figure, o *schemas.Observation) *gridMeaning {
	k := g.key[:0]
	for _, s := range [...]string{f.Grid.Form, f.Grid.Field, o.ColumnLabel, f.Unit.Text, f.Grid.Title} {
		k = append(append(k, s...), 0)
	}
	if len(f.Grid.RowPath) > 0 {
		k = append(k, g.near.signature...)
	}
	if f.Quantity.Unit != "" {
		k = append(append(k, 1), f.Quantity.Unit...)
	}
	g.key = k
	if m, ok := g.meaning[string(k)]; ok {
		return m
	}
	if len(g.meaning) > keptMeanings {
		clear(g.meaning)
	}
	m := &gridMeaning{measure: schemas.Total, indicator: schemas.Other, rule: "header"}
	words := hanzi.Simplified(f.Label + " " + o.RowLabel + " " + o.ColumnLabel)
	shadow := *f
	grid := *f.Grid
	grid.RowPath, grid.ColumnPath, grid.Title = simplified(grid.RowPath), simplified(grid.ColumnPath), hanzi.Simplified(grid.Title)
	shadow.Grid, shadow.Label = &grid, hanzi.Simplified(f.Label)
	g.measure(m, &shadow, words)
	g.unit(m, &shadow)
	g.indicate(m, &shadow, words)
	m.breakdown = breakdownOf(f.Grid)
	g.byForm(m, f)
	g.meaning[string(k)] = m
	return m
}

// byForm lets the form's description speak where it says more than the headings do.
func (g *gridPage) byForm(m *gridMeaning, f *schemas.Figure) {
	form, ok := g.forms.Get(f.Grid.Form)
	if !ok || f.Grid.Form == "" {
		return
	}
	field, ok := form.Field(f.Grid.Field)
	if !ok {
		return
	}
	m.rule = "form:" + form.ID + "/" + field.ID
	m.indicator, m.cumulative = schemas.Other, form.Cumulative
	if field.Indicator != "" {
		m.indicator = field.Indicator
	}
	if m.measure = field.Measure; m.measure == 0 {
		m.measure = schemas.Total
	}
	if field.Breakdown != "" {
		m.breakdown = field.Breakdown
	}
	if f.Unit.Text == "" && field.Unit != "" {
		if u, ok := quantity.LookupUnit(field.Unit); ok {
			m.unit, m.factor, m.mult, m.unitRule = u.Code, u.Factor, powerOfTen(u.Factor), "form"
		}
	}
	if field.UnitCode != "" {
		m.unit, m.unitRule = field.UnitCode, "form"
	}
}

// tellingWords are all words of a row's label that the reading of measure, unit and share looks for.
var tellingWords = []string{"增长", "增速", "增幅", "同比", "环比", "增减%", "增减（%", "增减(%", "升降", "增减", "净增", "变动", "比重", "比例", "占比", "百分比", "覆盖率", "参与率", "完成率",
	"计划", "预计", "目标", "任务", "拟", "承诺", "人均", "户均", "村均", "平均", "每户", "每人", "每村", "金额", "资金", "产值", "收入", "投资", "工资", "户数", "人数", "人口",
	"率", "指数", "完成", "实际", "已", "到位", "任务数", "人次", "场次", "场数", "村数", "经费", "支出", "费用", "贷款", "补助", "补贴", "捐款", "慰问金", "利润", "总额", "款额"}

// signature says all that a row's label may add to a cell's meaning: rows with the same signature mean the same.
func (g *gridPage) signature(path []string, label string) string {
	set := g.around[catalog.Label]
	clear(set)
	g.n.catalog.Text.Find(label, set)
	leaf := telling(path)
	code := g.countedUnit(&schemas.Grid{RowPath: path})
	b := append([]byte(code), 0)
	b = append(append(b, breakdownOf(&schemas.Grid{RowPath: path})...), 0)
	for _, w := range set {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	for i, w := range tellingWords {
		if strings.Contains(label, w) {
			b = append(b, byte(i))
			if strings.Contains(leaf, w) {
				b = append(b, 255)
			}
		}
	}
	bare := bareLabel(leaf)
	if i := headingUnit(bare); i >= 0 {
		b = append(b, 252, byte(i))
	}
	if strings.HasSuffix(bare, "率") {
		b = append(b, 253)
	}
	if hasAny(label, programme...) {
		b = append(b, 254)
	}
	return string(b)
}

// unit finds the canonical unit: from the words written, else from what the labels say.
func (g *gridPage) unit(m *gridMeaning, f *schemas.Figure) {
	words, per, compound := splitUnit(f.Unit.Text)
	if words != "" {
		m.unitRule = "unit-words"
		u, ok := quantity.LookupUnit(words)
		if !ok {
			m.unit, m.unknown = "item", f.Unit.Text
			return
		}
		m.unit, m.factor = u.Code, u.Factor
		m.mult = powerOfTen(u.Factor)
		if own, _, _ := splitUnit(f.Quantity.Unit); own != "" && own != words { // 5000万元 is 50000000 of 元
			if stored, ok := quantity.LookupUnit(own); ok {
				m.factor = stored.Factor
			}
		}
		if u.Code == "" {
			m.unit = g.countedUnit(f.Grid)
		}
		if compound {
			m.per = joinPer(m.per, per)
			if m.measure == schemas.Total {
				m.measure = schemas.Average
			}
		}
		return
	}
	m.unitRule = "guess"
	m.unit = g.guessUnit(m, f)
}

// unitEnds are the ends of headings of one unit.
type unitEnds struct {
	ends []string
	code schemas.UnitCode
}

// headingUnits are the ends of headings that say in what they count.
var headingUnits = []unitEnds{
	{[]string{"人次", "人次数"}, "person_time"},
	{[]string{"场次", "场数", "场次数"}, "session"},
	{[]string{"户数"}, "household"},
	{[]string{"人数", "人口", "人口数"}, "person"},
	{[]string{"村数"}, "village"},
	{[]string{"金额", "资金", "产值", "收入", "投资", "工资", "经费", "支出", "费用", "贷款", "补助", "补贴", "捐款", "慰问金", "利润", "总额", "款额", "单价", "价格", "总价"}, "CNY"},
}

// headingUnit returns the index of the first of headingUnits that a bare label ends in, -1 for none.
func headingUnit(label string) int {
	return slices.IndexFunc(headingUnits, func(u unitEnds) bool {
		return slices.ContainsFunc(u.ends, func(end string) bool { return strings.HasSuffix(label, end) })
	})
}

// guessUnit is the unit that nothing says: what the innermost heading or label ends in, then any word of what is counted.
func (g *gridPage) guessUnit(m *gridMeaning, f *schemas.Figure) schemas.UnitCode {
	if m.measure == schemas.Growth || m.measure == schemas.Share {
		return "percent"
	}
	column, row := telling(f.Grid.ColumnPath), telling(f.Grid.RowPath)
	for _, leaf := range [...]string{bareLabel(column), bareLabel(row)} {
		if i := headingUnit(leaf); i >= 0 {
			return headingUnits[i].code
		}
	}
	switch {
	case endsWithAny(row, []string{"率", "比", "指数"}) || endsWithAny(column, []string{"率", "比", "指数"}):
		return "item"
	case hasAny(f.Label, "金额", "资金", "产值", "收入", "投资", "工资"):
		return "CNY"
	case hasAny(f.Label, "户数"):
		return "household"
	case hasAny(f.Label, "人数", "人口"):
		return "person"
	}
	return g.countedUnit(f.Grid)
}

// countedUnit is the unit of what the innermost heading counts, or else the row's label.
func (g *gridPage) countedUnit(grid *schemas.Grid) schemas.UnitCode {
	noun := func(s string) string {
		s = bareLabel(s)
		for _, end := range []string{"数量", "个数", "总数", "数"} {
			s = strings.TrimSuffix(s, end)
		}
		return s
	}
	row := lastOf(grid.RowPath)
	for _, column := range slices.Backward(grid.ColumnPath) { // 个数 says less than 基层工会 above it
		if code, ok := unitOfNoun(noun(column)); ok && !g.isDivision(column) {
			return code
		} else if w := noun(column); w != "" && w != "个" && w != "家" {
			break
		}
	}
	if isEntity(row) || g.isDivision(row) {
		row = ""
	}
	code, _ := unitOfNoun(noun(row))
	return code
}

// isDivision reports whether a label is the name of a county or city: it counts nothing, as 贫困县 does.
func (g *gridPage) isDivision(label string) bool {
	if !endsWithAny(label, divisionEnds) {
		return false
	}
	_, ok := g.regionOf(label, g.doc.Region, schemas.Date{})
	return ok
}

// splitUnit cuts a unit of a relation into what is counted and what it is for: 元/亩, 元每人每月.
func splitUnit(s string) (words, per string, compound bool) {
	s = strings.TrimSpace(s)
	if _, ok := quantity.LookupUnit(s); ok || s == "" {
		return s, "", false
	}
	for _, sep := range []string{"/", "／", "每"} {
		if a, b, ok := strings.Cut(s, sep); ok && a != "" && b != "" {
			return strings.Trim(a, "()（）"), strings.Trim(b, "()（）"), true
		}
	}
	return s, "", false
}

// perCodes are the units that an average may be for.
var perCodes = []struct{ words, code string }{
	{"户", "household"}, {"人", "person"}, {"县", "county"}, {"村", "village"}, {"家", "organization"}, {"企业", "organization"}, {"单位", "organization"}, {"年", "year"}, {"月", "month"},
}

// joinPer adds to per the codes of the words that say what a number is for, in a fixed order.
func joinPer(per, words string) string {
	for _, p := range perCodes {
		if strings.Contains(words, p.words) && !strings.Contains(per, p.code) {
			if per != "" {
				per += "+"
			}
			per += p.code
		}
	}
	return per
}

// powerOfTen returns n of a factor 10^n, 0 of any other.
func powerOfTen(f schemas.Decimal) int {
	s := f.String()
	switch {
	case strings.Trim(s, "0") == "1" && s[0] == '1':
		return len(s) - 1
	case strings.HasPrefix(s, "0.") && strings.Trim(s[2:], "0") == "1":
		return -(len(s) - 2)
	}
	return 0
}

// measure reads what the number says of the thing counted from the words of the labels.
func (g *gridPage) measure(m *gridMeaning, f *schemas.Figure, words string) {
	percent := strings.ContainsAny(f.Unit.Text, "%％‰") || f.Unit.Text == "百分点"
	column, row := telling(f.Grid.ColumnPath), telling(f.Grid.RowPath)
	leaf := column + " " + row
	switch {
	case hasAny(leaf, "增长", "增速", "增幅", "同比", "环比", "增减%", "增减（%", "增减(%", "升降"):
		m.measure = schemas.Growth
	case hasAny(leaf, "增减", "净增") || endsWithAny(bareLabel(column), changeEnds) || endsWithAny(bareLabel(row), changeEnds):
		m.measure = schemas.Change
		if percent || endsWithAny(bareLabel(column), []string{"率"}) || endsWithAny(bareLabel(row), []string{"率"}) {
			m.measure = schemas.Growth
		}
	case percent || endsWithAny(bareLabel(column), []string{"率"}) || endsWithAny(bareLabel(row), []string{"率"}) || hasAny(leaf, "比重", "比例", "占比", "百分比", "覆盖率", "参与率", "完成率"):
		m.measure = schemas.Share
	case hasAny(words, "计划", "预计", "目标", "任务", "拟", "承诺") && !isDone(leaf):
		m.measure = schemas.Target
	case hasAny(words, "人均", "户均", "村均", "平均", "每户", "每人"):
		m.measure = schemas.Average
	}
	for _, w := range []struct{ word, per string }{{"人均", "person"}, {"户均", "household"}, {"村均", "village"}, {"每户", "household"}, {"每人", "person"}, {"每村", "village"}} {
		if strings.Contains(words, w.word) && !strings.Contains(m.per, w.per) {
			m.per = joinPer(m.per, strings.Trim(w.word, "均每"))
		}
	}
}

// changeEnds end labels of changes; 变动成本 is none.
var changeEnds = []string{"变动", "变动额", "变动数", "变动量", "变动值", "变化", "变化量"}

// isDone reports whether the innermost labels speak of what was reached, whatever the table's title says of targets.
func isDone(leaf string) bool {
	return hasAny(leaf, "完成", "实际", "已", "到位") && !hasAny(leaf, "计划", "预计", "目标", "任务数", "应完成", "需完成", "拟")
}

// action is the programme action that the words name; words that name several (技能扶贫、智力扶贫) do not say which.
func (g *gridPage) action(field catalog.Field) string {
	code := ""
	for _, a := range g.n.catalog.Text.Actions {
		switch {
		case !a.In(g.around[field]) || a.Code == code:
		case code != "":
			return ""
		default:
			code = a.Code
		}
	}
	return code
}

// indicate finds the indicator: the form's field says it, else the rules of texts over the labels.
func (g *gridPage) indicate(m *gridMeaning, f *schemas.Figure, words string) {
	t := g.n.catalog.Text
	for i := range g.around {
		clear(g.around[i])
	}
	label := strings.Join(append(append([]string(nil), f.Grid.RowPath...), f.Grid.ColumnPath...), " ")
	t.Find(label, g.around[catalog.Label])
	t.Find(words, g.around[catalog.Whole])
	t.Find(f.Grid.Title, g.around[catalog.Section])
	for _, field := range []catalog.Field{catalog.Before, catalog.Near, catalog.Sentence, catalog.Verb} {
		g.around[field].Join(g.around[catalog.Whole])
	}
	g.around[catalog.Sentence].Join(g.around[catalog.Section])
	m.action = g.action(catalog.Whole)
	if m.action == "" {
		m.action = g.action(catalog.Section)
	}
	if m.measure == schemas.Growth || m.measure == schemas.Change || !aboutProgramme(f, words) {
		return
	}
	for i := range t.Indicators {
		rule := &t.Indicators[i]
		if rule.Fits(m.unit, &g.around) {
			m.indicator, m.rule = rule.Indicator, "header/"+rule.Name
			return
		}
	}
}

// programme are the words of the relief programme: without any of them near, a table's headings mean something else.
var programme = []string{"工会", "劳模", "扶贫", "脱贫", "帮扶", "贫困", "攻坚", "结对", "五一", "志愿", "助力"}

// aboutProgramme reports whether the labels, the title or the names around a figure speak of the programme.
func aboutProgramme(f *schemas.Figure, words string) bool {
	if f.Grid.Form != "" || hasAny(words, programme...) || hasAny(f.Grid.Title, programme...) {
		return true
	}
	for _, e := range f.Grid.Places {
		if hasAny(e.Text, programme...) {
			return true
		}
	}
	return false
}

// breakdownOf returns the part of a whole that the labels name: 其中：国家级, #武汉市, 女.
func breakdownOf(g *schemas.Grid) string {
	for _, path := range [][]string{g.RowPath, g.ColumnPath} {
		s := lastOf(path)
		for _, mark := range []string{"其中：", "其中:", "其中", "#", "＃"} {
			if rest, ok := strings.CutPrefix(s, mark); ok && rest != "" {
				return bareLabel(rest)
			}
		}
		switch b := bareLabel(s); b {
		case "男", "女", "男性", "女性":
			return b
		}
	}
	return ""
}

// telling returns the innermost level of a path that is more than a time: 增长（%） above 2016年.
func telling(path []string) string {
	for _, s := range slices.Backward(path) {
		if strings.Trim(s, "0123456789年月日季度第上下半-—~～至 ") != "" {
			return s
		}
	}
	return lastOf(path)
}

func lastOf(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}

// bareLabel drops numbering before a label and a bracket behind it: 1.在岗职工(人) is 在岗职工.
func bareLabel(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimLeft(s, "`'#＃")
	if i := strings.IndexAny(s, "、.．"); i > 0 && i <= 6 && strings.Trim(s[:i], "0123456789一二三四五六七八九十") == "" {
		_, rest, _ := strings.Cut(s[i:], string([]rune(s[i:])[0]))
		s = rest
	}
	if i := strings.LastIndexAny(s, "(（"); i > 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}
