package workbook_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"heshu/extractors/workbook"
	"heshu/extractors/workbook/read"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// TestEveryNumericCellHasItsLine holds the ledger against the cells themselves: each cell that holds a number or a date has exactly
// one line, an observation's, an issue's or a named exclusion's, with that cell as its place. Each part's numbers are balanced, a
// second reading gives the same, and a blank form gives nothing.
func TestEveryNumericCellHasItsLine(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "fixtures", "*", "submissions", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	if root, ok := findShared(); ok {
		for _, set := range []string{"zh", "hostile"} {
			more, err := filepath.Glob(filepath.Join(root, set, "*"))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, more...)
		}
	}
	cells := 0
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cells += numericCells(t, schemas.NewDocument(filepath.Base(path), b))
	}
	t.Logf("%d files, %d cells with numbers", len(files), cells)
}

// numericCells checks one workbook and returns how many of its cells hold a number or a date.
func numericCells(t *testing.T, doc schemas.Document) int {
	t.Helper()
	book, _, err := read.Open(doc.Bytes, read.Options{})
	if err != nil {
		return 0 // the tests of the readers say which may fail
	}
	x, err := workbook.Extract(doc, workbook.Config{})
	if err != nil {
		t.Errorf("%s: %v", doc.Name, err)
		return 0
	}
	checkLedger(t, doc.Name, x)
	if again, _ := workbook.Extract(doc, workbook.Config{}); !reflect.DeepEqual(x, again) {
		t.Errorf("%s: two readings differ", doc.Name)
	}
	if strings.Contains(doc.Name, "blank") && len(x.Figures) > 0 {
		t.Errorf("%s: a blank form gave %d figures", doc.Name, len(x.Figures))
	}
	lines := map[schemas.Locator]int{}
	for _, f := range x.Figures {
		lines[f.Locator]++
	}
	for _, e := range x.Exclusions {
		lines[e.Locator]++
	}
	for _, i := range x.Issues {
		if i.Numbers > 0 {
			lines[i.Locator]++
		}
	}
	n := 0
	for _, s := range book.Sheets {
		for r, row := range s.Rows {
			for c, cell := range row {
				truth := cell.Text == "TRUE" || cell.Text == "FALSE" // a number that its format shows as an answer
				if cell.Kind != sheet.Number && cell.Kind != sheet.Date || truth || s.Name == workbook.IdentitySheet {
					continue
				}
				n++
				at := schemas.Cell{Sheet: s.Name, Row: r + 1, Column: c + 1}
				if lines[at] != 1 {
					t.Errorf("%s: %s holds %q and has %d lines in the ledger", doc.Name, at, cell.Text, lines[at])
				}
			}
		}
	}
	return n
}
