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
		if x == nil || !r.Scope.Covers(o.Observation) || x.Old.Equal(x.New) {
			continue
		}
		c := comparison{key: o.key, extra: by(o), left: intervalOf(o), right: exactly(x.Old), outcome: schemas.Open,
			inputs: []*statement{o}, unit: o.Source, source: o.Source, number: o.Number}
		c.diagnoses = a.suspectPair(o, c.left, c.right)
		a.add(r, c)
	}
}

// flipped lists the rules that held with the figures before their revision and no longer hold with it. An office's SQL is not asked again.
func (a *auditor) flipped(r rules.Rule, list []rules.Rule) error {
	if len(a.byID) == 0 {
		return nil
	}
	at := map[schemas.ObservationID]*statement{}
	for _, o := range a.reported {
		if a.byID[o.ID] != nil {
			at[o.ID] = o
		}
	}
	by := map[string]*statement{} // the revised figure, by the finding that fails with it
	var failed []schemas.Finding
	for _, f := range a.found.list {
		i := slices.IndexFunc(f.Inputs, func(id schemas.ObservationID) bool { return at[id] != nil })
		if i >= 0 && f.Outcome.Failed() && r.Scope.Region(f.Region) {
			failed, by[f.ID] = append(failed, f), at[f.Inputs[i]]
		}
	}
	if len(failed) == 0 {
		return nil
	}
	held, err := a.heldBefore(failed, at, list)
	for _, f := range failed {
		if o := by[f.ID]; held[f.ID] {
			a.add(r, comparison{key: o.key, extra: f.ID, left: intervalOf(o), right: exactly(a.byID[o.ID].Old), outcome: schemas.Open, inputs: []*statement{o},
				unit: o.Source, source: f.Rule, number: f.Rule})
		}
	}
	return err
}

// heldBefore tells which findings hold with the revised figures as they were before.
func (a *auditor) heldBefore(findings []schemas.Finding, revised map[schemas.ObservationID]*statement, list []rules.Rule) (map[string]bool, error) {
	before := *a
	before.found, before.Scope, before.asked = &found{}, DayScope(nil), asked{}
	failing := map[string]bool{}
	for _, f := range findings {
		failing[f.Rule] = true
		before.Scope.Add(schemas.FindingSpan{Rule: f.Rule, Region: f.Region, Indicator: f.Indicator, From: f.Period.End, To: f.Period.End})
	}
	before.Scope.settle()
	before.seeds = [2][]*statement{before.Scope.seeds(a.seeds[0], 0), before.Scope.seeds(a.seeds[1], lagOf(list))}
	for id, o := range revised { // in place: every index leads to it
		now, old := *o.Observation, a.byID[id].Old
		o.Value, o.Low, o.High = old, old, old
		defer func() { *o.Observation = now }()
	}
	list = slices.DeleteFunc(slices.Clone(list), func(r rules.Rule) bool {
		return r.Kind == rules.Revision || r.Kind == rules.SQL || r.Kind == rules.Completeness || !failing[r.ID]
	})
	if err := before.evaluateAll(list); err != nil {
		return nil, err
	}
	held := map[string]bool{}
	for _, f := range before.found.list {
		held[f.ID] = f.Outcome.Passed()
	}
	return held, nil
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
		f := comparison{key: a.find(thing{indicator: x.Indicator, region: x.Region}, x.Period), extra: x.Unit + "|" + x.Note, outcome: outcome, unit: x.Unit, number: x.Note, source: x.Unit, basis: "sql", cited: x.Inputs}
		f.left, f.right = exactly(x.Left), exactly(x.Right)
		a.add(r, f)
	}
}
