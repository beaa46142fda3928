package schemas

import (
	"fmt"
	"strconv"
	"strings"
)

// RuneOffset counts Unicode code points from the start of a text; ByteOffset counts UTF-8 bytes.
// They are distinct types so that mixing them does not compile.
type (
	RuneOffset int
	ByteOffset int
)

// A Locator says where in a document a figure stands: a TextSpan or a Cell.
type Locator interface {
	// String is the documented form: "start-end" of a text span, "Sheet!C7" of a cell. ParseLocator reads it back.
	String() string
	locator()
}

// TextSpan is a run of an article's cleaned text, in runes, end exclusive.
type TextSpan struct{ Start, End RuneOffset }

func (TextSpan) locator() {}

// String returns "start-end".
func (s TextSpan) String() string { return fmt.Sprintf("%d-%d", s.Start, s.End) }

// In returns the span's text, or false where the span does not lie within text.
func (s TextSpan) In(text []rune) (string, bool) {
	if s.Start < 0 || s.End < s.Start || int(s.End) > len(text) {
		return "", false
	}
	return string(text[s.Start:s.End]), true
}

// Cell is one cell of a workbook; Row and Column count from 1.
type Cell struct {
	Sheet       string
	Row, Column int
}

func (Cell) locator() {}

// String returns "Sheet!C7"; the sheet's name is never quoted.
func (c Cell) String() string {
	b := append(make([]byte, 0, len(c.Sheet)+24), c.Sheet...)
	return string(strconv.AppendInt(appendColumn(append(b, '!'), c.Column), int64(c.Row), 10))
}

// ColumnName returns the letters of a column counted from 1: 1 is A, 27 is AA.
func ColumnName(column int) string { return string(appendColumn(nil, column)) }

func appendColumn(b []byte, column int) []byte {
	if column > 26 {
		b = appendColumn(b, (column-1)/26)
	}
	if column > 0 {
		b = append(b, byte('A'+(column-1)%26))
	}
	return b
}

// ParseLocator reads back what Locator.String printed. A sheet's name may hold '!': the last one separates.
func ParseLocator(s string) (Locator, error) {
	if i := strings.LastIndexByte(s, '!'); i >= 0 {
		if row, column, ok := parseA1(s[i+1:]); ok {
			return Cell{s[:i], row, column}, nil
		}
		return nil, fmt.Errorf("read locator %q: %q is no cell address", s, s[i+1:])
	}
	a, b, ok := strings.Cut(s, "-")
	start, err1 := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	if !ok || err1 != nil || err2 != nil || start < 0 || end < start {
		return nil, fmt.Errorf("read locator %q: want start-end or Sheet!C7", s)
	}
	return TextSpan{RuneOffset(start), RuneOffset(end)}, nil
}

// parseA1 reads "C7" as row 7, column 3.
func parseA1(s string) (row, column int, ok bool) {
	i := 0
	for ; i < len(s) && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		if column = column*26 + int(s[i]-'A') + 1; column > 1<<20 {
			return 0, 0, false
		}
	}
	row, err := strconv.Atoi(s[i:])
	return row, column, i > 0 && err == nil && row > 0 && s[i] != '0' && s[i] != '+'
}
