// Package xml2003 owns the reading of SpreadsheetML 2003, the XML that reporting systems name .xls.
package xml2003

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"heshu/extractors/workbook/read/charset"
	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// ErrNoSheets says that the document holds no worksheet.
var ErrNoSheets = errors.New("workbook has no worksheets")

// reader is one document being read.
type reader struct {
	w       *grid.Workbook
	s       *xmlscan.Scanner
	g       *grid.Builder
	styles  map[string]grid.Style
	parents map[string]string
	badRefs int

	row, column int // of the next ones
	buf         []byte
}

// Read fills w from the bytes of a document.
func Read(b []byte, w *grid.Workbook) error {
	text, name, bad := charset.Decode(b, encoding(b))
	if bad > 0 {
		w.Issue(-1, "", -1, 0, schemas.IssueCharset, "%d characters are no text in %s", bad, name)
	}
	r := &reader{w: w, s: xmlscan.New(strings.NewReader(text)), styles: map[string]grid.Style{}, parents: map[string]string{}}
	err := r.document()
	if r.g != nil {
		r.endSheet() // cut in the middle of a sheet
	}
	if w.Part() == 0 {
		if err == nil {
			err = ErrNoSheets
		}
		return err
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

// encoding returns what <?xml … encoding="gb2312"?> declares.
func encoding(b []byte) string {
	head := string(b[:min(len(b), 200)])
	_, after, ok := strings.Cut(head, "encoding=")
	if !ok || len(after) < 2 {
		return ""
	}
	v, _, _ := strings.Cut(after[1:], after[:1])
	return v
}

func (r *reader) document() error {
	for {
		k, err := r.s.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case k == xmlscan.Start:
			err = r.start(string(r.s.Name()))
		case k == xmlscan.End && string(r.s.Name()) == "Worksheet" && r.g != nil:
			r.endSheet()
		}
		if errors.Is(err, grid.ErrAddress) {
			r.badRefs++
		} else if err != nil {
			return err
		}
	}
}

func (r *reader) endSheet() {
	if r.badRefs > 0 {
		r.w.Issue(r.w.Part(), r.g.Sheet.Name, -1, 0, schemas.IssueUnreadable, "%d cells or ranges without a valid address", r.badRefs)
	}
	r.w.AddSheet(r.g)
	r.g, r.badRefs = nil, 0
}

func (r *reader) start(name string) error {
	switch name {
	case "Style":
		return r.style()
	case "Worksheet":
		if r.g != nil {
			r.endSheet()
		}
		r.g = r.w.New(string(r.s.Attr("Name")))
		r.row, r.column = 0, 0
	}
	if r.g == nil {
		return nil
	}
	switch name {
	case "Table":
		r.row, r.column = 0, 0
	case "Column":
		return r.columnElement()
	case "Row":
		return r.rowElement()
	case "Cell":
		return r.cell()
	case "Visible":
		t, err := r.text()
		r.g.Sheet.Hidden = strings.HasPrefix(string(t), "SheetHidden") || string(t) == "SheetVeryHidden"
		return err
	}
	return nil
}

// style reads the number format and the indentation of a style, its own or its parent's.
func (r *reader) style() error {
	id := string(r.s.Attr("ID"))
	code, found, indent := "", false, uint8(0)
	if s, ok := r.styles[string(r.s.Attr("Parent"))]; ok {
		code, found, indent = s.Format.Code(), true, s.Indent
	}
	for depth := r.s.Depth(); ; {
		k, err := r.s.Next()
		if err != nil {
			return err
		}
		if k == xmlscan.Start && string(r.s.Name()) == "NumberFormat" {
			code, found = formatCode(string(r.s.Attr("Format"))), true
		}
		if k == xmlscan.Start && string(r.s.Name()) == "Alignment" {
			n, _ := strconv.ParseUint(string(r.s.Attr("Indent")), 10, 8)
			indent, found = uint8(min(n, 15)), true
		}
		if k == xmlscan.End && r.s.Depth() < depth {
			break
		}
	}
	if found {
		style := r.w.Formats.Add(code)
		style.Indent = indent
		r.styles[id] = style
	}
	return nil
}

var named = map[string]string{
	"General Number": "General", "General Date": "yyyy/m/d h:mm", "Long Date": `yyyy"年"m"月"d"日"`, "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d",
	"Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Currency": `"¥"#,##0.00`, "Euro Currency": `"€"#,##0.00`,
	"Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00", "Yes/No": `"Yes";"Yes";"No"`, "True/False": `"True";"True";"False"`, "On/Off": `"On";"On";"Off"`,
}

func formatCode(f string) string {
	if c, ok := named[f]; ok {
		return c
	}
	return f
}

// index returns the number in an attribute, at least 1, or fallback.
func (r *reader) index(attr string, fallback int) int {
	if n, err := strconv.Atoi(string(r.s.Attr(attr))); err == nil && n >= 1 {
		return min(n, 1<<24)
	}
	return fallback
}

func (r *reader) columnElement() error {
	first := r.index("Index", r.column+1) - 1
	last := first + r.index("Span", 0)
	r.column = last + 1
	if string(r.s.Attr("Hidden")) == "1" {
		return r.g.HideColumns(first, last)
	}
	return nil
}

func (r *reader) rowElement() error {
	first := r.index("Index", r.row+1) - 1
	last := first + r.index("Span", 0)
	hidden := string(r.s.Attr("Hidden")) == "1"
	r.row, r.column = last+1, 0
	for i := first; hidden && i <= last; i++ {
		if err := r.g.HideRow(i); err != nil {
			return err
		}
	}
	return nil
}

// cell reads <Cell> with its data and comment.
func (r *reader) cell() error {
	row := max(r.row-1, 0)
	column := r.index("Index", r.column+1) - 1
	across, down := r.index("MergeAcross", 0), r.index("MergeDown", 0)
	r.column = column + across + 1
	style, ok := r.styles[string(r.s.Attr("StyleID"))]
	if !ok {
		style = r.w.Formats.General()
	}
	if across+down > 0 {
		if err := r.g.Merge(sheet.Range{Row0: row, Col0: column, Row1: row + down, Col1: column + across}); err != nil {
			return err
		}
	}
	if f := r.s.Attr("Formula"); f != nil {
		if err := r.g.Formula(row, column, strings.TrimPrefix(string(f), "=")); err != nil {
			return err
		}
	}
	inComment := false
	for depth := r.s.Depth(); ; {
		k, err := r.s.Next()
		if err != nil {
			return err
		}
		switch {
		case k == xmlscan.Start && string(r.s.Name()) == "Comment":
			inComment = true
		case k == xmlscan.Start && string(r.s.Name()) == "Data" && inComment:
			t, err := r.text()
			if err == nil {
				err = r.g.Comment(row, column, string(t))
			}
			if err != nil {
				return err
			}
		case k == xmlscan.Start && string(r.s.Name()) == "Data":
			if err := r.data(row, column, style); err != nil {
				return err
			}
		case k == xmlscan.End && string(r.s.Name()) == "Comment":
			inComment = false
		case k == xmlscan.End && r.s.Depth() < depth:
			return nil
		}
	}
}

// text returns all text of the element that just started.
func (r *reader) text() ([]byte, error) {
	r.buf = r.buf[:0]
	for depth := r.s.Depth(); ; {
		k, err := r.s.Next()
		if err != nil {
			return nil, err
		}
		if k == xmlscan.Text {
			r.buf = append(r.buf, r.s.Text()...)
		}
		if k == xmlscan.End && r.s.Depth() < depth {
			return grid.LineEnds(r.buf), nil
		}
	}
}

func (r *reader) data(row, column int, f grid.Style) error {
	kind := string(r.s.Attr("Type"))
	b, err := r.text()
	if err != nil {
		return err
	}
	trimmed := strings.TrimSpace(string(b))
	switch kind {
	case "Number":
		if v, ok := grid.ParseFloat(trimmed); ok {
			return r.g.Number(row, column, v, f, r.w.Date1904)
		}
	case "DateTime":
		if v, ok := grid.ParseDate(trimmed, r.w.Date1904); ok {
			return r.g.Number(row, column, v, f, r.w.Date1904)
		}
	case "Boolean":
		t := "FALSE"
		if trimmed == "1" || strings.EqualFold(trimmed, "true") {
			t = "TRUE"
		}
		return r.g.Plain(row, column, sheet.Bool, t, f)
	case "Error":
		return r.g.Plain(row, column, sheet.Error, trimmed, f)
	}
	if len(b) == 0 {
		r.g.EmptyText(row, column)
	}
	t, err := r.g.String(b)
	if err != nil {
		return err
	}
	return r.g.Text(row, column, t, f)
}
