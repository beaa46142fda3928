package audit

import (
	"heshu/schemas"
	"heshu/schemas/rules"
)

// revised lists the figures that a later submission changed.
func (a *auditor) revised(r rules.Rule) {
	for _, o := range a.reported {
		x := a.byID[o.ID]
		if x == nil || !r.Scope.Covers(o) || x.Old.Equal(x.New) {
			continue
		}
		c := comparison{key: keyOf(o), extra: by(o), left: intervalOf(o), right: exactly(x.Old), outcome: schemas.Open,
			inputs: []*schemas.Observation{o}, unit: o.Source, source: o.Source, number: o.Number}
		c.diagnoses = a.suspectPair(o, c.left, c.right)
		a.add(r, c)
	}
}

// flipped lists the rules that held before a revision and no longer hold with it.
func (a *auditor) flipped(r rules.Rule) {
	at := map[schemas.ObservationID]*schemas.Observation{}
	for _, o := range a.reported {
		if a.byID[o.ID] != nil {
			at[o.ID] = o
		}
	}
	for _, f := range a.findings { // those added here do not flip themselves: range holds the list as it was
		if !a.Passed[f.ID] || !f.Outcome.Failed() || !r.Scope.Region(f.Region) {
			continue
		}
		for _, id := range f.Inputs {
			o := at[id]
			if o == nil {
				continue
			}
			a.add(r, comparison{key: keyOf(o), extra: f.ID, left: intervalOf(o), right: exactly(a.byID[id].Old), outcome: schemas.Open, inputs: []*schemas.Observation{o},
				unit: o.Source, source: f.Rule, number: f.Rule})
			break
		}
	}
}

// rows turns the answers of an SQL rule's query into findings.
func (a *auditor) rows(r rules.Rule) {
	for _, x := range a.Rows[r.ID] {
		outcome := schemas.Agree
		if x.Failed {
			outcome = schemas.Open
		}
		if !r.Scope.Region(x.Region) {
			continue
		}
		f := comparison{key: key{thing{indicator: x.Indicator, region: x.Region}, x.Period}, extra: x.Unit + "|" + x.Note, outcome: outcome, unit: x.Unit, number: x.Note, source: x.Unit, basis: "sql"}
		f.left, f.right = exactly(x.Left), exactly(x.Right)
		a.add(r, f)
		a.findings[len(a.findings)-1].Inputs = x.Inputs
	}
}
