package audit

import (
	"strings"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// inRange checks single numbers against what their kind allows. Only failures are findings: a pass here says nothing.
func (a *auditor) inRange(r rules.Rule) {
	low, high := r.Bounds()
	for _, o := range a.seeds[0] {
		if !r.Scope.Covers(o.Observation) || !o.Value.IsSet() {
			continue
		}
		if low.IsSet() && o.Value.Cmp(low) < 0 || high.IsSet() && o.Value.Cmp(high) > 0 ||
			r.Integer && schemas.Unit(o.Unit).Discrete && strings.Contains(o.Value.String(), ".") {
			a.alone(r, o)
		}
	}
}

// codesKnown checks that a figure's region is one of the table.
func (a *auditor) codesKnown(r rules.Rule) {
	for _, o := range a.seeds[0] {
		if r.Scope.Covers(o.Observation) && !a.Regions.Known(o.Region) {
			a.alone(r, o)
		}
	}
}

// alone is a failure of one number by itself.
func (a *auditor) alone(r rules.Rule, o *statement) {
	c := comparison{key: o.key, extra: by(o), left: intervalOf(o), outcome: schemas.Open, inputs: []*statement{o}, unit: o.Source, source: o.Source, number: o.Number}
	c.diagnoses = a.suspectAlone(o)
	a.add(r, c)
}
