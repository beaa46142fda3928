package audit

import (
	"heshu/schemas"
	"heshu/schemas/rules"
)

// entitiesWithin checks that what single units of a region did is together no more than what the region did: for every
// total, the latest figure of each unit up to that day.
func (a *auditor) entitiesWithin(r rules.Rule) {
	for _, list := range a.seeds {
		for _, total := range list {
			if !r.Scope.Covers(total.Observation) || !a.wants(r, total.key) || total.Measure != schemas.Total || total.Breakdown != "" || total.Period.Kind != schemas.AsOf || total.Kind == schemas.Workbook && !total.own {
				continue
			}
			parts := a.unitsOf(total)
			if len(parts) == 0 {
				continue
			}
			c := comparison{key: total.key, extra: by(total), left: intervalOf(total), right: sum(parts),
				inputs: append([]*statement{total}, parts...), unit: total.Source, source: parts[0].Source, number: total.Number}
			c.outcome = schemas.Agree
			if above(c.right, c.left) {
				c.outcome, c.right = settle(r, c.left, c.right)
			}
			if c.outcome.Failed() {
				c.diagnoses = a.suspectSum(&c)
			}
			a.add(r, c)
		}
	}
}

// unitsOf lists the latest figures of named units within a total's region, or a region below it, that its time covers, one
// for each unit.
func (a *auditor) unitsOf(total *statement) []*statement {
	latest := map[string]int{}
	var parts []*statement
	for _, o := range total.key.under {
		if o.Entity == "" || o.Period.End.IsZero() || total.Period.End.Before(o.Period.End) || o.Period.Kind != schemas.AsOf {
			continue
		}
		i, ok := latest[o.Entity]
		switch {
		case !ok:
			latest[o.Entity] = len(parts)
			parts = append(parts, o)
		case parts[i].Period.End.Before(o.Period.End):
			parts[i] = o
		}
	}
	return parts
}
