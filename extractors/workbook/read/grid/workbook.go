package grid

import (
	"fmt"
	"slices"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// Workbook is a workbook while it is being read.
type Workbook struct {
	Budget   Budget
	Inflate  int64 // bytes that compressed parts may still unfold to
	Formats  *Formats
	Date1904 bool // days count from 1904-01-01
	Issues   []schemas.Issue

	sheets []*sheet.Sheet
	codes  map[codeOf]int // issues so far
}

type codeOf struct {
	part int
	code schemas.IssueCode
}

// maxIssues is how many issues of one code a sheet has of its own; the next one says that there are more. maxAll ends the list.
const (
	maxIssues = 1000
	maxAll    = 20_000
)

// NewWorkbook returns an empty workbook with limits.
func NewWorkbook(b Budget, inflate int64) *Workbook {
	return &Workbook{Budget: b, Inflate: inflate, Formats: NewFormats(), codes: map[codeOf]int{}}
}

// Part returns the index that the next sheet will have.
func (w *Workbook) Part() int { return len(w.sheets) }

// New starts a sheet; AddSheet adds it.
func (w *Workbook) New(name string) *Builder { return New(name, &w.Budget) }

// AddSheet adds a finished sheet.
func (w *Workbook) AddSheet(g *Builder) { w.sheets = append(w.sheets, g.Done()) }

// Issue notes trouble with a sheet (part -1: the whole workbook), at a cell if row ≥ 0.
func (w *Workbook) Issue(part int, name string, row, column int, code schemas.IssueCode, format string, args ...any) {
	k := codeOf{part, code}
	w.codes[k]++
	i := schemas.Issue{Part: part, Code: code, Message: fmt.Sprintf(format, args...)}
	switch n := w.codes[k]; {
	case n > maxIssues+1, len(w.Issues) >= maxAll:
		return
	case n == maxIssues+1:
		i.Message = "more of the same: " + i.Message
	}
	if row >= 0 {
		i.Locator = schemas.Cell{Sheet: name, Row: row + 1, Column: column + 1}
	}
	w.Issues = append(w.Issues, i)
}

// Book returns the finished workbook.
func (w *Workbook) Book(format string) *sheet.Book {
	return &sheet.Book{Format: format, Formats: slices.Clone(w.Formats.Codes()), Sheets: w.sheets}
}
