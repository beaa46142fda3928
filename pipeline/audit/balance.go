package audit

import (
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// wholes lists the totals of documents that have some, each with the breakdowns of the same thing in the same document.
func (a *auditor) wholes(r rules.Rule) []whole {
	parts := map[place][]*statement{}
	parted := map[*subject]bool{}
	var totals []*statement
	for _, some := range a.seeds {
		for _, o := range some {
			if !a.Indicators[o.Indicator].Additive || o.Measure != schemas.Total || !r.Scope.Covers(o.Observation) || !a.wants(r, o.key) {
				continue
			}
			if o.Breakdown == "" {
				totals = append(totals, o)
				continue
			}
			t := o.key.thing
			t.breakdown = ""
			k := a.find(t, o.Period)
			parts[place{o.Document, o.Article, k}], parted[k.subject] = append(parts[place{o.Document, o.Article, k}], o), true
		}
	}
	var list []whole
	for _, o := range totals {
		if !parted[o.key.subject] {
			continue
		}
		p := place{o.Document, o.Article, o.key}
		if of := parts[p]; of != nil {
			list = append(list, whole{total: o, parts: of})
			delete(parts, p) // of two totals of one document the first counts
		}
	}
	return list
}

// place is where a document says a thing.
type place struct {
	document schemas.DocumentID
	article  int
	key      key
}

type whole struct {
	total *statement
	parts []*statement
}

// groupsBalance compares a total with a set of its breakdowns in the same document.
func (a *auditor) groupsBalance(r rules.Rule) {
	for _, w := range a.wholes(r) {
		for _, g := range r.Groups {
			chosen := choose(g, w.parts)
			if len(chosen) < 2 || g.AllNeeded && len(chosen) < len(g.Parts) {
				continue
			}
			c := comparison{key: w.total.key, extra: by(w.total), left: intervalOf(w.total), right: sum(chosen),
				inputs: append([]*statement{w.total}, chosen...), unit: w.total.Source, source: w.total.Source, number: w.total.Number}
			c.outcome, c.right = settle(r, c.left, c.right)
			if g.Relation == "<=" && !(c.outcome.Failed() && above(c.right, c.left)) {
				c.outcome = schemas.Agree
			}
			c.diagnoses = a.suspectSum(&c)
			a.add(r, c)
		}
	}
}

// above reports whether all of i lies above all of j.
func above(i, j interval) bool { return i.low.IsSet() && j.high.IsSet() && i.low.Cmp(j.high) > 0 }

// choose picks one observation for each part of a group that is there.
func choose(g rules.Group, parts []*statement) []*statement {
	var chosen []*statement
	for _, words := range g.Parts {
		i := slices.IndexFunc(parts, func(o *statement) bool { return slices.Contains(words, o.Breakdown) })
		if i >= 0 {
			chosen = append(chosen, parts[i])
		}
	}
	return chosen
}

// eachWithin checks 其中: no breakdown is more than its whole. Of returns only failures are findings: their parts are
// checked as groups.
func (a *auditor) eachWithin(r rules.Rule) {
	for _, w := range a.wholes(r) {
		l := intervalOf(w.total)
		for _, p := range w.parts {
			m := intervalOf(p)
			if !above(m, l) && p.Kind != schemas.Article {
				continue
			}
			c := comparison{key: w.total.key, extra: by(p) + "|" + p.Breakdown, left: l, right: m, outcome: schemas.Agree, inputs: []*statement{w.total, p},
				unit: p.Source, source: p.Source, number: p.Breakdown}
			if above(m, l) {
				c.outcome, c.diagnoses = compare(l, m), a.suspectEither(w.total, l, p, m)
			}
			a.add(r, c)
		}
	}
}
