package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/pipeline"
	"heshu/pipeline/audit"
	"heshu/pipeline/report"
	"heshu/schemas"
	"heshu/schemas/rules"
)

// TestIdentitiesOfTheSeedTexts holds what the four seed articles say against itself and writes docs/identities.md:
// figures and outcomes, none of the text. It is skipped where the texts are not there.
func TestIdentitiesOfTheSeedTexts(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "00[0-3]_*.txt"))
	if err != nil || len(names) != 4 {
		t.Skip("the seed texts are not there: ../shared/corpus")
	}
	j, err := rulesJob(pipeline.Config{})
	if err != nil {
		t.Fatal(err)
	}
	reader, err := newReader(readerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Identities in the seed articles\n\nEvery relation between figures of one article that a rule can check, with its outcome. The figures are as written; a test makes this page.\n\n" +
		"| article | rule | figures | outcome | tolerance from |\n| --- | --- | --- | --- | --- |\n")
	for _, name := range names {
		lines, err := identities(j, reader, name)
		if err != nil {
			t.Fatal(err)
		}
		if len(lines) == 0 {
			first, _, _ := strings.Cut(filepath.Base(name), "_")
			lines = []string{"| " + first + " | – | no two of its figures are related by a rule | | |\n"}
		}
		b.WriteString(strings.Join(lines, ""))
	}
	got := b.String()
	for _, want := range []string{"3002人 against 61人 + 413人 + 1255人 + 1273人 | agree", "40%左右 against 1950人 | consistent"} {
		if !strings.Contains(got, want) {
			t.Errorf("missing: %s", want)
		}
	}
	path := filepath.Join("..", "..", "docs", "identities.md")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(path); err != nil || string(have) != got {
		t.Errorf("docs/identities.md is not what the program finds today (%v); -update writes it:\n%s", err, got)
	}
}

// identities lists what the rules find in one document alone.
func identities(j pipeline.Job, reader pipeline.Reader, name string) ([]string, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	read := reader.Read(schemas.NewDocument(filepath.Base(name), content))
	in := j.AuditAlone(read.Observations)
	at := map[schemas.ObservationID]schemas.Observation{}
	for _, o := range in.Observations {
		at[o.ID] = o
	}
	list, err := rules.Load(nil)
	if err != nil {
		return nil, err
	}
	findings, err := audit.Run(in, list)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, r := range list {
		for _, f := range findings {
			if f.Rule != r.ID || len(f.Inputs) < 2 {
				continue
			}
			numbers := make([]string, len(f.Inputs))
			for i, id := range f.Inputs {
				numbers[i] = at[id].Number
			}
			first, _, _ := strings.Cut(filepath.Base(name), "_")
			lines = append(lines, fmt.Sprintf("| %s | %s | %s %s: %s against %s | %s | %s |\n", first, f.Rule, f.Region, f.Indicator, numbers[0], strings.Join(numbers[1:], " + "), report.OutcomeName(f.Outcome, report.En), f.Basis))
		}
	}
	return lines, nil
}
