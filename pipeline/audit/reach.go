package audit

import (
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// Neighbours tells which regions' findings a region's figure has a say in.
type Neighbours interface {
	// Above lists the regions that the region was ever directly below.
	Above(code schemas.RegionCode) []schemas.RegionCode
	// Kin lists the region, those that took it over as a whole, those that it took over, and theirs.
	Kin(code schemas.RegionCode) []schemas.RegionCode
}

// NewScope is what can change when documents came in that say or said these things (all of each document: what was replaced,
// too), beside what the day changes.
//
// Whether a rule holds rests on few figures, and what follows from a figure is found by going back from it: the same document
// (all of it is given), the same thing at the same time, later times of a count, the region above. Why a rule does not hold is looked
// for farther around: findings that failed before are added by Reconsider, which comes after it in any case.
func NewScope(list []rules.Rule, regions Neighbours, said []Saying) *Scope {
	s := DayScope(list)
	s.statements, s.lag = true, lagOf(list)
	for _, r := range list {
		if r.Kind == rules.Completeness || r.Kind == rules.Revision && r.Of == "verdict" {
			s.whole[r.ID] = true
		}
		if alone(r) {
			s.alone[r.ID] = true
		}
		switch r.Kind {
		case rules.Rollup, rules.Same, rules.Cumulative, rules.Band, rules.Target, rules.Revision, rules.Domain:
			s.returns[r.ID] = true
		}
	}
	done := map[Saying]bool{}
	for _, x := range said {
		if x.Indicator == schemas.Other || x.Region == "" {
			continue
		}
		if x.Article && !x.Entity {
			s.articles[x.Document] = true
		}
		if x.Document = ""; done[x] {
			continue
		}
		done[x] = true
		for _, r := range list {
			s.follow(r, x, regions)
		}
	}
	return s
}

// lagOf is how many days an article may look back to a return, by whichever rule.
func lagOf(list []rules.Rule) (days int) {
	for _, r := range list {
		days = max(days, r.LagDays)
	}
	return days
}

// Line is what a return's table says of one region at one time.
type Line struct {
	Document schemas.DocumentID
	Region   schemas.RegionCode
	End      schemas.Date
}

// Reconsider adds those findings that failed before whose diagnosis what was said can change: a figure has a say in what is
// thought of its own region at any time, and of the regions up to two levels above it and those beside it in a table from its own time
// on. Lines are those of tables that speak of several regions. What articles say of a region as a whole explains nothing but the findings
// about itself.
func (s *Scope) Reconsider(failed []schemas.FindingSpan, said []Saying, lines []Line, regions Neighbours) {
	n := newNearby(lines, regions)
	for _, x := range said {
		if x.Region != "" && (!x.Article || x.Entity) {
			n.tell(x)
		}
	}
	for _, x := range failed {
		if from, ok := n.since[x.Region]; ok && from.Compare(x.To) <= 0 {
			s.Add(x)
		}
	}
	s.settle()
}

// Saying is what of an observation decides which findings it has a say in.
type Saying struct {
	Document        schemas.DocumentID
	Region          schemas.RegionCode
	Indicator       schemas.IndicatorCode
	End             schemas.Date
	Article, Entity bool // of an article, of a unit
}

// follow adds the findings of a rule that a saying can change.
func (s *Scope) follow(r rules.Rule, x Saying, regions Neighbours) {
	if s.whole[r.ID] {
		return
	}
	add := func(region schemas.RegionCode, from, to schemas.Date) {
		s.Add(schemas.FindingSpan{Rule: r.ID, Region: region, Indicator: x.Indicator, From: from, To: to})
	}
	if x.Entity {
		if r.Kind == rules.Entity {
			for _, region := range upwards(x.Region) {
				add(region, x.End, endless)
			}
		}
		return
	}
	switch r.Kind {
	case rules.Rollup:
		if x.Article {
			return
		}
		add(x.Region, x.End, x.End)
		for _, kin := range regions.Kin(x.Region) {
			for _, above := range regions.Above(kin) {
				add(above, x.End, x.End)
			}
		}
	case rules.Same:
		if !x.Article {
			for _, kin := range regions.Kin(x.Region) {
				add(kin, x.End, x.End)
			}
		}
	case rules.Cumulative, rules.Band, rules.Target: // what comes later goes on from it
		if !x.Article {
			add(x.Region, x.End, endless)
		}
	case rules.Published:
		s.followPublished(r, x, add)
	case rules.Domain, rules.Revision:
		if !x.Article {
			add(x.Region, x.End, x.End)
		}
	case rules.Identity:
		add(x.Region, x.End, x.End)
		if !x.Article && !x.End.IsZero() && (r.Of == "growth" || r.Of == "change") { // the level that the next year's growth starts from
			next := x.End.AddDate(1, 0, 0)
			add(x.Region, next.AddDate(0, 0, -1), next.AddDate(0, 0, 1)) // the last of February moves
		}
	default: // of one document
		add(x.Region, x.End, x.End)
	}
}

// followPublished is follow for what is published. Against returns each article stands alone, so that an article has a say in
// its own findings only; a return in those of the articles that were drawn from it or from those near it, or might have been.
func (s *Scope) followPublished(r rules.Rule, x Saying, add func(schemas.RegionCode, schemas.Date, schemas.Date)) {
	from, to := x.End, x.End
	if !x.Article && !x.End.IsZero() {
		to = to.AddDate(0, 0, r.LagDays)
		if alone(r) {
			from = from.AddDate(0, 0, -r.LagDays)
		}
	}
	if !x.Article || !alone(r) {
		add(x.Region, from, to)
	}
}

// alone reports whether a rule's findings are each about one article.
func alone(r rules.Rule) bool { return r.Kind == rules.Published && r.Of == "reported" }

// upwards lists a region and those that its code lies in.
func upwards(code schemas.RegionCode) []schemas.RegionCode {
	list := []schemas.RegionCode{code}
	if len(code) == 6 {
		for _, above := range []schemas.RegionCode{code[:4] + "00", code[:2] + "0000"} {
			if !slices.Contains(list, above) {
				list = append(list, above)
			}
		}
	}
	return list
}
