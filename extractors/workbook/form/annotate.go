package form

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"heshu/extractors/workbook"
	"heshu/extractors/workbook/read"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// author is whose name the comments carry.
const author = "核数"

// colours of the marked cells, by severity.
var colours = map[schemas.Severity]string{schemas.Mandatory: "FFC7CE", schemas.Verify: "FFEB9C", schemas.Hint: "DDEBF7"}

// Annotate returns a copy of the workbook as .xlsx in which every problem's cell is coloured and carries a comment. No value is
// changed. A workbook of another format is written anew, with its values, merged ranges and sheet names. Lang is "zh" or "en".
func Annotate(doc schemas.Document, o read.Options, problems []workbook.Problem, lang string) ([]byte, error) {
	f, err := open(doc, o)
	if err != nil {
		return nil, fmt.Errorf("annotate %s: %w", doc.Name, err)
	}
	defer f.Close()
	var order []string
	byCell := map[string][]workbook.Problem{}
	for _, p := range problems {
		c, ok := p.Locator.(schemas.Cell)
		if !ok {
			c = schemas.Cell{Sheet: f.GetSheetName(f.GetActiveSheetIndex()), Row: 1, Column: 1}
		}
		key := c.String()
		if byCell[key] == nil {
			order = append(order, key)
		}
		byCell[key] = append(byCell[key], p)
	}
	for _, key := range order {
		l, err := schemas.ParseLocator(key)
		if err != nil {
			return nil, err
		}
		if err := mark(f, l.(schemas.Cell), byCell[key], lang); err != nil {
			return nil, fmt.Errorf("annotate %s: %s: %w", doc.Name, key, err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("annotate %s: write: %w", doc.Name, err)
	}
	return b.Bytes(), nil
}

// open opens an .xlsx as it is, and any other format through the cell model.
func open(doc schemas.Document, o read.Options) (*excelize.File, error) {
	if f, err := excelize.OpenReader(bytes.NewReader(doc.Bytes), excelize.Options{Password: o.Password}); err == nil {
		return f, nil
	}
	book, _, err := read.Open(doc.Bytes, o)
	if err != nil {
		return nil, err
	}
	f := excelize.NewFile()
	for i, s := range book.Sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err == nil {
			err = copySheet(f, book, s)
		}
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return f, nil
}

func copySheet(f *excelize.File, book *sheet.Book, s *sheet.Sheet) error {
	styles := map[uint16]int{}
	for r, row := range s.Rows {
		for c := range row {
			x := &row[c]
			if x.Kind == sheet.Empty {
				continue
			}
			name := cell(c+1, r+1)
			if err := setCell(f, s.Name, name, x); err != nil {
				return err
			}
			if x.Kind != sheet.Number && x.Kind != sheet.Date || int(x.Format) >= len(book.Formats) {
				continue
			}
			id, ok := styles[x.Format]
			if !ok {
				format := book.Formats[x.Format]
				var err error
				if id, err = f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
					id = 0 // a format that only the old program knows
				}
				styles[x.Format] = id
			}
			if err := f.SetCellStyle(s.Name, name, name, id); err != nil {
				return err
			}
		}
	}
	for _, m := range s.Merges {
		if err := f.MergeCell(s.Name, cell(m.Col0+1, m.Row0+1), cell(m.Col1+1, m.Row1+1)); err != nil {
			return err
		}
	}
	if s.Hidden {
		return f.SetSheetVisible(s.Name, false)
	}
	return nil
}

func setCell(f *excelize.File, name, at string, x *sheet.Cell) error {
	switch x.Kind {
	case sheet.Number, sheet.Date:
		if v, err := strconv.ParseFloat(x.Raw, 64); err == nil {
			return f.SetCellValue(name, at, v)
		}
	case sheet.Bool:
		return f.SetCellBool(name, at, x.Text == "TRUE")
	}
	return f.SetCellStr(name, at, x.Text)
}

// mark colours a cell and comments on it, keeping an earlier comment's words.
func mark(f *excelize.File, c schemas.Cell, problems []workbook.Problem, lang string) error {
	at := cell(c.Column, c.Row)
	id, err := f.GetCellStyle(c.Sheet, at)
	if err != nil {
		return err
	}
	style, err := f.GetStyle(id)
	if err != nil {
		return err
	}
	worst := schemas.Severity(0)
	text := ""
	for _, p := range problems {
		worst = max(worst, p.Severity)
		text += Line(p, lang) + "\n"
	}
	style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[worst]}}
	marked, err := f.NewStyle(style)
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(c.Sheet, at, at, marked); err != nil {
		return err
	}
	comments, err := f.GetComments(c.Sheet)
	if err != nil {
		return err
	}
	for _, old := range comments {
		if old.Cell == at {
			text += old.Text
			if err := f.DeleteComment(c.Sheet, at); err != nil {
				return err
			}
		}
	}
	return f.AddComment(c.Sheet, excelize.Comment{Cell: at, Author: author, Text: text, Width: 260, Height: 90})
}

var severities = map[string]map[schemas.Severity]string{
	"zh": {schemas.Mandatory: "强制", schemas.Verify: "核实", schemas.Hint: "提示"},
	"en": {schemas.Mandatory: "mandatory", schemas.Verify: "verify", schemas.Hint: "hint"},
}

// Line says a problem in one line of a language, "zh" or "en", without its place.
func Line(p workbook.Problem, lang string) string {
	if lang == "en" {
		s := "[" + severities["en"][p.Severity] + "] "
		if p.Found != "" {
			s += strconv.Quote(p.Found) + ": "
		}
		return s + "expected " + p.WantEn
	}
	s := "【" + severities["zh"][p.Severity] + "】"
	if p.Found != "" {
		s += "现为“" + p.Found + "”，"
	}
	return s + p.WantZh
}
