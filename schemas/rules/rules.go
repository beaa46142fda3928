// Package rules owns the audit rules as data: what is compared, how much it binds, what people are told.
package rules

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sort"

	"github.com/goccy/go-yaml"

	"heshu/schemas"
)

//go:embed *.yaml
var builtin embed.FS

// Kind is how a rule compares. docs/rules.md explains each with its fields.
type Kind string

// The kinds of rules.
const (
	Completeness Kind = "completeness" // who had to report and when; what a form must hold
	Domain       Kind = "domain"       // a number its kind does not allow
	Balance      Kind = "balance"      // a total and its breakdowns in one document
	Rollup       Kind = "rollup"       // the regions below and the region above
	Same         Kind = "same"         // two returns that state the same figure
	Cumulative   Kind = "cumulative"   // a count so far and the one before it
	Identity     Kind = "identity"     // an average, a rate, a growth and what it is computed from
	Band         Kind = "band"         // a period against the periods before it
	Published    Kind = "published"    // an article against a return, or against another article
	Target       Kind = "target"       // what was to be reached and what was
	Entity       Kind = "entity"       // units within a region against the region
	Revision     Kind = "revision"     // a figure that was changed after it had been sent
	SQL          Kind = "sql"          // what an office asks the warehouse itself
)

// variants lists what the field Of may say for a kind; the first is the default.
var variants = map[Kind][]string{
	Completeness: {"returns", "fields"}, Domain: {"range", "codes"}, Balance: {"groups", "each"}, Rollup: {"returns", "document"},
	Same: {"summary", "forms"}, Cumulative: {"never_falls", "difference"}, Identity: {"ratio", "growth", "change", "at_most"}, Band: {"increments"},
	Published: {"reported", "published"}, Target: {"year"}, Entity: {"total"}, Revision: {"value", "verdict"}, SQL: {"query"},
}

// Rule is one audit rule. Texts are what people are told: {left}, {right}, {imbalance}, {tolerance}, {missing},
// {indicator}, {region}, {period}, {unit}, {number} and {source} are filled in.
type Rule struct {
	ID       string           `yaml:"id"`
	Version  int              `yaml:"version"`
	Kind     Kind             `yaml:"kind"`
	Of       string           `yaml:"of"` // the variant of the kind; "" is the first of docs/rules.md
	Severity schemas.Severity `yaml:"severity"`
	Scope    Scope            `yaml:"scope"` // what it looks at; empty: all that its kind can
	Widen    Widen            `yaml:"widen"` // a tolerance beyond what printed digits give

	Groups  []Group `yaml:"groups"`   // balance: breakdowns that together are the whole, or a part of it
	Missing string  `yaml:"missing"`  // rollup: cannot_verify (default), zero (counts as 0), skip (says nothing)
	LagDays int     `yaml:"lag_days"` // published: an article up to so many days after a return still speaks of it
	Min     string  `yaml:"min"`      // domain: least value allowed
	Max     string  `yaml:"max"`      // domain: greatest value allowed
	Integer bool    `yaml:"integer"`  // domain: things counted one by one have no fractions

	Result      Term   `yaml:"result"`      // identity: the figure that is computed
	Numerator   Term   `yaml:"numerator"`   // identity: from what
	Denominator Term   `yaml:"denominator"` // identity: by what
	Scale       string `yaml:"scale"`       // identity: times what; default 1

	History int    `yaml:"history"` // band: so many steps before are needed; default 5
	Width   string `yaml:"width"`   // band: so many deviations (1.4826 × median absolute deviation) wide; default 8
	Least   string `yaml:"least"`   // band: the deviation is at least this share of the median; default 0.25

	SQL string `yaml:"sql"` // sql: a query on the release's views; docs/rules.md names its columns

	Zh       string `yaml:"zh"`
	En       string `yaml:"en"`
	ActionZh string `yaml:"action_zh"`
	ActionEn string `yaml:"action_en"`
}

// Scope narrows what a rule looks at. Every empty list means "all".
type Scope struct {
	Indicators []schemas.IndicatorCode `yaml:"indicators"`
	Except     []schemas.IndicatorCode `yaml:"except"`
	Measures   []schemas.Measure       `yaml:"measures"`
	Regions    []schemas.RegionCode    `yaml:"regions"` // a code's beginning: "4117" is the city 411700 and its counties
	Forms      []string                `yaml:"forms"`
}

// Widen is a tolerance that an office grants on top of the printed digits. It needs a reason, which is shown.
type Widen struct {
	By     string `yaml:"by"` // "5": in the canonical unit; "0.5%": of the left value
	Reason string `yaml:"reason"`
}

// Term names a figure by what it counts.
type Term struct {
	Indicator schemas.IndicatorCode `yaml:"indicator"`
	Measure   schemas.Measure       `yaml:"measure"` // default total
	Per       string                `yaml:"per"`
}

// Group is one set of breakdowns of a whole; each part lists the words it goes by.
type Group struct {
	Name      string     `yaml:"name"`
	Parts     [][]string `yaml:"parts"`
	Relation  string     `yaml:"relation"`  // "=" (default): together the whole; "<=": 其中, together no more than it
	AllNeeded bool       `yaml:"all_parts"` // compare only where every part is there
}

// Load reads the built-in rules and then those of extra (nil for none), where a rule replaces the built-in one of
// the same id. Rules come back sorted by id.
func Load(extra fs.FS) ([]Rule, error) {
	byID := map[string]Rule{}
	for _, source := range []fs.FS{builtin, extra} {
		if source == nil {
			continue
		}
		names, err := fs.Glob(source, "*.yaml")
		if err != nil {
			return nil, fmt.Errorf("list rules: %w", err)
		}
		for _, name := range names {
			if err := read(source, name, byID); err != nil {
				return nil, err
			}
		}
	}
	list := make([]Rule, 0, len(byID))
	for _, r := range byID {
		list = append(list, r)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].ID < list[j].ID })
	return list, nil
}

// Digest names a set of rules by all that they say: other rules, or the same with other texts, have another name.
func Digest(list []Rule) string {
	h := sha256.New()
	fmt.Fprintf(h, "%#v", list)
	return hex.EncodeToString(h.Sum(nil)[:6])
}

func read(source fs.FS, name string, into map[string]Rule) error {
	b, err := fs.ReadFile(source, name)
	if err != nil {
		return fmt.Errorf("read rules: %w", err)
	}
	var list []Rule
	if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&list); err != nil {
		return fmt.Errorf("%s: read rules: %w", name, err)
	}
	for i, r := range list {
		r, err := complete(r)
		if err != nil {
			return fmt.Errorf("%s: rule %d (%q): %w", name, i+1, r.ID, err)
		}
		into[r.ID] = r
	}
	return nil
}
