package normalize

import (
	"strconv"
	"strings"

	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/period"
	"heshu/schemas/quantity"
)

// period resolves the time words that govern the figure against the day of publication.
func (r *reading) period() {
	o, ref := r.o, r.page.reference()
	rule, base := r.timeWords(ref)
	if b := r.page.before; b != nil && b.timed && b.sentence == r.c.Sentence && (o.Measure == schemas.Growth || o.Measure == schemas.Change) && !r.ownTime() {
		o.Period, rule = b.period, "as-the-figure-before" // 同比增长18.4%
	}
	if w := r.partWhole; w != nil && !r.ownTime() && w.period.Kind != 0 {
		o.Period, rule = w.period, "as-the-whole"
	}
	if o.Period.Kind == 0 && !(rule == "now-undated" && r.nowSaid()) {
		r.sure.period = timeDefault
		o.Period = r.page.defaultPeriod()
	}
	if (o.Measure == schemas.Change || o.Measure == schemas.Growth) && base.Text != "" {
		r.fromBase(base, ref)
	}
	r.fromTo()
	r.ahead()
	r.planned(rule == "publication-date")
	r.timed = rule != "publication-date"
	if m := r.page.main; r.page.published.IsZero() && m.Kind != 0 && m.End.Before(o.Period.End) && o.Period.Kind == schemas.RangePeriod {
		o.Period.End = m.End // an undated text knows nothing of the years behind the one it reports on
	}
	if r.page.published.IsZero() {
		addFlag(o, "undated")
		r.sure.period = timeUndated
	}
	r.page.n.step(o, "period", rule, evidenceText(r.c.Times), o.Period.Start.String()+"/"+o.Period.End.String())
}

// timeWords takes the period of the nearest time word that can be meant. It names the rule, and returns the words that the
// figure is compared with.
func (r *reading) timeWords(ref schemas.Date) (rule string, base schemas.Evidence) {
	o := r.o
	rule = "publication-date"
	for i, ev := range r.c.Times {
		words := strings.TrimLeft(ev.Text, "比较同占是")
		e, ok := timeOf(words)
		if !ok {
			continue
		}
		e.Base = e.Base || words != ev.Text
		if e.Base || e.Kind == period.Duration {
			if base.Text == "" {
				base = ev
			}
			continue
		}
		if o.Period.Kind != 0 || strings.HasPrefix(words, "连续") && hasAny(r.c.SentenceText, words+"奖励", words+"补助", words+"补贴", words+"资助", words+"给予") {
			continue
		}
		if !strings.Contains(r.c.SentenceText, words) && r.soFarSaid() && !(e.Kind == period.Since && e.Whole()) {
			break // the sentence before said a day or a year; 已, 先后 and 累计 count up to now
		}
		if r.page.published.IsZero() && e.Kind == period.AsOf && hasAny(ev.Text, "目前", "现", "如今") {
			if rule = "now-undated"; strings.Contains(r.c.Text, words) {
				break // of a day that nobody knows
			}
			continue
		}
		near := r.near(i+1, ref)
		if near.Kind != schemas.Day && hasAny(words, "当天", "当日", "当晚", "这一天", "这天") {
			near = r.dayBefore(ref)
		}
		day := ref
		if y := near.End.Year(); near.Kind == schemas.Year && strings.HasPrefix(words, "上年") && hasAny(r.c.SentenceText, "由"+words, "从"+words) {
			day = schemas.NewDate(y, 12, 31) // of the year reported on: 全年…由上年的1.9%下降到0.3%
		}
		p, ok := r.resolve(e, near, day)
		if y := near.End.Year(); r.o.Measure != schemas.Target && (words == "年底" || words == "年末" || words == "年终") && y == ref.Year()-1 && ref.Month() <= 3 {
			p = schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(y, 12, 31)} // 截至2022年底…。年底累计结余7.4万亿元
		}
		if y := r.page.section.year; y.Kind != 0 && !r.page.section.plans && hasAny(words, "过去一年", "过去的一年", "一年来", "这一年") {
			p, ok = y, true // of the year that the section looks back on
		}
		if ok {
			if r.tooLate(p, words) || r.standing(p, words) {
				continue
			}
			o.Period, o.PeriodFrom = r.untilDay(r.shape(p, e, ev.Text), i+1, ref), ev.Locator
			r.until = e.Kind == period.Until
			rule = "time-words"
			if r.sure.period = sound; !strings.Contains(r.c.SentenceText, words) {
				r.sure.period = timeCarried
			}
		}
	}
	return rule, base
}

func evidenceText(es []schemas.Evidence) string {
	var w []string
	for _, e := range es {
		w = append(w, e.Text)
	}
	return strings.Join(w, " ")
}

// resolve gives the period of a time word. The headline's year is lent to years, quarters and months, not to the days of a
// text whose own day is known; 全年 at the beginning of a year is the year that is over, unless it is planned.
func (r *reading) resolve(e period.Expr, near schemas.Period, ref schemas.Date) (schemas.Period, bool) {
	p, ok := e.ResolveIn(ref, near)
	if !ok || r.page.published.IsZero() {
		return p, ok
	}
	if p.Kind == schemas.Day && near == r.page.main {
		return e.Resolve(ref)
	}
	if last := ref.Year() - 1; near.Kind == 0 && p == yearOf(ref.Year()) && !e.Dated() && ref.Month() <= 2 && r.o.Measure != schemas.Target {
		p = yearOf(last)
	}
	return p, ok
}

// tooLate tells a time that cannot be meant: days to come that nothing in the figure's own sentence speaks of: they were said of something else before, or
// are reckoned from a day in the story (三个月后).
func (r *reading) tooLate(p schemas.Period, words string) bool {
	day := r.page.published
	if y := p.Start.Year(); !p.Start.IsZero() && y < 1949 && !strings.Contains(words, "19") && !strings.Contains(words, "18") {
		return true // 34年中当过5所学校的校长
	}
	if r.o.Measure == schemas.Target && !day.IsZero() && !p.End.IsZero() && p.End.Before(day) && p.Kind != schemas.AsOf && !strings.Contains(r.c.SentenceText, words) {
		return true // what is planned does not lie in the past that was spoken of before
	}
	if day.IsZero() || r.o.Measure == schemas.Target || p.Start.IsZero() && p.Kind == schemas.AsOf && strings.Contains(r.c.SentenceText, words) {
		return false
	}
	start := p.Start
	if start.IsZero() {
		start = p.End
	}
	return day.Before(start) && (!strings.Contains(r.c.SentenceText, words) || strings.HasSuffix(words, "后"))
}

// dayBefore is the last full date that the text says before the figure: 当天 points to it over paragraphs.
func (r *reading) dayBefore(ref schemas.Date) (day schemas.Period) {
	at, ok := r.f.Locator.(schemas.TextSpan)
	if !ok {
		return day
	}
	text := []rune(r.page.part.Text)
	text = text[:min(int(at.Start), len(text))]
	for _, e := range period.Scan(text[max(0, len(text)-1500):]) {
		if p, ok := e.Resolve(ref); ok && p.Kind == schemas.Day && e.Kind == period.Calendar && e.Dated() {
			day = p
		}
	}
	return day
}

// nowSaid tells a clause that speaks of the present.
func (r *reading) nowSaid() bool { return hasAny(r.c.Text, "目前", "现有", "现已", "如今") }

// standing tells what is there whenever one looks: the month or day of an event told before does not date it.
func (r *reading) standing(p schemas.Period, words string) bool {
	if strings.Contains(r.c.Text, words) {
		return false
	}
	if hasAny(r.c.Before, "现有", "目前", "现已") && p.Kind != schemas.AsOf {
		return true // 于2009年创办，现有员工260人
	}
	if r.foundedIn(words) && p.Kind != schemas.AsOf {
		return true
	}
	if strings.Contains(r.c.SentenceText, words) {
		return false
	}
	if p.Kind != schemas.Month && p.Kind != schemas.Day {
		return false
	}
	return hasAny(r.c.Before, "拥有", "现有", "共有", "占地", "面积", "下辖", "辖", "人口", "户数", "耕地", "员工")
}

// foundedIn tells a time that only says since when there is what the figure describes: 公司成立于2013年，占地面积45亩.
func (r *reading) foundedIn(words string) bool {
	before, after, ok := strings.Cut(r.c.SentenceText, words)
	for _, w := range []string{"成立于", "建于", "创建于", "创办于", "组建于", "落成于", "注册于"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	if !ok || !hasAny(r.c.Before, "占地", "面积", "年产", "年生产", "年开采", "年加工", "能力", "展品", "员工", "职工", "社员", "下辖", "注册资", "拥有", "存栏") {
		return false
	}
	if i := strings.LastIndexAny(before, "，。；,;"); i >= 0 {
		before = before[i:]
	}
	if i := strings.IndexAny(after, "，。；,;"); i >= 0 {
		after = after[:i]
	}
	return hasAny(before+after, "成立", "创办", "建于", "始建", "投产", "投入生产", "创建", "组建", "注册", "落成", "建成")
}

// near is the period that the next time word behind i gives: it lends its year to what has none.
func (r *reading) near(i int, ref schemas.Date) schemas.Period {
	for ; i < len(r.c.Times); i++ {
		if e, ok := timeOf(r.c.Times[i].Text); ok && !e.Base { // a base's words begin with 比 and are no expression
			if p, ok := e.ResolveIn(ref, r.page.main); ok {
				return p
			}
		}
	}
	return r.page.main
}

// shape fits a period to the figure.
func (r *reading) shape(p schemas.Period, e period.Expr, words string) schemas.Period {
	o := r.o
	moment := e.Kind == period.AsOf || e.Kind == period.Until
	yearEnd := p.End.Month() == 12 && p.End.Day() == 31
	switch {
	case o.Measure == schemas.Target && moment:
		return schemas.Period{Kind: schemas.AsOf, End: p.End}
	case moment && yearEnd && p.Kind == schemas.AsOf && (o.Measure == schemas.Change || r.flow()): // 2014年末 said of a year's output
		return yearOf(p.End.Year())
	case moment && strings.HasSuffix(words, "季度末") && p.Kind == schemas.AsOf && r.flow():
		return schemas.Period{Kind: schemas.Quarter, Start: p.End.AddDate(0, -3, 1), End: p.End}
	case p.Kind == schemas.Month && (strings.HasSuffix(words, "末") || strings.HasSuffix(words, "底")) && hasAny(r.label()+r.c.Before, "余额", "存栏", "保有", "现有", "总数", "人口"):
		return schemas.Period{Kind: schemas.AsOf, End: p.End} // 3月末存款余额
	case p.Kind == schemas.Year && hasAny(r.c.Before, "累计") && p.End.Before(r.page.lastDay()):
		return schemas.Period{Kind: schemas.AsOf, End: p.End}
	}
	return p
}

// flow tells a thing that runs through a year, not one that is there at its end: output, not stock.
func (r *reading) flow() bool {
	if r.o.Measure == schemas.Growth {
		return true
	}
	return hasAny(r.label()+r.c.Before, r.page.n.catalog.Text.Measures["flow"].Words()...)
}

func yearOf(y int) schemas.Period {
	return schemas.Period{Kind: schemas.Year, Start: schemas.NewDate(y, 1, 1), End: schemas.NewDate(y, 12, 31)}
}

// lastDay is the day behind which nothing has happened yet.
func (p *articlePage) lastDay() schemas.Date {
	if p.published.IsZero() {
		return schemas.NewDate(9999, 12, 31)
	}
	return p.published
}

// fromBase widens the period of a change back to the year it is compared with: 比2005年增加.
func (r *reading) fromBase(base schemas.Evidence, ref schemas.Date) {
	e, ok := timeOf(strings.TrimLeft(base.Text, "比较同占是"))
	if !ok || r.o.Period.End.IsZero() {
		return
	}
	if e.Kind == period.Duration {
		if start, n := schemas.NewDate(r.o.Period.End.Year(), 1, 1), yearsIn(base.Text); n > 1 {
			r.o.Period = schemas.Period{Kind: schemas.RangePeriod, Start: start.AddDate(1-n, 0, 0), End: r.o.Period.End}
		}
		return
	}
	p, ok := e.ResolveIn(ref, r.o.Period)
	if !ok || r.o.Period.End.IsZero() || p.End.IsZero() || e.Kind != period.Calendar {
		return
	}
	if r.o.Period.End.Year()-p.End.Year() >= 2 {
		start := p.Start
		if start.IsZero() {
			start = p.End
		}
		r.o.Period = schemas.Period{Kind: schemas.RangePeriod, Start: start, End: r.o.Period.End}
	}
}

// fromTo widens the period of a change to the two states it lies between: 从2012年底的10.2%下降到2016年底的4.5%，下降5.7个百分点.
func (r *reading) fromTo() {
	n := len(r.page.past)
	if r.o.Measure != schemas.Change && r.o.Measure != schemas.Growth || n < 2 || r.ownTime() {
		return
	}
	from, to := r.page.past[n-2], r.page.past[n-1]
	if from.sentence != r.c.Sentence || to.sentence != r.c.Sentence || from.paragraph != r.c.Paragraph || from.unit != to.unit || to.period != r.o.Period {
		return
	}
	if start := from.period.End; !start.IsZero() && to.period.End.Year()-start.Year() >= 2 {
		r.o.Period = schemas.Period{Kind: schemas.RangePeriod, Start: start, End: to.period.End}
	}
}

// ahead makes a target of what is said of days to come, and cuts a count so far at the day of publication.
func (r *reading) ahead() {
	o, day := r.o, r.page.published
	if day.IsZero() && r.until && o.Measure != schemas.Change && o.Measure != schemas.Growth {
		o.Measure = schemas.Target // 到2020年, of a day that nobody knows
	}
	if day.IsZero() || o.Period.End.Compare(day) <= 0 {
		if o.Measure == schemas.Target && r.until && !o.Period.End.IsZero() && o.Period.End.Before(day) && !hasAny(r.prefix, "计划", "目标") {
			o.Measure = schemas.Total // 到“十三五”末，…达到95%, said later
			if o.Unit == "percent" {
				o.Measure = schemas.Share
			}
		}
		return
	}
	started := !o.Period.Start.IsZero() && o.Period.Start.Compare(day) <= 0
	deadline := o.Period.Kind == schemas.AsOf && day.AddDate(0, 0, nearDays).Before(o.Period.End) // 到2016年底, said in April
	switch {
	case o.Measure == schemas.Target || o.Measure == schemas.Change || o.Measure == schemas.Growth:
	case deadline, !started && o.Period.End.Year() > day.Year(), o.Period.End.Year() > day.Year()+1:
		if o.Measure == schemas.Total || o.Measure == schemas.Average || o.Measure == schemas.Share {
			o.Measure = schemas.Target
		}
	case r.until && o.Period.Kind == schemas.AsOf && o.Measure == schemas.Total: // 于春节前下拨, said before it
		o.Period.End = day
	case started && day.Month() < 12 && !r.inPlan() && (o.Measure == schemas.Total && r.soFar() || r.asBefore(period.SoFar(o.Period, day))):
		o.Period = period.SoFar(o.Period, day)
	}
}

// planned makes targets of the figures of a plan, a document or a section of one, but of what it says was done or dates back.
// A plan's year dates what it gives no time of its own.
func (r *reading) planned(undated bool) {
	o := r.o
	if !r.inPlan() || !undated && !o.Period.End.IsZero() && o.Period.End.Compare(r.page.published) <= 0 {
		return
	}
	if o.Measure == schemas.Total || o.Measure == schemas.Share || o.Measure == schemas.Average {
		o.Measure = schemas.Target
	} else if r.page.section.year.Kind == 0 {
		return
	}
	if m := r.page.main; undated && m.Kind != 0 && !m.End.Before(r.page.published) {
		o.Period = m
	}
}

// inPlan tells a figure of a plan that is not said to be done.
func (r *reading) inPlan() bool {
	t, p := r.page.n.catalog.Text, r.page
	if key := [2]string{r.c.Lead, r.c.Opening}; key != p.planKey {
		p.planKey, p.planLed = key, t.Plans(r.c.Lead) || t.Plans(r.c.Opening)
	}
	if !p.plans && !p.section.plans && !p.planLed {
		return false
	}
	done := t.Measures["done"]
	return !done.In(p.around[catalog.Sentence]) || t.Last(apart(r.c.SentenceText), done) < 0
}

// asBefore tells a share or an average of what the figure before it counts in a period: 已务工211万人，占83%.
func (r *reading) asBefore(p schemas.Period) bool {
	b := r.page.before
	return (r.o.Measure == schemas.Share || r.o.Measure == schemas.Average) && b != nil && b.sentence == r.c.Sentence && b.period == p
}

// nearDays is how many days ahead a state may be dated that is not planned any more: 截至12月底, said on the 29th.
const nearDays = 10

// apart keeps 项目前期 from saying 目前.
func apart(s string) string { return strings.ReplaceAll(s, "项目前", "项目 前") }

// soFarSaid tells a sentence that counts up to now.
func (r *reading) soFarSaid() bool {
	return !r.page.published.IsZero() && hasAny(apart(r.prefix), "已", "累计", "先后", "目前")
}

// soFar tells a count that goes on from an annual amount: counted things, or words like 已 and 累计.
func (r *reading) soFar() bool {
	if hasAny(r.prefix, "已", "累计", "先后", "截至") {
		return true
	}
	return (schemas.Unit(r.o.Unit).Discrete || r.o.Unit == "CNY" && r.spent() || r.o.Indicator == "facilities_built") && !hasAny(r.c.Text, "全年", "安排", "将", "新增计划")
}

// spent tells money that was given or raised, which is counted up to now, not what comes in over a year.
func (r *reading) spent() bool {
	switch r.o.Indicator {
	case "funds_invested", "funds_allocated", "funds_donated", "funds_mobilised":
		return r.o.Measure == schemas.Total && !hasAny(r.c.SentenceText, "预算", "下达", "安排") && hasAny(evidenceText(r.c.Times), "今年", "年内")
	}
	return false
}

// yearsIn reads 十年, 5年 as a number of years, 0 if it is none.
func yearsIn(words string) int {
	q, ok := quantity.Parse(strings.TrimSuffix(words, "年"))
	if !ok || !strings.HasSuffix(words, "年") {
		return 0
	}
	n, err := strconv.Atoi(q.Quantity.Value.String())
	if err != nil || n > 50 {
		return 0
	}
	return n
}

// untilDay ends a year at the day that the sentence counts up to: 截至3月27日，…2020年已外出务工211万人.
func (r *reading) untilDay(p schemas.Period, i int, ref schemas.Date) schemas.Period {
	if p.Kind != schemas.Year || r.o.Measure == schemas.Target {
		return p
	}
	for ; i < len(r.c.Times); i++ {
		e, ok := timeOf(r.c.Times[i].Text)
		if !ok || e.Kind != period.AsOf || !strings.Contains(r.c.SentenceText, r.c.Times[i].Text) {
			continue
		}
		if to, ok := e.ResolveIn(ref, p); ok && p.Start.Before(to.End) && to.End.Before(p.End) {
			return schemas.Period{Kind: schemas.RangePeriod, Start: p.Start, End: to.End}
		}
	}
	return p
}

// ownTime reports whether a time word stands in the figure's own clause.
func (r *reading) ownTime() bool {
	return len(r.c.Times) > 0 && strings.Contains(r.c.Text, r.c.Times[0].Text)
}

// reference is the day that relative words count from. In an undated text it is the last day of the latest year named,
// if that is later than the year it reports on.
func (p *articlePage) reference() schemas.Date {
	if p.published.IsZero() && p.main.Kind != 0 && p.latest > p.main.End.Year() {
		return schemas.NewDate(p.latest, 12, 31)
	}
	return p.published
}

// defaultPeriod is that of a figure without a time word: the day of publication, unless the headline or the section's
// heading says that it reports on a year, a half or a quarter that is over.
func (p *articlePage) defaultPeriod() schemas.Period {
	y, plans := p.section.year, p.section.plans
	if y.Kind == 0 && p.reports {
		y, plans = p.own, p.plans
	}
	if p.published.IsZero() || y.Kind != 0 && !plans && y.End.Before(p.published) {
		return p.main
	}
	return schemas.Period{Kind: schemas.AsOf, End: p.published}
}

// timeOf reads time words as running text has them; only what that does not know is read as tersely as a form is written.
func timeOf(words string) (period.Expr, bool) {
	rs := []rune(words)
	if es := period.Scan(rs); len(es) == 1 && es[0].Start == 0 && es[0].End == len(rs) {
		return es[0], true
	}
	return period.ParseExpr(words)
}

// yearsOf returns the period that a text reports on, the year of its headline or else the year, half or quarter that its lead
// begins a sentence with, and the latest year that it names as a whole. A half or a quarter of no year is that of the day of publication.
func yearsOf(title, text string, ref schemas.Date) (main schemas.Period, latest int) {
	rs := []rune(text)
	head := len([]rune(title))
	var first period.Expr
	for _, e := range period.Scan(rs) {
		if n := yearSaid(string(rs[e.Start:e.End])); n > 0 && !e.Base {
			latest = max(latest, n)
		}
		begins := e.Start < head || title == "" || e.Start < head+leadRunes && (e.Start == 0 || strings.ContainsRune("\n。", rs[e.Start-1]) && !strings.ContainsAny(string(rs[head:max(head, e.Start)]), "0123456789"))
		if first.End == 0 && begins && e.Kind == period.Calendar && !e.Base {
			first = e
		}
	}
	if first.End > 0 && latest == 0 { // 上半年全市工会就业服务简报; 2018年上半年工作总结
		if p, ok := first.ResolveIn(ref, schemas.Period{}); ok && (p.Kind == schemas.Half || p.Kind == schemas.Quarter) {
			main = p
		}
	}
	if first.End == 0 || latest == 0 {
		return main, latest
	}
	if p, ok := first.ResolveIn(schemas.Date{}, yearOf(latest)); ok && (p.Kind == schemas.Year || p.Kind == schemas.Half || p.Kind == schemas.Quarter) && p.End.Year() >= latest-1 {
		main = p // an earlier one is history
	}
	return main, latest
}

// yearSaid reads 2014年 and 2016年全年, 0 if it is no year of our time.
func yearSaid(words string) int {
	y, ok := strings.CutSuffix(strings.TrimSuffix(words, "全年"), "年")
	n, err := strconv.Atoi(y)
	if !ok || err != nil || n <= 1949 || n >= 2100 {
		return 0
	}
	return n
}
