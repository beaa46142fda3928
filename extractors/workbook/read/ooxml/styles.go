package ooxml

import (
	"bytes"
	"strconv"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/numfmt"
	"heshu/extractors/workbook/read/xmlscan"
)

// readStyles reads which number format and which indentation each cell style has.
func (r *reader) readStyles(name string) error {
	if !r.Has(name) {
		return nil
	}
	codes := map[int]string{}
	var ids []int
	var indents []uint8
	inside := ""
	err := r.Each(name, func(s *xmlscan.Scanner) error {
		if s.Depth() == 2 {
			inside = string(s.Name())
		}
		switch n := string(s.Name()); {
		case n == "numFmt" && inside == "numFmts":
			if id, err := strconv.Atoi(string(s.Attr("numFmtId"))); err == nil {
				codes[id] = string(s.Attr("formatCode"))
			}
		case n == "xf" && inside == "cellXfs" && len(ids) < 1<<16:
			id, err := strconv.Atoi(string(s.Attr("numFmtId")))
			if err != nil {
				id = 0
			}
			ids, indents = append(ids, id), append(indents, 0)
		case n == "alignment" && inside == "cellXfs" && len(indents) > 0:
			if h := string(s.Attr("horizontal")); h == "" || h == "left" || h == "general" {
				n, _ := strconv.ParseUint(string(s.Attr("indent")), 10, 8)
				indents[len(indents)-1] = uint8(min(n, 15))
			}
		}
		return nil
	})
	for i, id := range ids {
		code, ok := codes[id]
		if !ok {
			code = numfmt.Builtin(id)
		}
		style := r.w.Formats.Add(code)
		style.Indent = indents[i]
		r.styles = append(r.styles, style)
	}
	return err
}

func (r *reader) style(index int) grid.Style {
	if index >= 0 && index < len(r.styles) {
		return r.styles[index]
	}
	return r.w.Formats.General()
}

// readStrings reads the shared strings: runs joined, phonetic guides left out.
func (r *reader) readStrings(name string) error {
	if !r.Has(name) {
		return nil
	}
	var buf []byte
	keep := grid.New("", &r.w.Budget)
	return r.Each(name, func(s *xmlscan.Scanner) error {
		if string(s.Name()) != "si" {
			return nil
		}
		var err error
		if buf, err = richText(s, buf[:0]); err != nil {
			return err
		}
		if err := r.w.Budget.Take(1, 0); err != nil {
			return err
		}
		t, err := keep.String(buf)
		r.strings = append(r.strings, t)
		return err
	})
}

// richText appends the texts of the element that just started, up to its end.
func richText(s *xmlscan.Scanner, dst []byte) ([]byte, error) {
	depth := s.Depth()
	inText := false
	from := len(dst)
	for {
		k, err := s.Next()
		if err != nil {
			return dst, err
		}
		switch {
		case k == xmlscan.Start && string(s.Name()) == "rPh":
			if err := s.Skip(); err != nil {
				return dst, err
			}
		case k == xmlscan.Start:
			inText = string(s.Name()) == "t"
		case k == xmlscan.Text && inText:
			dst = append(dst, s.Text()...)
		case k == xmlscan.End && s.Depth() < depth:
			return append(dst[:from], plain(dst[from:])...), nil
		case k == xmlscan.End:
			inText = false
		}
	}
}

// plain undoes _xHHHH_ escapes, makes line ends \n and bytes that are no UTF-8 visible as U+FFFD.
func plain(b []byte) []byte {
	if bytes.Contains(b, []byte("_x")) {
		b = unescape(b)
	}
	if bytes.IndexByte(b, '\r') >= 0 {
		b = grid.LineEnds(b)
	}
	return bytes.ToValidUTF8(b, []byte("\uFFFD"))
}

func unescape(b []byte) []byte {
	var out []byte
	for {
		i := bytes.Index(b, []byte("_x"))
		if i < 0 {
			return append(out, b...)
		}
		if i+7 <= len(b) && b[i+6] == '_' {
			if n, err := strconv.ParseUint(string(b[i+2:i+6]), 16, 16); err == nil {
				out = append(append(out, b[:i]...), string(rune(n))...)
				b = b[i+7:]
				continue
			}
		}
		out = append(out, b[:i+2]...)
		b = b[i+2:]
	}
}
