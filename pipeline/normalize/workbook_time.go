package normalize

import (
	"strconv"
	"strings"

	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/period"
)

// gridTime is the period that the time words around a cell give.
type gridTime struct {
	period   schemas.Period
	from     schemas.Locator
	rule     string
	conflict string
	at       int // index of the word that told the period, -1 if none did
	count    int // of the words
}

// time resolves the time words of a figure, nearest first; a farther one lends its year to a nearer one without.
func (g *gridPage) time(f *schemas.Figure) gridTime {
	t := g.timeOf(f.Grid.Times, f.Grid)
	if t.conflict != "" {
		g.once("time\x00"+t.conflict, f, schemas.IssueConflict, t.conflict)
	}
	return t
}

// timeOf looks the words up among those that were resolved before.
func (g *gridPage) timeOf(times []schemas.Evidence, grid *schemas.Grid) gridTime {
	if len(times) == 0 {
		return g.findTime(nil)
	}
	if t, ok := g.near.times[&times[0]]; ok && t.count == len(times) {
		return t
	}
	k := g.key[:0]
	for _, e := range times {
		k = append(append(k, e.Text...), 0)
	}
	g.key = k
	t, ok := g.times[string(k)]
	if !ok {
		if len(g.times) > keptMeanings {
			clear(g.times)
		}
		if t = g.findTime(times); t.conflict == "" {
			t.conflict = g.disagreement(times, grid)
		}
		g.times[string(k)] = t
	}
	t.count = len(times)
	if t.at < len(times) && t.period.Kind != 0 && t.at >= 0 {
		t.from = times[t.at].Locator // the same words may stand elsewhere
	}
	if len(g.near.times) > keptMeanings {
		clear(g.near.times)
	}
	g.near.times[&times[0]] = t
	return t
}

// moment is one time word resolved.
type moment struct {
	at     int // index among the words
	period schemas.Period
	own    bool // it names its year itself
}

func (g *gridPage) findTime(times []schemas.Evidence) gridTime {
	base := g.baseTime(times)
	t := gridTime{rule: "none", at: -1}
	for i, e := range times { // 上年 in the row, 年末 over the column: the end of the year before
		if p, ok := lastYear(e.Text, base.period); ok && (base.at < 0 || i < base.at) {
			base.period = p
			t.period, t.at, t.from, t.rule = p, i, e.Locator, "relative to "+base.period.End.String()
			break
		}
	}
	for i, e := range times {
		if _, ok := lastYear(e.Text, base.period); ok {
			continue
		}
		if t.period.Kind != 0 && (base.at >= 0 && i >= base.at) {
			return t
		}
		if p, ok := shiftedPeriod(e.Text, base.period); ok {
			t.period, t.at, t.from, t.rule = p, i, e.Locator, "relative to "+base.period.End.String()
			return t
		}
		m, ok := g.moment(e.Text, base.period)
		if !ok {
			continue
		}
		t.period, t.at, t.from, t.rule = m, i, e.Locator, "time-words"
		if base.at > i && clashes(m, base.period) {
			t.conflict = strconv.Quote(e.Text) + " says " + show(m) + ", " + strconv.Quote(times[base.at].Text) + " says " + show(base.period) + ": the nearer one is taken"
		}
		return t
	}
	if g.doc.Period.Kind != 0 {
		t.period, t.rule = g.doc.Period, "submission"
	}
	return t
}

// disagreement says where the lines around a table name another month than the sheet's or the file's name does.
func (g *gridPage) disagreement(times []schemas.Evidence, grid *schemas.Grid) string {
	near := moment{at: -1}
	for i, e := range times {
		if !saysYear(e.Text) || inRow(grid, e) {
			continue
		}
		p, ok := g.moment(e.Text, schemas.Period{})
		switch {
		case !ok || p.Start.IsZero() || p.Kind == schemas.Year:
		case near.at < 0:
			near = moment{at: i, period: p}
		case p.End.Before(near.period.Start) || near.period.End.Before(p.Start):
			return strconv.Quote(times[near.at].Text) + " says " + show(near.period) + ", " + strconv.Quote(e.Text) + " says " + show(p) + ": the nearer one is taken"
		}
	}
	return ""
}

// baseTime is the nearest of the words that names its year, else the submission's period, else the nearest word that names a month
// before the form was sent.
func (g *gridPage) baseTime(times []schemas.Evidence) moment {
	for i, e := range times {
		if !saysYear(e.Text) {
			continue
		}
		if p, ok := g.moment(e.Text, schemas.Period{}); ok {
			return moment{at: i, period: p, own: true}
		}
	}
	if g.doc.Period.Kind == 0 && !g.sent.IsZero() {
		for i, e := range times {
			if !strings.ContainsAny(e.Text, "月季") || !strings.ContainsAny(e.Text, "0123456789一二三四五六七八九十") {
				continue // 本月 stands for another word's
			}
			if p, ok := g.moment(e.Text, schemas.Period{}); ok && p.Kind != schemas.AsOf {
				return moment{at: i, period: p}
			}
		}
	}
	return moment{at: -1, period: g.doc.Period}
}

// moment finds the time that a label, a title or a name tells.
func (g *gridPage) moment(s string, near schemas.Period) (schemas.Period, bool) {
	ref := g.doc.Published
	if ref.IsZero() {
		ref = near.End
	}
	if ref.IsZero() {
		ref = g.sent
	}
	if d, ok := dayOf(s, near); ok {
		return d, true
	}
	text := string(hanzi.Fold([]rune(joined(s))).Runes)
	if isYearSpan(text) {
		text += "年"
	}
	if e, ok := period.ParseExpr(text); ok {
		if p, ok := e.ResolveIn(ref, near); ok && p.Kind != 0 {
			return p, true
		}
	}
	var found schemas.Period
	for _, e := range period.ScanName(text) {
		if e.Base || e.Kind == period.Duration || e.Kind == period.Recurring || e.Kind == period.Clock {
			continue
		}
		if found.Kind != 0 {
			near = found
		}
		p, ok := e.ResolveIn(ref, near)
		switch {
		case !ok || p.Kind == 0:
		case found.Kind == 0:
			found = p
		case inside(p, found): // 2016年…(一季度): the finer of the two
			found = p
		}
	}
	return atEnd(found, text), found.Kind != 0
}

// isYearSpan reports whether a text is two years and no more: 2011-2018.
func isYearSpan(s string) bool {
	from, to, ok := strings.Cut(strings.NewReplacer("—", "-", "–", "-", "~", "-", "至", "-").Replace(s), "-")
	return ok && len(from) == 4 && len(to) == 4 && saysYear(from) && saysYear(to)
}

// joined drops the white space of a text, but not between a number and a year: 表2 2018年. 2 0 1 8 年 is one number.
func joined(s string) string {
	var b strings.Builder
	for _, w := range strings.Fields(s) {
		if n := b.Len(); n > 0 && isDigit(b.String()[n-1]) && len(w) >= 4 && saysYear(w[:4]) {
			b.WriteString("，")
		}
		b.WriteString(w)
	}
	return b.String()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// atEnd makes a count at the end of a period of it where the words say so: 2018年7月末.
func atEnd(p schemas.Period, text string) schemas.Period {
	ends := map[schemas.PeriodKind][]string{schemas.Month: {"月末", "月底"}, schemas.Quarter: {"季末", "季度末"}, schemas.Year: {"年末", "年底"}}[p.Kind]
	if hasAny(text, ends...) {
		return schemas.Period{Kind: schemas.AsOf, End: p.End}
	}
	return p
}

// dayOf reads a day of the month that the words around it name: 3日 over a column of July's form.
func dayOf(s string, near schemas.Period) (schemas.Period, bool) {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "日"))
	if err != nil || near.Kind != schemas.Month || !strings.HasSuffix(s, "日") || n < 1 || n > near.End.Day() {
		return schemas.Period{}, false
	}
	d := schemas.NewDate(near.End.Year(), near.End.Month(), n)
	return schemas.Period{Kind: schemas.Day, Start: d, End: d}, true
}

// inside reports whether a period lies within another and is shorter.
func inside(p, of schemas.Period) bool {
	return p != of && !p.Start.IsZero() && !of.Start.IsZero() && !p.Start.Before(of.Start) && !of.End.Before(p.End)
}

// saysYear reports whether the words hold a year of four digits.
func saysYear(s string) bool {
	s = joined(s)
	for i := 0; i+4 <= len(s); i++ {
		if (s[i:i+2] == "19" || s[i:i+2] == "20") && s[i+2] >= '0' && s[i+2] <= '9' && s[i+3] >= '0' && s[i+3] <= '9' && (i == 0 || s[i-1] < '0' || s[i-1] > '9') {
			return true
		}
	}
	return false
}

func wholeYear(y int) schemas.Period {
	return schemas.Period{Kind: schemas.Year, Start: schemas.NewDate(y, 1, 1), End: schemas.NewDate(y, 12, 31)}
}

// lastYear reads words that move the time of a table one year back: 上年, 上年同期.
func lastYear(s string, base schemas.Period) (schemas.Period, bool) {
	if base.Kind == 0 {
		return schemas.Period{}, false
	}
	s = joined(s)
	switch {
	case strings.Contains(s, "上年同期") || strings.Contains(s, "去年同期"):
		p := base
		p.End = base.End.AddDate(-1, 0, 0)
		if !base.Start.IsZero() {
			p.Start = base.Start.AddDate(-1, 0, 0)
		}
		return p, true
	case s == "同期" || s == "同期数":
		return lastYear("上年同期", base)
	case strings.HasPrefix(s, "上年末") || strings.HasPrefix(s, "上年年末") || strings.HasPrefix(s, "上年底"):
		return schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(base.End.Year(), 1, 1).AddDate(0, 0, -1)}, true
	case strings.HasPrefix(s, "上年") || strings.HasPrefix(s, "去年") && !strings.ContainsAny(s, "0123456789月季"):
		return wholeYear(base.End.Year() - 1), true
	}
	return schemas.Period{}, false
}

// shiftedPeriod reads words that stand for a time only beside another one: 本年, 1-本月, 年末.
func shiftedPeriod(s string, base schemas.Period) (schemas.Period, bool) {
	if base.Kind == 0 {
		return schemas.Period{}, false
	}
	s = joined(s)
	year := base.End.Year()
	switch {
	case strings.HasPrefix(s, "1-本月") || strings.HasPrefix(s, "1至本月") || sinceJanuary(s):
		return schemas.Period{Kind: schemas.RangePeriod, Start: schemas.NewDate(year, 1, 1), End: base.End}, true
	case s == "本年" || s == "今年" || s == "当年" || s == "本年数":
		return wholeYear(year), true
	case s == "本期" || s == "本季" || s == "本期数":
		return base, true
	case strings.HasPrefix(s, "本月") || strings.HasPrefix(s, "当月"):
		if base.Kind == schemas.RangePeriod { // of a form for 1-7月, July
			return schemas.Period{Kind: schemas.Month, Start: schemas.NewDate(year, base.End.Month(), 1), End: base.End}, true
		}
		return base, true
	case strings.HasPrefix(s, "期末") || strings.HasPrefix(s, "年末"):
		return schemas.Period{Kind: schemas.AsOf, End: base.End}, true
	case strings.HasPrefix(s, "期初") || strings.HasPrefix(s, "年初"):
		return schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(year, 1, 1).AddDate(0, 0, -1)}, true
	}
	return schemas.Period{}, false
}

// sinceJanuary reports whether a heading means the sum from the year's beginning: 累计, 本年累计完成, 累计增速.
func sinceJanuary(s string) bool {
	before, after, ok := strings.Cut(s, "累计")
	return ok && hasAny("|"+before+"|", "||", "|本年|", "|今年|", "|当年|", "|自年初|", "|年初至今|", "|本月止|", "|本年度|") &&
		hasAny("|"+after+"|", "||", "|数|", "|额|", "|完成|", "|完成数|", "|实际|", "|增长|", "|增速|", "|增幅|", "|同比|", "|发生额|", "|增长%|", "|金额|", "|人数|")
}

// clashes reports whether the nearer period reaches beyond the farther one in the same year: no part of it, no comparison.
func clashes(near, far schemas.Period) bool {
	if near.End.IsZero() || far.End.IsZero() || near.End.Year() != far.End.Year() {
		return false
	}
	return near.Kind != schemas.Year && far.End.Before(near.End) // 当年 over a column of July's form is no other time
}

func show(p schemas.Period) string {
	if p.Start.IsZero() {
		return p.End.String()
	}
	return p.Start.String() + "/" + p.End.String()
}
