package normalize

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
	"heshu/schemas/catalog"
)

// quantity sets value, bounds, qualifier and unit.
func (r *reading) quantity() {
	q, o := r.f.Quantity, r.o
	o.Value, o.Low, o.High, o.Unit, r.kind = inUnit(q, q.Unit)
	if o.Qualifier == 0 {
		o.Qualifier = schemas.Exact // 87：9：4 has no one value
	}
	switch people := hasAny(lastWords(r.c.Before, 10), "人数", "人口", "农民工", "职工", "就业", "毕业生", "劳动力", "会员"); {
	case q.Unit == "" && q.UnitMult >= 3 && r.countsPeople():
		o.Unit = "person"
	case q.Unit == "" && q.UnitMult >= 3 && hasAny(lastWords(r.c.Before, 10), "岗位"):
		o.Unit = "post"
	case q.Unit == "" && people && (q.UnitMult >= 3 || hasAny(lastWords(r.c.Before, 2), "人口", "人数", "会员", "员工")):
		o.Unit = "person"
	case q.Unit == "" && strings.Contains(o.Number, "分之"):
		o.Unit, r.kind = "percent", "fraction"
	case strings.ContainsAny(o.Number, "：:"):
		o.Unit, r.kind = "item", "ratio"
	case q.Unit == "" && r.label() == "" && r.page.before != nil && q.UnitMult >= 3 && !moneyWords(r.c) && r.page.before.unit != "percent": // 这一数字将再减少1000万
		o.Unit, r.sure.unit = r.page.before.unit, unitGuessed
	case o.Unit == "" || q.Unit == "":
		o.Unit, r.sure.unit = r.nounUnit(q.Unit)
		r.refineUnit()
	default:
		r.refineUnit()
	}
	if q.Unit == "" && o.Unit == "item" && (moneyWords(r.c) || q.UnitMult >= 3 && hasAny(lastWords(r.c.Before, 6), "投入", "耗资", "斥资", "捐赠", "募集")) {
		o.Unit = "CNY"
	}
	if q.Qualifier == schemas.Exact && strings.HasSuffix(r.c.Before, "最高") || hasAny(r.c.Before, "最高贷款", "最高可贷", "最多可") {
		if o.Value.IsSet() && q.Qualifier == schemas.Exact {
			o.Qualifier, o.Low, o.High = schemas.AtMost, schemas.Decimal{}, o.Value
		}
	}
	r.page.n.step(o, "unit", "unit-words", r.f.Unit.Text, string(o.Unit))
	r.page.n.step(o, "value", "number-grammar", o.Number, o.Value.String())
}

// countsPeople tells a bare number right in front of people: 安置418.49万贫困人口.
func (r *reading) countsPeople() bool {
	code, ok := unitOfNoun(r.c.Head)
	return ok && code == "person" && strings.HasPrefix(r.c.After, r.label())
}

func moneyWords(c *schemas.Clause) bool {
	return hasAny(lastWords(c.Before, 12), "资金", "款", "投资", "产值", "收入", "贷款", "工资", "价格", "补贴", "费用", "成本")
}

// nounUnit is the unit of a bare measure word, by what is counted.
func (r *reading) nounUnit(word string) (schemas.UnitCode, basis) {
	if word == "个" && r.page.before != nil && r.page.before.sentence == r.c.Sentence && endsInAny(r.label(), "类", "型") && r.page.before.unit != "percent" {
		return r.page.before.unit, unitGuessed // 示范基地6个，其中种植类4个
	}
	for _, n := range r.page.n.catalog.Text.Nouns {
		if strings.HasSuffix(r.c.Head, n.Suffix) || strings.HasSuffix(r.label(), n.Suffix) {
			return n.Unit, sound
		}
	}
	if (r.c.Head == "区" || r.label() == "区") && strings.HasPrefix(r.c.After, "区") { // 11个区; not 集聚区2个
		return "county", sound
	}
	if code, ok := unitOfNoun(r.c.Head); ok {
		return code, sound
	}
	if code, ok := unitOfNoun(r.label()); ok {
		return code, sound
	}
	if word == "个" { // 贫困村出列128个
		s := strings.TrimRight(r.c.Before, " 了共达")
		for _, left := range []string{"出列", "退出", "摘帽", "脱贫", "达标", "通过验收"} {
			if noun, ok := strings.CutSuffix(s, left); ok {
				if code, ok := unitOfNoun(noun); ok {
					return code, unitGuessed
				}
			}
		}
	}
	if word == "" && r.f.Quantity.UnitMult >= 3 || word == "个" { // 2889万贫困人口饮水不安全问题, 307个中央单位定点扶贫
		for i := len(r.c.Modifiers) - 1; i >= 0; i-- {
			if code, ok := unitOfNoun(r.c.Modifiers[i]); ok && (code == "person" || word == "个" && (strings.HasSuffix(r.c.Head, "扶贫") || strings.Contains(r.label(), r.c.Modifiers[i]+"的"))) {
				return code, unitGuessed
			}
		}
	}
	if r.page.before != nil && r.c.Head == "" && word == "个" && r.page.before.unit != "percent" && (r.c.After == "" || strings.HasPrefix(r.c.Text, "其中")) {
		return r.page.before.unit, unitGuessed
	}
	if word == "批" && r.c.Head != "" {
		if code, ok := unitOfNoun(r.c.Head); ok {
			return code, sound
		}
	}
	return "item", unitGuessed
}

// refineUnit corrects a measure word that several kinds of things share: 走访困难企业44户, 8300余份慰问品, 13项工程.
func (r *reading) refineUnit() {
	code, ok := unitOfNoun(r.c.Head)
	word := r.f.Quantity.Unit
	switch {
	case word == "项" && r.c.Head == "" && r.page.before != nil && r.page.before.sentence == r.c.Sentence && r.page.before.unit == "project":
		r.o.Unit = "project" // 172项水利工程，已开工建设142项
	case word == "项" && (!ok || code != "project") && !hasAny(r.label()+r.c.Before, "项目", "工程", "课题"):
		r.o.Unit = "item"
	case r.o.Unit == "organization" && word != "家" && hasAny(r.c.Before+r.c.Verb, "新建", "建设", "建成", "改建", "修建", "扩建", "援建", "捐建", "帮建", "共建", "修缮", "建起"): // 新建卫生院97个
		r.o.Unit = "site"
	case (word == "条" || word == "种" || word == "类" || word == "张" || word == "台") && (r.o.Unit == "county" || r.o.Unit == "village" || r.o.Unit == "township" || r.o.Unit == "person" || r.o.Unit == "household"):
		r.o.Unit = "item" // 31条支持重点帮扶县的政策
	case word == "口" && r.o.Unit == "person" && hasAny(lastWords(r.label(), 2), "井", "池", "窖", "塘"):
		r.o.Unit = "site"
	case word == "户" && ok && code == "organization", word == "家" && ok && code == "household":
		r.o.Unit = code
	}
}

// measure says what the number says of the thing counted, and gives a decrease its sign.
func (r *reading) measure() {
	o, t := r.o, r.page.n.catalog.Text
	m := t.Measures
	before := lastWords(r.c.Before, 14)
	up, down := r.directVerb(m["change_up"].Words()), r.directVerb(m["change_down"].Words())
	target := r.targetAhead()
	rule := "total"
	switch {
	case r.kind == "ratio":
		o.Measure, rule = schemas.Share, "ratio"
	case r.kind == "point":
		o.Measure, rule = schemas.Change, "points"
		if down || hasAny(before, m["change_down"].Words()...) && !up {
			r.negate()
		}
	case o.Unit == "percent" || o.Unit == "times":
		growth := hasAny(before, m["growth"].Words()...) || up || down
		if hasAny(before, "增加到", "下降到", "降到", "降至", "提高到", "上升到", "减少到", "升至", "降低到") {
			growth = false
		}
		if rate := strings.TrimRight(r.c.Before, "达到为是约近超过 "); strings.HasSuffix(rate, "率") && !strings.HasSuffix(rate, "增长率") {
			growth = false // 对经济增长的贡献率为57%
		}
		switch {
		case growth:
			o.Measure, rule = schemas.Growth, "growth"
			if down || hasAny(before, "下降", "减少", "降低", "负增长", "回落") && !up {
				r.negate()
			}
		case o.Unit == "percent":
			o.Measure, rule = schemas.Share, "share"
		}
	case r.lessOf():
		o.Measure, rule = schemas.Change, "change"
		r.negate()
	case (up || down || r.moreThan()) && !hasAny(r.c.Before, "增收"):
		if down || hasAny(r.c.Before, "比", "较", "同比") || r.directVerb(risen) || r.moreThan() {
			o.Measure, rule = schemas.Change, "change"
		}
		if down {
			r.negate()
		}
	}
	if said := r.averaged(); said != "" {
		rule = said
	}
	if target && (o.Measure == schemas.Total || o.Measure == schemas.Share || o.Measure == schemas.Average) {
		o.Measure, rule = schemas.Target, "target"
	}
	r.page.n.step(o, "measure", rule, before, o.Measure.String())
}

// averaged reads what a total or a change is for each of, and makes an average of what is said of each; it returns the rule.
func (r *reading) averaged() (rule string) {
	o, a := r.o, &r.page.around
	if o.Measure == schemas.Total || o.Measure == schemas.Change && r.kind != "point" {
		o.Per = r.per()
	}
	if o.Measure != schemas.Total {
		return ""
	}
	if o.Per == "" && inARow(r.c.Before+o.Number) {
		o.Measure, o.Per, rule = schemas.Average, "year", "each-year"
	}
	if avg := r.page.n.catalog.Text.Measures["average"]; avg.In(a[catalog.Before]) || avg.In(a[catalog.Label]) || r.listedEach() || hasAny(r.bracketed(), avg.Words()...) {
		o.Measure, rule = schemas.Average, "average"
	}
	return rule
}

// risen are verbs that say how much higher something is, without a 比; what was 增加 or 新增 may be a total.
var risen = []string{"提高", "上升", "上调", "上涨", "提升"}

// moreThan tells how much more was done than at another time: 较去年多资助11名, 比去年多收了120吨.
func (r *reading) moreThan() bool {
	s := strings.TrimRight(r.c.Before, " 了近约出")
	for _, word := range []string{"超过", "超出", "多于", "高于"} { // 超过去年全年总数412人
		if _, rest, ok := strings.Cut(s, word); ok && hasAny(rest, "去年", "上年", "同期", "往年") && !hasAny(rest, "达", "为", "的") {
			return true
		}
	}
	for _, word := range []string{"比", "较"} {
		if i := strings.LastIndex(s, word); i >= 0 {
			rest := s[i+len(word):]
			j := strings.LastIndex(rest, "多")
			return j > 0 && utf8.RuneCountInString(rest[j:]) <= 4 && !hasAny(rest, "更多", "众多")
		}
	}
	return false
}

// bracketed is the phrase that a bracket with a note parts from the number: 每千人口执业（助理）医师数1.28人.
func (r *reading) bracketed() string {
	if !strings.Contains(r.prefix, "）") && !strings.Contains(r.prefix, ")") {
		return ""
	}
	i := strings.LastIndexAny(r.prefix, "，。；：,;、")
	phrase := r.prefix[max(i, 0):]
	if !strings.ContainsAny(phrase, ")）") {
		return ""
	}
	return phrase
}

// inARow tells a number that each of several years reached: 连续5年突破百亿斤, 连续三年稳定在3000万人以上.
func inARow(before string) bool {
	_, rest, ok := strings.Cut(before, "连续")
	years, rest, found := strings.Cut(rest, "年")
	return ok && found && len(years) <= len("二十") && hasAny(lastWords(rest, 12), "突破", "超过", "稳定", "保持", "达")
}

// listedEach tells a member of a list that is for each: 每个村安排1名干部、1个工作组.
func (r *reading) listedEach() bool {
	if r.c.Verb == "" || strings.Contains(r.c.Before, r.c.Verb) || !strings.Contains(r.c.Text, r.c.Verb) {
		return false
	}
	i, j := strings.Index(r.c.Text, "每"), strings.Index(r.c.Text, r.c.Verb)
	return i >= 0 && i < j
}

// per lists the units that an amount is for.
func (r *reading) per() string {
	var out []string
	for i := range r.page.n.catalog.Text.Per {
		p := &r.page.n.catalog.Text.Per[i]
		if (p.In(r.page.around[catalog.Before]) || p.In(r.page.around[catalog.Label])) && !(p.Code == "year" && datedOnly(r.c.Before, p.Words())) {
			out = append(out, p.Code)
		}
	}
	return strings.Join(out, "+")
}

// lessOf tells a fall whose object stands before the number: 减少贫困人口12460人.
func (r *reading) lessOf() bool {
	if !strings.Contains(r.c.Before, "减少") {
		return false
	}
	label := r.label()
	return label != "" && strings.HasSuffix(strings.TrimRight(r.c.Before, " 了约近"), "减少"+label)
}

// datedOnly tells a text in which the words, 年产值 and the like, only end the name of a year: 去年产值.
func datedOnly(text string, words []string) bool {
	found := false
	for _, w := range words {
		for rest := text; ; {
			before, after, ok := strings.Cut(rest, w)
			if !ok {
				break
			}
			if last, _ := utf8.DecodeLastRuneInString(before); !strings.HasPrefix(w, "年") || !strings.ContainsRune("去今全当上前明同本该近0123456789", last) {
				return false
			}
			found, rest = true, after
		}
	}
	return found
}

// directVerb reports whether one of the words governs the number itself: 减少1386万人, not 减少到1386万人.
func (r *reading) directVerb(words []string) bool {
	s := strings.TrimRight(r.c.Before, " 了整约近出")
	for _, w := range words {
		if strings.HasSuffix(s, w) && !(w == "降" && hasAny(lastWords(s, 2), "起降", "升降", "迫降", "空降")) {
			return true
		}
	}
	return false
}

func (r *reading) negate() {
	o := r.o
	o.Value, o.Low, o.High = o.Value.Neg(), o.High.Neg(), o.Low.Neg()
}

// targetAhead reports whether the sentence, up to the number, speaks of what is planned.
func (r *reading) targetAhead() bool {
	t, around := r.page.n.catalog.Text, &r.page.around
	if t.Measures["will"].In(around[catalog.After]) && t.Last(apart(r.c.After), t.Measures["done"]) < 0 { // 28个项目将开工
		return true
	}
	if !t.Measures["target"].In(around[catalog.Sentence]) {
		return false
	}
	prefix := planNouns.Replace(apart(withoutBa(withoutTitles(r.prefix))))
	if i := strings.LastIndexAny(prefix, "；;"); i >= 0 {
		prefix = prefix[i:]
	}
	plan := t.Last(prefix, t.Measures["target"])
	if plan >= 0 && strings.HasPrefix(prefix[plan:], "可达") && strings.ContainsAny(prefix[plan:], "，,") {
		return false // 2019年总产值可达1000万元，带动就业20人
	}
	return plan >= 0 && plan > t.Last(prefix, t.Measures["done"])
}

// withoutBa drops a 将 that only stands before an object, as 把 does: 还将劳动竞赛引入脱贫攻坚.
func withoutBa(s string) string {
	i := strings.LastIndex(s, "将")
	if i < 0 {
		return s
	}
	clause := firstPart(s[i:], "，")
	if !hasAny(clause, "引入", "纳入", "作为", "列为", "列入", "融入", "送到", "送进", "变成", "变为", "转化为", "打造成", "带到", "带入", "搬到", "搬进") || strings.HasPrefix(clause, "将作为") {
		return s
	}
	return strings.TrimSuffix(s[:i], "还") + s[i+len("将"):]
}

// planNouns takes out plans that are only named: 实施两期提升计划，….
var planNouns = strings.NewReplacer("计划，", "，", "计划、", "、", "计划”", "”", "计划的", "的", "规划，", "，", "规划、", "、", "规划”", "”", "规划的", "的", "按计划", "", "按照计划", "", "原计划", "")

// withoutTitles blanks what stands in 《》: a plan's name plans nothing.
func withoutTitles(s string) string {
	for {
		i := strings.Index(s, "《")
		j := strings.Index(s, "》")
		if i < 0 || j < i {
			return s
		}
		s = s[:i] + s[j+len("》"):]
	}
}

// lastWords returns the last n runes of s.
func lastWords(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

func hasAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
