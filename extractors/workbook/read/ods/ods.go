// Package ods owns the reading of OpenDocument spreadsheets.
package ods

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/pack"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// Errors of packages that cannot be read.
var (
	ErrEncrypted = errors.New("spreadsheet is encrypted")
	ErrNoSheets  = errors.New("spreadsheet has no sheets")
)

const content = "content.xml"

// reader is one document being read.
type reader struct {
	w      *grid.Workbook
	s      *xmlscan.Scanner
	g      *grid.Builder
	hidden map[string]bool // table styles that do not show

	row, column int // of the next ones
	badRefs     int
	text        []byte
}

// Read fills w from the bytes of a package.
func Read(b []byte, w *grid.Workbook) error {
	p, err := pack.Open(b, w)
	if err != nil {
		return err
	}
	if p.Has("META-INF/manifest.xml") {
		err := p.Each("META-INF/manifest.xml", func(s *xmlscan.Scanner) error {
			if string(s.Name()) == "encryption-data" {
				return ErrEncrypted
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	s, c, err := p.Scan(content)
	if err != nil {
		return err
	}
	defer c.Close()
	r := &reader{w: w, s: s, hidden: map[string]bool{}}
	err = r.document()
	if r.g != nil {
		r.endSheet()
	}
	if w.Part() == 0 {
		if err == nil {
			err = ErrNoSheets
		}
		return fmt.Errorf("%s: %w", content, err)
	}
	if err != nil {
		code := schemas.IssueTruncated
		if errors.Is(err, grid.ErrLimit) || errors.Is(err, xmlscan.ErrLimit) {
			code = schemas.IssueLimit
		}
		w.Issue(w.Part()-1, "", -1, 0, code, "read in part only: %v", err)
	}
	return nil
}

func (r *reader) document() error {
	style := ""
	for {
		k, err := r.s.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		name := string(r.s.Name())
		switch {
		case k == xmlscan.Start && name == "style":
			style = string(r.s.Attr("name"))
		case k == xmlscan.Start && name == "table-properties":
			if string(r.s.Attr("display")) == "false" {
				r.hidden[style] = true
			}
		case k == xmlscan.Start && name == "table" && r.g == nil:
			r.g = r.w.New(string(r.s.Attr("name")))
			r.g.Sheet.Hidden = r.hidden[string(r.s.Attr("style-name"))]
			r.row, r.column = 0, 0
			err = r.table()
			r.endSheet()
		case k == xmlscan.Start && name == "tracked-changes":
			err = r.s.Skip() // tables of what was there before
		}
		if err != nil {
			return err
		}
	}
}

func (r *reader) endSheet() {
	if r.badRefs > 0 {
		r.w.Issue(r.w.Part(), r.g.Sheet.Name, -1, 0, schemas.IssueUnreadable, "%d cells outside of any sheet", r.badRefs)
	}
	r.w.AddSheet(r.g)
	r.g, r.badRefs = nil, 0
}

// table reads up to the end of the table that just started.
func (r *reader) table() error {
	for depth := r.s.Depth(); ; {
		k, err := r.s.Next()
		if err != nil {
			return err
		}
		if k == xmlscan.End {
			if r.s.Depth() < depth {
				return nil
			}
			continue
		}
		if k != xmlscan.Start {
			continue
		}
		switch string(r.s.Name()) {
		case "table-column":
			err = r.columns()
		case "table-row":
			err = r.rows()
		case "image":
			r.g.Sheet.Pictures++
		case "table": // inside of a cell or a drawing
			err = r.s.Skip()
		}
		if errors.Is(err, grid.ErrAddress) {
			r.badRefs++
		} else if err != nil {
			return err
		}
	}
}

// count returns the number in an attribute, 1 if there is none.
func (r *reader) count(attr string) int {
	if n, err := strconv.Atoi(string(r.s.Attr(attr))); err == nil && n > 0 {
		return min(n, grid.MaxRows)
	}
	return 1
}

func collapsed(b []byte) bool { return string(b) == "collapse" || string(b) == "filter" }

func (r *reader) columns() error {
	n, hidden := r.count("number-columns-repeated"), collapsed(r.s.Attr("visibility"))
	first := r.column
	r.column += n
	if hidden {
		return r.g.HideColumns(first, min(r.column-1, first+255))
	}
	return nil
}

// rows reads a row, which may stand for many alike.
func (r *reader) rows() error {
	repeated, hidden := r.count("number-rows-repeated"), collapsed(r.s.Attr("visibility"))
	first := r.row
	r.row += repeated
	if hidden {
		for i := first; i < min(r.row, first+1024); i++ {
			if err := r.g.HideRow(i); err != nil {
				return err
			}
		}
	}
	filled, err := r.cells(first)
	if err != nil || !filled {
		return err
	}
	for i := first + 1; i < r.row; i++ {
		for c, v := range r.g.Sheet.Rows[first] {
			if v.Kind == sheet.Empty {
				continue
			}
			if err := r.g.Set(i, c, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// cells reads the cells of a row and reports whether any holds a value.
func (r *reader) cells(row int) (bool, error) {
	filled, column := false, 0
	for depth := r.s.Depth(); ; {
		k, err := r.s.Next()
		if err != nil {
			return filled, err
		}
		if k == xmlscan.End && r.s.Depth() < depth {
			return filled, nil
		}
		if k != xmlscan.Start {
			continue
		}
		switch string(r.s.Name()) {
		case "covered-table-cell":
			column += r.count("number-columns-repeated")
			err = r.s.Skip()
		case "table-cell":
			n := r.count("number-columns-repeated")
			var v sheet.Cell
			if v, err = r.cell(row, column); err == nil && v.Kind != sheet.Empty {
				filled = true
				for i := range n {
					if err = r.g.Set(row, column+i, v); err != nil {
						break
					}
				}
			}
			column += n
		}
		if errors.Is(err, grid.ErrAddress) {
			r.badRefs++
		} else if err != nil {
			return filled, err
		}
	}
}
