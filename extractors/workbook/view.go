package workbook

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/hanzi"
)

// class is what a cell holds, as far as the cell alone can tell.
type class uint8

const (
	empty   class = iota
	number        // a number, typed or as text
	written       // a text that is a quantity as a whole: ≥90%, 约5.5万人次, 2.50-4.00
	date          // a date or time
	filler        // stands where a number is missing: —, null, $$
	failed        // #DIV/0!, ####
	boolean       // TRUE, FALSE
	text          // anything else
)

// numeric reports whether the cell counts in the ledger.
func (c class) numeric() bool { return c == number || c == written || c == date }

// maxMergedCells bounds the memory that merged ranges may take; real sheets stay far below.
const maxMergedCells = 2_000_000

// view is a sheet made ready for reading: classes of all cells, and the anchor of each cell of a merged range.
type view struct {
	s      *sheet.Sheet
	book   *sheet.Book
	cols   int
	class  [][]class
	anchor map[[2]int]int32 // cell of a merged range → index in s.Merges
	clean  map[[2]int]string
}

func newView(b *sheet.Book, s *sheet.Sheet) *view {
	v := &view{s: s, book: b, class: make([][]class, len(s.Rows)), anchor: map[[2]int]int32{}, clean: map[[2]int]string{}}
	for r, row := range s.Rows {
		classes := make([]class, len(row))
		for c := range row {
			classes[c] = classify(&row[c])
			if classes[c] != empty && c >= v.cols {
				v.cols = c + 1
			}
		}
		v.class[r] = classes
	}
	for r := range v.class {
		v.class[r] = v.class[r][:min(len(v.class[r]), v.cols)]
	}
	left := maxMergedCells
	for i, m := range s.Merges {
		last := min(m.Row1, len(s.Rows)-1)
		right := min(m.Col1, v.cols-1)
		for r := m.Row0; r <= last && left > 0; r++ {
			for c := m.Col0; c <= right && left > 0; c++ {
				v.anchor[[2]int{r, c}] = int32(i)
				left--
				if (r != m.Row0 || c != m.Col0) && c < len(v.class[r]) && (v.class[r][c] == text || v.class[r][c] == filler) {
					v.class[r][c] = empty // nobody sees what a merged range covers: $$ behind a heading
				}
			}
		}
	}
	return v
}

// numbers counts the cells that the ledger accounts for.
func (v *view) numbers() int {
	n := 0
	for r := range v.class {
		for _, c := range v.class[r] {
			if c.numeric() {
				n++
			}
		}
	}
	return n
}

// at returns the class of a cell, empty outside the sheet.
func (v *view) at(r, c int) class {
	if r < 0 || r >= len(v.class) || c < 0 || c >= len(v.class[r]) {
		return empty
	}
	return v.class[r][c]
}

// merge returns the merged range that holds the cell.
func (v *view) merge(r, c int) (sheet.Range, bool) {
	if len(v.anchor) == 0 {
		return sheet.Range{}, false
	}
	i, ok := v.anchor[[2]int{r, c}]
	if !ok {
		return sheet.Range{}, false
	}
	return v.s.Merges[i], true
}

// home returns the cell that speaks for this one: the first of its merged range, or itself.
func (v *view) home(r, c int) (int, int) {
	if m, ok := v.merge(r, c); ok {
		return m.Row0, m.Col0
	}
	return r, c
}

// span returns the columns that the cell covers in its row, last one inclusive.
func (v *view) span(r, c int) (first, last int) {
	if m, ok := v.merge(r, c); ok {
		return m.Col0, min(m.Col1, v.cols-1)
	}
	return c, c
}

// maxLabel bounds the bytes of a text that are looked at: what is longer names nothing.
const maxLabel = 2000

// short cuts a text at maxLabel bytes, at a character's end.
func short(s string) string {
	if len(s) <= maxLabel {
		return s
	}
	n := maxLabel
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// squashed returns the beginning of a cell's text without white space.
func (v *view) squashed(r, c int) string { return squash(short(v.s.Rows[r][c].Text)) }

// words returns the cell's text made tidy: no line breaks, no padding, runs of spaces as one.
func (v *view) words(r, c int) string {
	if v.at(r, c) == empty {
		return ""
	}
	k := [2]int{r, c}
	if s, ok := v.clean[k]; ok {
		return s
	}
	s := tidy(short(v.s.Rows[r][c].Text))
	if v.class[r][c] == text { // labels are asked for again and again, numbers once
		v.clean[k] = s
	}
	return s
}

// wordsOf returns the words of the cell that speaks for this one.
func (v *view) wordsOf(r, c int) string { return v.words(v.home(r, c)) }

// locator returns the cell's place, counted from 1.
func (v *view) locator(r, c int) schemas.Cell {
	return schemas.Cell{Sheet: v.s.Name, Row: r + 1, Column: c + 1}
}

func (v *view) evidence(r, c int) schemas.Evidence {
	return schemas.Evidence{Text: v.words(r, c), Locator: v.locator(r, c)}
}

// tidy drops line breaks between ideographs, turns other white space into single spaces and trims.
func tidy(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < 0x21 || unicode.IsSpace(r) || r >= 0xe000 && r <= 0xf8ff || r == '_' }) {
		return s
	}
	s = strings.ReplaceAll(s, "_x000D_", "\n") // a carriage return as spreadsheet programs escape it
	var b strings.Builder
	b.Grow(len(s))
	space, broken := false, false
	last := rune(0)
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r < 0x20 && r != '\t':
			broken = true
			continue
		case r >= 0xe000 && r <= 0xf8ff: // private use: a text field's mark in forms
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		}
		if (space || broken && last < 0x2e80 && r < 0x2e80) && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space, broken = false, false
		last = r
		b.WriteRune(r)
	}
	return b.String()
}

// squash drops all white space, folds full-width signs and simplifies traditional characters, for comparing headings.
func squash(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			return -1
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		}
		return r
	}, hanzi.Simplified(s))
}

// indent returns how far a cell's text is indented, by its leading white space or its alignment, in half-width columns.
func (v *view) indent(r, c int) int {
	if v.at(r, c) == empty {
		return 0
	}
	n := 0
	if len(v.s.Indents) > 0 {
		n = 2 * int(v.s.Indents[[2]int{r, c}])
	}
	for _, x := range v.s.Rows[r][c].Text {
		switch {
		case x == '\u3000':
			n += 2
		case unicode.IsSpace(x):
			n++
		default:
			return n
		}
	}
	return n
}
