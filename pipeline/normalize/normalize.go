// Package normalize owns the step that gives a figure its meaning: figure + context → observation.
//
// The rules are ordered and named; every observation carries the name of the one that mapped it and, when asked for,
// each step. The package is pure: the same figures give the same observations.
package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/forms"
	"heshu/schemas/region"
)

// Config says what to keep. The zero value works.
type Config struct {
	Trace bool       // fill Observation.Steps
	Forms *forms.Set // the reporting forms; nil: the built-in ones
}

// Normalizer holds the reference data. It is read-only and safe for concurrent use.
type Normalizer struct {
	catalog *catalog.Catalog
	regions *region.Table
	config  Config
}

// New returns a normalizer over the reference data.
func New(c *catalog.Catalog, r *region.Table, config Config) *Normalizer {
	return &Normalizer{catalog: c, regions: r, config: config}
}

// Observe gives every figure of an extraction its observation, in the same order, with the issues met on the way.
func (n *Normalizer) Observe(doc schemas.Document, x schemas.Extraction) ([]schemas.Observation, []schemas.Issue) {
	out := make([]schemas.Observation, 0, len(x.Figures))
	var issues []schemas.Issue
	ordinals := map[string]int{}
	var page *articlePage
	var grid *gridPage
	var table *articleTable
	for i := range x.Figures {
		f := &x.Figures[i]
		place := placeOf(f)
		o := n.begin(doc, x.Kind, f, observationID(doc.ID, place, ordinals[place]))
		ordinals[place]++
		if o.Source == "" {
			p, _ := partOf(x, f.Part)
			o.Source = p.Publisher
		}
		switch {
		case f.Grid != nil && x.Kind == schemas.Article:
			if page == nil || page.part.Index != f.Part {
				page = n.openPage(doc, x, f.Part)
			}
			if table == nil || table.part != f.Part {
				table = n.openTable(doc, x, page)
			}
			issues = append(issues, table.observe(f, &o)...)
		case f.Grid != nil:
			if grid == nil {
				grid = n.openGrid(doc, x)
			}
			issues = append(issues, grid.observe(f, &o)...)
		case f.Clause != nil:
			if page == nil || page.part.Index != f.Part {
				page = n.openPage(doc, x, f.Part)
			}
			issues = append(issues, page.observe(f, &o)...)
		}
		out = append(out, o)
	}
	markDuplicates(out)
	return out, issues
}

// begin fills in what the figure says itself.
func (n *Normalizer) begin(doc schemas.Document, kind schemas.Kind, f *schemas.Figure, id schemas.ObservationID) schemas.Observation {
	return schemas.Observation{
		ID:       id,
		Document: doc.ID, Source: doc.Source, Kind: kind, Article: f.Part,
		Locator: f.Locator, Quote: f.Quote, Number: f.Number, UnitWritten: f.Unit.Text, UnitFrom: f.Unit.Locator, Label: f.Label,
		Indicator: schemas.Other, Scope: schemas.ScopeRegion, Measure: schemas.Total,
		Qualifier: f.Quantity.Qualifier, Decimals: f.Quantity.Decimals, UnitMult: f.Quantity.UnitMult,
		Flags: slices.Clip(f.Flags), // adding one copies them
	}
}

// placeOf names a figure's place within its document.
func placeOf(f *schemas.Figure) string {
	at := ""
	if f.Locator != nil {
		at = f.Locator.String()
	}
	return strconv.Itoa(f.Part) + "\x00" + at
}

// observationID identifies a figure by what identifies it: its document, its place, and its turn at that place.
func observationID(doc schemas.DocumentID, place string, ordinal int) schemas.ObservationID {
	b := append(append(append(make([]byte, 0, 128), doc...), 0), place...)
	sum := sha256.Sum256(strconv.AppendInt(append(b, 0), int64(ordinal), 10))
	var digits [32]byte
	hex.Encode(digits[:], sum[:16])
	return schemas.ObservationID(digits[:])
}

func partOf(x schemas.Extraction, index int) (schemas.Part, bool) {
	for _, p := range x.Parts {
		if p.Index == index {
			return p, true
		}
	}
	return schemas.Part{}, false
}

// step records, when asked for, how a field came about.
func (n *Normalizer) step(o *schemas.Observation, field, rule, from, to string) {
	if n.config.Trace {
		o.Steps = append(o.Steps, schemas.Step{Field: field, Rule: rule, From: from, To: to})
	}
}

func addFlag(o *schemas.Observation, f schemas.Flag) {
	for _, have := range o.Flags {
		if have == f {
			return
		}
	}
	o.Flags = append(o.Flags, f)
}

// markDuplicates flags an observation that says again what an earlier one of the document said.
func markDuplicates(os []schemas.Observation) {
	seen := map[string]bool{}
	for i := range os {
		o := &os[i]
		if o.Kind != schemas.Article || o.Indicator == schemas.Other && o.Label == "" {
			continue
		}
		key := strings.Join([]string{string(o.Indicator), string(o.Region), o.Entity, o.Breakdown, string(o.Unit), o.Measure.String(), o.Per,
			o.Value.String(), o.Low.String(), o.High.String()}, "\x00")
		if o.Indicator == schemas.Other {
			key += "\x00" + o.Label
		}
		if seen[key] {
			addFlag(o, "duplicate")
		}
		seen[key] = true
	}
}
