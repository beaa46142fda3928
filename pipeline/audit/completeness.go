package audit

import (
	"slices"
	"strings"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// returnsInTime checks who had to report, and whether it came in time.
func (a *auditor) returnsInTime(r rules.Rule) {
	type slot struct {
		region schemas.RegionCode
		end    schemas.Date
	}
	came := map[slot][]*Return{}
	for i := range a.Returns {
		x := &a.Returns[i]
		came[slot{x.Region, x.Period.End}] = append(came[slot{x.Region, x.Period.End}], x)
	}
	for _, e := range a.Expected {
		if !r.Scope.Region(e.Region) {
			continue
		}
		list := came[slot{e.Region, e.Period.End}]
		if len(list) == 0 {
			for _, before := range a.Regions.Predecessors(e.Region, e.Period.End) {
				list = append(list, came[slot{before, e.Period.End}]...)
			}
		}
		c := comparison{key: a.find(thing{region: e.Region}, e.Period), extra: e.Form + "|" + e.Unit, unit: e.Unit}
		c.outcome, c.number = a.standing(e, first(list, e.Form))
		if strings.HasPrefix(c.number, "missing:") {
			c.missing = []string{e.Unit}
		}
		a.add(r, c)
	}
}

// standing says how an expectation stands with the return that answers it, nil for none.
func (a *auditor) standing(e Expected, got *Return) (schemas.Outcome, string) {
	due := e.Due.String()
	switch {
	case e.Due.IsZero():
		return schemas.CannotVerify, "due-unknown"
	case got == nil && a.Today.Compare(e.Due) <= 0:
		return schemas.Agree, "not-due"
	case got == nil:
		return schemas.Open, "missing:" + due
	case got.Received.IsZero():
		return schemas.CannotVerify, "date-unknown:" + due
	case e.Due.Before(got.Received):
		return schemas.Open, "late:" + due + ":" + got.Received.String()
	}
	return schemas.Agree, "in-time:" + due + ":" + got.Received.String()
}

// first is the first return on a form to come in, "" for any form; one of an unknown day comes last.
func first(list []*Return, form string) *Return {
	var best *Return
	for _, r := range list {
		if form != "" && !strings.EqualFold(form, r.Form) {
			continue
		}
		if best == nil || best.Received.IsZero() && !r.Received.IsZero() || !r.Received.IsZero() && r.Received.Before(best.Received) || r.Received == best.Received && r.Document < best.Document {
			best = r
		}
	}
	return best
}

// fieldsThere checks that a return holds every number that its form must hold. Only gaps are findings.
func (a *auditor) fieldsThere(r rules.Rule) {
	for i := range a.Returns {
		x := &a.Returns[i]
		if !r.Scope.Region(x.Region) || x.Replaced {
			continue
		}
		for _, f := range a.Required[x.Form] {
			if !slices.ContainsFunc(a.papers[x.Document].said, func(o *statement) bool { return o.Indicator == f.Indicator && o.Breakdown == f.Breakdown }) {
				a.add(r, comparison{key: a.find(thing{indicator: f.Indicator, region: x.Region, breakdown: f.Breakdown}, x.Period), extra: x.Source + "|" + x.Form,
					outcome: schemas.Open, missing: []string{f.Label}, unit: x.Source, source: x.Source, number: f.Label})
			}
		}
	}
}
