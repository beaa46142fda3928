package period

// act is what a word does in the grammar.
type act uint8

const (
	_           act = iota
	actYear         // a year n away
	actYearOf       // a year n away from the passage's
	actYears        // two years from the one n away
	actMonth        // a month n away
	actMonthOf      // a month n away from the passage's
	actDay          // a day n away
	actDayOf        // a day n away from the passage's
	actWeek         // a week n away
	actQuarter      // a quarter n away
	actHalf         // the nth half of a year
	actYearEdge     // the edge n of a year
	actEdge         // the edge n of the month
	actTen          // the nth ten days of the month
	actNow          // as of the day of publication
	actVague        // of late
	actUpTo         // before a point: as of
	actSince        // before a point: since
	actUntil        // before a point: until
	actLately       // before a count: the last
	actThese        // before a count: 这五年; alone nothing
	actRow          // before a count: consecutive
	actLasting      // before a duration
	actEvery        // before a unit: recurring
	actBare         // 以来 with nothing before it: as of the day of publication
	actClock        // a part of the day
	actWeekday      // before a weekday: 周, 星期
	actFirst        // 前, 首: before a number of quarters or months
	actLast         // 后
	actDecade       // before a decade: the century that begins in the year n
	actEvent        // the nth event
	actFestival     // the nth festival
)

// word is an entry of the vocabulary.
type word struct {
	text string
	act  act
	n    int
}

// words is the closed vocabulary of time in simplified Chinese; the longest entry that fits is taken.
var words = []word{
	{"今年", actYear, 0}, {"本年", actYear, 0}, {"这一年", actYearOf, 0}, {"本年度", actYear, 0}, {"今年度", actYear, 0}, {"今年全年", actYear, 0}, {"全年", actYearOf, 0},
	{"年内", actYear, 0}, {"今年内", actYear, 0}, {"本年内", actYear, 0}, {"去年", actYear, -1}, {"上年", actYear, -1}, {"上一年", actYear, -1}, {"上一年度", actYear, -1},
	{"昨年", actYear, -1}, {"上年度", actYear, -1}, {"去年度", actYear, -1}, {"前年", actYear, -2}, {"大前年", actYear, -3}, {"明年", actYear, 1}, {"来年", actYear, 1},
	{"下一年", actYear, 1}, {"下年度", actYear, 1}, {"下一年度", actYear, 1}, {"今明两年", actYears, 0}, {"去今两年", actYears, -1}, {"后年", actYear, 2}, {"大后年", actYear, 3},
	{"当年", actYearOf, 0}, {"同年", actYearOf, 0}, {"该年", actYearOf, 0}, {"当年度", actYearOf, 0}, {"次年", actYearOf, 1}, {"翌年", actYearOf, 1}, {"隔年", actYearOf, 1},

	{"本月", actMonth, 0}, {"这个月", actMonth, 0}, {"这月", actMonth, 0}, {"本月份", actMonth, 0}, {"上月", actMonth, -1}, {"上个月", actMonth, -1}, {"上一个月", actMonth, -1},
	{"上上个月", actMonth, -2}, {"下月", actMonth, 1}, {"下个月", actMonth, 1}, {"下一个月", actMonth, 1}, {"下下个月", actMonth, 2},
	{"当月", actMonthOf, 0}, {"同月", actMonthOf, 0}, {"该月", actMonthOf, 0}, {"次月", actMonthOf, 1}, {"翌月", actMonthOf, 1},

	{"今天", actDay, 0}, {"今日", actDay, 0}, {"今晨", actDay, 0}, {"今早", actDay, 0}, {"今晚", actDay, 0}, {"昨天", actDay, -1}, {"昨日", actDay, -1}, {"昨晚", actDay, -1},
	{"昨夜", actDay, -1}, {"前天", actDay, -2}, {"前日", actDay, -2}, {"大前天", actDay, -3}, {"明天", actDay, 1}, {"明日", actDay, 1}, {"后天", actDay, 2}, {"后日", actDay, 2},
	{"大后天", actDay, 3}, {"当天", actDayOf, 0}, {"当日", actDayOf, 0}, {"当晚", actDayOf, 0}, {"同日", actDayOf, 0}, {"同一天", actDayOf, 0}, {"这一天", actDayOf, 0}, {"这天", actDayOf, 0}, {"次日", actDayOf, 1}, {"翌日", actDayOf, 1}, {"第二天", actDayOf, 1},

	{"本周", actWeek, 0}, {"这周", actWeek, 0}, {"这一周", actWeek, 0}, {"本星期", actWeek, 0}, {"这礼拜", actWeek, 0}, {"本礼拜", actWeek, 0}, {"这个星期", actWeek, 0}, {"这星期", actWeek, 0}, {"上周", actWeek, -1}, {"上一周", actWeek, -1},
	{"上个周", actWeek, -1}, {"上星期", actWeek, -1}, {"上个星期", actWeek, -1}, {"上个礼拜", actWeek, -1}, {"上礼拜", actWeek, -1}, {"上上周", actWeek, -2}, {"上上个周", actWeek, -2}, {"下下周", actWeek, 2}, {"下下个周", actWeek, 2}, {"上上个星期", actWeek, -2},
	{"下周", actWeek, 1}, {"下一周", actWeek, 1}, {"下星期", actWeek, 1}, {"下个星期", actWeek, 1}, {"下个礼拜", actWeek, 1}, {"下礼拜", actWeek, 1},

	{"本季", actQuarter, 0}, {"本季度", actQuarter, 0}, {"这个季度", actQuarter, 0}, {"上季度", actQuarter, -1}, {"上个季度", actQuarter, -1}, {"上一季度", actQuarter, -1}, {"上一个季度", actQuarter, -1},
	{"下季度", actQuarter, 1}, {"下个季度", actQuarter, 1}, {"下一季度", actQuarter, 1}, {"上半年", actHalf, 1}, {"下半年", actHalf, 2}, {"前半年", actHalf, 1}, {"后半年", actHalf, 2},

	{"年初", actYearEdge, 1}, {"年中", actYearEdge, 2}, {"年底", actYearEdge, 3}, {"年末", actYearEdge, 3}, {"岁末", actYearEdge, 3}, {"年终", actYearEdge, 3}, {"岁尾", actYearEdge, 3},
	{"月初", actEdge, 1}, {"月中", actEdge, 2}, {"月底", actEdge, 3}, {"月末", actEdge, 3}, {"上旬", actTen, 1}, {"中旬", actTen, 2}, {"下旬", actTen, 3},

	{"目前", actNow, 0}, {"目前为止", actNow, 0}, {"现已", actNow, 0}, {"如今", actNow, 0}, {"现今", actNow, 0}, {"而今", actNow, 0}, {"现在", actNow, 0}, {"当前", actNow, 0}, {"眼下", actNow, 0},
	{"时下", actNow, 0}, {"至今", actNow, 0}, {"迄今", actNow, 0}, {"迄今为止", actNow, 0}, {"至今为止", actNow, 0}, {"截至目前", actNow, 0}, {"截止目前", actNow, 0}, {"截至现在", actNow, 0}, {"截止现在", actNow, 0},
	{"到目前", actNow, 0}, {"到目前为止", actNow, 0}, {"至目前", actNow, 0}, {"到现在", actNow, 0}, {"到现在为止", actNow, 0}, {"截至目前为止", actNow, 0}, {"截止到目前", actNow, 0}, {"截至到目前", actNow, 0},
	{"截至今日", actNow, 0}, {"截至今天", actNow, 0}, {"截至发稿", actNow, 0}, {"截至发稿时", actNow, 0}, {"截至记者发稿", actNow, 0}, {"截至记者发稿时", actNow, 0}, {"截止发稿", actNow, 0}, {"截止发稿时", actNow, 0},
	{"截至发稿前", actNow, 0}, {"截至当前", actNow, 0}, {"截止当前", actNow, 0}, {"此前", actVague, 0}, {"至此", actNow, 0}, {"时至今日", actNow, 0}, {"直至目前", actNow, 0}, {"直到目前", actNow, 0}, {"直至现在", actNow, 0}, {"直到现在", actNow, 0},

	{"日前", actVague, 0}, {"近日", actVague, 0}, {"近期", actVague, 0}, {"近来", actVague, 0}, {"最近", actVague, 0}, {"不久前", actVague, 0}, {"前不久", actVague, 0}, {"连日来", actVague, 0}, {"近日来", actVague, 0},
	{"日内", actVague, 0}, {"近年", actVague, 0}, {"近年来", actVague, 0}, {"近几年", actVague, 0}, {"近几年来", actVague, 0}, {"几年来", actVague, 0}, {"多年来", actVague, 0}, {"这些年", actVague, 0}, {"这些年来", actVague, 0}, {"数年来", actVague, 0},
	{"历年来", actVague, 0}, {"一直以来", actVague, 0}, {"长期以来", actVague, 0}, {"多年以来", actVague, 0}, {"近段时间", actVague, 0}, {"近一段时间", actVague, 0}, {"一段时间以来", actVague, 0}, {"最近几年", actVague, 0},
	{"前几年", actVague, 0}, {"前些年", actVague, 0}, {"过去几年", actVague, 0}, {"几个月来", actVague, 0}, {"数月来", actVague, 0}, {"前段时间", actVague, 0}, {"近些年", actVague, 0}, {"近些年来", actVague, 0}, {"这几年", actVague, 0}, {"这几年来", actVague, 0},

	{"截至", actUpTo, 0}, {"截止", actUpTo, 0}, {"截止到", actUpTo, 0}, {"截至到", actUpTo, 0}, {"截止至", actUpTo, 0}, {"截至于", actUpTo, 0}, {"截止于", actUpTo, 0},
	{"自", actSince, 0}, {"自从", actSince, 0}, {"从", actSince, 1}, {"到", actUntil, 0}, {"至", actUntil, 0}, {"直到", actUntil, 0}, {"直至", actUntil, 0},
	{"近", actLately, 0}, {"最近的", actLately, 0}, {"过去", actLately, 0}, {"过去的", actLately, 0}, {"刚刚过去的", actLately, 0}, {"近这", actLately, 0}, {"这", actThese, 0}, {"连续", actRow, 0}, {"已连续", actRow, 0},
	{"为期", actLasting, 0}, {"历时", actLasting, 0}, {"长达", actLasting, 0}, {"每", actEvery, 0}, {"以来", actBare, 0}, {"星期", actWeekday, 0}, {"周", actWeekday, 0}, {"礼拜", actWeekday, 0},
	{"前", actFirst, 0}, {"首", actFirst, 0}, {"头", actFirst, 0}, {"后", actLast, 0},
	{"上午", actClock, 0}, {"下午", actClock, 0}, {"早上", actClock, 0}, {"中午", actClock, 0}, {"晚上", actClock, 0}, {"凌晨", actClock, 0}, {"清晨", actClock, 0}, {"傍晚", actClock, 0}, {"夜间", actClock, 0}, {"早晨", actClock, 0},
	{"上世纪", actDecade, 1900}, {"本世纪", actDecade, 2000},
}

// lexicon is words by their first rune, longest first, behind one table look-up for the runes that begin nothing.
type lexicon struct {
	lead    [1 << 16]lead
	entries [][]entry
}

// lead is what a rune can begin.
type lead struct {
	list uint8 // of the words that begin with it, 0 for none
	as   uint8 // leadNumber, leadEvent
}

const (
	leadNumber = 1 << iota // a number or what stands for one
	leadEvent              // an event, or what stands before its name
)

type entry struct {
	text []rune
	word
}

var vocabulary = newLexicon()

func newLexicon() *lexicon {
	l := &lexicon{entries: make([][]entry, 1)}
	for _, w := range words {
		l.add(w)
	}
	for i, ev := range events {
		l.add(word{string(ev.text), actEvent, i})
		l.lead[ev.text[0]].as |= leadEvent
	}
	for i, f := range festivals {
		l.add(word{f.words, actFestival, i})
	}
	for _, r := range "0123456789〇零○一二两三四五六七八九十百千几半第Qq'’数" {
		l.lead[r].as |= leadNumber
	}
	for _, r := range "\"“「『党中全" {
		l.lead[r].as |= leadEvent
	}
	return l
}

func (l *lexicon) add(w word) {
	e := entry{[]rune(w.text), w}
	at := &l.lead[e.text[0]]
	if at.list == 0 {
		at.list = uint8(len(l.entries))
		l.entries = append(l.entries, nil)
	}
	list := append(l.entries[at.list], e)
	for k := len(list) - 1; k > 0 && len(list[k].text) > len(list[k-1].text); k-- {
		list[k], list[k-1] = list[k-1], list[k]
	}
	l.entries[at.list] = list
}

// begins tells what the rune can begin.
func (l *lexicon) begins(r rune) lead {
	if uint32(r) >= 1<<16 {
		return lead{}
	}
	return l.lead[r]
}

// find gives the longest word at i.
func (l *lexicon) find(text []rune, i int) (word, int, bool) {
	if i >= len(text) {
		return word{}, i, false
	}
	list := l.entries[l.begins(text[i]).list]
	for k := range list {
		e := &list[k]
		if match(text, i, e.text) {
			return e.word, i + len(e.text), true
		}
	}
	return word{}, i, false
}

func match(text []rune, i int, w []rune) bool {
	if i < 0 || i+len(w) > len(text) {
		return false
	}
	for k, r := range w {
		if text[i+k] != r {
			return false
		}
	}
	return true
}
