package audit

import (
	"heshu/schemas"
	"heshu/schemas/rules"
)

// summaries compares what a summary says of a unit with the unit's own return.
func (a *auditor) summaries(r rules.Rule) {
	for _, o := range a.reported {
		if a.isOwn(o) || !r.Scope.Covers(o) {
			continue
		}
		if mine := a.ownOrBefore(keyOf(o), o.Form); len(mine) == 1 && mine[0].Document != o.Document && a.wants(r, keyOf(mine[0])) {
			a.addPair(r, o, mine[0], by(o))
		}
	}
}

// forms compares what one unit says of the same thing on several forms.
func (a *auditor) forms(r rules.Rule) {
	for _, o := range a.seeds[0] {
		list := a.own[keyOf(o)]
		if len(list) < 2 || list[0] == o || o.Form == list[0].Form || !a.isOwn(o) || !r.Scope.Covers(o) {
			continue
		}
		a.addPair(r, list[0], o, by(o))
	}
}

// addPair compares two statements of returns about the same thing; the second unit has to act.
func (a *auditor) addPair(r rules.Rule, o, mine *schemas.Observation, extra string) {
	c := comparison{key: keyOf(mine), extra: extra, left: intervalOf(o), right: intervalOf(mine), inputs: []*schemas.Observation{o, mine}, unit: mine.Source, source: o.Source, number: o.Number}
	c.outcome, c.right = settle(r, c.left, c.right)
	if c.outcome.Failed() {
		c.diagnoses = a.suspectEither(o, c.left, mine, c.right)
	}
	a.add(r, c)
}
