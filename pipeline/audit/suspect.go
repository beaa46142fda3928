package audit

import (
	"fmt"

	"heshu/schemas"
)

// suspectSum asks why a total is not the sum of its parts: the total itself, one part in it twice or not at all, or one
// part that is wrong. A part is above suspicion where the total's own table says of it what it says itself.
func (a *auditor) suspectSum(c *comparison) []string {
	total, parts := c.inputs[0], c.inputs[1:]
	l, r := c.left, c.right
	if !c.outcome.Failed() || !l.value.IsSet() || !r.value.IsSet() {
		return nil
	}
	var list []guess
	holds := a.addsUpItself(total, parts)
	if twice := r.times(two); !holds && !compare(l, twice).Failed() && !r.value.IsZero() {
		list = append(list, guess{SummedTwice, fmt.Sprintf("2 × %s = %s", r.value, twice.value), 95})
	}
	if !holds {
		for _, g := range a.guesses(total, l, r) {
			g.score -= 2
			list = append(list, g)
		}
	}
	for _, p := range parts {
		list = append(list, a.suspectPart(total, l, r, p, len(parts) > 1 && !holds)...)
	}
	if len(c.missing) > 0 && !holds { // the total's own table has rows for those that are missing
		rows := a.rowsBelow(total)
		for _, p := range rows {
			list = append(list, a.suspectPart(total, l, sum(rows), p, len(rows) > 1)...)
		}
	}
	return ranked(list)
}

// rowsBelow lists the rows of a total's own table for the regions below it.
func (a *auditor) rowsBelow(total *statement) []*statement {
	below := map[schemas.RegionCode]bool{}
	for _, code := range a.Regions.Children(total.Region, total.Period.End) {
		below[code] = true
	}
	var rows []*statement
	for _, o := range total.column() {
		if below[o.Region] {
			rows = append(rows, o)
		}
	}
	return rows
}

// addsUpItself reports whether the rows of a total's own table are the total: then it is above suspicion.
func (a *auditor) addsUpItself(total *statement, parts []*statement) bool {
	t := exactly(zero)
	for _, p := range parts {
		row := a.rowIn(total, p)
		if row == nil {
			return false
		}
		t = t.plus(intervalOf(row))
	}
	return !compare(intervalOf(total), t).Failed()
}

// ofParts asks whether a region's own figure v, which should be t, holds one of the regions below it twice or not at
// all, or all of them twice.
func (a *auditor) ofParts(o *statement, v, t interval) []guess {
	if o.Kind != schemas.Workbook || !o.own || t.worded || !t.value.IsSet() {
		return nil
	}
	children := a.Regions.Children(o.Region, o.Period.End)
	if len(children) < 2 {
		return nil
	}
	var list []guess
	if twice := t.times(two); !compare(v, twice).Failed() {
		list = append(list, guess{SummedTwice, fmt.Sprintf("2 × %s = %s", t.value, v.value), 94})
	}
	for _, code := range children {
		for _, p := range a.ownOrBefore(a.at(o.key, code), o.Form) {
			where := " (" + a.Regions.Name(code, o.Period.End) + ")"
			w := intervalOf(p)
			if !w.value.IsSet() || w.value.IsZero() {
				continue
			}
			if !compare(v, t.plus(w)).Failed() {
				list = append(list, guess{CountedTwice, fmt.Sprintf("%s + %s%s = %s", t.value, w.value, where, v.value), 79})
			}
			if !compare(v, t.minus(w)).Failed() {
				list = append(list, guess{LeftOut, fmt.Sprintf("%s − %s%s = %s", t.value, w.value, where, v.value), 78})
			}
		}
	}
	return list
}

// suspectPart asks whether one part alone explains why total l is not sum r; maybeTotal says that the total may be to blame.
func (a *auditor) suspectPart(total *statement, l, r interval, p *statement, maybeTotal bool) []guess {
	v := intervalOf(p)
	if !v.value.IsSet() || v.value.IsZero() {
		return nil
	}
	where := " (" + a.Regions.Name(p.Region, p.Period.End) + ")"
	if p.Breakdown != "" {
		where = " (" + p.Breakdown + ")"
	}
	row := a.rowIn(total, p)
	agrees := row != nil && !compare(intervalOf(row), v).Failed()
	var list []guess
	if without := r.minus(v); maybeTotal && !compare(l, without).Failed() {
		list = append(list, guess{LeftOut, fmt.Sprintf("%s − %s%s = %s", r.value, v.value, where, l.value), 78})
	}
	if with := r.plus(v); maybeTotal && !compare(l, with).Failed() {
		list = append(list, guess{CountedTwice, fmt.Sprintf("%s + %s%s = %s", r.value, v.value, where, l.value), 79})
	}
	if agrees {
		return list
	}
	t := l.minus(r.minus(exactly(v.value))) // what p should be
	if row != nil {
		t = intervalOf(row) // the total's table says it outright
	}
	found := a.guesses(p, v, t)
	if below := a.sumBelow(p); row == nil && below.known() {
		found = append(found, a.guesses(p, v, below)...)
	}
	for _, g := range found {
		g.text += where
		if g.score -= 4; row != nil {
			g.score += 3
		}
		list = append(list, g)
	}
	return list
}

// sumBelow is what the regions below a part's region say together, if all of them do.
func (a *auditor) sumBelow(p *statement) interval {
	if p.Kind != schemas.Workbook || !p.own {
		return interval{}
	}
	children := a.Regions.Children(p.Region, p.Period.End)
	if len(children) == 0 {
		return interval{}
	}
	var all []*statement
	for _, code := range children {
		said := a.ownOrBefore(a.at(p.key, code), p.Form)
		if len(said) == 0 {
			return interval{}
		}
		all = append(all, said...)
	}
	return sum(all)
}

// rowIn is what the total's own table says of a part's region, nil where it has no such row.
func (a *auditor) rowIn(total, p *statement) *statement {
	if p.Document == total.Document {
		return nil
	}
	for _, o := range total.column() {
		if o.Region == p.Region {
			return o
		}
	}
	return nil
}

// suspectAlone asks what is wrong with a figure that its kind does not allow, by what stands before and behind it.
func (a *auditor) suspectAlone(o *statement) []string {
	before, after := earlier(o), later(o)
	if before == nil && after == nil {
		return nil
	}
	t := between(schemas.Decimal{}, schemas.Decimal{})
	if before != nil {
		t.low = before.Low
	}
	if after != nil {
		t.high = after.High
	}
	return a.suspectPair(o, intervalOf(o), t)
}

// suspectInTime asks which of two figures in a row is wrong: the i-th, if the ones around it hold; or the one before.
func (a *auditor) suspectInTime(list []*statement, i int) []string {
	var all []guess
	for _, at := range []int{i, i - 1} {
		o := list[at]
		t := between(schemas.Decimal{}, schemas.Decimal{})
		if at > 0 {
			t.low = list[at-1].Value
			t.high = t.low.Mul(two)
		}
		if at+1 < len(list) && (!t.low.IsSet() || t.low.Cmp(list[at+1].Value) <= 0) {
			t.high = list[at+1].Value
		}
		if t.low.IsSet() && t.high.IsSet() {
			all = append(all, a.guesses(o, intervalOf(o), t)...)
		}
	}
	return ranked(all)
}

// suspectDifference asks why a month is not what the count so far grew by.
func (a *auditor) suspectDifference(c *comparison, month, now, before *statement) []string {
	all := a.guesses(month, c.left, c.right)
	all = append(all, a.guesses(now, intervalOf(now), intervalOf(before).plus(c.left))...)
	all = append(all, a.guesses(before, intervalOf(before), intervalOf(now).minus(c.left))...)
	if !compare(c.left, intervalOf(now)).Failed() {
		all = append(all, guess{ThisYear, fmt.Sprintf("%s = %s", month.Value, PeriodText(now.Period)), 70})
	}
	return ranked(all)
}
