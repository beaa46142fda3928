package audit

import (
	"heshu/schemas"
	"heshu/schemas/rules"
)

// rollup compares a region's figure with the sum over the regions below it.
func (a *auditor) rollup(r rules.Rule) {
	inside := r.Of == "document"
	for _, total := range a.seeds[0] {
		if !a.wants(r, total.key) || !a.Indicators[total.Indicator].Additive || total.Measure != schemas.Total || !total.own || !r.Scope.Covers(total.Observation) {
			continue
		}
		children := a.Regions.Children(total.Region, total.Period.End)
		if len(children) == 0 {
			continue
		}
		var rows map[schemas.RegionCode]*statement
		if inside {
			rows = map[schemas.RegionCode]*statement{}
			for _, o := range total.column() {
				rows[o.Region] = o
			}
		}
		var parts []*statement
		var missing []string
		for _, code := range children {
			var said []*statement
			if o := rows[code]; o != nil {
				said = append(said, o)
			} else if !inside {
				said = a.ownOrBefore(a.at(total.key, code), total.Form)
			}
			if parts = append(parts, said...); len(said) == 0 && !inside && a.expects(code, total.Period) {
				missing = append(missing, a.Regions.Name(code, total.Period.End))
			}
		}
		if len(parts) > 0 {
			a.addSum(r, total, parts, missing)
		}
	}
}

// expects reports whether a unit of that region has to report for the period; where nobody is expected, all are.
func (a *auditor) expects(code schemas.RegionCode, p schemas.Period) bool {
	if len(a.Expected) == 0 {
		return true
	}
	return a.due()[dueAt{code, p.End}]
}

func (a *auditor) allDue() map[dueAt]bool {
	due := map[dueAt]bool{}
	for _, e := range a.Expected {
		due[dueAt{e.Region, e.Period.End}] = true
	}
	return due
}

type dueAt struct {
	region schemas.RegionCode
	end    schemas.Date
}

// addSum compares a total with the sum of parts. With parts missing nothing is verified, except that what is there
// must not already exceed the total.
func (a *auditor) addSum(r rules.Rule, total *statement, parts []*statement, missing []string) {
	if len(missing) > 0 && r.Missing == "skip" {
		return
	}
	c := comparison{key: total.key, extra: by(total), left: intervalOf(total), right: sum(parts), inputs: append([]*statement{total}, parts...),
		missing: missing, unit: total.Source, source: total.Source, number: total.Number}
	c.outcome, c.right = settle(r, c.left, c.right)
	if len(missing) > 0 && r.Missing == "cannot_verify" && !(c.outcome.Failed() && above(c.right, c.left)) {
		c.outcome = schemas.CannotVerify
	}
	if c.outcome.Failed() {
		c.diagnoses = a.suspectSum(&c)
	}
	a.add(r, c)
}
