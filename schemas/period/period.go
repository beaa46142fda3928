// Package period owns the grammar of written time: the words of a date and the day they were published on → a period.
//
// Scan finds time expressions in a text, Expr.Resolve gives one of them its dates, Parse reads a form's 填报时期 line, a title
// or a piece of a file name. News looks back: a month, quarter or day without its year is the latest one that had begun.
package period

import "heshu/schemas"

// Kind is what a time expression is.
type Kind uint8

// The kinds of time expressions; the zero value is unset.
const (
	Calendar  Kind = iota + 1 // a place in the calendar: 2018年8月31日, 8月, 上半年, 1至11月, 2013年至2016年
	Relative                  // counted from the day of publication: 去年, 本月, 昨日, 上周, 三年前
	AsOf                      // a state at a moment: 目前, 截至9月底, 去年年底, 年初
	Since                     // from a moment to the day of publication: 今年以来, 2016年起, 党的十八大以来
	Span                      // a stretch that ends on the day of publication: 3年来, 近三个月, 连续五年
	Until                     // up to a moment, often still to come: 到2020年, 年底前, 10月底前
	Event                     // a festival or a plan: 春节期间, “十三五”期间
	Vague                     // of late, no dates: 日前, 近日, 近年来
	Duration                  // how long: 5天, 两年半, 为期一周; no period
	Clock                     // a time of the day: 上午9时30分, 15:30; no period
	Recurring                 // 每年, 每月15日; no period
)

var kindNames = []string{"", "calendar", "relative", "as_of", "since", "span", "until", "event", "vague", "duration", "clock", "recurring"}

// String returns the kind in lower case, "" if unset.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "invalid"
}

// Edge tells that an expression names the beginning or the end of its period: 年初, 8月底.
type Edge uint8

// The edges; the zero value is the whole period.
const (
	AtStart Edge = iota + 1 // 年初, 月初, 伊始
	AtMiddle
	AtEnd // 年底, 月末, 8月底
)

// Expr is one time expression of a text. Start and End are rune offsets, End exclusive.
type Expr struct {
	Start, End int
	Kind       Kind
	Edge       Edge
	Base       bool // what something is compared with: 比上年, 较去年同期; it does not date the figure
	from, to   point
	shape      shape
	before     bool // closed by 前, not led by 到
	count      count
	event      int // index into events + 1
}

// shape is how the dates of an expression come from its points.
type shape uint8

const (
	plain  shape = iota // the point itself
	upTo                // as of the end of the point, which has begun (截至)
	until               // as of the end of the point, the nearest one (到, 前)
	since               // from the start of the point to the day of publication
	ranged              // from one point to another
	lately              // the last count.n units
	ago                 // count.n units before
	now                 // as of the day of publication
	never               // no period
)

// count is a number of units of time: 三年, 两个多月, 半年.
type count struct {
	n    int
	unit unit
	half bool // half a unit, or half a unit more
	more bool // 多, 余
	cal  bool // calendar years: 连续五年
}

// Named reports an expression that is the name of a day or a plan, 春节 or “十三五”, and not a date.
func (e Expr) Named() bool { return e.Kind == Event || e.from.unit == festivalDay }

// Dated reports an expression that says its year, be it as 今年; 全年 and 年末 do not.
func (e Expr) Dated() bool { return e.from.year.mode != missing }

// Whole reports an expression that says its year as a number: 2011年以来, not 今年以来.
func (e Expr) Whole() bool { return e.from.year.mode == absolute }

// Resolve gives the period against the day of publication ref; zero means unknown. False: no period can be told.
func (e Expr) Resolve(ref schemas.Date) (schemas.Period, bool) {
	return e.ResolveIn(ref, schemas.Period{})
}

// ResolveIn is Resolve after another period of the same passage, near, which lends its year (and, for a bare day, its month) to
// what has none: 2014年1月启动,8月完成; 当年, 同年, 当日. The zero near lends nothing.
func (e Expr) ResolveIn(ref schemas.Date, near schemas.Period) (schemas.Period, bool) {
	return e.period(frame{ref: ref, near: near})
}

// Scan finds the time expressions of a folded text (simplified characters, half-width digits), left to right, not overlapping.
func Scan(text []rune) []Expr {
	p := parser{text: text}
	return p.scan()
}

// Parse reads a string that is one time expression as a whole: a 填报时期 line, a column header, a time word of a figure.
// Forms are written more tersely than news: 2018.07, 201807, 2018, 16年 and 2016q1 are read too. False: it is no period.
func Parse(s string, ref schemas.Date) (schemas.Period, bool) {
	e, ok := ParseExpr(s)
	if !ok {
		return schemas.Period{}, false
	}
	return e.Resolve(ref)
}

// ParseExpr is Parse before it is resolved.
func ParseExpr(s string) (Expr, bool) {
	p := parser{text: trimField([]rune(s)), terse: true}
	if e, ok := p.expr(0); ok && e.End == len(p.text) {
		return e, true
	}
	return Expr{}, false
}

// ScanName finds the time expressions of a file name, a sheet's name or a title: Scan with the terse forms of Parse (1至5月, 201807报表).
func ScanName(name string) []Expr {
	p := parser{text: []rune(name), terse: true}
	return p.scan()
}

// SoFar cuts a period that runs beyond ref at ref: 今年 with a count so far is the range from 1 January to ref.
func SoFar(p schemas.Period, ref schemas.Date) schemas.Period {
	if ref.IsZero() || p.End.IsZero() || !ref.Before(p.End) || ref.Before(p.Start) {
		return p
	}
	if p.Kind != schemas.AsOf {
		p.Kind = schemas.RangePeriod
	}
	p.End = ref
	return p
}
