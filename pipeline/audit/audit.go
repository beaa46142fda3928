// Package audit owns the comparison of statements: rules over observations, with wording and printed precision, to findings.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"

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
	// Name is the region's name, as it was on that day.
	Name(code schemas.RegionCode, at schemas.Date) string
}

// Return is one submission: who sent it, for where and when.
type Return struct {
	Document schemas.DocumentID
	Source   string
	Region   schemas.RegionCode
	Form     string
	Period   schemas.Period
	Received schemas.Date
}

// Expected is a return that somebody has to send.
type Expected struct {
	Unit   string // name of the reporting unit
	Region schemas.RegionCode
	Form   string // "" is any form
	Period schemas.Period
	Due    schemas.Date // no date: the calendar does not know
}

// Input is everything the rules look at. Observations are the current ones.
type Input struct {
	Observations []schemas.Observation
	Returns      []Return
	Expected     []Expected
	Indicators   map[schemas.IndicatorCode]Indicator
	Regions      Regions
	Today        schemas.Date
}

// Run evaluates the rules and returns one finding per rule and key, passes included, sorted by id. It changes nothing.
func Run(in Input, list []rules.Rule) ([]schemas.Finding, error) {
	a := newAuditor(in)
	for _, r := range list {
		switch r.Kind {
		case rules.Balance:
			a.balance(r)
		case rules.Rollup:
			a.rollup(r)
		case rules.Same:
			a.same(r)
		case rules.Published:
			a.published(r)
		case rules.Domain:
			if err := a.domain(r); err != nil {
				return nil, err
			}
		case rules.Completeness:
			a.completeness(r)
		default:
			return nil, fmt.Errorf("rule %s: kind %q is unknown", r.ID, r.Kind)
		}
	}
	sort.Slice(a.findings, func(i, j int) bool { return a.findings[i].ID < a.findings[j].ID })
	return a.findings, nil
}

// key is what two statements must share to be about the same thing.
type key struct {
	indicator schemas.IndicatorCode
	region    schemas.RegionCode
	period    schemas.Period
	measure   schemas.Measure
	unit      schemas.UnitCode
	breakdown string
	action    string
	per       string
}

func keyOf(o schemas.Observation) key {
	return key{o.Indicator, o.Region, o.Period, o.Measure, o.Unit, o.Breakdown, o.Action, o.Per}
}

func (k key) String() string {
	return strings.Join([]string{string(k.indicator), string(k.region), k.period.Kind.String(), k.period.Start.String(), k.period.End.String(),
		k.measure.String(), string(k.unit), k.breakdown, k.action, k.per}, "|")
}

type auditor struct {
	Input
	returns  map[schemas.DocumentID]Return
	reported []schemas.Observation // of returns, region totals with an indicator, sorted
	articles []schemas.Observation
	findings []schemas.Finding
}

func newAuditor(in Input) *auditor {
	a := &auditor{Input: in, returns: map[schemas.DocumentID]Return{}}
	for _, r := range in.Returns {
		a.returns[r.Document] = r
	}
	for _, o := range in.Observations {
		if o.Indicator == schemas.Other || o.Region == "" || o.Scope != schemas.ScopeRegion || hasFlag(o, "duplicate") {
			continue
		}
		if o.Kind == schemas.Workbook {
			a.reported = append(a.reported, o)
		} else {
			a.articles = append(a.articles, o)
		}
	}
	for _, list := range [][]schemas.Observation{a.reported, a.articles} {
		sort.SliceStable(list, func(i, j int) bool {
			x, y := keyOf(list[i]).String(), keyOf(list[j]).String()
			return x < y || x == y && list[i].ID < list[j].ID
		})
	}
	return a
}

func hasFlag(o schemas.Observation, f schemas.Flag) bool {
	for _, g := range o.Flags {
		if f == g {
			return true
		}
	}
	return false
}

// own reports whether an observation is a unit's statement about its own region.
func (a *auditor) own(o schemas.Observation) bool {
	r, ok := a.returns[o.Document]
	return ok && r.Region == o.Region
}

// comparison is what a rule found for one key, before the texts are filled in.
type comparison struct {
	key       key
	extra     string // tells findings of one key apart: the document, the article
	left      interval
	right     interval
	outcome   schemas.Outcome
	inputs    []schemas.Observation // left first
	missing   []string
	diagnosis string
	unit      string // who has to act
	source    string
	number    string
}

// add turns a comparison into a finding.
func (a *auditor) add(r rules.Rule, c comparison) {
	sum := sha256.Sum256([]byte(r.ID + "\x00" + c.key.String() + "\x00" + c.extra))
	f := schemas.Finding{
		ID: hex.EncodeToString(sum[:16]), Rule: r.ID, RuleVersion: r.Version, Severity: r.Severity, Outcome: c.outcome,
		Unit: c.unit, Region: c.key.region, Indicator: c.key.indicator, Period: c.key.period,
		Left: c.left.value, Right: c.right.value, Imbalance: c.left.value.Sub(c.right.value),
		Tolerance: c.left.half.Add(c.right.half), Basis: basis(c.left, c.right), Missing: c.missing, Diagnosis: c.diagnosis,
		ActionZh: r.ActionZh, ActionEn: r.ActionEn,
	}
	for _, o := range c.inputs {
		f.Inputs = append(f.Inputs, o.ID)
	}
	f.MessageZh, f.MessageEn = a.message(r, c, f)
	a.findings = append(a.findings, f)
}
