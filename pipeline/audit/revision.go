package audit

import (
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// revised lists the figures that a later submission changed.
func (a *auditor) revised(r rules.Rule) {
	for _, o := range a.seeds[0] {
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
func (a *auditor) flipped(r rules.Rule) error {
	if len(a.byID) == 0 || a.Passed == nil {
		return nil
	}
	at := map[schemas.ObservationID]*schemas.Observation{}
	for _, o := range a.reported {
		if a.byID[o.ID] != nil {
			at[o.ID] = o
		}
	}
	type turn struct {
		schemas.Finding
		by *schemas.Observation
	}
	var turns []turn
	var ids []string
	for _, f := range a.found.list {
		i := slices.IndexFunc(f.Inputs, func(id schemas.ObservationID) bool { return at[id] != nil })
		if i < 0 || !f.Outcome.Failed() || !r.Scope.Region(f.Region) {
			continue
		}
		turns, ids = append(turns, turn{f, at[f.Inputs[i]]}), append(ids, f.ID)
	}
	passed, err := a.Passed(ids)
	for _, f := range turns {
		if passed[f.ID] {
			a.add(r, comparison{key: keyOf(f.by), extra: f.ID, left: intervalOf(f.by), right: exactly(a.byID[f.by.ID].Old), outcome: schemas.Open, inputs: []*schemas.Observation{f.by},
				unit: f.by.Source, source: f.Rule, number: f.Rule})
		}
	}
	return err
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
		f := comparison{key: key{thing{indicator: x.Indicator, region: x.Region}, x.Period}, extra: x.Unit + "|" + x.Note, outcome: outcome, unit: x.Unit, number: x.Note, source: x.Unit, basis: "sql", cited: x.Inputs}
		f.left, f.right = exactly(x.Left), exactly(x.Right)
		a.add(r, f)
	}
}
