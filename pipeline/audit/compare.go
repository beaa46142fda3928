package audit

import (
	"strings"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// same compares what a summary says of a unit with the unit's own return.
func (a *auditor) same(r rules.Rule) {
	own := map[key]schemas.Observation{}
	for _, o := range a.reported {
		if a.own(o) {
			own[keyOf(o)] = o
		}
	}
	for _, o := range a.reported {
		mine, ok := own[keyOf(o)]
		if !ok || a.own(o) || o.Document == mine.Document {
			continue
		}
		l, m := intervalOf(o), intervalOf(mine)
		a.add(r, comparison{key: keyOf(o), extra: string(o.Document), left: l, right: m, outcome: compare(l, m),
			inputs: []schemas.Observation{o, mine}, diagnosis: diagnose(l, m, nil), unit: mine.Source, source: o.Source, number: o.Number})
	}
}

// published holds every published region total against the latest return before it, within the rule's lag.
func (a *auditor) published(r rules.Rule) {
	for _, p := range a.articles {
		reported, ok := a.returnFor(p, r.LagDays)
		if !ok {
			continue
		}
		l, m := intervalOf(reported), intervalOf(p)
		k := keyOf(reported)
		a.add(r, comparison{key: k, extra: string(p.ID), left: l, right: m, outcome: compare(l, m),
			inputs: []schemas.Observation{reported, p}, diagnosis: diagnose(l, m, nil), unit: reported.Source, source: p.Source, number: p.Number})
	}
}

// returnFor finds the return that an article's figure speaks of: same thing and place, cumulative like it, period not
// after it and at most lag days before it. A unit's own return comes before a summary's row.
func (a *auditor) returnFor(p schemas.Observation, lag int) (schemas.Observation, bool) {
	var best schemas.Observation
	found := false
	for _, o := range a.reported {
		if o.Indicator != p.Indicator || o.Region != p.Region || o.Unit != p.Unit || o.Measure != p.Measure || o.Per != p.Per ||
			o.Breakdown != p.Breakdown || !(o.Action == p.Action || o.Action == "" || p.Action == "") || !sameSpan(o.Period, p.Period, lag) {
			continue
		}
		if !found || best.Period.End.Before(o.Period.End) || best.Period.End == o.Period.End && a.own(o) && !a.own(best) {
			best, found = o, true
		}
	}
	return best, found
}

// sameSpan reports whether a return's period is what an article of period p can have drawn on.
func sameSpan(o, p schemas.Period, lag int) bool {
	if o.End.IsZero() || p.End.IsZero() || o.Kind == schemas.AsOf != (p.Kind == schemas.AsOf) {
		return false
	}
	if o.Kind != schemas.AsOf && o.Start != p.Start {
		return false
	}
	return !p.End.Before(o.End) && !o.End.AddDate(0, 0, lag).Before(p.End)
}

// balance compares a total with a full set of its breakdowns in the same document.
func (a *auditor) balance(r rules.Rule) {
	type place struct {
		document schemas.DocumentID
		article  int
		key      key
	}
	totals := map[place]schemas.Observation{}
	parts := map[place][]schemas.Observation{}
	var order []place
	for _, list := range [][]schemas.Observation{a.reported, a.articles} {
		for _, o := range list {
			if !a.Indicators[o.Indicator].Additive || o.Measure != schemas.Total {
				continue
			}
			k := place{o.Document, o.Article, keyOf(o)}
			k.key.breakdown = ""
			if o.Breakdown != "" {
				parts[k] = append(parts[k], o)
			} else if _, ok := totals[k]; !ok {
				totals[k] = o
				order = append(order, k)
			}
		}
	}
	for _, k := range order {
		for _, g := range r.Groups {
			if chosen := choose(g, parts[k]); len(chosen) > 1 {
				a.addSum(r, k.key, string(k.document), totals[k], chosen, nil)
			}
		}
	}
}

// choose picks one observation for each part of a group that is there.
func choose(g rules.Group, parts []schemas.Observation) []schemas.Observation {
	var chosen []schemas.Observation
	for _, words := range g.Parts {
	search:
		for _, o := range parts {
			for _, w := range words {
				if o.Breakdown == w {
					chosen = append(chosen, o)
					break search
				}
			}
		}
	}
	return chosen
}

// rollup compares a region's figure with the sum over the regions below it.
func (a *auditor) rollup(r rules.Rule) {
	type above struct {
		document schemas.DocumentID // rows of one table only
		key      key
	}
	below := map[above]map[schemas.RegionCode]schemas.Observation{}
	for _, o := range a.reported {
		at := above{key: keyOf(o)}
		if r.Within == "document" {
			at.document = o.Document
		} else if !a.own(o) {
			continue
		}
		at.key.region = ""
		if below[at] == nil {
			below[at] = map[schemas.RegionCode]schemas.Observation{}
		}
		below[at][o.Region] = o
	}
	for _, total := range a.reported {
		if !a.Indicators[total.Indicator].Additive || total.Measure != schemas.Total || !a.own(total) {
			continue
		}
		at := above{key: keyOf(total)}
		if r.Within == "document" {
			at.document = total.Document
		}
		at.key.region = ""
		var parts []schemas.Observation
		var missing []string
		for _, code := range a.Regions.Children(total.Region, total.Period.End) {
			if o, ok := below[at][code]; ok {
				parts = append(parts, o)
			} else if r.Within == "document" || !a.expects(code, total.Period) {
				continue
			} else {
				missing = append(missing, a.Regions.Name(code, total.Period.End))
			}
		}
		if len(parts) > 0 {
			a.addSum(r, keyOf(total), string(total.Document), total, parts, missing)
		}
	}
}

// expects reports whether a unit of that region has to report for the period; where nobody is expected, all are.
func (a *auditor) expects(code schemas.RegionCode, p schemas.Period) bool {
	any := false
	for _, e := range a.Expected {
		any = true
		if e.Region == code && e.Period.End == p.End {
			return true
		}
	}
	return !any
}

// addSum compares a total with the sum of parts. With parts missing nothing is verified, except that what is there
// must not already exceed the total.
func (a *auditor) addSum(r rules.Rule, k key, extra string, total schemas.Observation, parts []schemas.Observation, missing []string) {
	intervals := make([]interval, len(parts))
	for i, p := range parts {
		intervals[i] = intervalOf(p)
	}
	l, s := intervalOf(total), sum(intervals)
	outcome := compare(l, s)
	if len(missing) > 0 && !(outcome == schemas.Open && l.value.Cmp(s.value) < 0) {
		outcome = schemas.CannotVerify
	}
	d := ""
	if outcome == schemas.Open {
		d = diagnose(l, s, parts)
	}
	a.add(r, comparison{key: k, extra: extra, left: l, right: s, outcome: outcome, inputs: append([]schemas.Observation{total}, parts...),
		missing: missing, diagnosis: d, unit: total.Source, source: total.Source, number: total.Number})
}

// completeness checks who had to report, and whether it came in time.
func (a *auditor) completeness(r rules.Rule) {
	for _, e := range a.Expected {
		k := key{region: e.Region, period: e.Period}
		c := comparison{key: k, extra: e.Form + "|" + e.Unit, outcome: schemas.Agree, unit: e.Unit}
		got, ok := a.received(e)
		switch {
		case e.Due.IsZero():
			c.outcome, c.number = schemas.CannotVerify, "due-unknown"
		case !ok && a.Today.Compare(e.Due) <= 0:
			c.number = "not-due"
		case !ok:
			c.outcome, c.number, c.missing = schemas.Open, "missing:"+e.Due.String(), []string{e.Unit}
		case got.Received.IsZero():
			c.outcome, c.number = schemas.CannotVerify, "date-unknown:"+e.Due.String()
		case e.Due.Before(got.Received):
			c.outcome, c.number = schemas.Open, "late:"+e.Due.String()+":"+got.Received.String()
		default:
			c.number = "in-time:" + e.Due.String() + ":" + got.Received.String()
		}
		a.add(r, c)
	}
}

// received finds the first return that answers an expectation; one of an unknown day comes last.
func (a *auditor) received(e Expected) (Return, bool) {
	var best Return
	found := false
	for _, r := range a.Returns {
		if r.Region != e.Region || r.Period.End != e.Period.End || !(e.Form == "" || strings.EqualFold(e.Form, r.Form)) {
			continue
		}
		if !found || best.Received.IsZero() && !r.Received.IsZero() || !r.Received.IsZero() && r.Received.Before(best.Received) || r.Received == best.Received && r.Document < best.Document {
			best, found = r, true
		}
	}
	return best, found
}
