package read

import (
	"encoding/binary"
	"errors"
	"math"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

func TestXLSValues(t *testing.T) {
	t.Parallel()
	w := newXLS()
	w.formats = []string{"#,##0.00", `yyyy"年"m"月"`, "0;0"}
	s := w.sheet("表1")
	s.add(0x27E, 0, 0, 0, uint32(4893<<2|2))   // RK: an integer
	s.add(0x27E, 0, 1, 1, uint32(123456<<2|3)) // a hundredth of one
	s.add(0x27E, 0, 2, 0, uint32(0x3FF80000))  // the head of 1.5
	s.add(0x27E, 0, 3, 0, uint32(0x40590001))  // of 100, a hundredth
	s.add(0xBD, 1, 0, 3, uint32(0xFFFFFFF6), 0, uint32(7<<2|2), 1)
	s.add(0x203, 2, 0, 2, 43252.0)
	s.add(0x203, 2, 1, 0, 0.1)
	s.add(0x205, 3, 0, 0, byte(1), byte(0))
	s.add(0x205, 3, 1, 0, byte(0x2A), byte(1))
	s.add(0x204, 4, 0, 0, 2, byte(1), "直写")
	s.add(0x204, 4, 1, 0, 3, byte(0), []byte("abc"))
	s.add(0x203, 5, 1, 0, math.NaN())
	s.add(0x27E, 5, 2, 0, uint32(0xFFFFFFFC)) // the head of a NaN
	s.add(0x201, 5, 0, 1)                     // blank
	book := mustOpen(t, w.file())
	checkCells(t, book.Sheets[0], []cellWant{
		{0, 0, "number|4893"}, {0, 1, "number|1234.56|1,234.56"}, {0, 2, "number|1.5"}, {0, 3, "number|1"}, {1, 0, "number|-3|3"}, {1, 1, "number|7"},
		{2, 0, "date|43252|2018年6月"}, {2, 1, "number|0.1"}, {3, 0, "bool|TRUE"}, {3, 1, "error|#N/A"}, {4, 0, "text|直写"}, {4, 1, "text|abc"}, {5, 0, "empty|"}, {5, 1, "error|#NUM!"}, {5, 2, "error|#NUM!"},
	})
}

func TestXLSFormulaResults(t *testing.T) {
	t.Parallel()
	w := newXLS()
	s := w.sheet("表1")
	rest := []any{0, uint32(0), 3, []byte{0x1E, 1, 0}}
	formula := func(row int, result ...any) {
		s.add(0x06, append(append([]any{row, 0, 0}, result...), rest...)...)
	}
	formula(0, 217.5)
	formula(1, byte(0), []byte{0, 0, 0, 0, 0}, 0xFFFF)
	s.add(0x4BC, []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) // a shared formula stands between it and its text
	s.add(0x207, 3, byte(1), "共三户")
	formula(2, byte(1), byte(0), byte(1), []byte{0, 0, 0}, 0xFFFF)
	formula(3, byte(2), byte(0), byte(7), []byte{0, 0, 0}, 0xFFFF)
	formula(4, byte(3), []byte{0, 0, 0, 0, 0}, 0xFFFF)
	s.add(0x207, 1, byte(1), "散") // belongs to no formula
	book := mustOpen(t, w.file())
	got := book.Sheets[0]
	checkCells(t, got, []cellWant{{0, 0, "number|217.5"}, {1, 0, "text|共三户"}, {2, 0, "bool|TRUE"}, {3, 0, "error|#DIV/0!"}, {4, 0, "empty|"}})
	if len(got.Formulas) != 4 {
		t.Errorf("formulas: %v", got.Formulas)
	}
}

// A text may break anywhere; its second part begins with a flag of its own, and may change from one byte a character to two.
func TestXLSTextsOverContinueRecords(t *testing.T) {
	t.Parallel()
	w := newXLS()
	s := w.sheet("表1")
	for i := range 4 {
		s.add(0xFD, i, 0, 0, uint32(i))
	}
	stream := w.stream()
	sst := record(0xFC, uint32(4), uint32(9), // four texts, nine declared
		6, byte(0), []byte("ab"))
	sst = append(sst, record(0x3C, byte(1), "合计", byte('x'), byte(0), byte('y'), byte(0), // two bytes a character from here
		3, byte(0x0C|1), 1, uint32(4), "县", 0x533A)...)
	sst = append(sst, record(0x3C, byte(0), []byte("z"), // and back; then a run and phonetic data
		1, 0, []byte{9, 9, 9, 9}, 2, byte(1), "全市")...)
	sst = append(sst, record(0x3C, 1, byte(0), []byte("!"))...)
	stream = replaceRecord(stream, 0xFC, sst)
	book := mustOpen(t, compound("Workbook", stream))
	checkCells(t, book.Sheets[0], []cellWant{{0, 0, "text|ab合计xy"}, {1, 0, "text|县区z"}, {2, 0, "text|全市"}, {3, 0, "text|!"}})
}

// replaceRecord puts other bytes in the place of the first record of an id and moves the offsets of the sheets.
func replaceRecord(stream []byte, id int, with []byte) []byte {
	for i := 0; i+4 <= len(stream); {
		n := 4 + int(stream[i+2]) + int(stream[i+3])<<8
		if int(stream[i])|int(stream[i+1])<<8 == id {
			out := append(append(append([]byte{}, stream[:i]...), with...), stream[i+n:]...)
			return moveSheets(out, len(with)-n)
		}
		i += n
	}
	return stream
}

func moveSheets(stream []byte, by int) []byte {
	for i := 0; i+4 <= len(stream); i += 4 + int(stream[i+2]) + int(stream[i+3])<<8 {
		if stream[i] == 0x85 && stream[i+1] == 0 {
			at := int(stream[i+4]) + int(stream[i+5])<<8 + by
			stream[i+4], stream[i+5] = byte(at), byte(at>>8)
		}
	}
	return stream
}

func TestXLSHiddenMergedAndNoted(t *testing.T) {
	t.Parallel()
	w := newXLS()
	s := w.sheet("表1")
	s.text(0, 0, 0, "标题")
	s.number(2, 3, 0, 5)
	s.add(0x208, 2, 0, 4, 0x100, 0, 0, uint32(0x20), 0)
	s.add(0x7D, 3, 4, 0x900, 0, 1, 0)
	s.add(0xE5, 1, 0, 1, 0, 3)
	s.add(0x5D, 0x15, 0x12, 0x08, 1, make([]byte, 14)) // a picture
	s.add(0x5D, 0x15, 0x12, 0x19, 7, make([]byte, 14)) // a comment's box
	s.add(0x1B6, make([]byte, 10), 2, make([]byte, 6))
	s.add(0x3C, byte(1), "含村")
	s.add(0x3C, make([]byte, 8))
	s.add(0x1C, 2, 3, 0, 7, 0, byte(0))
	s.add(0x809, 0x600, 0x20, 0, 0, uint32(0), uint32(0)) // a chart inside the sheet: its cells are not the sheet's
	s.number(9, 9, 0, 1)
	s.add(0x0A)
	for i, state := range []byte{1, 2} {
		h := w.sheet([]string{"隐藏", "深藏"}[i])
		h.state = state
		h.number(0, 0, 0, 1)
	}
	book := mustOpen(t, w.file())
	got := book.Sheets[0]
	if !got.HiddenRows[2] || !got.HiddenCols[3] || !got.HiddenCols[4] || len(got.Merges) != 1 || got.Merges[0] != (sheet.Range{Row0: 0, Row1: 1, Col0: 0, Col1: 3}) {
		t.Errorf("hidden %v %v, merges %v", got.HiddenRows, got.HiddenCols, got.Merges)
	}
	if got.Comments[[2]int{2, 3}] != "含村" || got.Pictures != 1 || len(got.Rows) != 3 {
		t.Errorf("comments %v, pictures %d, rows %d", got.Comments, got.Pictures, len(got.Rows))
	}
	if got.Hidden || !book.Sheets[1].Hidden || !book.Sheets[2].Hidden {
		t.Error("hidden sheets are not seen")
	}
}

func TestXLSDatesFrom1904(t *testing.T) {
	t.Parallel()
	w := newXLS()
	w.globals = record(0x22, 1)
	w.formats = []string{"yyyy-mm-dd"}
	w.sheet("表1").number(0, 0, 1, 41790)
	checkCells(t, mustOpen(t, w.file()).Sheets[0], []cellWant{{0, 0, "date|41790|2018-06-01"}})
}

// BIFF5 has 8-bit texts in the code page of the workbook.
func TestXLSCodePage936(t *testing.T) {
	t.Parallel()
	gbk := func(s string) []byte {
		b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	name, text := gbk("表一"), gbk("东岭区")
	var sheetPart []byte
	bof := func(kind int) []byte { return record(0x809, 0x500, kind, 0, 0) }
	sheetPart = append(bof(0x10), record(0x204, 0, 0, 0, len(text), text)...)
	sheetPart = append(sheetPart, record(0xD6, 1, 0, 0, len(text), text, byte(1), byte(0), byte(0))...)
	sheetPart = append(sheetPart, record(0x203, 1, 1, 0, 12.5)...)
	sheetPart = append(sheetPart, record(0x1C, 1, 1, len(text), text)...)
	sheetPart = append(sheetPart, record(0x0A)...)
	head := append(bof(5), record(0x42, 936)...)
	head = append(head, record(0xE0, 0, 0, make([]byte, 12))...)
	at := len(head) + 4 + 7 + len(name) + 4
	head = append(head, record(0x85, uint32(at), byte(0), byte(0), byte(len(name)), name)...)
	stream := append(append(head, record(0x0A)...), sheetPart...)
	book := mustOpen(t, compound("Book", stream))
	if s := book.Sheets[0]; s.Name != "表一" || s.Comments[[2]int{1, 1}] != "东岭区" {
		t.Errorf("name %q, comments %v", s.Name, s.Comments)
	}
	checkCells(t, book.Sheets[0], []cellWant{{0, 0, "text|东岭区"}, {1, 0, "text|东岭区"}, {1, 1, "number|12.5"}})
}

// Scripts write a sheet's records alone, without workbook or compound file, texts in whatever charset they have.
func TestXLSBareSheet(t *testing.T) {
	t.Parallel()
	text := []byte("东岭区户数")
	b := append(record(0x809, 0, 0x10, 0, 0), record(0x204, 0, 0, 0, len(text), text)...)
	b = append(append(b, record(0x203, 0, 1, 0, 128.0)...), record(0x0A)...)
	checkCells(t, mustOpen(t, b).Sheets[0], []cellWant{{0, 0, "text|东岭区户数"}, {0, 1, "number|128"}})
}

func TestXLSWithPasswordIsSaidSo(t *testing.T) {
	t.Parallel()
	w := newXLS()
	w.globals = record(0x2F, 0, 0x1234, 0x5678)
	w.sheet("表1").number(0, 0, 0, 1)
	if _, _, err := Open(w.file(), Options{}); !errors.Is(err, ErrEncrypted) {
		t.Errorf("got %v", err)
	}
}

// Many entries of the list may name one sheet: it is read once.
func TestXLSSheetIsReadOnce(t *testing.T) {
	t.Parallel()
	w := newXLS()
	w.sheet("表1").number(0, 0, 0, 1)
	w.sheet("表2").number(0, 0, 0, 1)
	stream := w.stream()
	var first []byte
	for i := 0; i < len(stream); i += 4 + int(stream[i+2]) + int(stream[i+3])<<8 {
		if stream[i] == 0x85 && stream[i+1] == 0 {
			if first == nil {
				first = stream[i+4 : i+8]
			}
			copy(stream[i+4:], first)
		}
	}
	book, issues, err := Open(compound("Workbook", stream), Options{})
	if err != nil || len(issues) != 1 || issues[0].Part != 1 || len(book.Sheets[1].Rows) != 0 {
		t.Errorf("error %v, issues %v", err, issues)
	}
}

// A file cut short gives what it still holds, and says that it is cut.
func TestXLSCutShort(t *testing.T) {
	t.Parallel()
	w := newXLS()
	s := w.sheet("表1")
	for r := range 2000 {
		s.number(r, 0, 0, float64(r)+0.5)
	}
	whole := w.file()
	book, issues, err := Open(whole[:len(whole)/2], Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := len(book.Sheets[0].Rows)
	if rows < 500 || rows > 1100 || book.Sheets[0].At(400, 0).Raw != "400.5" {
		t.Errorf("got %d rows", rows)
	}
	if len(issues) == 0 || issues[0].Code != schemas.IssueTruncated {
		t.Errorf("issues: %v", issues)
	}
}

// The directory may stand at the end, and be cut off with it.
func TestXLSWithoutDirectory(t *testing.T) {
	t.Parallel()
	w := newXLS()
	s := w.sheet("表1")
	for r := range 1000 {
		s.number(r, 0, 0, float64(r))
	}
	b := w.file()
	binary.LittleEndian.PutUint32(b[48:], 1<<20) // where the directory begins
	book, issues, err := Open(b, Options{})
	if err != nil || len(book.Sheets[0].Rows) != 1000 || len(issues) != 1 || issues[0].Code != schemas.IssueTruncated {
		t.Errorf("error %v, issues %v", err, issues)
	}
}

func TestLimitsKeepWhatWasRead(t *testing.T) {
	t.Parallel()
	w := newXLS()
	s := w.sheet("表1")
	for r := range 1000 {
		s.number(r, 0, 0, 1)
		s.number(r, 200, 0, 1)
	}
	book, issues, err := Open(w.file(), Options{MaxCells: 5000})
	if err != nil || len(issues) != 1 || issues[0].Code != schemas.IssueLimit {
		t.Fatalf("error %v, issues %v", err, issues)
	}
	if n := countCells(book); n == 0 || n > 5000 {
		t.Errorf("%d cells", n)
	}
}
