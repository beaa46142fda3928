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
	if twice := r.times(schemas.NewDecimal(2, 0)); !compare(l, twice).Failed() && !r.value.IsZero() {
		list = append(list, guess{SummedTwice, fmt.Sprintf("2 × %s = %s", r.value, twice.value), 95})
	}
	for _, g := range a.guesses(total, l, r) {
		g.score -= 2
		list = append(list, g)
	}
	for _, p := range parts {
		list = append(list, a.suspectPart(total, l, r, p, len(parts))...)
	}
	return ranked(list)
}

// suspectPart asks whether one part alone explains why total l is not sum r.
func (a *auditor) suspectPart(total *schemas.Observation, l, r interval, p *schemas.Observation, parts int) []guess {
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
	if without := r.minus(v); !compare(l, without).Failed() && parts > 1 {
		list = append(list, guess{LeftOut, fmt.Sprintf("%s − %s%s = %s", r.value, v.value, where, l.value), 78})
	}
	if with := r.plus(v); !compare(l, with).Failed() && parts > 1 {
		list = append(list, guess{CountedTwice, fmt.Sprintf("%s + %s%s = %s", r.value, v.value, where, l.value), 79})
	}
	if agrees {
		return list
	}
	t := l.minus(r.minus(exactly(v.value))) // what p should be
	for _, g := range a.guesses(p, v, t) {
		g.text += where
		if g.score -= 4; row != nil {
			g.score += 3 // the table says something else of it too
		}
		list = append(list, g)
	}
	return list
}

// rowIn is what the total's own table says of a part's region, nil where it has no such row.
func (a *auditor) rowIn(total, p *schemas.Observation) *schemas.Observation {
	if p.Document == total.Document {
		return nil
	}
	for _, o := range a.columns[columnOf(total)] {
		if o.Region == p.Region {
			return o
		}
	}
	return nil
}

// suspectAlone asks what is wrong with a figure that its kind does not allow, by what stands before and behind it.
func (a *auditor) suspectAlone(o *schemas.Observation) []string {
	before, after := a.earlier(o), a.later(o)
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
func (a *auditor) suspectInTime(list []*schemas.Observation, i int) []string {
	var all []guess
	for _, at := range []int{i, i - 1} {
		o := list[at]
		t := between(schemas.Decimal{}, schemas.Decimal{})
		if at > 0 {
			t.low = list[at-1].Value
			t.high = t.low.Mul(schemas.NewDecimal(2, 0))
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
func (a *auditor) suspectDifference(c *comparison, month, now, before *schemas.Observation) []string {
	all := a.guesses(month, c.left, c.right)
	all = append(all, a.guesses(now, intervalOf(now), intervalOf(before).plus(c.left))...)
	all = append(all, a.guesses(before, intervalOf(before), intervalOf(now).minus(c.left))...)
	if !compare(c.left, intervalOf(now)).Failed() {
		all = append(all, guess{ThisYear, fmt.Sprintf("%s = %s", month.Value, PeriodText(now.Period)), 70})
	}
	return ranked(all)
}
