package ooxml

import (
	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// cell is what the element of one cell said.
type cell struct {
	kind             string // the attribute t
	style            int
	value, formula   []byte
	hasValue, formed bool
	inline           bool
}

// readCell reads <c>, from its attributes to its end.
func (r *sheetReader) readCell() error {
	c := &r.cell
	*c = cell{value: c.value[:0], formula: c.formula[:0], kind: "n"}
	r.column++
	for _, a := range r.s.Attrs() {
		switch string(a.Name) {
		case "r":
			row, column, ok := parseRef(a.Value)
			if !ok {
				r.badRefs++
				continue
			}
			r.row, r.column = row, column
		case "t":
			c.kind = cellKind(a.Value)
		case "s":
			c.style, _ = digits(a.Value) // 0, the default style, if it is no number
		}
	}
	if err := r.cellContent(); err != nil {
		return err
	}
	saved := c.hasValue || c.kind == "str" // <c t="str"><f>…</f><v></v></c>: an empty text
	if c.formed && (!saved || len(c.value) > 0) {
		if err := r.tolerate(r.g.Formula(r.row, r.column, string(c.formula))); err != nil {
			return err
		}
	}
	if !c.hasValue {
		return nil
	}
	return r.tolerate(r.store())
}

// cellKind returns the attribute t as a string without allocating.
func cellKind(b []byte) string {
	switch string(b) {
	case "s":
		return "s"
	case "n":
		return "n"
	case "str":
		return "str"
	case "inlineStr":
		return "inlineStr"
	case "b":
		return "b"
	case "e":
		return "e"
	case "d":
		return "d"
	}
	return "?"
}

// cellContent reads the children of <c>: v, f, is.
func (r *sheetReader) cellContent() error {
	c, depth := &r.cell, r.s.Depth()
	into := (*[]byte)(nil)
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
			into = nil
		case xmlscan.Text:
			if into != nil {
				*into = append(*into, r.s.Text()...)
				c.hasValue = c.hasValue || into == &c.value
			}
		case xmlscan.Start:
			switch string(r.s.Name()) {
			case "v":
				into = &c.value
			case "f":
				into, c.formed = &c.formula, true
			case "is":
				if c.value, err = richText(r.s, c.value[:0]); err != nil {
					return err
				}
				c.hasValue, c.inline = true, true
			}
		}
	}
}

// store puts the cell into the sheet.
func (r *sheetReader) store() error {
	c, f := &r.cell, r.style(r.cell.style)
	switch c.kind {
	case "n":
		if c.inline {
			break
		}
		if v, ok := parseNumber(c.value); ok {
			return r.g.Number(r.row, r.column, v, f, r.w.Date1904)
		}
	case "s":
		if i, ok := digits(trim(c.value)); ok && i < len(r.strings) {
			return r.g.Text(r.row, r.column, r.strings[i], f)
		}
		r.w.Issue(r.part, r.g.Sheet.Name, r.row, r.column, schemas.IssueUnreadable, "text number %q is not in the file", c.value)
		return nil
	case "b":
		t := "FALSE"
		if truth(trim(c.value)) {
			t = "TRUE"
		}
		return r.g.Plain(r.row, r.column, sheet.Bool, t, f)
	case "e":
		t, err := r.g.String(plain(trim(c.value)))
		if err != nil {
			return err
		}
		return r.g.Plain(r.row, r.column, sheet.Error, t, f)
	case "d":
		if v, ok := grid.ParseDate(string(trim(c.value)), r.w.Date1904); ok {
			return r.g.Number(r.row, r.column, v, f, r.w.Date1904)
		}
	}
	if !c.inline {
		c.value = plain(c.value)
	}
	t, err := r.g.String(c.value)
	if err != nil {
		return err
	}
	return r.g.Text(r.row, r.column, t, f)
}

func trim(b []byte) []byte {
	for len(b) > 0 && b[0] <= ' ' {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// parseNumber reads a stored number; one out of range is none.
func parseNumber(b []byte) (float64, bool) {
	b = trim(b)
	if len(b) <= 15 && len(b) > 0 { // most numbers are short integers
		n, i, neg := 0, 0, b[0] == '-'
		if neg {
			i++
		}
		for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
			n = n*10 + int(b[i]-'0')
		}
		if i == len(b) && (b[i-1] != '-') {
			if neg {
				n = -n
			}
			return float64(n), true
		}
	}
	return grid.ParseFloat(string(b))
}
