package audit

import (
	"heshu/schemas/rules"
)

// summaries compares what a summary says of a unit with the unit's own return.
func (a *auditor) summaries(r rules.Rule) {
	for _, o := range a.reported {
		if o.own || !r.Scope.Covers(o.Observation) {
			continue
		}
		if mine := a.ownOrBefore(o.key, o.Form); len(mine) == 1 && mine[0].Document != o.Document && a.wants(r, mine[0].key) {
			a.addPair(r, o, mine[0], by(o))
		}
	}
}

// forms compares what one unit says of the same thing on several forms.
func (a *auditor) forms(r rules.Rule) {
	for _, o := range a.seeds[0] {
		list := in(o.key.own, o.Period)
		if len(list) < 2 || list[0] == o || o.Form == list[0].Form || !o.own || !r.Scope.Covers(o.Observation) {
			continue
		}
		a.addPair(r, list[0], o, by(o))
	}
}

// addPair compares two statements of returns about the same thing; the second unit has to act.
func (a *auditor) addPair(r rules.Rule, o, mine *statement, extra string) {
	c := comparison{key: mine.key, extra: extra, left: intervalOf(o), right: intervalOf(mine), inputs: []*statement{o, mine}, unit: mine.Source, source: o.Source, number: o.Number}
	c.outcome, c.right = settle(r, c.left, c.right)
	if c.outcome.Failed() {
		c.diagnoses = a.suspectEither(o, c.left, mine, c.right)
	}
	a.add(r, c)
}
