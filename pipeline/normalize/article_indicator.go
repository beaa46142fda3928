package normalize

import (
	"strings"

	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/region"
)

// indicator maps what is counted to a code, by the first rule that speaks.
func (r *reading) indicator() {
	o, a := r.o, &r.page.around
	o.Rule = "unmapped"
	if sum := r.averageOf(); sum != nil {
		r.sure.indicator = partOfBefore
		o.Indicator, o.Rule = sum.indicator, "average-of/"+sum.rule
		r.page.n.step(o, "indicator", o.Rule, r.c.Text, string(o.Indicator))
		return
	}
	if r.partOf() {
		whole := r.whole()
		r.partWhole = whole
		o.Indicator, o.Rule = whole.indicator, "part-of/"+strings.TrimPrefix(whole.rule, "part-of/")
		if name := r.partName(); !r.placeName(name) {
			o.Breakdown = name
		}
		r.sure.indicator = partOfBefore
		r.page.n.step(o, "indicator", o.Rule, r.c.Text, string(o.Indicator))
		return
	}
	if b := r.page.before; b != nil && b.differs && b.sentence == r.c.Sentence && r.sumsUp() {
		r.page.n.catalog.Text.Find(lastWords(r.page.lastBefore, 20), a[catalog.Near]) // 专项资金比上年增长43%，达667亿元
	}
	r.sure.indicator = ruleNear
	if !r.firstRule() {
		r.sure.indicator = ruleCarried
		a[catalog.Near].Join(a[catalog.Verb]) // a verb that governs on from the figures before
		if !r.firstRule() {
			r.sure.indicator = unmapped
			if b := r.page.before; b != nil && b.sentence == r.c.Sentence && b.unit == o.Unit && b.indicator != schemas.Other && o.Measure == schemas.Total && (hasAny(r.c.Text, grewTo...) || r.byTurns() || r.sumsUp()) {
				o.Indicator, o.Rule, r.sure.indicator = b.indicator, "grew-to/"+b.rule, partOfBefore
			} else if b := r.page.heads[r.headKey()]; b.indicator != "" && b.paragraph >= r.c.Paragraph-1 && hasAny(firstPart(r.c.SentenceText, "，"), "其中", "其余") && o.Measure == schemas.Total {
				o.Indicator, o.Rule, r.sure.indicator = b.indicator, "part-of/"+strings.TrimPrefix(b.rule, "part-of/"), partOfBefore
			}
		}
	}
	if o.Measure == schemas.Change || o.Measure == schemas.Growth || o.Unit == "percent" && o.Indicator != "model_worker_participation_rate" {
		o.Indicator, o.Rule = schemas.Other, "unmapped"
		r.sure.indicator = unmappedShare
	}
	r.page.n.step(o, "indicator", o.Rule, r.c.Before+"|"+r.c.After, string(o.Indicator))
}

// headKey is what a figure counts, and in which unit.
func (r *reading) headKey() string { return r.c.Head + "|" + string(r.o.Unit) }

// byTurns tells a number that stands only beside the one before: 分别建成扶贫车间23个和31个.
func (r *reading) byTurns() bool {
	if r.c.Head != "" && r.c.Head == r.label() && strings.HasPrefix(r.c.After, r.c.Head) {
		return false
	}
	switch _, between, _ := strings.Cut(r.c.Text, r.page.lastNumber); strings.TrimSpace(firstPart(between, r.f.Number)) {
	case "和", "、", "与", "及":
		return true
	}
	return false
}

// sumsUp tells a number that only says how much the figure before has become, or how far it is done: 新建车间41座，累计达到118座;
// 扶贫车间28530个，目前已复工21705个.
func (r *reading) sumsUp() bool {
	if r.c.Head != "" && r.c.Head != "累计" {
		return false
	}
	s := strings.Trim(r.c.Before, " ,，、")
	for _, w := range []string{"目前", "现", "已", "累计", "总数", "总量", "开工", "建设", "复工", "投产", "完工", "竣工", "建成", "完成", "启动", "达到", "达", "总计", "共计", "共"} {
		s = strings.ReplaceAll(s, w, "")
	}
	return s == ""
}

// firstPart is what stands before a word, all of it where the word does not stand.
func firstPart(s, word string) string {
	before, _, _ := strings.Cut(s, word)
	return before
}

// grewTo are words between two states of one thing: 从2016年的1527万人增长至2020年的3243万人.
var grewTo = []string{"增长到", "增长至", "增加到", "增加至", "增至", "减少到", "减少至", "减至", "上升到", "提高到", "降到", "降至", "下降到", "扩大到", "发展到"}

// firstRule maps by the first rule that fits, if one does.
func (r *reading) firstRule() bool {
	for i := range r.page.n.catalog.Text.Indicators {
		rule := &r.page.n.catalog.Text.Indicators[i]
		if rule.Fits(r.o.Unit, &r.page.around) {
			r.o.Indicator, r.o.Rule = rule.Indicator, rule.Name
			if rule.Measure != 0 {
				r.o.Measure = rule.Measure
			}
			return true
		}
	}
	return false
}

// averageOf tells the average of the sum before it: 累计分红1100万元，户均近7000元.
// Between them may stand whom it is given to: 发放助学金15.8万元。其中本科生21名，每人5000元.
func (r *reading) averageOf() *mapped {
	b := r.page.before
	if b == nil || r.o.Measure != schemas.Average || r.c.Head != "" {
		return nil
	}
	switch strings.Trim(r.c.Before, " ,，、约近达为") {
	case "户均", "人均", "平均", "平均每户", "平均每人", "每户", "每人", "每名", "亩均":
	default:
		return nil
	}
	if b.unit == r.o.Unit && b.sentence == r.c.Sentence {
		return b
	}
	if b = r.sameUnit(func(b *mapped) bool { return strings.HasPrefix(b.rule, "part-of/") || b.average }); b != nil && b.indicator == schemas.Other {
		return nil
	}
	return b
}

// sameUnit is the nearest figure before of this one's unit, of its sentence or the one before, if only such as may be passed over
// stand between.
func (r *reading) sameUnit(passed func(*mapped) bool) *mapped {
	past := r.page.past
	for i := len(past) - 1; i >= 0; i-- {
		b := &past[i]
		switch {
		case b.paragraph != r.c.Paragraph || b.sentence < r.c.Sentence-1:
			return nil
		case b.unit == r.o.Unit && !b.differs && !b.average:
			return b
		case !passed(b):
			return nil
		}
	}
	return nil
}

// partOf tells a figure that is a part of the one before it: 其中国家级61人, 省级413人; 其中，甲市2100户，乙市1900户.
func (r *reading) partOf() bool {
	b := r.whole()
	if b == nil || r.o.Unit == "percent" || r.o.Measure != schemas.Total {
		return false
	}
	text := strings.TrimLeft(r.c.Text, " ,，、(（")
	ahead, _, _ := strings.Cut(r.c.SentenceText, r.c.Text)
	if !r.saysPart(text, ahead) && !(b == r.page.before && strings.HasSuffix(ahead, r.page.lastNumber+"(")) {
		if b != r.page.before && !r.page.before.average || r.c.Head != "" && strings.HasPrefix(r.c.After, r.label()) || !strings.HasPrefix(b.rule, "part-of/") || b.sentence != r.c.Sentence || len([]rune(r.c.Before)) > 8 {
			return false
		}
	}
	a := &r.page.around
	for i := range r.page.n.catalog.Text.Indicators { // a part with a verb of its own is no mere part: 其中1405人已经顺利脱贫
		if rule := &r.page.n.catalog.Text.Indicators[i]; rule.Fits(r.o.Unit, a) {
			return rule.Indicator == b.indicator || rule.Indicator == schemas.Other
		}
	}
	return true
}

// saysPart tells a clause that begins with 其中, or stands behind it.
func (r *reading) saysPart(text, ahead string) bool {
	return strings.HasPrefix(text, "其中") || strings.HasPrefix(text, "含") || strings.HasSuffix(strings.TrimRight(ahead, " ,，、:："), "其中")
}

// whole is the figure that a part may be of: the nearest of its unit, over shares and averages between them (8600户，占72%。其中…), over
// anything where 其中 says that it is a part (资助37名，发放15.8万元。其中本科生21名).
func (r *reading) whole() *mapped {
	b := r.page.before
	if b == nil || b.unit == r.o.Unit && !b.differs && !b.average {
		return b
	}
	ahead, _, _ := strings.Cut(r.c.SentenceText, r.c.Text)
	said := r.saysPart(strings.TrimLeft(r.c.Text, " ,，、(（"), ahead)
	return r.sameUnit(func(b *mapped) bool { return said || b.unit == "percent" || b.average })
}

// action is the programme action that the paragraph's opening, the section's heading or the sentence around the figure says.
func (r *reading) action() {
	o, t, p := r.o, r.page.n.catalog.Text, r.page
	if p.opening != r.c.Opening {
		p.opening, p.opens = r.c.Opening, t.Action(r.c.Opening)
	}
	rule := "opening"
	if o.Action = p.opens; o.Action == "" {
		rule = "section"
		o.Action = actionIn(t, p.around[catalog.Section])
	}
	if o.Action == "" && hasAny(r.c.Text, "一对一") {
		rule, o.Action = "clause", pairing
	}
	if said := actionIn(t, p.around[catalog.Sentence]); said != "" && (o.Action == "" || said == pairing) {
		own := t.Action(firstPart(r.c.After, "、") + r.label())
		if own == "" {
			if own = t.Action(strings.ReplaceAll(r.prefix, pairedCadres, "")); own == pairing {
				own = t.Action(strings.ReplaceAll(firstPart(r.c.Text, r.f.Number), pairedCadres, "")) // holds for its clause only
			}
			if _, after, _ := strings.Cut(r.c.Text, r.f.Number); own == "" && hasAny(r.c.After, "与", "同", "和", "跟") {
				own = t.Action(after) // 1350名志愿者与2100户贫困家庭结成对子
			}
		}
		if o.Action == "" || own == pairing {
			rule, o.Action = "sentence", own
		}
	}
	if o.Action != "" {
		p.n.step(o, "action", rule, "", o.Action)
	}
}

// pairing is the action whose own words say more than the section does: 结对帮扶的贫困户. pairedCadres are people, and say nothing
// of what stands behind them in a list.
const (
	pairing      = "pairing"
	pairedCadres = "结对帮扶干部"
)

// actionIn is the first programme action whose words are among those found, "" for none.
func actionIn(t *catalog.TextRules, s catalog.Set) string {
	for i := range t.Actions {
		if t.Actions[i].In(s) {
			return t.Actions[i].Code
		}
	}
	return ""
}

// actor sets scope and entity by who acts.
func (r *reading) actor() {
	o := r.o
	if r.c.Subject == "" {
		o.Scope = schemas.ScopeRegion
		return
	}
	o.Scope, o.Entity = schemas.ScopeEntity, r.c.Subject
	r.sure.scope = actorNamed
	if !strings.Contains(r.c.SentenceText, r.c.Subject) {
		r.sure.scope = actorCarried
	}
	r.page.n.step(o, "entity", "subject", r.c.Subject, o.Entity)
}

// placeName tells a part that is a place of its own: 其中，百色市2100户.
func (r *reading) placeName(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "工会"), "总")
	_, ok := r.page.n.regions.Find(s, region.Context{At: r.page.published, Publisher: r.page.home})
	return ok
}
