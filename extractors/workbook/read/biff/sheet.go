package biff

import (
	"errors"
	"fmt"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// sheetReader reads the records of one sheet.
type sheetReader struct {
	*reader
	g     *grid.Builder
	part  int
	depth int // of charts inside the sheet

	formula  [2]int // whose result is the next STRING record
	awaiting bool
	style    grid.Style // of that cell

	object  int // id of the last drawing object
	texts   map[int]string
	notes   []note
	badRefs int
}

type note struct {
	row, column, object int
	text                string // BIFF5
}

// readSheet adds a sheet; what breaks in it is an issue, and what was read before stays.
func (r *reader) readSheet(e bound) error {
	g := r.w.New(e.name)
	g.Sheet.Hidden = e.hidden
	sr := &sheetReader{reader: r, g: g, part: r.w.Part(), texts: map[int]string{}}
	defer r.w.AddSheet(g)
	r.s.pos, r.s.cut = e.offset, false
	if e.offset < 0 || e.offset >= len(r.s.b) || !r.s.next() || r.s.id != recBOF {
		r.w.Issue(sr.part, e.name, -1, 0, schemas.IssueTruncated, "sheet %q does not begin where the workbook says", e.name)
		return nil
	}
	if r.done[e.offset] {
		r.w.Issue(sr.part, e.name, -1, 0, schemas.IssueUnreadable, "sheet %q is said to stand where another one does", e.name)
		return nil
	}
	r.done[e.offset] = true
	err := sr.read()
	switch {
	case errors.Is(err, grid.ErrLimit):
		r.w.Issue(sr.part, e.name, -1, 0, schemas.IssueLimit, "sheet %q could be read in part only: %v", e.name, err)
	case err != nil:
		r.w.Issue(sr.part, e.name, -1, 0, schemas.IssueTruncated, "sheet %q could be read in part only: %v", e.name, err)
	}
	if sr.badRefs > 0 {
		r.w.Issue(sr.part, e.name, -1, 0, schemas.IssueUnreadable, "%d cells or ranges without a valid address", sr.badRefs)
	}
	return nil
}

func (r *sheetReader) read() error {
	for r.s.next() {
		switch {
		case r.s.id == recBOF:
			r.depth++
		case r.s.id == recEOF && r.depth > 0:
			r.depth--
		case r.s.id == recEOF:
			return r.attachNotes()
		case r.depth == 0:
			err := r.record()
			if errors.Is(err, grid.ErrAddress) {
				r.badRefs++
			} else if err != nil {
				return err
			}
		}
	}
	if err := r.attachNotes(); err != nil {
		return err
	}
	return fmt.Errorf("its records break off at byte %d", r.s.at)
}

func (r *sheetReader) record() error {
	b := r.s.body
	switch r.s.id {
	case recRK:
		if len(b) >= 10 {
			return r.number(u16(b, 0), u16(b, 2), u16(b, 4), rk(u32(b, 6)))
		}
	case recMulRK:
		return r.mulRK(b)
	case recNumber:
		if len(b) >= 14 {
			return r.number(u16(b, 0), u16(b, 2), u16(b, 4), double(b[6:]))
		}
	case recLabelSST:
		return r.labelSST(b)
	case recLabel, recRString:
		return r.label(b)
	case recBoolErr:
		if len(b) >= 8 {
			return r.boolErr(u16(b, 0), u16(b, 2), r.xf(u16(b, 4)), b[6], b[7] != 0)
		}
	case recFormula, recFormula3, recFormula4:
		return r.readFormula(b)
	case recString:
		return r.stringResult()
	case recRow:
		if len(b) >= 16 && b[12]&0x20 != 0 {
			return r.g.HideRow(u16(b, 0))
		}
	case recColInfo:
		if len(b) >= 10 && b[8]&1 != 0 {
			return r.g.HideColumns(u16(b, 0), min(u16(b, 2), 255))
		}
	case recMergedCells:
		return r.merged(b)
	case recNote:
		r.note(b)
	case recObj:
		r.obj(b)
	case recTXO:
		r.txo()
	}
	return nil
}

func (r *sheetReader) xf(i int) grid.Style {
	if i < len(r.styles) {
		return r.styles[i]
	}
	return r.w.Formats.General()
}

func (r *sheetReader) number(row, column, xf int, v float64) error {
	return r.g.Number(row, column, v, r.xf(xf), r.w.Date1904)
}

func (r *sheetReader) mulRK(b []byte) error {
	row, column := u16(b, 0), u16(b, 2)
	for i := 4; i+8 <= len(b); i += 6 { // the last two bytes are the last column's number
		if err := r.number(row, column, u16(b, i), rk(u32(b, i+2))); err != nil {
			return err
		}
		column++
	}
	return nil
}

func (r *sheetReader) merged(b []byte) error {
	n := u16(b, 0)
	var err error
	for i := 2; n > 0 && i+8 <= len(b); i, n = i+8, n-1 {
		rg := sheet.Range{Row0: u16(b, i), Row1: u16(b, i+2), Col0: u16(b, i+4), Col1: u16(b, i+6)}
		if e := r.g.Merge(rg); e != nil {
			err = e
		}
	}
	return err
}
