package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/pipeline/warehouse"
)

// TestQuestionsHaveTheseAnswers asks every question of docs/questions.md: the block of SQL, then the block of its answer.
func TestQuestionsHaveTheseAnswers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(root, "docs", "questions.md")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := warehouse.OpenFile(t.Context(), theNight(t).Release.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	parts := strings.Split(string(b), "```sql\n")
	if len(parts) != 16 {
		t.Errorf("%d questions, want 15", len(parts)-1)
	}
	for i, part := range parts[1:] {
		question, rest, ok := strings.Cut(part, ";\n```\n\n```text\n")
		want, after, closed := strings.Cut(rest, "```\n")
		if !ok || !closed {
			t.Fatalf("question %d: want a block of SQL that ends with ; and a block of text", i+1)
		}
		got := asked(t, r, question)
		if got != want && !*update {
			t.Errorf("question %d: -update writes down what is answered today\n%s\n-want\n%s\n+got\n%s", i+1, question, want, got)
		}
		parts[i+1] = question + ";\n```\n\n```text\n" + got + "```\n" + after
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.Join(parts, "```sql\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// asked is the answer as heshu query prints it.
func asked(t *testing.T, r *warehouse.Reader, question string) string {
	t.Helper()
	out, err := answer(t.Context(), r, question)
	if err != nil {
		t.Fatalf("%s\n%v", question, err)
	}
	var b strings.Builder
	if err := out.print(&b, "table"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
