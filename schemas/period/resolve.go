package period

import "heshu/schemas"

// period gives the period of an expression in a frame.
func (e Expr) period(f frame) (schemas.Period, bool) {
	switch e.shape {
	case never:
		return schemas.Period{}, false
	case now:
		return schemas.Period{Kind: schemas.AsOf, End: f.ref}, !f.ref.IsZero()
	case lately:
		return e.count.lately(f.ref)
	case ago:
		return e.count.ago(f.ref)
	case ranged:
		return e.span(f)
	case until:
		f.policy = nearest
	}
	d, ok := e.place(f)
	if !ok {
		return schemas.Period{}, false
	}
	switch e.shape {
	case upTo:
		return schemas.Period{Kind: schemas.AsOf, End: e.passed(d, f.ref)}, true
	case until:
		return schemas.Period{Kind: schemas.AsOf, End: e.deadline(d, f.ref)}, true
	case since:
		if f.ref.IsZero() {
			return schemas.Period{}, false
		}
		if f.ref.Before(d.start) { // 2019年起, said in 2018: no end is known but the unit's own
			break
		}
		return schemas.Period{Kind: schemas.RangePeriod, Start: d.start, End: f.ref}, true
	}
	p := schemas.Period{Kind: d.kind, Start: d.start, End: d.end}
	if p.Kind == schemas.AsOf {
		p.Start = schemas.Date{}
	}
	return p, true
}

// place gives the dates of an expression with one point or an event.
func (e Expr) place(f frame) (dates, bool) {
	if e.event > 0 {
		return events[e.event-1].in(e, f)
	}
	return e.from.resolve(f)
}

// passed is the end of a point that counts run up to: 截至2018年6月, printed on 12 June, runs to 12 June.
func (e Expr) passed(d dates, ref schemas.Date) schemas.Date {
	if ref.IsZero() || !ref.Before(d.end) || ref.Before(d.start) || e.from.edge != 0 || e.from.unit == day {
		return d.end
	}
	return ref
}

// deadline is the end of what 前 and 到 name: all of 2020年前 while that is to come, but what was before 2015年 once it is past.
func (e Expr) deadline(d dates, ref schemas.Date) schemas.Date {
	if e.before && e.from.unit == year && e.from.edge == 0 && d.end.Before(ref) {
		return d.start.AddDate(0, 0, -1)
	}
	return d.end
}

// span gives a range; an end without a year is in the year of the start or the one after.
func (e Expr) span(f frame) (schemas.Period, bool) {
	from, to := e.from, e.to
	if from.year.mode == missing && to.year.mode != missing && from.day.mode != relative {
		from.year = to.year // 5月至今年8月
	}
	a, ok := from.resolve(f)
	if !ok {
		return schemas.Period{}, false
	}
	if to.unit == day && to.month.mode == missing && to.day.mode == absolute && from.unit == day {
		to.month, to.year = field{absolute, int(a.start.Month())}, field{absolute, a.start.Year()}
	}
	switch {
	case to.year.mode == anaphor:
		to.year = field{absolute, a.start.Year() + to.year.n}
	case to.year.mode == missing && to.day.mode == missing || to.day.mode == absolute && to.year.mode == missing:
		to.year = field{absolute, a.start.Year()}
	}
	b, ok := to.resolve(f)
	if ok && b.end.Before(a.start) && e.to.year.mode == missing && from.year.mode == missing {
		return e.wrapped(from, to, f)
	}
	if ok && b.end.Before(a.start) && e.to.year.mode == missing {
		to.year.n++ // 2017年11月至3月
		b, ok = to.resolve(f)
	}
	if !ok || b.end.Before(a.start) {
		return schemas.Period{}, false
	}
	return schemas.Period{Kind: schemas.RangePeriod, Start: a.start, End: b.end}, true
}

// wrapped gives a range over the turn of the year, 11月至次月, as the latest that had ended or begun.
func (e Expr) wrapped(from, to point, f frame) (schemas.Period, bool) {
	b, ok := e.to.resolve(f)
	if !ok {
		return schemas.Period{}, false
	}
	from.year = field{absolute, b.end.Year() - 1}
	a, ok := from.resolve(f)
	if !ok || b.end.Before(a.start) {
		return schemas.Period{}, false
	}
	return schemas.Period{Kind: schemas.RangePeriod, Start: a.start, End: b.end}, true
}

// longest is the largest number of years, months or days that is reckoned with: nothing is dated back to 五千年前.
const longest = 1000

// before is the day n units before d.
func (c count) before(d schemas.Date) schemas.Date {
	n := c.n
	switch c.unit {
	case year:
		m := 0
		if c.half {
			m = 6
		}
		return back(d, n*12+m)
	case quarter:
		return back(d, n*3)
	case month:
		days := 0
		if c.half {
			days = 15
		}
		return back(d, n).AddDate(0, 0, -days)
	case week:
		return d.AddDate(0, 0, -7*n)
	}
	return d.AddDate(0, 0, -n)
}

// back is the same day of the month so many months before, or the month's last day.
func back(d schemas.Date, months int) schemas.Date {
	first := schemas.NewDate(d.Year(), d.Month(), 1).AddDate(0, -months, 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(d.Day(), last)-1)
}

// lately is the stretch of the count that ends on ref: it starts the day after. Consecutive years are calendar years, the present one
// among them once half of it is over.
func (c count) lately(ref schemas.Date) (schemas.Period, bool) {
	if ref.IsZero() || c.n > longest {
		return schemas.Period{}, false
	}
	if c.cal && c.unit == year {
		y := ref.Year()
		if ref.Month() <= 6 {
			y--
		}
		return schemas.Period{Kind: schemas.RangePeriod, Start: schemas.NewDate(y-c.n+1, 1, 1), End: schemas.NewDate(y, 12, 31)}, true
	}
	return schemas.Period{Kind: schemas.RangePeriod, Start: c.before(ref).AddDate(0, 0, 1), End: ref}, true
}

// ago is the year, month or day so long before ref: 三年前, 两个月前, 5天前; behind it when n is negative.
func (c count) ago(ref schemas.Date) (schemas.Period, bool) {
	if ref.IsZero() || c.n > longest || c.n < -longest {
		return schemas.Period{}, false
	}
	d := c.before(ref)
	switch {
	case c.unit == year && !c.half:
		return schemas.Period{Kind: schemas.Year, Start: schemas.NewDate(d.Year(), 1, 1), End: schemas.NewDate(d.Year(), 12, 31)}, true
	case c.unit == day:
		return schemas.Period{Kind: schemas.Day, Start: d, End: d}, true
	case c.unit == week:
		monday := d.AddDate(0, 0, -(int(d.Time().Weekday())+6)%7)
		return schemas.Period{Kind: schemas.RangePeriod, Start: monday, End: monday.AddDate(0, 0, 6)}, true
	}
	first := schemas.NewDate(d.Year(), d.Month(), 1)
	return schemas.Period{Kind: schemas.Month, Start: first, End: first.AddDate(0, 1, -1)}, true
}
