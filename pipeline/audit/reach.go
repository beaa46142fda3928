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
// for farther around: findings that failed before are to be added by Reconsider.
func NewScope(list []rules.Rule, regions Neighbours, said []schemas.Observation) *Scope {
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
	done := map[saying]bool{}
	for i := range said {
		x := sayingOf(&said[i])
		if x.indicator == schemas.Other || x.region == "" {
			continue
		}
		if x.article && !x.entity {
			s.articles[said[i].Document] = true
		}
		if done[x] {
			continue
		}
		done[x] = true
		for _, r := range list {
			s.follow(r, x, regions)
		}
	}
	s.settle()
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
func (s *Scope) Reconsider(failed []schemas.FindingSpan, said []schemas.Observation, lines []Line, regions Neighbours) {
	n := newNearby(lines, regions)
	for i := range said {
		if o := &said[i]; o.Region != "" && (o.Kind == schemas.Workbook || o.Scope == schemas.ScopeEntity) {
			n.tell(o)
		}
	}
	for _, x := range failed {
		if from, ok := n.since[x.Region]; ok && from.Compare(x.To) <= 0 {
			s.Add(x)
		}
	}
	s.settle()
}

// saying is what of an observation decides which findings it has a say in.
type saying struct {
	topic
	end     schemas.Date
	article bool
	entity  bool
}

func sayingOf(o *schemas.Observation) saying {
	return saying{topic{o.Region, o.Indicator}, o.Period.End, o.Kind == schemas.Article, o.Scope == schemas.ScopeEntity}
}

// follow adds the findings of a rule that a saying can change.
func (s *Scope) follow(r rules.Rule, x saying, regions Neighbours) {
	if s.whole[r.ID] {
		return
	}
	add := func(region schemas.RegionCode, from, to schemas.Date) {
		s.Add(schemas.FindingSpan{Rule: r.ID, Region: region, Indicator: x.indicator, From: from, To: to})
	}
	if x.entity {
		if r.Kind == rules.Entity {
			for _, region := range upwards(x.region) {
				add(region, x.end, endless)
			}
		}
		return
	}
	switch r.Kind {
	case rules.Rollup:
		if x.article {
			return
		}
		add(x.region, x.end, x.end)
		for _, kin := range regions.Kin(x.region) {
			for _, above := range regions.Above(kin) {
				add(above, x.end, x.end)
			}
		}
	case rules.Same:
		if !x.article {
			for _, kin := range regions.Kin(x.region) {
				add(kin, x.end, x.end)
			}
		}
	case rules.Cumulative, rules.Band, rules.Target: // what comes later goes on from it
		if !x.article {
			add(x.region, x.end, endless)
		}
	case rules.Published:
		s.followPublished(r, x, add)
	case rules.Domain, rules.Revision:
		if !x.article {
			add(x.region, x.end, x.end)
		}
	case rules.Identity:
		add(x.region, x.end, x.end)
		if !x.article && !x.end.IsZero() && (r.Of == "growth" || r.Of == "change") { // the level that the next year's growth starts from
			next := x.end.AddDate(1, 0, 0)
			add(x.region, next.AddDate(0, 0, -1), next.AddDate(0, 0, 1)) // the last of February moves
		}
	default: // of one document
		add(x.region, x.end, x.end)
	}
}

// followPublished is follow for what is published. Against returns each article stands alone, so that an article has a say in
// its own findings only; a return in those of the articles that were drawn from it or from those near it, or might have been.
func (s *Scope) followPublished(r rules.Rule, x saying, add func(schemas.RegionCode, schemas.Date, schemas.Date)) {
	from, to := x.end, x.end
	if !x.article && !x.end.IsZero() {
		to = to.AddDate(0, 0, r.LagDays)
		if alone(r) {
			from = from.AddDate(0, 0, -r.LagDays)
		}
	}
	if !x.article || !alone(r) {
		add(x.region, from, to)
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
