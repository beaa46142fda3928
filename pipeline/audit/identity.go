package audit

import (
	"heshu/schemas"
	"heshu/schemas/rules"
)

// ratio checks an average or a rate against what it is computed from, where one document says all three.
func (a *auditor) ratio(r rules.Rule) {
	type slot struct {
		document schemas.DocumentID
		article  int
		region   schemas.RegionCode
		period   schemas.Period
		action   string
		term     rules.Term
	}
	at := map[slot]*schemas.Observation{}
	var results []*schemas.Observation
	for _, list := range [][]*schemas.Observation{a.reported, a.articles} {
		for _, o := range list {
			t := rules.Term{Indicator: o.Indicator, Measure: o.Measure, Per: o.Per}
			if t == r.Result && r.Scope.Covers(o) {
				results = append(results, o)
			}
			s := slot{o.Document, o.Article, o.Region, o.Period, o.Action, t}
			if (t == r.Numerator || t == r.Denominator) && at[s] == nil && o.Breakdown == "" {
				at[s] = o
			}
		}
	}
	for _, o := range results {
		s := slot{o.Document, o.Article, o.Region, o.Period, o.Action, r.Numerator}
		n := at[s]
		s.term = r.Denominator
		d := at[s]
		if n == nil || d == nil || n == o || o.Breakdown != "" {
			continue
		}
		q := intervalOf(n).over(intervalOf(d)).times(r.Factor())
		if !q.known() {
			continue
		}
		c := comparison{key: keyOf(o), extra: by(o), left: intervalOf(o), right: q, inputs: []*schemas.Observation{o, n, d}, unit: o.Source, source: o.Source, number: o.Number}
		if c.outcome, c.right = settle(r, c.left, c.right); c.outcome.Failed() {
			c.diagnoses = a.suspectPair(o, c.left, c.right)
		}
		c.right.value, c.right.half = c.right.value.Round(shown), c.right.half.Round(shown)
		a.add(r, c)
	}
}

// shown is how many digits a computed number is told with.
const shown = 4

// overYear checks a printed growth, or change, against the levels of now and of a year before. It holds where both
// levels are exact and of one kind.
func (a *auditor) overYear(r rules.Rule) {
	measure := map[string]schemas.Measure{"growth": schemas.Growth, "change": schemas.Change}[r.Of]
	for _, list := range [][]*schemas.Observation{a.reported, a.articles} {
		for _, o := range list {
			if o.Measure != measure || !r.Scope.Covers(o) {
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
			c := comparison{key: keyOf(o), extra: by(o), left: intervalOf(o), right: q, inputs: []*schemas.Observation{o, now, before}, unit: o.Source, source: now.Source, number: o.Number}
			if c.outcome, c.right = settle(r, c.left, c.right); c.outcome.Failed() {
				c.diagnoses = a.suspectPair(o, c.left, c.right)
			}
			c.right.value, c.right.half = c.right.value.Round(shown), c.right.half.Round(shown)
			a.add(r, c)
		}
	}
}

// levels finds the levels that a growth of a period is computed from.
func (a *auditor) levels(o *schemas.Observation) (now, before *schemas.Observation) {
	k := keyOf(o)
	k.measure = schemas.Total
	for _, unit := range a.levelUnits(o) {
		k.unit = unit
		k.period = o.Period
		now = a.ownOf(k, o.Form)
		k.period = yearBefore(o.Period)
		if before = a.ownOf(k, o.Form); now != nil && before != nil {
			return now, before
		}
	}
	return nil, nil
}

// levelUnits are the units that the levels of a growth can have: a growth itself is in percent.
func (a *auditor) levelUnits(o *schemas.Observation) []schemas.UnitCode {
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
