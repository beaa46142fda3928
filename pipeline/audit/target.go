package audit

import (
	"cmp"
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// goal is what a unit is to reach in one year: for one action, or for all of them together.
type goal struct {
	thing
	year int
}

// targets holds what was to be reached in a year against what was: the count at the year's end less that of the year
// before. Before the year is over a shortfall is no failure.
func (a *auditor) targets(r rules.Rule) {
	goals := map[goal][]*statement{}
	var order []goal
	put := func(g goal, o *statement) {
		if goals[g] == nil {
			order = append(order, g)
		}
		goals[g] = append(goals[g], o)
	}
	for _, o := range a.targeted {
		if !o.own || !r.Scope.Covers(o.Observation) || o.Period.End.IsZero() {
			continue
		}
		g := goal{o.key.thing, o.Period.End.Year()}
		g.measure = schemas.Total
		put(g, o)
		if all := g; g.action != "" && a.Indicators[g.indicator].Additive {
			all.action = ""
			put(all, o)
		}
	}
	slices.SortFunc(order, func(x, y goal) int {
		return cmp.Or(cmp.Compare(x.year, y.year), compareKeys(key{subject: &subject{thing: x.thing}}, key{subject: &subject{thing: y.thing}}))
	})
	for _, g := range order {
		a.addTarget(r, g, goals[g])
	}
}

func (a *auditor) addTarget(r rules.Rule, g goal, list []*statement) {
	year := schemas.Period{Kind: schemas.Year, Start: schemas.NewDate(g.year, 1, 1), End: schemas.NewDate(g.year, 12, 31)}
	last, base := a.reached(g)
	k := a.find(g.thing, year)
	if last == nil || !a.wants(r, k) {
		return
	}
	aim, got := sum(list), intervalOf(last)
	inputs := append([]*statement{last}, list...)
	if base != nil {
		got = got.minus(intervalOf(base))
		inputs = append(inputs, base)
	}
	c := comparison{key: k, left: got, right: aim, inputs: inputs, unit: last.Source, source: list[0].Source, number: Percent(got.value, aim.value)}
	switch over := year.End.Before(a.Today); {
	case !above(aim, got):
		c.outcome = schemas.Agree
	case over && last.Period.End.Before(year.End):
		c.outcome, c.missing = schemas.CannotVerify, []string{year.End.String()}
	case over:
		c.outcome = schemas.Open
	default:
		c.outcome = schemas.Consistent // the year is not over
	}
	c.basis = "reached by " + last.Period.End.String()
	a.add(r, c)
}

// Percent is how much of a target was reached, "" where there is no target.
func Percent(got, aim schemas.Decimal) string {
	q := got.Mul(schemas.NewDecimal(100, 0)).Quo(aim).Round(1)
	if !q.IsSet() {
		return ""
	}
	return q.String() + "%"
}

// reached finds the last count of a goal's year and the last of the year before, which it goes on from.
func (a *auditor) reached(g goal) (last, base *statement) {
	k := a.find(g.thing, schemas.Period{})
	for _, o := range k.over(schemas.RangePeriod, schemas.NewDate(g.year, 1, 1)).all() {
		last = o
	}
	if last != nil {
		return last, nil
	}
	for _, o := range k.over(schemas.AsOf, schemas.Date{}).all() {
		switch y := o.Period.End.Year(); {
		case y < g.year:
			base = o
		case y == g.year:
			last = o
		}
	}
	return last, base
}
