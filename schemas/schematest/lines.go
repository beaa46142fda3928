// Package schematest holds what the tests of several readers of phrases need.
package schematest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FixtureLines are lines of the fixtures' pages, as they stand there. The test is one of a package directly below schemas.
func FixtureLines(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("../../fixtures/zhoukou/pages/*")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no fixtures: %v", err)
	}
	var list []string
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if utf8.ValidString(line) {
				list = append(list, strings.TrimSpace(line))
			}
		}
	}
	return list
}
