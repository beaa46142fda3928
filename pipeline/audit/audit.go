// Package audit owns the comparison of statements: rules over observations, with wording and printed precision, to findings.
package audit

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// Indicator is what the rules have to know of an indicator.
type Indicator struct {
	Label, LabelEn string
	Additive       bool
}

// Regions answers what the rules ask about places.
type Regions interface {
	// Children lists the regions directly below one, as they were on that day, sorted by code.
	Children(parent schemas.RegionCode, at schemas.Date) []schemas.RegionCode
	// Name is the region's name, as it was on that day, its code where no table knows it.
	Name(code schemas.RegionCode, at schemas.Date) string
	// Known reports whether a code was or is one of a region.
	Known(code schemas.RegionCode) bool
	// Predecessors lists the regions whose whole went into one on or before that day, sorted by code.
	Predecessors(code schemas.RegionCode, at schemas.Date) []schemas.RegionCode
}

// Return is one submission: who sent it, for where and when.
type Return struct {
	Document schemas.DocumentID
	Source   string
	Region   schemas.RegionCode
	Form     string
	Period   schemas.Period
	Received schemas.Date
	Replaced bool // a later submission took its place
}

// Expected is a return that somebody has to send.
type Expected struct {
	Unit   string // name of the reporting unit
	Region schemas.RegionCode
	Form   string // "" is any form
	Period schemas.Period
	Due    schemas.Date // no date: the calendar does not know
}

// Field is a number that a form must hold.
type Field struct {
	Indicator schemas.IndicatorCode
	Breakdown string
	Label     string
}

// Revised is a figure that a later submission changed.
type Revised struct {
	Old, New schemas.Decimal
	NewID    schemas.ObservationID
}

// Row is one answer of an SQL rule's query.
type Row struct {
	Region      schemas.RegionCode
	Indicator   schemas.IndicatorCode
	Period      schemas.Period
	Left, Right schemas.Decimal
	Unit, Note  string
	Failed      bool
	Inputs      []schemas.ObservationID
}

// Input is everything the rules look at. Observations are the current ones.
type Input struct {
	Observations []schemas.Observation
	Returns      []Return
	Expected     []Expected
	Required     map[string][]Field // by form
	Revised      []Revised          // what was changed since it was first sent
	Rows         map[string][]Row   // by SQL rule
	Indicators   map[schemas.IndicatorCode]Indicator
	Regions      Regions
	Today        schemas.Date
	Scope        *Scope // what is worked out; nil: everything
}

// Run evaluates the rules and returns one finding per rule and key within the scope, passes included, sorted by id. It
// changes nothing.
func Run(in Input, list []rules.Rule) ([]schemas.Finding, error) {
	a := newAuditor(in)
	var first, last []rules.Rule
	for _, r := range list {
		if r.Kind == rules.Revision && r.Of == "verdict" {
			last = append(last, r)
		} else {
			first = append(first, r)
		}
	}
	if err := a.evaluateAll(first); err != nil {
		return nil, err
	}
	for _, r := range last { // they look at the findings of the others
		if err := a.flipped(r, list); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(a.found.list, func(f, g schemas.Finding) int { return strings.Compare(f.ID, g.ID) })
	return a.found.list, nil
}

// evaluateAll applies rules, several at once.
func (a *auditor) evaluateAll(list []rules.Rule) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, r := range list {
		group.Go(func() error {
			one := *a // shares what it reads, and where findings go
			one.taken = map[[idBytes]byte]bool{}
			return one.evaluate(r)
		})
	}
	return group.Wait()
}

// evaluate applies one rule to all that it covers.
func (a *auditor) evaluate(r rules.Rule) error {
	kinds := map[rules.Kind]map[string]func(rules.Rule){
		rules.Completeness: {"returns": a.returnsInTime, "fields": a.fieldsThere},
		rules.Domain:       {"range": a.inRange, "codes": a.codesKnown},
		rules.Balance:      {"groups": a.groupsBalance, "each": a.eachWithin},
		rules.Rollup:       {"returns": a.rollup, "document": a.rollup},
		rules.Same:         {"summary": a.summaries, "forms": a.forms},
		rules.Cumulative:   {"never_falls": a.neverFalls, "difference": a.difference},
		rules.Identity:     {"ratio": a.ratio, "growth": a.overYear, "change": a.overYear, "at_most": a.atMost},
		rules.Band:         {"increments": a.band},
		rules.Published:    {"reported": a.published, "published": a.amongArticles},
		rules.Target:       {"year": a.targets},
		rules.Entity:       {"total": a.entitiesWithin},
		rules.Revision:     {"value": a.revised},
		rules.SQL:          {"query": a.rows},
	}
	apply, ok := kinds[r.Kind][r.Of]
	if !ok {
		return fmt.Errorf("rule %s: kind %q of %q is unknown", r.ID, r.Kind, r.Of)
	}
	apply(r)
	return nil
}
