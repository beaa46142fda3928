package workbook_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/extractors/workbook"
	"heshu/schemas"
)

// sharedSheets returns the folder of real workbooks beside the repository, or skips the test.
func sharedSheets(t testing.TB) string {
	t.Helper()
	s, ok := findShared()
	if !ok {
		t.Skip("no ../shared: real workbooks are not part of the repository")
	}
	return s
}

// findShared looks for that folder.
func findShared() (string, bool) {
	dir, err := os.Getwd()
	for range 6 {
		if s := filepath.Join(dir, "..", "shared", "sheets"); err == nil && isDir(s) {
			return s, true
		}
		dir = filepath.Dir(dir)
	}
	return "", false
}

func isDir(path string) bool {
	i, err := os.Stat(path)
	return err == nil && i.IsDir()
}

// checkLedger reports whether each part's numbers are all accounted for, and whether every figure has what a figure needs.
func checkLedger(t *testing.T, name string, x schemas.Extraction) {
	t.Helper()
	got := make([]int, len(x.Parts))
	for _, f := range x.Figures {
		got[f.Part] += f.Numbers
		if f.Locator == nil || f.Grid == nil || f.Quote == "" || f.Number != f.Quote || !f.Quantity.Value.IsSet() && !f.Quantity.Low.IsSet() && !f.Quantity.High.IsSet() {
			t.Errorf("%s: figure without evidence or number: %+v", name, f)
		}
		if len(f.Grid.RowPath) == 0 && len(f.Grid.ColumnPath) == 0 {
			t.Errorf("%s: %s stands under no heading", name, f.Locator)
		}
	}
	for _, e := range x.Exclusions {
		got[e.Part] += e.Numbers
		if e.Class == "" || e.Locator == nil {
			t.Errorf("%s: exclusion without name or place: %+v", name, e)
		}
	}
	for _, i := range x.Issues {
		if i.Part >= 0 && i.Part < len(got) {
			got[i.Part] += i.Numbers
		}
	}
	for i, p := range x.Parts {
		if got[i] != p.Numbers {
			t.Errorf("%s: sheet %q has %d numbers, %d are accounted for", name, p.Sheet, p.Numbers, got[i])
		}
	}
}

// TestEveryNumberOfARealWorkbookIsAccountedFor reads all real and hostile workbooks twice.
func TestEveryNumberOfARealWorkbookIsAccountedFor(t *testing.T) {
	t.Parallel()
	root := sharedSheets(t)
	for _, set := range []string{"zh", "hostile"} {
		files, err := filepath.Glob(filepath.Join(root, set, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(path)
			doc := schemas.NewDocument(name, b)
			x, err := workbook.Extract(doc, workbook.Config{})
			if err != nil {
				if set == "zh" {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			checkLedger(t, name, x)
			again, _ := workbook.Extract(doc, workbook.Config{})
			if a, b := mustJSON(t, x), mustJSON(t, again); a != b {
				t.Errorf("%s: two readings differ", name)
			}
			if strings.Contains(name, "blank") && len(x.Figures) > 0 {
				t.Errorf("%s: a blank form gave %d figures", name, len(x.Figures))
			}
		}
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
