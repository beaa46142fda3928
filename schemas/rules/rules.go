// Package rules owns the audit rules as data: what is compared, how much it binds, what people are told.
package rules

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"sort"

	"github.com/goccy/go-yaml"

	"heshu/schemas"
)

//go:embed *.yaml
var builtin embed.FS

// Kind is how a rule compares.
type Kind string

// The kinds of rules.
const (
	Balance      Kind = "balance"      // a total and its breakdowns in one document
	Rollup       Kind = "rollup"       // the regions below and the region above
	Same         Kind = "same"         // two returns that state the same figure
	Published    Kind = "published"    // a return and an article
	Domain       Kind = "domain"       // a number its kind does not allow
	Completeness Kind = "completeness" // who had to report, and when
)

var kinds = map[Kind]bool{Balance: true, Rollup: true, Same: true, Published: true, Domain: true, Completeness: true}

// Rule is one audit rule. Texts are what people are told: {left}, {right}, {imbalance}, {tolerance}, {missing},
// {indicator}, {region}, {period}, {unit}, {number} and {source} are filled in.
type Rule struct {
	ID       string            `yaml:"id"`
	Version  int               `yaml:"version"`
	Kind     Kind              `yaml:"kind"`
	Severity schemas.Severity  `yaml:"severity"`
	Within   string            `yaml:"within"`   // rollup: "document" (rows of one table) or "returns" (each region's own return)
	Groups   []Group           `yaml:"groups"`   // balance: breakdowns that together are the whole
	LagDays  int               `yaml:"lag_days"` // published: an article up to so many days after a return's period still speaks of it
	Measures []schemas.Measure `yaml:"measures"` // domain: which measures
	Min      string            `yaml:"min"`      // domain: least value allowed
	Max      string            `yaml:"max"`      // domain: greatest value allowed
	Integer  bool              `yaml:"integer"`  // domain: things counted one by one have no fractions
	Zh       string            `yaml:"zh"`
	En       string            `yaml:"en"`
	ActionZh string            `yaml:"action_zh"`
	ActionEn string            `yaml:"action_en"`
}

// Group is one set of breakdowns that add up to the whole; each part lists the words it goes by.
type Group struct {
	Name  string     `yaml:"name"`
	Parts [][]string `yaml:"parts"`
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
		if r.ID == "" || r.Version < 1 || !kinds[r.Kind] || r.Severity == 0 || r.Zh == "" || r.En == "" {
			return fmt.Errorf("%s: rule %d (%q): id, version, kind, severity, zh and en are all needed", name, i+1, r.ID)
		}
		into[r.ID] = r
	}
	return nil
}
