package audit

import (
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// said is what an article and a return must share to speak of the same thing; the programme action may be left out.
func said(t thing) thing {
	t.action = ""
	return t
}

// published holds every published region total against the returns before it, within the rule's lag. The latest one
// counts; an earlier one that fits is a newspaper's delay, not an error.
func (a *auditor) published(r rules.Rule) {
	for _, p := range a.seeds[1] {
		if p.Measure == schemas.Target || !r.Scope.Covers(p.Observation) {
			continue
		}
		best, _ := a.drawnFrom(r, p)
		if best == nil || !a.wantsOf(r, best.key, p.Document) {
			continue
		}
		c := comparison{key: best.key, extra: string(p.ID), left: intervalOf(best), right: intervalOf(p), inputs: []*statement{best, p}, unit: best.Source, source: p.Source, number: p.Number, article: p.Document}
		if c.outcome, c.right = settle(r, c.left, c.right); c.outcome.Failed() {
			c.diagnoses = a.suspectArticle(best, p, a.near(r, p))
		}
		a.add(r, c)
	}
}

// suspectArticle asks what is wrong with an article's figure, or with the return best that it should be of; the other
// returns near it count less.
func (a *auditor) suspectArticle(best, p *statement, others []*statement) []string {
	list := append(a.guesses(best, intervalOf(best), intervalOf(p)), a.guesses(p, intervalOf(p), intervalOf(best))...)
	for _, o := range others {
		if o == best {
			continue
		}
		for _, g := range a.guesses(p, intervalOf(p), intervalOf(o)) {
			g.score -= 3
			list = append(list, g)
		}
	}
	return ranked(list)
}

// near lists the returns that an article's figure can have been drawn from.
func (a *auditor) near(r rules.Rule, p *statement) []*statement {
	if p.Period.End.IsZero() {
		return nil
	}
	var list []*statement
	first := p.Period.End.AddDate(0, 0, -r.LagDays)
	for _, o := range a.said()[said(p.key.thing)] {
		if (o.Action == p.Action || o.Action == "" || p.Action == "") && sameSpan(o.Period, p.Period, first) {
			list = append(list, o)
		}
	}
	return list
}

func (a *auditor) allSaid() map[thing][]*statement {
	all := map[thing][]*statement{}
	for _, s := range a.subjects {
		t := said(s.thing)
		if before := all[t]; before == nil {
			all[t] = s.reports
		} else {
			all[t] = slices.Concat(before, s.reports)
			slices.SortFunc(all[t], compareStatements)
		}
	}
	return all
}

// drawnFrom finds the return that an article's figure was drawn from, nil where none is near, and whether it fits.
func (a *auditor) drawnFrom(r rules.Rule, p *statement) (best *statement, fits bool) {
	m := intervalOf(p)
	for _, o := range a.near(r, p) {
		outcome, _ := settle(r, intervalOf(o), m)
		if ok := !outcome.Failed(); best == nil || ok && !fits || ok == fits && a.nearer(o, best) {
			best, fits = o, ok
		}
	}
	return best, fits
}

// nearer reports whether a return lies nearer to an article than another: it is later, or a unit's own.
func (a *auditor) nearer(o, best *statement) bool {
	if o.Period.End != best.Period.End {
		return best.Period.End.Before(o.Period.End)
	}
	return o.own && !best.own
}

// sameSpan reports whether a return's period is what an article of period p can have drawn on: it ended on the first day or later.
func sameSpan(o, p schemas.Period, first schemas.Date) bool {
	if o.End.IsZero() || o.Kind == schemas.AsOf != (p.Kind == schemas.AsOf) {
		return false
	}
	if o.Kind != schemas.AsOf && o.Start != p.Start {
		return false
	}
	return !p.End.Before(o.End) && !o.End.Before(first)
}

// amongArticles compares what different articles say of the same thing at the same time, each with the first. Where each
// was drawn from a return of its own they do not contradict each other: one was late.
func (a *auditor) amongArticles(r rules.Rule) {
	var first *statement
	for _, p := range a.seeds[1] {
		if p.Measure == schemas.Target || !r.Scope.Covers(p.Observation) || p.Period.End.IsZero() || !a.wants(r, p.key) {
			continue
		}
		if first == nil || first.key != p.key {
			first = p
			continue
		}
		if first.Document == p.Document && first.Article == p.Article {
			continue
		}
		c := comparison{key: p.key, extra: string(p.ID), left: intervalOf(first), right: intervalOf(p), inputs: []*statement{first, p}, unit: "", source: p.Source, number: p.Number}
		if c.outcome, c.right = settle(r, c.left, c.right); c.outcome.Failed() {
			c.diagnoses = a.suspectEither(first, c.left, p, c.right)
			if x, fits := a.drawnFrom(r, first); fits {
				if y, fits := a.drawnFrom(r, p); fits && x.Period != y.Period {
					c.outcome = schemas.Consistent
				}
			}
		}
		a.add(r, c)
	}
}
