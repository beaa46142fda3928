// Package grid owns the filling of sheets with cells, within limits on their number and size.
package grid

import (
	"errors"
	"math"
	"strings"

	"heshu/extractors/workbook/read/numfmt"
	"heshu/extractors/workbook/sheet"
)

// ErrLimit says that a workbook holds more than the budget allows. What was set before stays.
var ErrLimit = errors.New("workbook larger than the limit")

// ErrAddress says that a cell lies outside of any sheet that a spreadsheet program can hold.
var ErrAddress = errors.New("cell address out of range")

// The largest sheet of any format: 1,048,576 rows, 16,384 columns.
const (
	MaxRows    = 1 << 20
	MaxColumns = 1 << 14
)

// Budget is what a whole workbook may still take; all its sheets draw on it.
type Budget struct {
	Cells int // cells, empty ones inside the sheet's rectangle too
	Bytes int // bytes of text
}

// Take draws on the budget. What is refused costs nothing: a smaller sheet behind a large one can still be read.
func (b *Budget) Take(cells, bytes int) error {
	if cells > b.Cells || bytes > b.Bytes {
		return ErrLimit
	}
	b.Cells -= cells
	b.Bytes -= bytes
	return nil
}

// Builder fills one sheet.
type Builder struct {
	Sheet  *sheet.Sheet
	budget *Budget
	arena  strings.Builder // texts lie one behind the other: one allocation for many cells
	buf    []byte
	width  int
}

// New returns a builder of an empty sheet.
func New(name string, b *Budget) *Builder {
	return &Builder{Sheet: &sheet.Sheet{Name: name}, budget: b}
}

const arenaSize = 16 << 10

// String keeps a copy of b.
func (g *Builder) String(b []byte) (string, error) {
	if len(b) == 0 {
		return "", nil
	}
	if err := g.budget.Take(0, len(b)); err != nil {
		return "", err
	}
	if len(b) > arenaSize/8 {
		return string(b), nil
	}
	if g.arena.Len()+len(b) > g.arena.Cap() {
		g.arena = strings.Builder{}
		g.arena.Grow(arenaSize)
	}
	n := g.arena.Len()
	g.arena.Write(b)
	return g.arena.String()[n:], nil
}

// Set puts a cell at row, column, counted from 0.
func (g *Builder) Set(row, column int, c sheet.Cell) error {
	p, err := g.At(row, column)
	if err == nil {
		*p = c
	}
	return err
}

// At returns the place of a cell, making room for it. The place is good until the next call.
func (g *Builder) At(row, column int) (*sheet.Cell, error) {
	if row < 0 || row >= MaxRows || column < 0 || column >= MaxColumns {
		return nil, ErrAddress
	}
	s := g.Sheet
	if n := row + 1 - len(s.Rows); n > 0 {
		if err := g.budget.Take((n+1)/2, 0); err != nil {
			return nil, err
		}
		s.Rows = append(s.Rows, make([][]sheet.Cell, n)...)
	}
	r := s.Rows[row]
	if column < len(r) {
		return &r[column], nil
	}
	if column >= cap(r) {
		n := max(column+1, min(2*cap(r), MaxColumns))
		if g.width > n && g.width-n < 256 {
			n = g.width
		}
		if err := g.budget.Take(n-cap(r), 0); err != nil {
			return nil, err
		}
		r = append(make([]sheet.Cell, 0, n), r...)
	}
	r = r[:column+1]
	g.width = max(g.width, column+1)
	s.Rows[row] = r
	return &r[column], nil
}

// Number puts a number under a format. What is no number in the bytes of one reads as the error #NUM!.
func (g *Builder) Number(row, column int, v float64, f Style, date1904 bool) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return g.Plain(row, column, sheet.Error, "#NUM!", f)
	}
	p, err := g.At(row, column)
	if err != nil {
		return err
	}
	p.Kind, p.Format = sheet.Number, f.Index
	g.buf = numfmt.Raw(g.buf[:0], v)
	raw := len(g.buf)
	if f.Format.IsGeneral() {
		g.buf = numfmt.General(g.buf, v)
	} else {
		g.buf = f.Format.Append(g.buf, v, date1904)
		if f.Format.IsDate(v) {
			p.Kind = sheet.Date
		}
	}
	if string(g.buf[:raw]) == string(g.buf[raw:]) {
		p.Raw, err = g.String(g.buf[:raw])
		p.Text = p.Raw
		return err
	}
	both, err := g.String(g.buf)
	if err != nil {
		return err
	}
	p.Raw, p.Text = both[:raw], both[raw:]
	return nil
}

// Text puts a text under a format. The string is kept as it is: charge it with String first.
func (g *Builder) Text(row, column int, t string, f Style) error {
	if t == "" {
		return nil
	}
	p, err := g.At(row, column)
	if err != nil {
		return err
	}
	p.Kind, p.Format, p.Raw, p.Text = sheet.Text, f.Index, t, t
	if f.Indent > 0 {
		if err := g.indent(row, column, f.Indent); err != nil {
			return err
		}
	}
	if f.Format != nil && !f.Format.PlainText() {
		g.buf = f.Format.AppendText(g.buf[:0], t)
		p.Text, err = g.String(g.buf)
	}
	return err
}

// indent notes how far a text is indented.
func (g *Builder) indent(row, column int, n uint8) error {
	if err := g.budget.Take(1, 0); err != nil {
		return err
	}
	if g.Sheet.Indents == nil {
		g.Sheet.Indents = map[[2]int]uint8{}
	}
	g.Sheet.Indents[[2]int{row, column}] = n
	return nil
}

// Plain puts a value that no format changes: a truth value or an error.
func (g *Builder) Plain(row, column int, k sheet.Kind, t string, f Style) error {
	return g.Set(row, column, sheet.Cell{Kind: k, Format: f.Index, Raw: t, Text: t})
}

// Formula notes a formula; "" is one of unknown text.
func (g *Builder) Formula(row, column int, t string) error {
	if row < 0 || row >= MaxRows || column < 0 || column >= MaxColumns {
		return ErrAddress
	}
	if err := g.budget.Take(2, len(t)); err != nil {
		return err
	}
	if g.Sheet.Formulas == nil {
		g.Sheet.Formulas = map[[2]int]string{}
	}
	g.Sheet.Formulas[[2]int{row, column}] = t
	return nil
}

// EmptyText takes back the formula of a cell whose saved result is an empty text.
func (g *Builder) EmptyText(row, column int) { delete(g.Sheet.Formulas, [2]int{row, column}) }

// Comment notes a comment on a cell.
func (g *Builder) Comment(row, column int, t string) error {
	if err := g.budget.Take(2, len(t)); err != nil {
		return err
	}
	if g.Sheet.Comments == nil {
		g.Sheet.Comments = map[[2]int]string{}
	}
	g.Sheet.Comments[[2]int{row, column}] = t
	return nil
}

// HideRow marks a row as hidden, HideColumns the columns from first to last.
func (g *Builder) HideRow(row int) error {
	if row < 0 || row >= MaxRows {
		return ErrAddress
	}
	if err := g.budget.Take(1, 0); err != nil {
		return err
	}
	if g.Sheet.HiddenRows == nil {
		g.Sheet.HiddenRows = map[int]bool{}
	}
	g.Sheet.HiddenRows[row] = true
	return nil
}

// HideColumns marks columns as hidden.
func (g *Builder) HideColumns(first, last int) error {
	if first < 0 || first > last || first >= MaxColumns {
		return ErrAddress
	}
	last = min(last, MaxColumns-1)
	if err := g.budget.Take(last-first+1, 0); err != nil {
		return err
	}
	if g.Sheet.HiddenCols == nil {
		g.Sheet.HiddenCols = map[int]bool{}
	}
	for c := first; c <= last; c++ {
		g.Sheet.HiddenCols[c] = true
	}
	return nil
}

// Merge notes a merged range; one cell alone is none.
func (g *Builder) Merge(r sheet.Range) error {
	if r.Row0 < 0 || r.Col0 < 0 || r.Row1 >= MaxRows || r.Col1 >= MaxColumns || r.Row1 < r.Row0 || r.Col1 < r.Col0 {
		return ErrAddress
	}
	if r.Row0 == r.Row1 && r.Col0 == r.Col1 {
		return nil
	}
	if err := g.budget.Take(1, 0); err != nil {
		return err
	}
	g.Sheet.Merges = append(g.Sheet.Merges, r)
	return nil
}

// Done returns the sheet, empty cells at the ends of rows and empty rows at the end cut off.
func (g *Builder) Done() *sheet.Sheet {
	rows := g.Sheet.Rows
	for i, r := range rows {
		for len(r) > 0 && r[len(r)-1].Kind == sheet.Empty {
			r = r[:len(r)-1]
		}
		rows[i] = r
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	g.Sheet.Rows = rows
	return g.Sheet
}
