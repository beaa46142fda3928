package ods

import (
	"strconv"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/numfmt"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/extractors/workbook/sheet"
)

// value is what the attributes of a cell say.
type value struct{ kind, calc, number, date, time, truth, text string }

// cell reads <table-cell>: its value from the attributes, its displayed text from the paragraphs.
func (r *reader) cell(row, column int) (sheet.Cell, error) {
	v := value{
		kind: string(r.s.Attr("value-type")), number: string(r.s.Attr("value")), date: string(r.s.Attr("date-value")),
		time: string(r.s.Attr("time-value")), truth: string(r.s.Attr("boolean-value")), text: string(r.s.Attr("string-value")),
	}
	for _, a := range r.s.Attrs() { // calcext:value-type comes behind office:value-type and says "error" of what is there a string
		if string(a.Name) == "value-type" {
			v.calc = string(a.Value)
		}
	}
	across, down := r.count("number-columns-spanned"), r.count("number-rows-spanned")
	if across+down > 2 {
		if err := r.g.Merge(sheet.Range{Row0: row, Col0: column, Row1: row + down - 1, Col1: column + across - 1}); err != nil {
			return sheet.Cell{}, err
		}
	}
	if f := r.s.Attr("formula"); f != nil {
		if err := r.g.Formula(row, column, string(f)); err != nil {
			return sheet.Cell{}, err
		}
	}
	if err := r.paragraphs(row, column); err != nil {
		return sheet.Cell{}, err
	}
	c, err := r.value(v)
	if c.Kind == sheet.Empty && v.kind == "string" {
		r.g.EmptyText(row, column)
	}
	return c, err
}

// paragraphs gathers the displayed text; a comment is kept apart.
func (r *reader) paragraphs(row, column int) error {
	r.text = r.text[:0]
	note, from, any := 0, 0, false // depth and start of a comment's text; whether a paragraph was there
	paragraph := 0                 // its depth: white space between elements is no text
	for depth := r.s.Depth(); ; {
		k, err := r.s.Next()
		if err != nil {
			return err
		}
		switch name := string(r.s.Name()); {
		case k == xmlscan.Text:
			if paragraph > 0 {
				r.text = append(r.text, r.s.Text()...)
			}
		case k == xmlscan.End && r.s.Depth() < depth:
			r.text = grid.LineEnds(r.text)
			return nil
		case k == xmlscan.End && note > 0 && r.s.Depth() < note:
			if err := r.g.Comment(row, column, string(r.text[from:])); err != nil {
				return err
			}
			r.text, note, any = r.text[:from], 0, from > 0
		case k == xmlscan.End:
			if r.s.Depth() < paragraph {
				paragraph = 0
			}
		case name == "annotation":
			note, from, any = r.s.Depth(), len(r.text), false
		case note > 0 && (name == "creator" || name == "date" || name == "date-string" || name == "creator-initials"),
			name == "ruby-text", name == "table":
			err = r.s.Skip()
		case name == "p":
			if any {
				r.text = append(r.text, '\n')
			}
			any, paragraph = true, r.s.Depth()
		case name == "s":
			for range min(max(r.count("c"), 1), 1024) {
				r.text = append(r.text, ' ')
			}
		case name == "tab":
			r.text = append(r.text, '\t')
		case name == "line-break":
			r.text = append(r.text, '\n')
		case name == "image":
			r.g.Sheet.Pictures++
		}
		if err != nil {
			return err
		}
	}
}

func (r *reader) value(v value) (sheet.Cell, error) {
	shown, err := r.g.String(r.text)
	if err != nil {
		return sheet.Cell{}, err
	}
	c := sheet.Cell{Kind: sheet.Text, Raw: shown, Text: shown}
	switch v.kind {
	case "float", "percentage", "currency":
		if f, ok := grid.ParseFloat(v.number); ok {
			return r.number(sheet.Number, f, shown)
		}
	case "date":
		if f, ok := grid.ParseDate(v.date, r.w.Date1904); ok {
			return r.number(sheet.Date, f, shown)
		}
	case "time":
		if f, ok := duration(v.time); ok {
			return r.number(sheet.Date, f, shown)
		}
	case "boolean":
		c.Kind, c.Raw = sheet.Bool, "FALSE"
		if v.truth == "true" {
			c.Raw = "TRUE"
		}
		if c.Text == "" {
			c.Text = c.Raw
		}
		return c, nil
	case "string":
		if v.calc == "error" {
			c.Kind = sheet.Error
		}
		if shown == "" && v.text != "" {
			if c.Text, err = r.g.String([]byte(v.text)); err != nil {
				return c, err
			}
			c.Raw = c.Text
		}
	}
	if c.Text == "" {
		return sheet.Cell{}, nil
	}
	return c, nil
}

func (r *reader) number(k sheet.Kind, f float64, shown string) (sheet.Cell, error) {
	raw, err := r.g.String(numfmt.Raw(nil, f))
	if shown == "" {
		shown = raw
	}
	return sheet.Cell{Kind: k, Raw: raw, Text: shown}, err
}

// duration reads PT12H30M15S as a part of a day.
func duration(t string) (float64, bool) {
	if len(t) < 3 || t[:2] != "PT" {
		return 0, false
	}
	total, from := 0.0, 2
	for i := 2; i < len(t); i++ {
		unit := map[byte]float64{'H': 3600, 'M': 60, 'S': 1}[t[i]]
		if unit == 0 {
			continue
		}
		n, err := strconv.ParseFloat(t[from:i], 64)
		if err != nil {
			return 0, false
		}
		total, from = total+n*unit, i+1
	}
	return total / 86400, from == len(t)
}
