package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/schemas/rules"
)

// TestThePageOfRulesListsThemAll keeps the table of docs/rules.md what the rules are; -update rewrites it.
func TestThePageOfRulesListsThemAll(t *testing.T) {
	t.Parallel()
	list, err := rules.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	for _, r := range list {
		fmt.Fprintf(&table, "| `%s` | %s: %s | %s |\n", r.ID, r.Kind, r.Of, r.Severity)
	}
	path := filepath.Join("..", "..", "docs", "rules.md")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const heading = "| rule | kind | severity |\n| --- | --- | --- |\n"
	text, have, ok := strings.Cut(string(page), heading)
	if !ok {
		t.Fatalf("docs/rules.md has no table of rules")
	}
	if have != table.String() {
		if *update {
			if err := os.WriteFile(path, []byte(text+heading+table.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("docs/rules.md lists other rules; -update writes:\n%s", table.String())
	}
	for _, r := range list {
		if !strings.Contains(text, "`"+r.Of+"`") || !strings.Contains(text, "`"+string(r.Kind)+"`") {
			t.Errorf("docs/rules.md does not explain kind %s of %s", r.Kind, r.Of)
		}
	}
}
