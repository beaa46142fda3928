package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"heshu/pipeline/audit"
	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// written is a decision as the file holds it.
type written struct {
	Finding     string `yaml:"finding"`
	Rule        string `yaml:"rule"`
	RuleVersion int    `yaml:"rule_version"`
	Key         string `yaml:"key"`
	Verdict     string `yaml:"verdict"`
	Reason      string `yaml:"reason"`
	Name        string `yaml:"name"`
	Day         string `yaml:"day"`
	Left        string `yaml:"left"`
	Right       string `yaml:"right"`
}

// DecisionPath is the file of decisions. It is plain text, added to at its end, for an office to keep under version
// control.
func (c Config) DecisionPath() string {
	if c.Decisions != "" {
		return c.Decisions
	}
	return filepath.Join(c.Out, "decisions.yaml")
}

// ReadDecisions reads a file of decisions; none is there before the first.
func ReadDecisions(path string) ([]audit.Decision, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	return parseDecisions(path, b)
}

// parseDecisions reads what a file of decisions says; name is for errors.
func parseDecisions(name string, b []byte) ([]audit.Decision, error) {
	var list []written
	if len(bytes.TrimSpace(b)) > 0 {
		if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&list); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	var err error
	out := make([]audit.Decision, len(list))
	for i, w := range list {
		if out[i], err = w.decision(); err != nil {
			return nil, fmt.Errorf("%s: decision %d: %w", name, i+1, err)
		}
	}
	return out, nil
}

func (w written) decision() (audit.Decision, error) {
	d := audit.Decision{Finding: w.Finding, Rule: w.Rule, RuleVersion: w.RuleVersion, Key: w.Key, Verdict: w.Verdict, Reason: w.Reason, Name: w.Name}
	var err error
	if d.Day, err = schemas.ParseDate(w.Day); err != nil {
		return d, err
	}
	for _, v := range []struct {
		from string
		to   *schemas.Decimal
	}{{w.Left, &d.Left}, {w.Right, &d.Right}} {
		if v.from == "" {
			continue
		}
		if *v.to, err = schemas.ParseDecimal(v.from); err != nil {
			return d, err
		}
	}
	return d, d.Check(schemas.Finding{}) // of the finding itself nothing is known yet
}

// AddDecisions writes decisions to the end of a file: whole or not at all.
func AddDecisions(path string, list ...audit.Decision) error {
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read decisions: %w", err)
	}
	if len(before) > 0 && before[len(before)-1] != '\n' {
		before = append(before, '\n')
	}
	var more []written
	for _, d := range list {
		more = append(more, written{d.Finding, d.Rule, d.RuleVersion, d.Key, d.Verdict, d.Reason, d.Name, d.Day.String(), d.Left.String(), d.Right.String()})
	}
	text, err := yaml.Marshal(more)
	if err != nil {
		return fmt.Errorf("write decisions: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write decisions: %w", err)
	}
	if err := ReplaceFile(path, append(before, text...)); err != nil {
		return fmt.Errorf("write decisions: %w", err)
	}
	return nil
}

// decisionPaper is what the raw store calls the file of decisions.
const decisionPaper = "decisions"

// keepDecisions keeps the file of decisions in the raw store, as it stands tonight: a rebuild has them too.
func (j Job) keepDecisions(store *intake.Store) error {
	path := j.Config.DecisionPath()
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read decisions: %w", err)
	}
	if len(b) == 0 && len(store.Papers(decisionPaper)) == 0 {
		return nil
	}
	if _, err := parseDecisions(path, b); err != nil {
		return err
	}
	return store.KeepPaper(decisionPaper, b, j.Now)
}

// decisions are those that the raw store holds: what the file says now, and all that it ever said.
func (j Job) decisions(store *intake.Store) (now []audit.Decision, ever []warehouse.Decision, err error) {
	seen := map[string]bool{} // a file that is added to says again what it said
	for _, x := range store.Papers(decisionPaper) {
		b, err := store.Get(x.Document)
		if err != nil {
			return nil, nil, err
		}
		if now, err = parseDecisions(x.Name, b); err != nil {
			return nil, nil, err
		}
		for _, d := range now {
			k := warehouse.Decision{Finding: d.Finding, Verdict: d.Verdict, Reason: d.Reason, Name: d.Name, Day: d.Day, Left: d.Left, Right: d.Right}
			if key := fmt.Sprintf("%q", []any{k.Finding, k.Verdict, k.Reason, k.Name, k.Day.String(), k.Left.String(), k.Right.String()}); !seen[key] {
				seen[key] = true
				ever = append(ever, k)
			}
		}
	}
	return now, ever, nil
}

// decide lets the decisions of now explain findings.
func (j Job) decide(findings []schemas.Finding, now []audit.Decision) {
	for _, s := range audit.Decide(findings, now) {
		if s.Why == "lapsed" || s.Why == "mandatory" {
			j.Log.Warn("a decision does not hold", "finding", s.Decision.Finding, "name", s.Decision.Name, "why", s.Why)
		}
	}
}
