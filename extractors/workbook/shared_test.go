package workbook_test

import (
	"os"
	"path/filepath"
	"testing"

	"heshu/schemas"
)

// findShared looks for the folder of real workbooks beside the repository.
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
