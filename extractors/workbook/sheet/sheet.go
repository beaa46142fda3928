// Package sheet owns the one cell model that all workbook formats are read into.
package sheet

// Book is a workbook of any format.
type Book struct {
	Format  string   // xlsx, xls, csv, html, xml2003, ods
	Formats []string // number formats; Cell.Format is an index into it
	Sheets  []*Sheet
}

// Sheet is one worksheet. Rows and columns count from 0 here; locators count from 1.
type Sheet struct {
	Name       string
	Hidden     bool
	Rows       [][]Cell // Rows[r][c]; rows may be short, trailing cells are empty
	Merges     []Range
	HiddenRows map[int]bool
	HiddenCols map[int]bool
	Formulas   map[[2]int]string // [row, column] → formula text, "" if unknown; at an Empty cell: its result was not saved (an empty text is left out)
	Comments   map[[2]int]string
	Indents    map[[2]int]uint8 // [row, column] of texts → levels of indentation by the cell's alignment
	Pictures   int              // pictures on the sheet
}

// Kind is the type of a cell's value.
type Kind uint8

// The kinds of cells. Empty cells have no value (they may have a style).
const (
	Empty Kind = iota
	Number
	Text
	Bool
	Error
	Date // a number that its format shows as a date or time
)

// Cell is one cell. A formula's cell holds its cached result.
type Cell struct {
	Kind   Kind
	Format uint16
	Raw    string // number: shortest decimal that reads back the stored value; text: the text; error: #DIV/0!
	Text   string // as displayed under its number format, "" where the format shows nothing
}

// Range is a block of cells, both ends inclusive, from 0.
type Range struct{ Row0, Col0, Row1, Col1 int }

// At returns the cell at row, column, Empty outside the sheet.
func (s *Sheet) At(row, column int) Cell {
	if row < 0 || row >= len(s.Rows) || column < 0 || column >= len(s.Rows[row]) {
		return Cell{}
	}
	return s.Rows[row][column]
}
