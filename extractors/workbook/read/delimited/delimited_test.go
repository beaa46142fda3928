package delimited

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/sheet"
)

func readText(t *testing.T, b []byte) (*sheet.Sheet, *grid.Workbook) {
	t.Helper()
	w := grid.NewWorkbook(grid.Budget{Cells: 1000, Bytes: 100_000}, 0)
	if err := Read(b, w); err != nil {
		t.Fatal(err)
	}
	return w.Book("csv").Sheets[0], w
}

// dump shows the cells: fields by |, rows by ⏎, numbers in brackets.
func dump(s *sheet.Sheet) string {
	var rows []string
	for _, r := range s.Rows {
		var fields []string
		for _, c := range r {
			f := c.Text
			if c.Kind == sheet.Number {
				f = "[" + c.Raw + "]"
			}
			fields = append(fields, f)
		}
		rows = append(rows, strings.Join(fields, "|"))
	}
	return strings.Join(rows, "⏎")
}

func TestFieldsOfRealFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"commas":                {"县区,户数\n东岭区,128\n", "县区|户数⏎东岭区|[128]"},
		"tabs":                  {"县区\t户数\r\n东岭区\t1,280\r\n", "县区|户数⏎东岭区|[1280]"},
		"semicolons":            {"县区;户数\n东岭区;12.50\n", "县区|户数⏎东岭区|[12.5]"},
		"bars":                  {"县区|户数\n东岭区|-3\n", "县区|户数⏎东岭区|[-3]"},
		"sep line":              {"sep=;\n甲;1,5\n", "甲|1,5"},
		"quotes":                {"\"a,\"\"b\"\"\",\"c\nd\",1\n", "a,\"b\"|c\nd|[1]"},
		"quote inside":          {"5\" 管,1\n乙,2\n", "5\" 管|[1]⏎乙|[2]"},
		"text after a quote":    {"\"甲\"县,1\n", "甲县|[1]"},
		"ragged":                {"标题\n甲,乙,丙\n1\n", "标题⏎甲|乙|丙⏎[1]"},
		"empty fields and rows": {",甲,\n\n1,,2", "|甲⏎⏎[1]||[2]"},
		"codes stay text":       {"编号,值\n001,+5\n\"12\",0.5\n", "编号|值⏎001|[5]⏎12|[0.5]"},
		"wrong grouping":        {"a;b\n1,23;12,345,678\n", "a|b⏎1,23|[12345678]"},
	} {
		s, w := readText(t, []byte(c.in))
		if got := dump(s); got != c.want || len(w.Issues) > 0 {
			t.Errorf("%s: got %q, want %q, issues %v", name, got, c.want, w.Issues)
		}
	}
}

func TestCharsetIsFound(t *testing.T) {
	t.Parallel()
	simplified := "县区,帮扶户数,投入资金\n东岭区,128,36.5\n西坪县,96,12.3\n"
	traditional := "縣區,幫扶戶數,投入資金\n東嶺區,128,36.5\n"
	for name, c := range map[string]struct {
		text string
		e    encoding.Encoding
	}{
		"utf-8": {simplified, unicode.UTF8}, "utf-8 with mark": {simplified, unicode.UTF8BOM}, "gb18030": {simplified, simplifiedchinese.GB18030},
		"gb18030 four bytes": {"县区,值\n㐂村,1\n", simplifiedchinese.GB18030}, "big5": {traditional, traditionalchinese.Big5},
		"utf-16le with mark":    {simplified, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		"utf-16be with mark":    {simplified, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		"utf-16le without mark": {"a,b\n1,2\n" + simplified, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	} {
		b, err := c.e.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(name, err)
		}
		got, _ := readText(t, b)
		want, _ := readText(t, []byte(c.text))
		if dump(got) != dump(want) {
			t.Errorf("%s: got %q, want %q", name, dump(got), dump(want))
		}
	}
}

func TestOpenQuoteIsAnIssue(t *testing.T) {
	t.Parallel()
	s, w := readText(t, []byte("甲,\"乙\n1,2\n"))
	if got := dump(s); got != "甲|\"乙⏎[1]|[2]" || len(w.Issues) != 1 {
		t.Errorf("got %q, issues %v", got, w.Issues)
	}
}
