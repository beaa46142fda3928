package audit

import (
	"fmt"
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// countsUp reports whether a series is a count that goes on from period to period.
func (a *auditor) countsUp(x *series) bool {
	return (x.kind == schemas.AsOf || x.kind == schemas.RangePeriod) && x.measure == schemas.Total && a.Indicators[x.indicator].Additive
}

// neverFalls checks that a count so far is not smaller than it was.
func (a *auditor) neverFalls(r rules.Rule) {
	for _, x := range a.series {
		list := x.list
		if !a.countsUp(x) || !r.Scope.Covers(list[0].Observation) {
			continue
		}
		for i := 1; i < len(list); i++ {
			if !a.wants(r, list[i].key) {
				continue
			}
			c := a.pairInTime(list[i], list[i-1])
			if c.outcome, c.right = settle(r, c.left, c.right); !c.outcome.Failed() || !above(c.right, c.left) {
				c.outcome = schemas.Agree
			} else {
				c.diagnoses = a.suspectInTime(list, i)
			}
			a.add(r, c)
		}
	}
}

// pairInTime puts a figure on the left and the one before it on the right.
func (a *auditor) pairInTime(o, before *statement) comparison {
	return comparison{key: o.key, left: intervalOf(o), right: intervalOf(before), inputs: []*statement{o, before}, unit: o.Source, source: before.Source, number: o.Number}
}

// difference checks that a month is what the count so far grew by in it.
func (a *auditor) difference(r rules.Rule) {
	for _, o := range a.seeds[0] {
		if o.Period.Kind != schemas.Month || !a.wants(r, o.key) || o.Measure != schemas.Total || !o.own || !a.Indicators[o.Indicator].Additive || !r.Scope.Covers(o.Observation) {
			continue
		}
		for _, kind := range []schemas.PeriodKind{schemas.AsOf, schemas.RangePeriod} {
			now, before := a.around(o, kind)
			if now == nil || before == nil {
				continue
			}
			c := comparison{key: o.key, extra: kind.String(), left: intervalOf(o), right: intervalOf(now).minus(intervalOf(before)),
				inputs: []*statement{o, now, before}, unit: o.Source, source: now.Source, number: o.Number}
			c.outcome, c.right = settle(r, c.left, c.right)
			if x := a.byID[before.ID]; x != nil && c.outcome.Failed() && !compare(c.left, intervalOf(now).minus(exactly(x.Old))).Failed() {
				c.outcome = schemas.Consistent // the count before was corrected since
			}
			if c.outcome.Failed() {
				c.diagnoses = a.suspectDifference(&c, o, now, before)
			}
			a.add(r, c)
		}
	}
}

// around finds the counts so far at the end of a month and at the end of the month before, of one beginning.
func (a *auditor) around(o *statement, kind schemas.PeriodKind) (now, before *statement) {
	start := schemas.Date{}
	if kind == schemas.RangePeriod {
		start = schemas.NewDate(o.Period.End.Year(), 1, 1)
	}
	list := o.key.over(kind, start).all()
	for i, x := range list {
		if x.Period.End == o.Period.End && i > 0 && list[i-1].Period.End == o.Period.Start.AddDate(0, 0, -1) {
			return x, list[i-1]
		}
	}
	return nil, nil
}

// band holds what a count grew by in one step against the steps before it: their median and median absolute deviation
// bear a false figure among them.
func (a *auditor) band(r rules.Rule) {
	width, least := r.BandWidth()
	for _, x := range a.series {
		list := x.list
		if !r.Scope.Covers(list[0].Observation) || !a.countsUp(x) || !a.wantsAny(r, list) {
			continue
		}
		steps := make([]schemas.Decimal, 0, len(list))
		for i := 1; i < len(list); i++ {
			step := list[i].Value.Sub(list[i-1].Value)
			if adjacent(list[i-1].Period.End, list[i].Period.End) && step.IsSet() {
				if len(steps) >= r.History && a.wants(r, list[i].key) {
					a.addBand(r, list, i, step, bandOf(steps, width, least))
				}
				steps = append(steps, step)
			}
		}
	}
}

// wantsAny reports whether a finding about some of these is within the scope.
func (a *auditor) wantsAny(r rules.Rule, list []*statement) bool {
	return slices.ContainsFunc(list, func(o *statement) bool { return a.wants(r, o.key) })
}

// adjacent reports whether one month's end follows another's.
func adjacent(a, b schemas.Date) bool {
	return b.AddDate(0, 0, 1).AddDate(0, -1, 0).Compare(a.AddDate(0, 0, 1)) == 0
}

func (a *auditor) addBand(r rules.Rule, list []*statement, i int, step schemas.Decimal, b interval) {
	c := a.pairInTime(list[i], list[i-1])
	c.left, c.right, c.outcome = exactly(step), b, schemas.Agree
	c.basis = fmt.Sprintf("median of the steps before ± %s × 1.4826 × their median absolute deviation: %s to %s", r.Width, b.low.Round(2), b.high.Round(2))
	if step.Cmp(b.high) > 0 || step.Sign() >= 0 && step.Cmp(b.low) < 0 { // a fall is another rule's
		c.outcome = schemas.Open
		c.diagnoses = a.suspectInTime(list, i)
	}
	a.add(r, c)
}

// bandOf is the band around the median of steps.
func bandOf(steps []schemas.Decimal, width, least schemas.Decimal) interval {
	m := median(steps)
	away := make([]schemas.Decimal, len(steps))
	for i, s := range steps {
		away[i] = magnitude(s.Sub(m))
	}
	dev := median(away).Mul(schemas.NewDecimal(14826, -4))
	if floor := magnitude(m).Mul(least); dev.Cmp(floor) < 0 {
		dev = floor
	}
	if one := schemas.NewDecimal(1, 0); dev.Cmp(one) < 0 {
		dev = one
	}
	dev = dev.Mul(width).Round(shown)
	return interval{value: m, half: dev, low: m.Sub(dev), high: m.Add(dev)}
}

// magnitude is the number without its sign.
func magnitude(d schemas.Decimal) schemas.Decimal {
	if d.Sign() < 0 {
		return d.Neg()
	}
	return d
}

// median is the middle of the numbers.
func median(list []schemas.Decimal) schemas.Decimal {
	s := slices.Clone(list)
	slices.SortFunc(s, schemas.Decimal.Cmp)
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return s[n/2-1].Add(s[n/2]).Mul(half)
}
