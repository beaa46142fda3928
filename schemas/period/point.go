package period

import (
	"time"

	"heshu/schemas"
)

// unit is the grain of a point.
type unit uint8

const (
	none unit = iota
	century
	decade
	year
	half
	quarter
	month
	tenDays
	week
	day
	festivalDay
)

// mode is how a field of a point is given.
type mode uint8

const (
	missing  mode = iota
	absolute      // 2018年, 8月
	relative      // 去年 is −1, 本月 is 0
	anaphor       // 当年 is 0 against the passage, 次年 is 1
)

type field struct {
	mode mode
	n    int
}

// point is a place in the calendar, some of it not said.
type point struct {
	year, month, day field
	unit             unit
	lo, hi           int   // the halves, quarters, months or ten-day parts of their parent (前三季度: 1 to 3); a weekday
	away             field // how many weeks or quarters from the present one: 上周 is −1
	edge             Edge
}

// frame is what a point is resolved against.
type frame struct {
	ref    schemas.Date
	near   schemas.Period
	policy policy
}

// policy chooses the year that is not said.
type policy uint8

const (
	begun   policy = iota // the latest that had begun on the day of publication
	nearest               // the nearest, past or future
)

// dates is a resolved point.
type dates struct {
	start, end schemas.Date
	kind       schemas.PeriodKind
}

// resolve gives the dates of a point.
func (p point) resolve(f frame) (dates, bool) {
	switch {
	case p.day.mode == relative:
		if f.ref.IsZero() {
			return dates{}, false
		}
		d := f.ref.AddDate(0, 0, p.day.n)
		return dates{d, d, schemas.Day}, true
	case p.day.mode == anaphor:
		return f.anaphoricDay(p.day.n)
	case p.unit == week:
		return p.week(f)
	case p.month.mode == relative || p.month.mode == anaphor:
		base, ok := f.monthBase(p.month.mode)
		if !ok {
			return dates{}, false
		}
		m := schemas.NewDate(base.Year(), base.Month()+time.Month(p.month.n), 1)
		return p.inMonth(m.Year(), int(m.Month()))
	case p.unit == quarter && p.away.mode == relative:
		return p.relativeQuarter(f)
	}
	if y, ok := p.sayYear(f); ok {
		return p.inYear(y, f)
	}
	if p.year.mode != missing || f.ref.IsZero() {
		return dates{}, false
	}
	return p.guessYear(f)
}

// anaphoricDay is 当日: the day the passage speaks of, else the day of publication.
func (f frame) anaphoricDay(n int) (dates, bool) {
	d := f.ref
	if f.near.Kind == schemas.Day {
		d = f.near.End
	}
	if d.IsZero() {
		return dates{}, false
	}
	d = d.AddDate(0, 0, n)
	return dates{d, d, schemas.Day}, true
}

func (f frame) monthBase(m mode) (schemas.Date, bool) {
	if m == anaphor && (f.near.Kind == schemas.Month || f.near.Kind == schemas.Day) {
		return f.near.End, true
	}
	return f.ref, !f.ref.IsZero()
}

// sayYear gives the year if it is said, or lent by the passage.
func (p point) sayYear(f frame) (int, bool) {
	switch p.year.mode {
	case absolute:
		return p.year.n, true
	case relative:
		return f.ref.Year() + p.year.n, !f.ref.IsZero()
	case anaphor:
		if y := f.nearYear(); y != 0 {
			return y + p.year.n, true
		}
		return f.ref.Year() + p.year.n, !f.ref.IsZero()
	}
	y := f.nearYear()
	return y, y != 0
}

// nearYear is the year of the passage if it lies in one.
func (f frame) nearYear() int {
	n := f.near
	if n.End.IsZero() || !n.Start.IsZero() && n.Start.Year() != n.End.Year() {
		return 0
	}
	return n.End.Year()
}

// guessYear chooses the year of a point that has none.
func (p point) guessYear(f frame) (dates, bool) {
	if p.unit == day && p.month.mode == missing {
		return p.guessMonth(f)
	}
	if f.policy == nearest && p.unit == year { // 年底前
		return p.inYear(f.ref.Year(), f)
	}
	var best dates
	found := false
	for _, y := range []int{f.ref.Year() + 1, f.ref.Year(), f.ref.Year() - 1, f.ref.Year() - 4, f.ref.Year() - 8} {
		d, ok := p.inYear(y, f)
		if !ok {
			continue
		}
		if f.policy == begun && !p.hasBegun(d, f.ref) {
			continue
		}
		if !found || f.policy == nearest && distance(d.end, f.ref) < distance(best.end, f.ref) {
			best, found = d, true
		}
		if f.policy == begun {
			break
		}
	}
	return best, found
}

// hasBegun tells whether the last part of the dates had begun: 前三季度 once the third quarter has.
func (p point) hasBegun(d dates, ref schemas.Date) bool {
	if p.edge == AtEnd && p.unit == year {
		return d.end.Year() <= ref.Year()
	}
	start := d.start
	switch {
	case p.unit == month && p.hi > p.lo:
		start = schemas.NewDate(d.end.Year(), d.end.Month(), 1)
	case p.unit == quarter && p.hi > p.lo:
		start = schemas.NewDate(d.end.Year(), d.end.Month()-2, 1)
	}
	return !ref.Before(start)
}

// guessMonth chooses the month of a bare day: 26日.
func (p point) guessMonth(f frame) (dates, bool) {
	y, m := f.ref.Year(), int(f.ref.Month())
	if f.near.Kind == schemas.Month || f.near.Kind == schemas.Day {
		return p.inMonth(f.near.End.Year(), int(f.near.End.Month()))
	}
	for back := 0; back < 3; back++ {
		at := schemas.NewDate(y, time.Month(m-back), 1)
		d, ok := p.inMonth(at.Year(), int(at.Month()))
		if ok && (f.policy == nearest || !f.ref.Before(d.start)) {
			return d, true
		}
	}
	return dates{}, false
}

func distance(a, b schemas.Date) time.Duration { return a.Time().Sub(b.Time()).Abs() }

// inYear gives the dates of a point in a year.
func (p point) inYear(y int, f frame) (dates, bool) {
	if y < 1 || y > 9999 {
		return dates{}, false
	}
	switch p.unit {
	case century:
		return dates{schemas.NewDate(y, 1, 1), schemas.NewDate(y+99, 12, 31), schemas.RangePeriod}, true
	case decade:
		return decadeDates(y, p.edge), true
	case year:
		if last := p.lastYear(y); last > y {
			return dates{schemas.NewDate(y, 1, 1), schemas.NewDate(last, 12, 31), schemas.RangePeriod}, true
		}
		return yearDates(y, p.edge), true
	case half:
		return months(y, p.lo*6-5, p.hi*6, schemas.Half, p.edge), true
	case quarter:
		return months(y, p.lo*3-2, p.hi*3, schemas.Quarter, p.edge), true
	case month:
		if p.hi != 0 {
			return months(y, p.lo, p.hi, schemas.Month, p.edge), true
		}
		return p.inMonth(y, p.month.n)
	case festivalDay:
		d, ok := festivals[p.lo].in(y, p.hi != 0)
		if p.edge == AtStart {
			d.kind = schemas.AsOf
		}
		return d, ok
	case tenDays, day:
		if p.month.mode == missing {
			return p.guessMonth(f)
		}
		return p.inMonth(y, p.month.n)
	}
	return dates{}, false
}

func decadeDates(y int, e Edge) dates {
	from, to := y, y+9
	switch e {
	case AtStart:
		to = y + 2
	case AtEnd:
		from = y + 7
	}
	return dates{schemas.NewDate(from, 1, 1), schemas.NewDate(to, 12, 31), schemas.RangePeriod}
}

// lastYear is the last year of 2016—2018年 (hi is the year) and of 今明两年 (hi counts from y).
func (p point) lastYear(y int) int {
	if p.year.mode == relative {
		return y + p.hi
	}
	return p.hi
}

// yearDates gives a year; its beginning, middle and end are states: 由年初的1096户, 去年年底.
func yearDates(y int, e Edge) dates {
	switch e {
	case AtStart:
		d := schemas.NewDate(y, 1, 1)
		return dates{d, d, schemas.AsOf}
	case AtMiddle:
		d := schemas.NewDate(y, 6, 30)
		return dates{d, d, schemas.AsOf}
	case AtEnd:
		d := schemas.NewDate(y, 12, 31)
		return dates{d, d, schemas.AsOf}
	}
	return dates{schemas.NewDate(y, 1, 1), schemas.NewDate(y, 12, 31), schemas.Year}
}

// months gives the months from first to last; kind if they are one unit of it, else a range.
func months(y, first, last int, kind schemas.PeriodKind, e Edge) dates {
	d := dates{schemas.NewDate(y, time.Month(first), 1), schemas.NewDate(y, time.Month(last)+1, 0), kind}
	size := 1
	switch kind {
	case schemas.Quarter:
		size = 3
	case schemas.Half:
		size = 6
	}
	switch {
	case e == AtEnd && kind != schemas.Month:
		return dates{d.end, d.end, schemas.AsOf}
	case e == AtStart && kind != schemas.Month:
		return dates{d.start, d.start, schemas.AsOf}
	case last-first+1 != size:
		d.kind = schemas.RangePeriod
	}
	return d
}

// inMonth gives the dates of a point in a month.
func (p point) inMonth(y, m int) (dates, bool) {
	if m < 1 || m > 12 {
		return dates{}, false
	}
	last := schemas.NewDate(y, time.Month(m)+1, 0).Day()
	at := func(d int) schemas.Date { return schemas.NewDate(y, time.Month(m), d) }
	switch p.unit {
	case day:
		if p.day.n < 1 || p.day.n > last {
			return dates{}, false
		}
		if p.hi > 0 {
			return dates{at(p.day.n), at(p.hi), schemas.RangePeriod}, p.hi <= last
		}
		return dates{at(p.day.n), at(p.day.n), schemas.Day}, true
	case tenDays:
		end := p.hi * 10
		if p.hi == 3 {
			end = last
		}
		return dates{at(p.lo*10 - 9), at(end), schemas.RangePeriod}, true
	}
	return dates{at(1), at(last), schemas.Month}, true
}

// week gives a week from Monday to Sunday, or one day of it.
func (p point) week(f frame) (dates, bool) {
	if f.ref.IsZero() {
		return dates{}, false
	}
	today := (int(f.ref.Time().Weekday())+6)%7 + 1
	if p.away.mode == missing { // 周三: the latest
		back := (today - p.lo + 7) % 7
		d := f.ref.AddDate(0, 0, -back)
		return dates{d, d, schemas.Day}, true
	}
	monday := f.ref.AddDate(0, 0, 1-today+7*p.away.n)
	if p.lo > 0 {
		d := monday.AddDate(0, 0, p.lo-1)
		return dates{d, d, schemas.Day}, true
	}
	return dates{monday, monday.AddDate(0, 0, 6), schemas.RangePeriod}, true
}

// relativeQuarter is 本季度, 上季度.
func (p point) relativeQuarter(f frame) (dates, bool) {
	if f.ref.IsZero() {
		return dates{}, false
	}
	q := (int(f.ref.Month())-1)/3 + p.away.n
	y := f.ref.Year()
	for q < 0 {
		q, y = q+4, y-1
	}
	return months(y+q/4, q%4*3+1, q%4*3+3, schemas.Quarter, p.edge), true
}
