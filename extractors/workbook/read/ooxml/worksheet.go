package ooxml

import (
	"errors"
	"io"
	"strconv"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// sheetReader reads the part of one sheet.
type sheetReader struct {
	*reader
	s    *xmlscan.Scanner
	g    *grid.Builder
	part int // index of the sheet

	row, column int // of the last cell, from 0; -1 before the first
	cell        cell
	badRefs     int
}

func (r *reader) readSheet(name string, g *grid.Builder, part int) error {
	s, c, err := r.Scan(name)
	if err != nil {
		return err
	}
	defer c.Close()
	sr := &sheetReader{reader: r, s: s, g: g, part: part, row: -1}
	err = sr.read()
	if sr.badRefs > 0 {
		r.w.Issue(part, g.Sheet.Name, -1, 0, schemas.IssueUnreadable, "%d cells or ranges without a valid address", sr.badRefs)
	}
	if e := r.readExtras(name, g); err == nil {
		err = e
	}
	return err
}

// read walks the whole part, so that a part cut short anywhere ends in an error.
func (r *sheetReader) read() error {
	for {
		k, err := r.s.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if k == xmlscan.Start && r.s.Depth() > 1 {
			if err := r.element(); err != nil {
				return err
			}
		}
	}
}

func (r *sheetReader) element() error {
	switch string(r.s.Name()) {
	case "sheetData":
		return r.sheetData()
	case "col":
		return r.col()
	case "mergeCell":
		rg, ok := parseRange(r.s.Attr("ref"))
		if !ok {
			r.badRefs++
			return nil
		}
		return r.tolerate(r.g.Merge(rg))
	case "extLst":
		return r.s.Skip()
	}
	return nil
}

// tolerate counts wrong addresses instead of stopping at them.
func (r *sheetReader) tolerate(err error) error {
	if errors.Is(err, grid.ErrAddress) {
		r.badRefs++
		return nil
	}
	return err
}

func (r *sheetReader) col() error {
	first, err1 := strconv.Atoi(string(r.s.Attr("min")))
	last, err2 := strconv.Atoi(string(r.s.Attr("max")))
	if err1 != nil || err2 != nil || !truth(r.s.Attr("hidden")) {
		return nil
	}
	if last >= grid.MaxColumns {
		last = min(last, first+255) // "and all the rest": nothing stands there
	}
	return r.tolerate(r.g.HideColumns(first-1, last-1))
}

func (r *sheetReader) sheetData() error {
	depth := r.s.Depth()
	for {
		k, err := r.s.Next()
		if err != nil {
			return err
		}
		switch k {
		case xmlscan.End:
			if r.s.Depth() < depth {
				return nil
			}
		case xmlscan.Start:
			switch string(r.s.Name()) {
			case "row":
				err = r.startRow()
			case "c":
				err = r.readCell()
			}
			if err != nil {
				return err
			}
		}
	}
}

func (r *sheetReader) startRow() error {
	r.row++
	r.column = -1
	hidden := false
	for _, a := range r.s.Attrs() {
		switch string(a.Name) {
		case "r":
			if n, ok := digits(a.Value); ok && n >= 1 && n <= grid.MaxRows {
				r.row = n - 1
			} else {
				r.badRefs++
			}
		case "hidden":
			hidden = truth(a.Value)
		}
	}
	if hidden {
		return r.tolerate(r.g.HideRow(r.row))
	}
	return nil
}

// digits reads a small unsigned integer.
func digits(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<24 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}

// parseRef reads "C7", $ allowed, as row 6, column 2.
func parseRef(b []byte) (row, column int, ok bool) {
	i := 0
	for ; i < len(b); i++ {
		c := b[i] &^ 0x20
		if b[i] == '$' {
			continue
		}
		if c < 'A' || c > 'Z' {
			break
		}
		if column = column*26 + int(c-'A') + 1; column > grid.MaxColumns {
			return 0, 0, false
		}
	}
	row, ok = digits(b[i:])
	return row - 1, column - 1, ok && row >= 1 && row <= grid.MaxRows && column >= 1
}

// parseRange reads "A1:C7" or "A1".
func parseRange(b []byte) (sheet.Range, bool) {
	first, last := b, b
	for i, c := range b {
		if c == ':' {
			first, last = b[:i], b[i+1:]
			break
		}
	}
	r0, c0, ok0 := parseRef(first)
	r1, c1, ok1 := parseRef(last)
	return sheet.Range{Row0: min(r0, r1), Col0: min(c0, c1), Row1: max(r0, r1), Col1: max(c0, c1)}, ok0 && ok1
}
