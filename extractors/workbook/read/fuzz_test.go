package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/extractors/workbook/sheet"
)

// checkBook states what holds of every book, whatever the bytes were.
func checkBook(t *testing.T, book *sheet.Book, err error) {
	t.Helper()
	if (book == nil) != (err != nil) {
		t.Fatalf("book %v with error %v", book != nil, err)
	}
	if book == nil {
		return
	}
	for _, s := range book.Sheets {
		for _, row := range s.Rows {
			if n := len(row); n > 0 && row[n-1].Kind == sheet.Empty {
				t.Fatal("a row ends with an empty cell")
			}
			for _, c := range row {
				if int(c.Format) >= len(book.Formats) || c.Kind == sheet.Empty && c.Raw != "" || c.Kind == sheet.Text && c.Raw == "" {
					t.Fatalf("cell %+v of %d formats", c, len(book.Formats))
				}
			}
		}
		for _, m := range s.Merges {
			if m.Row0 < 0 || m.Col0 < 0 || m.Row1 < m.Row0 || m.Col1 < m.Col0 {
				t.Fatalf("merge %+v", m)
			}
		}
	}
}

var fuzzOptions = Options{MaxCells: 100_000, MaxBytes: 4 << 20, MaxZip: 16 << 20}

func addFiles(f *testing.F, patterns ...string) {
	f.Helper()
	dirs := []string{"testdata"}
	if wd, err := os.Getwd(); err == nil {
		for d := wd; d != filepath.Dir(d); d = filepath.Dir(d) {
			dirs = append(dirs, filepath.Join(d, "shared", "sheets", "hostile"))
		}
	}
	for _, d := range dirs {
		for _, p := range patterns {
			files, _ := filepath.Glob(filepath.Join(d, p)) // the pattern is ours and valid
			for _, name := range files {
				if b, err := os.ReadFile(name); err == nil && len(b) < 64<<10 {
					f.Add(b)
				}
			}
		}
	}
}

func FuzzOpenXLS(f *testing.F) {
	w := newXLS()
	s := w.sheet("表1")
	s.text(0, 0, 0, "东岭区")
	s.number(0, 1, 1, 12.5)
	f.Add(w.file())
	addFiles(f, "*.xls")
	f.Fuzz(func(t *testing.T, b []byte) {
		book, _, err := Open(b, fuzzOptions)
		checkBook(t, book, err)
	})
}

// FuzzOpenRecords fuzzes the workbook stream itself, which a change of one byte in a compound file seldom reaches.
func FuzzOpenRecords(f *testing.F) {
	w := newXLS()
	s := w.sheet("表1")
	s.text(0, 0, 0, "东岭区")
	s.number(0, 1, 1, 12.5)
	s.add(0x06, 1, 0, 0, byte(0), []byte{0, 0, 0, 0, 0}, 0xFFFF, 0, uint32(0), 0)
	s.add(0x207, 3, byte(1), "共三户")
	s.add(0x5D, 0x15, 0x12, 0x19, 7, make([]byte, 14))
	s.add(0x1B6, make([]byte, 10), 2, make([]byte, 6))
	s.add(0x3C, byte(1), "含村")
	s.add(0x1C, 2, 3, 0, 7, 0, byte(0))
	s.add(0xE5, 1, 0, 1, 0, 3)
	f.Add(w.stream())
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) == 0 || len(b) > 1<<20 {
			return
		}
		book, _, err := Open(compound("Workbook", b), fuzzOptions)
		checkBook(t, book, err)
	})
}

// FuzzOpenXLSX fuzzes the sheet's part: a zip's own sums would keep changes from reaching it.
func FuzzOpenXLSX(f *testing.F) {
	f.Add(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>甲</t></is></c><c s="1"><f>A1</f><v>1.5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(`<cols><col min="1" max="9" hidden="1"/></cols><sheetData><row hidden="1"><c t="d"><v>2018-06-01T00:00:00Z</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData>`)
	f.Fuzz(func(t *testing.T, part string) {
		book, _, err := Open(zipped(t, xlsxParts(part)), fuzzOptions)
		checkBook(t, book, err)
	})
}

// FuzzOpenZip fuzzes whole packages.
func FuzzOpenZip(f *testing.F) {
	addFiles(f, "*.xlsx", "*.ods")
	f.Fuzz(func(t *testing.T, b []byte) {
		book, _, err := Open(b, fuzzOptions)
		checkBook(t, book, err)
	})
}

// FuzzOpenText fuzzes delimited files, pages and SpreadsheetML.
func FuzzOpenText(f *testing.F) {
	f.Add([]byte("县区,户数\n\"东岭\n区\",1,280\n"))
	f.Add([]byte("<html><table><tr><td rowspan=2>甲<td colspan=3 x:num=1>1<table><tr><td>乙</table></table>"))
	f.Add([]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="a"><NumberFormat ss:Format="0.0"/></Style></Styles>` +
		`<Worksheet ss:Name="表"><Table><Row ss:Index="2"><Cell ss:StyleID="a" ss:MergeAcross="1"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>`))
	addFiles(f, "*.csv", "*.html", "*.xml")
	f.Fuzz(func(t *testing.T, b []byte) {
		if strings.HasPrefix(string(b), "PK") || strings.HasPrefix(string(b), cfbMagic) {
			return
		}
		book, _, err := Open(b, fuzzOptions)
		checkBook(t, book, err)
	})
}
