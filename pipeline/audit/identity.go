package audit

import (
	"heshu/schemas"
	"heshu/schemas/rules"
)

// slot is where the figures that belong together stand: one document, place, time and action.
type slot struct {
	document schemas.DocumentID
	article  int
	region   schemas.RegionCode
	period   schemas.Period
	action   string
	term     rules.Term
}

func slotOf(o *statement, t rules.Term) slot {
	return slot{o.Document, o.Article, o.Region, o.Period, o.Action, t}
}

// terms finds the figures of a rule: the results, and those that they are held against by their slot.
func (a *auditor) terms(r rules.Rule) (results []*statement, at map[slot]*statement) {
	termOf := func(o *statement) rules.Term {
		return rules.Term{Indicator: o.Indicator, Measure: o.Measure, Per: o.Per}
	}
	here := map[schemas.DocumentID]bool{} // documents of results: the others are in the same
	for _, list := range a.seeds {
		for _, o := range list {
			if o.Breakdown == "" && o.Indicator == r.Result.Indicator && termOf(o) == r.Result && r.Scope.Covers(o.Observation) && a.wants(r, o.key) {
				results = append(results, o)
				here[o.Document] = true
			}
		}
	}
	at = map[slot]*statement{}
	for _, list := range [][]*statement{a.reported, a.articles} {
		for _, o := range list {
			if o.Breakdown != "" || o.Indicator != r.Numerator.Indicator && o.Indicator != r.Denominator.Indicator || !here[o.Document] {
				continue
			}
			if t := termOf(o); t == r.Numerator || t == r.Denominator {
				if s := slotOf(o, t); at[s] == nil {
					at[s] = o
				}
			}
		}
	}
	return results, at
}

// ratio checks an average or a rate against what it is computed from, where one document says all three. Of a rate
// whose numerator is not said, only what it implies is told.
func (a *auditor) ratio(r rules.Rule) {
	results, at := a.terms(r)
	for _, o := range results {
		n, d := at[slotOf(o, r.Numerator)], at[slotOf(o, r.Denominator)]
		if d == nil || n == o {
			continue
		}
		c := comparison{key: o.key, extra: by(o), left: intervalOf(o), unit: o.Source, source: o.Source, number: o.Number}
		if n == nil {
			if r.Result.Measure == schemas.Share {
				a.implied(r, c, o, d)
			}
			continue
		}
		if c.right = intervalOf(n).over(intervalOf(d)).times(r.Factor()); !c.right.known() {
			continue
		}
		c.inputs = []*statement{o, n, d}
		if c.outcome, c.right = settle(r, c.left, c.right); c.outcome.Failed() {
			c.diagnoses = a.suspectPair(o, c.left, c.right)
		}
		c.right.value, c.right.half = c.right.value.Round(shown), c.right.half.Round(shown)
		a.add(r, c)
	}
}

// implied tells what a rate makes of its denominator: it must lie between none and all.
func (a *auditor) implied(r rules.Rule, c comparison, o, d *statement) {
	n := c.left.times(intervalOf(d).value).times(schemas.NewDecimal(1, 0).Quo(r.Factor()))
	c.inputs = []*statement{o, d}
	c.right = between(zero, r.Factor())
	c.outcome = compare(c.left, c.right)
	c.basis = "the numerator is not said: " + o.Number + " of " + d.Number + " is " + n.value.Round(1).String() + ", by its wording " + or(n.low.Round(1), "−∞") + " to " + or(n.high.Round(1), "∞")
	a.add(r, c)
}

// atMost checks that one figure of a document is no more than another: households and the people in them.
func (a *auditor) atMost(r rules.Rule) {
	results, at := a.terms(r)
	for _, o := range results {
		m := at[slotOf(o, r.Numerator)]
		if m == nil {
			continue
		}
		c := comparison{key: o.key, extra: by(o), left: intervalOf(o), right: intervalOf(m), outcome: schemas.Agree, inputs: []*statement{o, m}, unit: o.Source, source: o.Source, number: o.Number}
		if above(c.left, c.right) {
			if c.outcome, c.right = settle(r, c.left, c.right); c.outcome.Failed() {
				c.diagnoses = a.suspectPair(m, c.right, c.left)
			}
		}
		a.add(r, c)
	}
}

// shown is how many digits a computed number is told with.
const shown = 4

// overYear checks a printed growth, or change, against the levels of now and of a year before. It holds where both
// levels are exact and of one kind.
func (a *auditor) overYear(r rules.Rule) {
	measure := map[string]schemas.Measure{"growth": schemas.Growth, "change": schemas.Change}[r.Of]
	for _, list := range a.seeds {
		for _, o := range list {
			if o.Measure != measure || !r.Scope.Covers(o.Observation) || !a.wants(r, o.key) {
				continue
			}
			now, before := a.levels(o)
			if now == nil || before == nil {
				continue
			}
			l, m := intervalOf(now), intervalOf(before)
			q := l.minus(m)
			if measure == schemas.Growth {
				q = l.over(m).minus(exactly(schemas.NewDecimal(1, 0))).times(schemas.NewDecimal(100, 0))
			}
			if !q.known() {
				continue
			}
			c := comparison{key: o.key, extra: by(o), left: intervalOf(o), right: q, inputs: []*statement{o, now, before}, unit: o.Source, source: now.Source, number: o.Number}
			if c.outcome, c.right = settle(r, c.left, c.right); c.outcome.Failed() {
				c.diagnoses = a.suspectPair(o, c.left, c.right)
			}
			c.right.value, c.right.half = c.right.value.Round(shown), c.right.half.Round(shown)
			a.add(r, c)
		}
	}
}

// levels finds the levels that a growth of a period is computed from.
func (a *auditor) levels(o *statement) (now, before *statement) {
	t := o.key.thing
	t.measure = schemas.Total
	for _, unit := range a.levelUnits(o) {
		t.unit = unit
		now = ownOf(a.find(t, o.Period), o.Form)
		if before = ownOf(a.find(t, yearBefore(o.Period)), o.Form); now != nil && before != nil {
			return now, before
		}
	}
	return nil, nil
}

// levelUnits are the units that the levels of a growth can have: a growth itself is in percent.
func (a *auditor) levelUnits(o *statement) []schemas.UnitCode {
	if o.Unit != "percent" {
		return []schemas.UnitCode{o.Unit}
	}
	list := make([]schemas.UnitCode, 0, len(schemas.Units()))
	for _, u := range schemas.Units() {
		if u.Code != "percent" {
			list = append(list, u.Code)
		}
	}
	return list
}

// yearBefore is the same period of the year before; a month's end stays one.
func yearBefore(p schemas.Period) schemas.Period {
	back := func(d schemas.Date) schemas.Date {
		if d.IsZero() {
			return d
		}
		if next := d.AddDate(0, 0, 1); next.Day() == 1 {
			return next.AddDate(-1, 0, 0).AddDate(0, 0, -1)
		}
		return d.AddDate(-1, 0, 0)
	}
	return schemas.Period{Kind: p.Kind, Start: back(p.Start), End: back(p.End)}
}
