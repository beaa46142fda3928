package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"heshu/schemas"
)

// sheets is a workbook that is being written. It remembers its first error.
type sheets struct {
	file   *excelize.File
	styles map[string]int
	wide   map[string][]float64 // widths of columns, by sheet
	err    error
}

func newSheets() *sheets {
	return &sheets{file: excelize.NewFile(), styles: map[string]int{}, wide: map[string][]float64{}}
}

// numeral is a number that is shown as it is written.
type numeral string

func (b *sheets) do(err error) {
	if b.err == nil && err != nil {
		b.err = fmt.Errorf("write workbook: %w", err)
	}
}

// first names the sheet that a new workbook has.
func (b *sheets) first(name string) { b.do(b.file.SetSheetName("Sheet1", name)) }

// add adds a sheet.
func (b *sheets) add(name string) {
	_, err := b.file.NewSheet(name)
	b.do(err)
}

func (b *sheets) hide(name string) { b.do(b.file.SetSheetVisible(name, false)) }

// style makes or finds a style.
func (b *sheets) style(name string) int {
	if id, ok := b.styles[name]; ok {
		return id
	}
	line := []excelize.Border{{Type: "left", Color: "BFC5CC", Style: 1}, {Type: "right", Color: "BFC5CC", Style: 1}, {Type: "top", Color: "BFC5CC", Style: 1}, {Type: "bottom", Color: "BFC5CC", Style: 1}}
	font := func(bold bool, color string) *excelize.Font {
		return &excelize.Font{Family: "Noto Sans CJK SC", Size: 10, Bold: bold, Color: color}
	}
	wrap := &excelize.Alignment{WrapText: true, Vertical: "top"}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	table := map[string]excelize.Style{
		"title":     {Font: &excelize.Font{Family: "Noto Sans CJK SC", Size: 15, Bold: true}, Alignment: &excelize.Alignment{Vertical: "center"}},
		"note":      {Font: font(false, "5B6673")},
		"head":      {Font: font(true, "1D232B"), Fill: fill("EEF1F4"), Border: line, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}},
		"cell":      {Font: font(false, "1D232B"), Border: line, Alignment: wrap},
		"number":    {Font: font(false, "1D232B"), Border: line, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right"}},
		"link":      {Font: &excelize.Font{Family: "Noto Sans CJK SC", Size: 10, Color: "1F5FA8", Underline: "single"}, Border: line, Alignment: wrap},
		"input":     {Font: font(false, "1D232B"), Border: line, Alignment: wrap, Fill: fill("FFF9E0")},
		"mandatory": {Font: font(true, "B3261E"), Border: line, Alignment: wrap},
		"verify":    {Font: font(true, "9A6700"), Border: line, Alignment: wrap},
		"hint":      {Font: font(true, "1F5FA8"), Border: line, Alignment: wrap},
	}
	s := table[name]
	id, err := b.file.NewStyle(&s)
	b.do(err)
	b.styles[name] = id
	return id
}

func at(column, row int) string { return schemas.ColumnName(column) + fmt.Sprint(row) }

func (b *sheets) put(sheet string, column, row int, v any, style string) {
	if d, ok := v.(schemas.Decimal); ok {
		if v = any(d.String()); len(d.String()) <= 15 && d.IsSet() { // more digits than a spreadsheet keeps stay text
			v = d.Float()
		}
	}
	cell := at(column, row)
	b.do(b.file.SetCellValue(sheet, cell, v))
	b.do(b.file.SetCellStyle(sheet, cell, cell, b.style(style)))
}

// title writes a sheet's title over so many columns.
func (b *sheets) title(sheet, text string, columns int) {
	b.put(sheet, 1, 1, text, "title")
	b.do(b.file.MergeCell(sheet, "A1", at(columns, 1)))
	b.do(b.file.SetRowHeight(sheet, 1, 26))
}

func (b *sheets) text(sheet string, column, row int, text string) {
	b.put(sheet, column, row, text, "note")
}

func (b *sheets) header(sheet string, row int, names ...string) {
	for i, n := range names {
		b.put(sheet, i+1, row, n, "head")
	}
}

// cells writes a row from its first column on; nil leaves a cell for another hand.
func (b *sheets) cells(sheet string, row int, values ...any) {
	for i, v := range values {
		switch v := v.(type) {
		case nil:
		case int, schemas.Decimal:
			b.put(sheet, i+1, row, v, "number")
		case numeral:
			b.put(sheet, i+1, row, string(v), "number")
		default:
			b.put(sheet, i+1, row, v, "cell")
		}
	}
}

func (b *sheets) input(sheet string, column, row int, text string) {
	b.put(sheet, column, row, text, "input")
}

func (b *sheets) severity(sheet string, column, row int, s schemas.Severity) {
	cell := at(column, row)
	b.do(b.file.SetCellStyle(sheet, cell, cell, b.style(s.String())))
}

// link writes where a figure stands, in the words given; a cell of a workbook is a link to it, as it lies in the same folder.
func (b *sheets) link(sheet string, column, row int, e Evidence, words string) {
	cell := at(column, row)
	b.put(sheet, column, row, words, "cell")
	l, err := schemas.ParseLocator(e.Locator)
	c, ok := l.(schemas.Cell)
	if err != nil || !ok {
		return
	}
	target := e.Document + "#'" + strings.ReplaceAll(c.Sheet, "'", "''") + "'!" + at(c.Column, c.Row)
	b.do(b.file.SetCellHyperLink(sheet, cell, target, "External"))
	b.do(b.file.SetCellStyle(sheet, cell, cell, b.style("link")))
}

// fit makes a row as high as its longest text needs.
func (b *sheets) fit(sheet string, row int) {
	lines := 1
	for i, w := range b.wide[sheet] {
		text, err := b.file.GetCellValue(sheet, at(i+1, row))
		b.do(err)
		n := 0
		for _, line := range strings.Split(text, "\n") {
			places := 0
			for _, r := range line {
				if places++; r > 0x2000 {
					places++ // a Chinese character takes two
				}
			}
			n += 1 + int(float64(places)*1.12/w)
		}
		lines = max(lines, n)
	}
	b.do(b.file.SetRowHeight(sheet, row, min(15*float64(lines)+3, 400)))
}

func (b *sheets) widths(sheet string, widths ...float64) {
	b.wide[sheet] = widths
	for i, w := range widths {
		name := schemas.ColumnName(i + 1)
		b.do(b.file.SetColWidth(sheet, name, name, w))
	}
}

// landscape prints a sheet on A4 across, one page wide, with its headings on every page.
func (b *sheets) landscape(sheet string, heading int) {
	size, orientation, wide, tall, fit := 9, "landscape", 1, 0, true
	b.do(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}))
	b.do(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do(b.file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: heading, TopLeftCell: at(1, heading+1), ActivePane: "bottomLeft"}))
	b.do(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", sheet, heading), Scope: sheet}))
}

func (b *sheets) write(w io.Writer) error {
	if b.err != nil {
		return b.err
	}
	if _, err := b.file.WriteTo(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}
