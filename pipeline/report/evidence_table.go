package report

import "slices"

// evidenceCell is one cell of a table inside a text.
type evidenceCell struct {
	Pieces []evidencePiece
	Number bool // a figure alone
	Span   int  // columns, at least 1
}

func hasTab(line []rune) bool { return slices.Contains(line, '\t') }

// row adds a line whose cells tabs separate.
func (p *evidenceParagraph) row(text []rune, start, end int, marks []mark, records []evidenceRecord) {
	var cells []evidenceCell
	for at := start; at <= end; at++ {
		stop := at
		for stop < end && text[stop] != '\t' {
			stop++
		}
		l := line(text, at, stop, marks, records, false)
		cells = append(cells, evidenceCell{Pieces: l.Pieces, Number: len(l.Pieces) == 1 && l.Pieces[0].Number > 0, Span: 1})
		p.Records = append(p.Records, l.Records...)
		at = stop
	}
	for i := range p.Records {
		p.Records[i].Same = false
	}
	p.Rows = append(p.Rows, cells)
}

// align widens the rows that have fewer cells than the widest: the text does not say which cells span others. The last
// headings of the first row stand over the columns that are left, the first cell of a row of figures is its label, and
// other headings stand at the right.
func align(rows [][]evidenceCell) {
	wide := 0
	for _, r := range rows {
		wide = max(wide, len(r))
	}
	for i, r := range rows {
		left := wide - len(r)
		if left == 0 {
			continue
		}
		switch {
		case slices.ContainsFunc(r, func(c evidenceCell) bool { return c.Number }) || len(r) == 1:
			r[0].Span += left
		case i == 0:
			m := len(r) - 1
			for left%m != 0 {
				m--
			}
			for k := len(r) - m; k < len(r); k++ {
				r[k].Span += left / m
			}
		default:
			rows[i] = append(make([]evidenceCell, 0, wide), evidenceCell{Span: left})
			rows[i] = append(rows[i], r...)
		}
	}
}
