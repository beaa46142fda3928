package catalog

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"heshu/schemas"
)

// Field is a stretch of the words around a figure that a rule looks at.
type Field uint8

// The fields of a rule's conditions.
const (
	Label    Field = iota // what is counted
	Head                  // its head noun
	Before                // the clause in front of the number
	After                 // the clause behind the number
	Near                  // label, before and after
	Whole                 // the whole clause
	Sentence              // the whole sentence
	Verb                  // the governing verb
	Subject               // who acts
	Section               // the words that lead the section
	Fields                // how many there are
)

var fieldNames = []string{"label", "head", "before", "after", "near", "clause", "sentence", "verb", "subject", "section"}

// Around is the words found in each field around one figure.
type Around [Fields]Set

// Rule gives the figures that its conditions fit an indicator.
type Rule struct {
	Name      string
	Indicator schemas.IndicatorCode
	Measure   schemas.Measure // zero: the rule does not say
	Breakdown bool            // what is counted is itself the breakdown
	units     []schemas.UnitCode
	must, not [Fields]Set
}

// Fits reports whether the rule speaks for a figure of a unit among such words.
func (r *Rule) Fits(unit schemas.UnitCode, a *Around) bool {
	if len(r.units) > 0 && !slices.Contains(r.units, unit) {
		return false
	}
	for f := range Fields {
		if r.must[f] != nil && !r.must[f].Meets(a[f]) || r.not[f] != nil && r.not[f].Meets(a[f]) {
			return false
		}
	}
	return true
}

// Named is words that stand for a code, in the order of precedence.
type Named struct {
	Code  string
	words Set
	list  []string
}

// In reports whether one of the words is among those found.
func (n *Named) In(s Set) bool { return n.words.Meets(s) }

// Words lists the words.
func (n *Named) Words() []string { return n.list }

// Last returns where in text the last of the words begins, in bytes, -1 if none stands there.
func (t *TextRules) Last(text string, n *Named) int { return t.tree.last(text, n.words) }

// Plans reports whether a headline or an opening sentence names a plan, by the words of measures/plan. One that only says
// what something is, or how a plan is followed, has none: 结对帮扶是总工会的重点工作, 根据实施方案, 主要任务完成情况.
func (t *TextRules) Plans(headline string) bool {
	at := t.Last(headline, t.Measures["plan"])
	return at >= 0 && t.Last(headline[:at], t.Measures["equates"]) < 0 && t.Last(headline[at:], t.Measures["pursued"]) < 0
}

// Action returns the programme action whose words stand last in a text, "" for none.
func (t *TextRules) Action(text string) string {
	code, at := "", -1
	for i := range t.Actions {
		if k := t.tree.last(text, t.Actions[i].words); k > at {
			code, at = t.Actions[i].Code, k
		}
	}
	return code
}

// TextRules are the rules of text.yaml, ready for use.
type TextRules struct {
	Indicators []Rule
	Actions    []Named
	Measures   map[string]*Named
	Per        []Named
	Nouns      []Noun
	tree       *wordTree
}

// Noun is an ending of nouns whose bare 个 counts a unit.
type Noun struct {
	Suffix string
	Unit   schemas.UnitCode
}

// NewSet returns an empty set.
func (t *TextRules) NewSet() Set { return t.tree.newSet() }

// Find adds to s the rules' words that stand in text, which is simplified and folded.
func (t *TextRules) Find(text string, s Set) { t.tree.find(text, s) }

type rawRules struct {
	words    map[string][]string
	rules    []map[string]any
	actions  []map[string]any
	measures map[string][]string
	per      []map[string]any
	nouns    map[string][]string
}

func (r *rawRules) read(dir fs.FS) error {
	b, err := fs.ReadFile(dir, "text.yaml")
	if err != nil {
		return err
	}
	var f struct {
		Version    int                 `yaml:"version"`
		Words      map[string][]string `yaml:"words"`
		Indicators []map[string]any    `yaml:"indicators"`
		Actions    []map[string]any    `yaml:"actions"`
		Measures   map[string][]string `yaml:"measures"`
		Per        []map[string]any    `yaml:"per"`
		Nouns      map[string][]string `yaml:"nouns"`
	}
	if err := yaml.UnmarshalWithOptions(b, &f, yaml.Strict()); err != nil {
		return fmt.Errorf("text.yaml: %w", err)
	}
	if f.Version != 1 {
		return fmt.Errorf("text.yaml: version %d, want 1", f.Version)
	}
	if r.words == nil {
		r.words, r.measures, r.nouns = map[string][]string{}, map[string][]string{}, map[string][]string{}
	}
	for k, v := range f.Words {
		r.words[k] = append(r.words[k], v...)
	}
	for k, v := range f.Measures {
		if k == "will" { // 将培育, 可带动
			for _, w := range v {
				r.measures["target"] = append(r.measures["target"], "将"+w, "可"+w, "有望"+w, "拟"+w)
				r.measures["will"] = append(r.measures["will"], "将"+w, "拟"+w)
			}
			continue
		}
		r.measures[k] = append(r.measures[k], v...)
	}
	for k, v := range f.Nouns {
		r.nouns[k] = append(r.nouns[k], v...)
	}
	r.rules = override(r.rules, f.Indicators)
	r.actions = append(slices.Clone(f.Actions), r.actions...)
	r.per = append(slices.Clone(f.Per), r.per...)
	return nil
}

// override puts the office's rules before ours and drops ours of the same name.
func override(ours, office []map[string]any) []map[string]any {
	out := slices.Clone(office)
	for _, r := range ours {
		if !slices.ContainsFunc(office, func(o map[string]any) bool { return o["name"] == r["name"] }) {
			out = append(out, r)
		}
	}
	return out
}

func (r *rawRules) compile(c *Catalog) (*TextRules, error) {
	t := &TextRules{tree: newWordTree(), Measures: map[string]*Named{}}
	actions, err := r.named(r.actions, "action")
	if err != nil {
		return nil, err
	}
	per, err := r.named(r.per, "per")
	if err != nil {
		return nil, err
	}
	for _, n := range append(slices.Clone(actions), per...) {
		t.take(n.list)
	}
	names := make([]string, 0, len(r.measures))
	for k := range r.measures {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		t.take(r.measures[k])
	}
	parsed := make([]rawRule, len(r.rules))
	for i, e := range r.rules {
		if parsed[i], err = r.rule(c, e); err != nil {
			return nil, err
		}
		for f := range Fields {
			t.take(parsed[i].must[f])
			t.take(parsed[i].not[f])
		}
	}
	for unit, suffixes := range r.nouns {
		for _, s := range suffixes {
			t.Nouns = append(t.Nouns, Noun{s, schemas.UnitCode(unit)})
		}
	}
	slices.SortFunc(t.Nouns, func(a, b Noun) int { return strings.Compare(a.Suffix, b.Suffix) })
	for _, n := range actions {
		t.Actions = append(t.Actions, t.sets(n))
	}
	for _, n := range per {
		t.Per = append(t.Per, t.sets(n))
	}
	for _, k := range names {
		n := t.sets(Named{Code: k, list: r.measures[k]})
		t.Measures[k] = &n
	}
	for _, p := range parsed {
		t.Indicators = append(t.Indicators, t.ready(p))
	}
	return t, nil
}

// named reads entries that stand for a code each.
func (r *rawRules) named(entries []map[string]any, key string) ([]Named, error) {
	var out []Named
	for _, e := range entries {
		code, _ := e[key].(string)
		words, err := r.expand(e["words"])
		if err != nil || code == "" {
			return nil, fmt.Errorf("%s %q: %w", key, code, err)
		}
		out = append(out, Named{Code: code, list: words})
	}
	return out, nil
}

// take takes words into the tree; sets are made when all are in it.
func (t *TextRules) take(words []string) {
	for _, w := range words {
		t.tree.id(w)
	}
}

func (t *TextRules) sets(n Named) Named { return Named{n.Code, t.tree.set(n.list), n.list} }

// ready gives a rule the sets of its conditions.
func (t *TextRules) ready(p rawRule) Rule {
	rule := p.Rule
	for f := range Fields {
		if p.must[f] != nil {
			rule.must[f] = t.tree.set(p.must[f])
		}
		if p.not[f] != nil {
			rule.not[f] = t.tree.set(p.not[f])
		}
	}
	return rule
}

type rawRule struct {
	Rule
	must, not [Fields][]string
}

func (r *rawRules) rule(c *Catalog, e map[string]any) (rawRule, error) {
	var out rawRule
	out.Name, _ = e["name"].(string)
	if out.Name == "" {
		return out, fmt.Errorf("a rule has no name")
	}
	for k, v := range e {
		switch k {
		case "name":
		case "indicator":
			s, _ := v.(string)
			out.Indicator = schemas.IndicatorCode(s)
			if _, ok := c.Indicator(out.Indicator); !ok {
				return out, fmt.Errorf("rule %s: unknown indicator %q", out.Name, s)
			}
		case "measure":
			s, _ := v.(string)
			if err := out.Measure.UnmarshalText([]byte(s)); err != nil {
				return out, fmt.Errorf("rule %s: measure: %w", out.Name, err)
			}
		case "breakdown":
			out.Breakdown, _ = v.(bool)
		case "units":
			words, err := r.expand(v)
			if err != nil {
				return out, fmt.Errorf("rule %s: %w", out.Name, err)
			}
			for _, w := range words {
				out.units = append(out.units, schemas.UnitCode(w))
			}
		default:
			name, negative := strings.CutPrefix(k, "not_")
			f := slices.Index(fieldNames, name)
			if f < 0 {
				return out, fmt.Errorf("rule %s: unknown field %q", out.Name, k)
			}
			words, err := r.expand(v)
			if err != nil {
				return out, fmt.Errorf("rule %s: %s: %w", out.Name, k, err)
			}
			if negative {
				out.not[f] = words
			} else {
				out.must[f] = words
			}
		}
	}
	return out, nil
}

// expand replaces +class by the words of the class.
func (r *rawRules) expand(v any) ([]string, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("want a list of words, got %v", v)
	}
	var out []string
	for _, e := range list {
		s := fmt.Sprint(e)
		class, isClass := strings.CutPrefix(s, "+")
		if !isClass {
			out = append(out, s)
			continue
		}
		words, ok := r.words[class]
		if !ok {
			return nil, fmt.Errorf("unknown class +%s", class)
		}
		out = append(out, words...)
	}
	return out, nil
}
