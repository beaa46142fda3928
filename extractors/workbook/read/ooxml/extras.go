package ooxml

import (
	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/xmlscan"
)

// readExtras reads what hangs on a sheet: comments, and how many pictures lie on it.
func (r *reader) readExtras(name string, g *grid.Builder) error {
	rels, err := r.relations(name)
	if err != nil {
		return err
	}
	for _, l := range rels {
		switch {
		case !r.Has(l.target):
		case l.kind == "comments":
			err = r.readComments(l.target, g)
		case l.kind == "drawing":
			err = r.Each(l.target, func(s *xmlscan.Scanner) error {
				if string(s.Name()) == "pic" {
					g.Sheet.Pictures++
				}
				return nil
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) readComments(name string, g *grid.Builder) error {
	var buf []byte
	return r.Each(name, func(s *xmlscan.Scanner) error {
		if string(s.Name()) != "comment" {
			return nil
		}
		row, column, ok := parseRef(s.Attr("ref"))
		if !ok {
			return nil
		}
		var err error
		if buf, err = richText(s, buf[:0]); err != nil {
			return err
		}
		return g.Comment(row, column, string(buf))
	})
}
