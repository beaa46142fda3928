package read

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/extractors/workbook/sheet"
)

// cellWant is a cell as it must be read: "kind|raw|text", the text left out where it is the raw value.
type cellWant struct {
	row, column int
	want        string
}

func show(c sheet.Cell) string {
	kind := [...]string{"empty", "number", "text", "bool", "error", "date"}[c.Kind]
	if c.Raw == c.Text {
		return kind + "|" + c.Raw
	}
	return kind + "|" + c.Raw + "|" + c.Text
}

func checkCells(t *testing.T, s *sheet.Sheet, want []cellWant) {
	t.Helper()
	for _, w := range want {
		if got := show(s.At(w.row, w.column)); got != w.want {
			t.Errorf("%s row %d column %d: got %q, want %q", s.Name, w.row, w.column, got, w.want)
		}
	}
}

func mustOpen(t *testing.T, b []byte) *sheet.Book {
	t.Helper()
	book, issues, err := Open(b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range issues {
		t.Errorf("unexpected issue %s: %s", i.Code, i.Message)
	}
	return book
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same form, saved by LibreOffice in each format, reads the same.
func TestOneFormInEveryFormat(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"form.xlsx", "form.xls", "form.ods"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := mustOpen(t, readFile(t, name))
			if len(book.Sheets) != 2 {
				t.Fatalf("got %d sheets", len(book.Sheets))
			}
			s := book.Sheets[0]
			checkCells(t, s, []cellWant{
				{0, 0, "text|云河市总工会结对帮扶台账"}, {1, 0, "text|单位：户、万元"}, {2, 5, "text|备注"},
				{3, 0, "text|东岭区"}, {3, 1, "number|128"}, {3, 2, "number|36.5|36.50万元"}, {3, 3, "number|0.875|87.5%"}, {3, 4, "date|43252|2018年6月1日"},
				{4, 2, "number|12.345|12.35万元"}, {4, 3, "number|1|100.0%"}, {4, 4, "date|43281.5|2018年6月30日"}, {4, 5, "text|第一行\n第二行"},
				{5, 1, "number|-7|7"}, {5, 5, "text|00123"}, {6, 1, "number|217"}, {6, 2, "error|#DIV/0!"}, {7, 0, "empty|"}, {0, 1, "empty|"},
			})
			if len(s.Merges) != 1 || s.Merges[0] != (sheet.Range{Row0: 0, Col0: 0, Row1: 0, Col1: 5}) {
				t.Errorf("merges: got %v", s.Merges)
			}
			if len(s.HiddenRows) != 1 || !s.HiddenRows[4] || len(s.HiddenCols) != 1 || !s.HiddenCols[3] {
				t.Errorf("hidden rows %v, columns %v", s.HiddenRows, s.HiddenCols)
			}
			if s.Comments[[2]int{3, 1}] != "含脱贫户" || s.Pictures != 1 {
				t.Errorf("comments %v, %d pictures", s.Comments, s.Pictures)
			}
			if _, ok := s.Formulas[[2]int{6, 1}]; !ok || len(s.Formulas) != 2 {
				t.Errorf("formulas: got %v", s.Formulas)
			}
			if d := book.Sheets[1]; s.Hidden || !d.Hidden || d.Name != "字典" || d.At(1, 1).Raw != "42" {
				t.Errorf("hidden sheet: got %q hidden %v, %v", d.Name, d.Hidden, d.At(1, 1))
			}
		})
	}
}

func TestPageNamedXLS(t *testing.T) {
	t.Parallel()
	book := mustOpen(t, readFile(t, "form.html"))
	// Hidden rows and columns are not in the page.
	checkCells(t, book.Sheets[0], []cellWant{
		{0, 0, "text|云河市总工会结对帮扶台账"}, {3, 1, "number|128"}, {3, 2, "number|36.5|36.50万元"}, {4, 1, "number|-7|7"}, {5, 1, "number|217"},
	})
}

func TestPagesTablesAndLines(t *testing.T) {
	t.Parallel()
	page := `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=utf-8><style>td{mso-number-format:General}</style>
<!--[if gte mso 9]><xml><x:Name>月报</x:Name></xml><![endif]--></head><body>
<p>云河市月报</p>单位：万元
<table><tr><th rowspan=2>县区<th colspan=2>资金<tr><td>本月</td><td>累计&nbsp;</td></tr>
<tr><td>东岭区<td x:num="1234.567">1,234.57<td>2,000<br>约</tr><tr style="display:none"><td>西坪县<td x:str>007<td>8</table>
<table><tr><td><table><tr><td>甲<td>1</table></td></tr></table>说明</body></html>`
	book := mustOpen(t, []byte(page))
	s := book.Sheets[0]
	checkCells(t, s, []cellWant{
		{0, 0, "text|云河市月报"}, {1, 0, "text|单位：万元"}, {2, 0, "text|县区"}, {2, 1, "text|资金"}, {3, 0, "empty|"}, {3, 1, "text|本月"},
		{4, 1, "number|1234.567|1,234.57"}, {4, 2, "text|2,000\n约"}, {5, 1, "text|007"}, {5, 2, "number|8"}, {6, 0, "text|甲"}, {6, 1, "number|1"}, {7, 0, "text|说明"},
	})
	if s.Name != "月报" || len(s.Merges) != 2 || !s.HiddenRows[5] {
		t.Errorf("name %q, merges %v, hidden rows %v", s.Name, s.Merges, s.HiddenRows)
	}
}

func TestSpreadsheetML(t *testing.T) {
	t.Parallel()
	doc := `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="a"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="b" ss:Parent="a"/><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="表1"><Table><Column ss:Index="2" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题&#10;二行</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="b" ss:Formula="=RC[1]"><Data ss:Type="Number">0.125</Data><Comment><ss:Data>注</ss:Data></Comment></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">2018-06-01T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="隐"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`
	book := mustOpen(t, []byte(doc))
	s := book.Sheets[0]
	checkCells(t, s, []cellWant{
		{0, 0, "text|标题\n二行"}, {0, 3, "number|1"}, {3, 1, "number|0.125|12.50%"}, {3, 2, "date|43252|2018/6/1"}, {3, 3, "bool|TRUE"}, {3, 4, "error|#N/A"},
	})
	if !s.HiddenRows[3] || !s.HiddenCols[1] || len(s.Merges) != 1 || s.Comments[[2]int{3, 1}] != "注" || s.Formulas[[2]int{3, 1}] != "RC[1]" || !book.Sheets[1].Hidden {
		t.Errorf("got %+v, second hidden %v", s, book.Sheets[1].Hidden)
	}
	cut, issues, err := Open([]byte(doc[:strings.Index(doc, "DateTime")]), Options{})
	if err != nil || len(issues) != 1 || issues[0].Code != "truncated" || cut.Sheets[0].At(3, 1).Raw != "0.125" {
		t.Errorf("cut document: error %v, issues %v", err, issues)
	}
}

func TestOtherFilesAreRefusedByName(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bytes string
		want  error
	}{
		"nothing": {"", ErrEmpty}, "a PDF": {"%PDF-1.4\n1 0 obj", ErrNotWorkbook}, "prose": {"Attachment not found!", ErrNotWorkbook},
		"a picture": {"\x89PNG\r\n\x1a\n", ErrNotWorkbook}, "a page without a table": {"<html><body>无</body></html>", ErrNotWorkbook},
		"half a zip": {"PK\x03\x04\x14\x00", ErrTruncated}, "BIFF2": {"\x09\x00\x04\x00\x02\x00\x10\x00", ErrUnsupported},
		"half a compound file": {cfbMagic + "\x00\x00", ErrNotWorkbook},
	} {
		if _, _, err := Open([]byte(c.bytes), Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}
