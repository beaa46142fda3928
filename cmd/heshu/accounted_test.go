package main

import (
	"os"
	"path/filepath"
	"testing"

	"heshu/schemas"
)

// TestEveryNumberIsAccountedFor reads the pages of the fixtures and, beside the repository, those of ../shared: every numeric
// token of every article is in an observation, an issue or a named exclusion, and every quote stands at its locator.
func TestEveryNumberIsAccountedFor(t *testing.T) {
	t.Parallel()
	patterns := []string{"../../fixtures/zhoukou/pages/*", "../../../shared/pages/raw/*", "../../../shared/pages/composed/*.html"}
	reader := testReader(t)
	pages, numbers := 0, 0
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			reading := reader.Read(schemas.NewDocument(filepath.Base(name), b))
			t.Run(filepath.Base(name), func(t *testing.T) { checkReading(t, reading) })
			pages++
			for _, a := range reading.Balance() {
				numbers += a.Numbers
			}
		}
	}
	t.Logf("%d pages, %d numbers", pages, numbers)
}
