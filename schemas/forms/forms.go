// Package forms owns the reporting forms as data: their fields, what each means, and what must hold between them.
//
// An office adds a form, or overrides one by its id, with a YAML file of its own, forms/NAME.yaml in its folder.
package forms

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"heshu/schemas"
)

//go:embed *.yaml
var builtin embed.FS

// Form describes one reporting form.
type Form struct {
	ID         string   `yaml:"id"`
	Version    int      `yaml:"version"`
	Name       string   `yaml:"name"` // as its title says it
	NameEn     string   `yaml:"name_en"`
	Synonyms   []string `yaml:"synonyms"` // other titles that it goes by
	Cycle      string   `yaml:"cycle"`    // once, month
	Due        string   `yaml:"due"`      // when it has to be in, for people
	DueEn      string   `yaml:"due_en"`
	Cumulative bool     `yaml:"cumulative"` // counts run from the start of the action to the end of the period
	Rows       string   `yaml:"rows"`       // what a row is: regions, villages, actions
	RowLabels  []string `yaml:"row_labels"` // the rows, where the form prints them
	Years      []int    `yaml:"years"`      // blocks of columns, one a year
	Stub       []Label  `yaml:"stub"`
	Fields     []Field  `yaml:"fields"`
	Checks     []Check  `yaml:"checks"`
}

// Label is a column that says what the row is.
type Label struct {
	ID       string   `yaml:"id"`
	Label    string   `yaml:"label"`
	Role     string   `yaml:"role"` // region, entity, action, text
	Required bool     `yaml:"required"`
	Synonyms []string `yaml:"synonyms"`
}

// Kind is what a field takes.
type Kind string

// The kinds of fields.
const (
	Count   Kind = "count"   // a whole number
	Amount  Kind = "amount"  // a number with decimals
	Percent Kind = "percent" // 0 to 100
	Text    Kind = "text"
)

// Field is a column of values.
type Field struct {
	ID        string                `yaml:"id"`
	Group     string                `yaml:"group"` // heading above it, "" if none
	Label     string                `yaml:"label"`
	Unit      string                `yaml:"unit"`      // as printed: 万元
	UnitCode  schemas.UnitCode      `yaml:"unit_code"` // where the printed unit (个) does not say it
	Kind      Kind                  `yaml:"kind"`
	Indicator schemas.IndicatorCode `yaml:"indicator"`
	Measure   schemas.Measure       `yaml:"measure"` // zero: total
	Breakdown string                `yaml:"breakdown"`
	Required  bool                  `yaml:"required"`
	Max       int64                 `yaml:"max"` // 0: no bound; the least value is 0
	Synonyms  []string              `yaml:"synonyms"`
}

// Heading returns the field's column heading with its unit: 投入资金（万元）.
func (f *Field) Heading() string {
	if f.Unit == "" {
		return f.Label
	}
	return f.Label + "（" + f.Unit + "）"
}

// Check is a relation between fields of one row. The sides are sums of field ids.
type Check struct {
	ID       string           `yaml:"id"`
	Left     string           `yaml:"left"`
	Op       string           `yaml:"op"` // <= = >=
	Right    string           `yaml:"right"`
	Severity schemas.Severity `yaml:"severity"`
	Zh       string           `yaml:"zh"`
	En       string           `yaml:"en"`
}

// Set is the forms that are known. It is read-only and safe for concurrent use.
type Set struct{ forms []*Form }

// Builtin returns the forms that come with the program.
func Builtin() *Set { return builtinSet() }

// A bad embedded form is a bug of ours.
var builtinSet = sync.OnceValue(func() *Set {
	s, err := Load(nil)
	if err != nil {
		panic(err)
	}
	return s
})

// Load reads the built-in forms, then those of forms/*.yaml in an office's folder over them; office may be nil.
func Load(office fs.FS) (*Set, error) {
	s := &Set{}
	for _, set := range []struct {
		from  fs.FS
		names string
	}{{builtin, "*.yaml"}, {office, "forms/*.yaml"}} {
		if set.from == nil {
			continue
		}
		names, err := fs.Glob(set.from, set.names)
		if err != nil {
			return nil, fmt.Errorf("list forms: %w", err)
		}
		slices.Sort(names)
		for _, name := range names {
			f, err := parse(set.from, name)
			if err != nil {
				return nil, err
			}
			s.put(f)
		}
	}
	return s, nil
}

func parse(from fs.FS, name string) (*Form, error) {
	b, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	var f Form
	if err := yaml.UnmarshalWithOptions(b, &f, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", path.Base(name), err)
	}
	if err := f.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", path.Base(name), err)
	}
	return &f, nil
}

func (s *Set) put(f *Form) {
	for i := range s.forms {
		if s.forms[i].ID == f.ID {
			s.forms[i] = f
			return
		}
	}
	s.forms = append(s.forms, f)
}

// All lists the forms by the name of their file, the office's own after the built-in ones.
func (s *Set) All() []*Form { return slices.Clone(s.forms) }

// Get returns the form of an id or a name.
func (s *Set) Get(idOrName string) (*Form, bool) {
	for _, f := range s.forms {
		if f.ID == idOrName || f.Name == idOrName || slices.Contains(f.Synonyms, idOrName) {
			return f, true
		}
	}
	return nil, false
}

// Field returns the field of an id.
func (f *Form) Field(id string) (*Field, bool) {
	for i := range f.Fields {
		if f.Fields[i].ID == id {
			return &f.Fields[i], true
		}
	}
	return nil, false
}

func (f *Form) validate() error {
	switch {
	case f.ID == "" || f.Name == "" || f.Version <= 0:
		return fmt.Errorf("a form needs id, name and version")
	case len(f.Stub) == 0 || len(f.Fields) == 0:
		return fmt.Errorf("form %s has no labels or no fields", f.ID)
	}
	seen := map[string]bool{}
	for _, x := range f.Fields {
		switch {
		case x.ID == "" || x.Label == "" || seen[x.ID]:
			return fmt.Errorf("form %s: field %q has no id, no label or stands twice", f.ID, x.ID)
		case x.Kind != Count && x.Kind != Amount && x.Kind != Percent && x.Kind != Text:
			return fmt.Errorf("form %s: field %s: kind %q", f.ID, x.ID, x.Kind)
		}
		seen[x.ID] = true
	}
	for _, c := range f.Checks {
		if c.Op != "<=" && c.Op != ">=" && c.Op != "=" {
			return fmt.Errorf("form %s: check %s: operator %q", f.ID, c.ID, c.Op)
		}
		for _, side := range []string{c.Left, c.Right} {
			for _, id := range Terms(side) {
				if !seen[id] {
					return fmt.Errorf("form %s: check %s: no field %q", f.ID, c.ID, id)
				}
			}
		}
	}
	return nil
}

// Terms returns the field ids of one side of a check.
func Terms(side string) []string {
	var out []string
	for _, t := range strings.Split(side, "+") {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}
