package clause

import (
	"slices"
	"strings"

	"heshu/schemas"
	"heshu/schemas/period"
)

// carryTime keeps the time of the paragraph before where this one goes on with it: it tells of the same event, or is of a list that
// was announced (上半年…主要指标如下：). A list's time holds to the
// next heading, a numbered paragraph has its own.
func (d *discourse) carryTime(i int) {
	d.whenActor = ""
	p := &d.paragraphs[i]
	switch {
	case i > 0 && d.t.announces(d.paragraphs[i-1].span):
		d.listTime = d.when
	case p.kind != Paragraph, d.t.numbered(p.span):
		d.when, d.listTime = nil, nil
	case !d.t.sameEvent(p.span):
		d.when = d.listTime
	case len(d.event) > 0:
		d.when = d.event
	}
}

// numbered tells a paragraph that begins with 二、, (三) or 4.
func (t *text) numbered(p span) bool {
	for i := p.start; i < p.end && i < p.start+5; i++ {
		switch r := t.runes[i]; {
		case r == '(' || r == '（' || isSpace(r):
		case strings.ContainsRune("一二三四五六七八九十", r) || r >= '0' && r <= '9':
		default:
			return i > p.start && strings.ContainsRune("、.．)）", r)
		}
	}
	return false
}

// announces tells a paragraph that ends with the announcement of those behind it: 主要指标如下：.
func (t *text) announces(p span) bool {
	end := p.end
	for end > p.start && (isSpace(t.runes[end-1]) || t.runes[end-1] == '\n') {
		end--
	}
	if end-p.start < 4 {
		return false
	}
	last := t.runes[end-1]
	return (last == '：' || last == ':' || last == '。') && anyWord(t.runes[max(p.start, end-10):end], "如下", "以下")
}

// sameEvent tells a paragraph that goes on about what the one before dated: 此次活动…, 活动现场，….
func (t *text) sameEvent(p span) bool {
	at := t.leadEnd(p)
	return anyPrefix(t.runes[at:min(at+4, p.end)], "此次", "本次", "这次", "此项", "活动现场", "活动中", "活动当", "现场", "仪式上", "仪式现场", "活动期间", "会上", "招聘会上", "招聘现场")
}

// anchors tells a time expression that dates what follows.
func anchors(e period.Expr) bool {
	switch e.Kind {
	case period.Duration, period.Clock, period.Recurring, period.Vague, period.Event:
		return false
	}
	return true
}

// fromValue tells a time that dates only the number behind it: 由2005年的5:1, 从年初的18.6%, 当年的21户贫困户.
func (t *text) fromValue(e period.Expr) bool {
	if e.End >= len(t.runes) || t.runes[e.End] != '的' {
		return false
	}
	i := t.firstNumber(e.End)
	return e.Start > 0 && strings.ContainsRune("由从比", t.runes[e.Start-1]) || i < len(t.numbers) && t.numbers[i].Start == e.End+1
}

// compared tells a time that dates only what a share is of: 占去年外出务工总数的61.93%.
func (t *text) compared(e period.Expr) bool {
	if e.Start == 0 {
		return false
	}
	if anyPrefix(t.runes[e.End:min(e.End+4, len(t.runes))], "目标", "总目标", "任务", "总任务", "计划数", "协议数", "预算") {
		return true // 完成全年目标的63.5%
	}
	if e.Start > 1 && anyWord(t.runes[e.Start-2:e.Start], "超过", "超出", "多于", "高于") {
		return true // 超过去年全年总数412人
	}
	if e.Start > 1 && t.runes[e.Start-1] == '于' && strings.ContainsRune("低高少多大小优好", t.runes[e.Start-2]) {
		return true // 不低于上年水平
	}
	return strings.ContainsRune("占是", t.runes[e.Start-1]) || t.runes[e.Start-1] == '与' && anyWord(t.runes[e.End:min(e.End+12, len(t.runes))], "持平", "相比", "相当", "相同")
}

// attributive tells a time that only describes a noun: 对2013年底的贫困人口建档立卡.
func (t *text) attributive(e period.Expr) bool {
	return e.End < len(t.runes) && t.runes[e.End] == '的'
}

func (d *discourse) timesIn(s span) []period.Expr {
	ts := d.t.times
	for d.nextTime < len(ts) && ts[d.nextTime].End <= s.start {
		d.nextTime++
	}
	first := d.nextTime
	for d.nextTime < len(ts) && ts[d.nextTime].Start < s.end {
		d.nextTime++
	}
	return ts[first:d.nextTime]
}

// timesOf returns the time words that govern a figure, nearest first.
func (d *discourse) timesOf(f *found) []schemas.Evidence {
	var near, low, named, base []schemas.Evidence
	at := f.index
	for i := len(d.times) - 1; i >= 0; i-- {
		e := d.times[i]
		if c := clauseAt(d.sentenceAt, e.Start); c != at { // 连续五年 goes before the clauses in front of it
			near, low, at = append(near, low...), nil, c
		}
		switch {
		case e.Kind == period.Duration && e.Start >= f.clause.start && e.End <= f.Start: // 十年增长1.3倍
			base = append(base, d.t.timeEvidence(e))
		case e.End > f.Start || !anchors(e) && e.Kind != period.Event:
		case e.Base, d.t.compared(e):
			if e.Start >= f.clause.start {
				base = append(base, d.t.timeEvidence(e))
			}
		case d.t.fromValue(e):
			if d.t.onlyBetween(e.End, f.Start) {
				near = append(near, d.t.timeEvidence(e))
			}
		case e.Kind == period.Span || e.Kind == period.Event || e.Start < f.clause.start && d.t.attributive(e):
			low = append(low, d.t.timeEvidence(e))
		case d.namesYear(i):
			named = append(named, d.t.timeEvidence(e))
		default:
			near = append(near, d.t.timeEvidence(e))
		}
	}
	near = append(append(near, low...), named...)
	if late := d.timesBehind(f); len(late) > 0 && (len(near) == 0 && f.label.len() == 0 || len(near) > 0 && !d.datedBefore(f)) {
		near = append(late, near...) // 甲去年流转1.1万亩；乙县13家合作社今年前三季度分红214万元
	}
	if len(d.when) > 0 && !d.movedOn(f) && !d.t.toValue(f) {
		for _, e := range d.when {
			near = append(near, d.t.timeEvidence(e))
		}
	}
	return append(near, base...)
}

// namesYear tells a year that only belongs to a name behind the day that the sentence began with: 8月29日，县总工会举行2023年“金秋助学”仪式.
func (d *discourse) namesYear(i int) bool {
	e := d.times[i]
	if !d.dayBefore(i) {
		return false
	}
	if d.describes(i) {
		return true
	}
	if e.End >= len(d.t.runes) || isBreak(d.t.runes[e.End]) || d.t.runes[e.End-1] != '年' && d.t.runes[e.End-1] != '度' {
		return false
	}
	if c := d.sentenceAt.clauses[clauseAt(d.sentenceAt, e.Start)]; d.t.leadsClause(span{c.start, e.Start}) {
		return false
	}
	if d.t.runes[e.End] != '“' && !anyWord(d.t.runes[max(d.sentenceAt.start, e.Start-3):e.Start], "举行", "举办", "开展", "召开", "启动", "组织", "参加", "出席", "迎来", "的") {
		return false
	}
	return true
}

// dayBefore tells a day that the sentence says before time i.
func (d *discourse) dayBefore(i int) bool { return d.firstDay < i }

// findDay finds the first day among the sentence's times.
func (d *discourse) findDay() {
	d.firstDay = slices.IndexFunc(d.times, func(e period.Expr) bool {
		last := d.t.runes[e.End-1]
		return last == '日' || last == '号' || last == '午' || last == '天'
	})
	if d.firstDay < 0 {
		d.firstDay = len(d.times)
	}
}

// describes tells a time that only says of the counted what they did, behind the day that the sentence began with: 9月10日，…为2021年考入大学的35名
// 困难职工子女.
func (d *discourse) describes(i int) bool {
	e := d.times[i]
	k := d.t.firstNumber(e.End)
	if k >= len(d.t.numbers) {
		return false
	}
	at := d.t.numbers[k].Start
	if at-e.End < 2 || at-e.End > 12 || d.t.runes[at-1] != '的' {
		return false
	}
	return !slices.ContainsFunc(d.t.runes[e.End:at], isBreak)
}

// timesBehind are the time words behind a figure in its clause: a clause with a time of its own does not take that of the
// clause before.
func (d *discourse) timesBehind(f *found) []schemas.Evidence {
	var out []schemas.Evidence
	for _, e := range d.times {
		if e.Start >= f.End && e.End <= f.clause.end && anchors(e) && !e.Base && (e.Kind != period.Until || slices.Contains(d.t.runes[f.End:e.Start], '将')) {
			out = append(out, d.t.timeEvidence(e))
		}
	}
	return out
}

// datedBefore tells that a time word stands before the figure in its own clause.
func (d *discourse) datedBefore(f *found) bool {
	for _, e := range d.times {
		if e.Start >= f.clause.start && e.End <= f.Start {
			return true
		}
	}
	return false
}

// toValue tells a number that something grew or fell to from a dated one: 从年初的18.6%降到5.2%.
func (t *text) toValue(f *found) bool {
	i := t.firstNumber(f.Start) - 1
	if i < 0 || t.numbers[i].Start < f.clause.start || !t.grew(span{t.numbers[i].End, f.Start}) {
		return false
	}
	for k := t.numbers[i].Start - 1; k >= f.clause.start && k > t.numbers[i].Start-12; k-- {
		if t.runes[k] == '由' || t.runes[k] == '从' {
			return true
		}
	}
	return false
}

// onlyBetween tells that no other number stands between a time and a figure.
func (t *text) onlyBetween(from, to int) bool {
	i := t.firstNumber(from)
	return i >= len(t.numbers) || t.numbers[i].Start >= to
}

func (t *text) timeEvidence(e period.Expr) schemas.Evidence {
	s := span{e.Start, e.End}
	if s.start > 0 && (e.Base && strings.ContainsRune("比较同", t.runes[s.start-1]) || t.compared(e)) {
		s.start--
	}
	return t.locate(s)
}
