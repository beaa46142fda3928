package workbook

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// FuzzTables draws sheets and reads them: whatever stands where, nothing panics, and every number has its line in the ledger.
func FuzzTables(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("..", "..", "pipeline", "normalize", "testdata", "office", "*.txt"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no drawings: %v", err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, form := range strings.Split(string(b), "\n=== ")[1:] {
			_, rows, _ := strings.Cut(form, "\n")
			rows, _, _ = strings.Cut(rows, "\n---\n")
			f.Add(rows)
		}
	}
	f.Fuzz(func(t *testing.T, drawing string) {
		lines := strings.Split(drawing, "\n")
		if len(lines) > 60 || len(drawing) > 4000 {
			return
		}
		s := drawn(lines...)
		w := newWalk(&sheet.Book{Sheets: []*sheet.Sheet{s}}, "2018年7月报表.xlsx", Config{})
		numbers := 0
		part := w.readSheet(s, &sink{Visitor: Visitor{
			Figure:    func(x schemas.Figure) { numbers += x.Numbers },
			Exclusion: func(x schemas.Exclusion) { numbers += x.Numbers },
			Issue:     func(x schemas.Issue) { numbers += x.Numbers },
		}})
		if numbers != part.Numbers {
			t.Errorf("%d numbers, %d are accounted for", part.Numbers, numbers)
		}
	})
}
