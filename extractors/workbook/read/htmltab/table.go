package htmltab

import (
	"strconv"
	"strings"

	"heshu/extractors/workbook/read/delimited"
	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/sheet"
)

// table is an open table. A table around another one only lays it out: its cells become lines.
type table struct {
	next   int // row for the next <tr>
	row    int
	column int // next one in the row
	inRow  bool
	open   bool // a cell is
	layout bool
	cell   cell
	taken  map[[2]int]bool // places below and beside, covered by a cell that spans them
}

type cell struct {
	text         text
	rows, column int
	columns      int
	number       string // x:num or sdval, the stored value
	asText       bool   // its style says so
}

const maxSpan = 1000 // as in browsers

func (r *reader) startTable() error {
	r.found = true
	if t := r.table(); t != nil {
		t.layout = true
		r.line.b = append(r.line.b, t.cell.text.take()...)
		t.open = false
	}
	if err := r.flushLine(); err != nil {
		return err
	}
	r.tables = append(r.tables, &table{next: r.row, taken: map[[2]int]bool{}})
	if len(r.tables) > 256 {
		return grid.ErrLimit
	}
	return nil
}

func (r *reader) endTable() error {
	t := r.table()
	if err := r.endRow(t); err != nil {
		return err
	}
	r.tables = r.tables[:len(r.tables)-1]
	r.row = max(r.row, t.next)
	if outer := r.table(); outer != nil {
		outer.next = r.row
	}
	return r.flushLine()
}

func (r *reader) endRow(t *table) error {
	if err := r.endCell(t); err != nil {
		return err
	}
	if t.inRow && !t.layout {
		r.row = max(r.row, t.next)
	}
	t.inRow = false
	return nil
}

func (r *reader) startCell(t *table, a map[string]string) error {
	if err := r.endCell(t); err != nil {
		return err
	}
	if !t.inRow { // a cell without <tr>
		t.row, t.inRow, t.column = t.next, true, 0
		t.next++
	}
	for t.taken[[2]int{t.row, t.column}] {
		t.column++
	}
	style := strings.ToLower(strings.ReplaceAll(a["style"], " ", ""))
	t.cell = cell{rows: span(a["rowspan"]), columns: span(a["colspan"]), column: t.column, number: a["x:num"] + a["sdval"]}
	_, str := a["x:str"]
	t.cell.asText = str || strings.Contains(style, `mso-number-format:"\@"`) || strings.Contains(style, `mso-number-format:\@`) || strings.Contains(style, "numberformat:@")
	t.open = true
	t.column += t.cell.columns
	return nil
}

func span(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

func (r *reader) endCell(t *table) error {
	if !t.open {
		return nil
	}
	t.open = false
	c := &t.cell
	shown := c.text.take()
	if t.layout {
		r.line.b = append(r.line.b, shown...)
		return r.flushLine()
	}
	if c.rows*c.columns > 1 {
		if err := r.g.Merge(sheet.Range{Row0: t.row, Col0: c.column, Row1: t.row + c.rows - 1, Col1: c.column + c.columns - 1}); err != nil {
			return err
		}
	}
	if c.rows > 1 {
		if err := r.w.Budget.Take((c.rows-1)*c.columns, 0); err != nil {
			return err
		}
		for i := 1; i < c.rows; i++ {
			for j := range c.columns {
				t.taken[[2]int{t.row + i, c.column + j}] = true
			}
		}
	}
	return r.put(t.row, c.column, string(shown), c.number, c.asText)
}

// put stores a cell: its stored value if the page says one, else what its text says.
func (r *reader) put(row, column int, shown, number string, asText bool) error {
	if shown == "" {
		return nil
	}
	t, err := r.g.String([]byte(shown))
	if err != nil {
		return err
	}
	raw, ok := delimited.Number(t)
	if n, said := delimited.Number(number); said {
		raw, ok = n, true
	}
	if ok && !asText {
		return r.g.Set(row, column, sheet.Cell{Kind: sheet.Number, Raw: raw, Text: t})
	}
	return r.g.Text(row, column, t, r.w.Formats.General())
}

// flushLine puts a line that stands outside of tables into a row of its own.
func (r *reader) flushLine() error {
	line := r.line.take()
	if len(line) == 0 {
		return nil
	}
	row := r.row
	r.row++
	if t := r.table(); t != nil {
		t.next = max(t.next, r.row)
	}
	return r.put(row, 0, string(line), "", false)
}
