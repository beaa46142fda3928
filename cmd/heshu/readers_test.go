package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"heshu/pipeline/warehouse"
)

// client is where CI installs clients that are not ours; what is not there is skipped.
//
//	python3 -m venv .cache/reader/py && .cache/reader/py/bin/pip install duckdb==1.5.5
//	npm install --prefix .cache/reader @duckdb/node-api@1.5.5-r.1
func client(t *testing.T, program string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(root, ".cache", "reader", program))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s: see client in readers_test.go for how to install it", path)
	}
	return path
}

// TestOtherClientsGetTheDocumentedAnswers opens a release with clients that are not ours and asks all questions of
// docs/questions.md, every value as text.
func TestOtherClientsGetTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	release := theNight(t).Release.Path()
	r, err := warehouse.OpenFile(t.Context(), release)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	var questions []string
	var want [][][]any
	for _, lines := range blocks(t, "docs/questions.md", "sql") {
		q := "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + strings.TrimSuffix(strings.Join(lines, "\n"), ";") + ")"
		ours, err := answer(t.Context(), r, q)
		if err != nil {
			t.Fatal(err)
		}
		questions, want = append(questions, q), append(want, ours.rows)
	}
	asked, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, needs string
		command     func() []string
	}{
		{"python", "py/bin/python3", func() []string { return []string{client(t, "py/bin/python3"), "ask.py"} }},
		{"node", "node_modules/@duckdb/node-api", func() []string { return []string{"node", "ask.mjs"} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client(t, c.needs)
			script, err := filepath.Abs(filepath.Join("testdata", "readers", c.command()[1]))
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), c.command()[0], script, release)
			cmd.Dir, cmd.Stdin = filepath.Join(root, ".cache", "reader"), bytes.NewReader(asked)
			b, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %v", err, stderrOf(err))
			}
			var got [][][]any
			if err := json.Unmarshal(b, &got); err != nil {
				t.Fatal(err)
			}
			for i := range want {
				if len(got[i]) != len(want[i]) || len(want[i]) > 0 && !reflect.DeepEqual(got[i], want[i]) {
					t.Errorf("%s\n-want\n%v\n+got\n%v", questions[i], want[i], got[i])
				}
			}
		})
	}
}

// TestTheReadersPageTellsTheTruth runs the page's Python and looks at what it prints.
func TestTheReadersPageTellsTheTruth(t *testing.T) {
	t.Parallel()
	python := client(t, "py/bin/python3")
	theNight(t)
	lines := blocks(t, "docs/readers.md", "python")[0]
	if len(lines) != 3 {
		t.Errorf("%d lines of Python, want 3", len(lines))
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", strings.Join(lines, "\n"))
	cmd.Dir = common
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", err, stderrOf(err))
	}
	if want := strings.Join(blocks(t, "docs/readers.md", "text")[0], "\n") + "\n"; string(b) != want {
		t.Errorf("-want\n%s\n+got\n%s", want, b)
	}
}

func stderrOf(err error) string {
	var e *exec.ExitError
	if errors.As(err, &e) {
		return string(e.Stderr)
	}
	return fmt.Sprint(err)
}
