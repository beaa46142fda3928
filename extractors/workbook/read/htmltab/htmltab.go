// Package htmltab owns the reading of HTML pages that are named .xls: their tables and the lines between them, as one sheet.
package htmltab

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"heshu/extractors/workbook/read/charset"
	"heshu/extractors/workbook/read/grid"
	"heshu/schemas"
)

// ErrNoTable says that the page holds no table.
var ErrNoTable = errors.New("page without a table")

// defaultName is the sheet's name where the page does not say one.
const defaultName = "Sheet1"

var (
	sheetName = regexp.MustCompile(`<x:Name>([^<>]{1,31})</x:Name>`)
	declared  = regexp.MustCompile(`(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)`)
)

// reader is one page being read.
type reader struct {
	w      *grid.Workbook
	g      *grid.Builder
	z      *html.Tokenizer
	tables []*table // the open ones, innermost last
	found  bool     // a table was there
	row    int      // the next free row of the sheet
	line   text     // what stands outside of tables
	skip   string   // the element whose content does not show, while inside of it
}

// Read fills w from the bytes of a page. Tables and lines stand below each other in the order of the page.
func Read(b []byte, w *grid.Workbook) error {
	said := ""
	if m := declared.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		said = string(m[1])
	}
	page, name, bad := charset.Decode(b, said)
	sheet := defaultName
	if m := sheetName.FindStringSubmatch(page[:min(len(page), 64<<10)]); m != nil {
		sheet = html.UnescapeString(m[1])
	}
	r := &reader{w: w, g: w.New(sheet), z: html.NewTokenizer(strings.NewReader(page))}
	r.z.SetMaxBuf(16 << 20)
	if bad > 0 {
		w.Issue(0, sheet, -1, 0, schemas.IssueCharset, "%d characters are no text in %s", bad, name)
	}
	err := r.page()
	for len(r.tables) > 0 && err == nil {
		w.Issue(0, sheet, -1, 0, schemas.IssueTruncated, "the page ends inside of a table")
		err = r.endTable()
	}
	if err == nil {
		err = r.flushLine()
	}
	if !r.found {
		return ErrNoTable
	}
	if err != nil {
		w.Issue(0, sheet, -1, 0, schemas.IssueLimit, "read in part only: %v", err)
	}
	w.AddSheet(r.g)
	return nil
}

func (r *reader) page() error {
	for {
		switch r.z.Next() {
		case html.ErrorToken:
			if r.z.Err() == io.EOF {
				return nil
			}
			return r.z.Err()
		case html.TextToken:
			if r.skip == "" {
				r.target().add(r.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := r.start(); err != nil {
				return err
			}
		case html.EndTagToken:
			if err := r.end(); err != nil {
				return err
			}
		}
	}
}

// target returns what text goes into: the open cell, else the line outside.
func (r *reader) target() *text {
	if t := r.table(); t != nil && t.open {
		return &t.cell.text
	}
	return &r.line
}

func (r *reader) table() *table {
	if len(r.tables) == 0 {
		return nil
	}
	return r.tables[len(r.tables)-1]
}

func (r *reader) start() error {
	name, more := r.z.TagName()
	tag := atom.Lookup(name)
	if r.skip != "" {
		return nil
	}
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript:
		r.skip = string(name)
	case 0:
		if string(name) == "comment" { // of a cell, as LibreOffice writes it
			r.skip = "comment"
		}
	case atom.Table:
		return r.startTable()
	case atom.Br:
		r.target().newline()
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Caption:
		if t := r.table(); t == nil || !t.open {
			return r.flushLine()
		}
		r.target().newline()
	case atom.Img:
		r.g.Sheet.Pictures++
	}
	t := r.table()
	if t == nil {
		return nil
	}
	switch tag {
	case atom.Tr:
		if err := r.endRow(t); err != nil {
			return err
		}
		t.row, t.inRow, t.column = t.next, true, 0
		t.next++
		if a := attributes(r.z, more); hides(a["style"]) {
			return r.g.HideRow(t.row)
		}
	case atom.Td, atom.Th:
		return r.startCell(t, attributes(r.z, more))
	}
	return nil
}

func (r *reader) end() error {
	name, _ := r.z.TagName()
	tag := atom.Lookup(name)
	if r.skip != "" {
		if string(name) == r.skip {
			r.skip = ""
		}
		return nil
	}
	t := r.table()
	switch {
	case t == nil && (tag == atom.P || tag == atom.Div || tag == atom.Li || tag >= atom.H1 && tag <= atom.H6), tag == atom.Caption:
		return r.flushLine()
	case t == nil:
	case tag == atom.Table:
		return r.endTable()
	case tag == atom.Tr:
		return r.endRow(t)
	case tag == atom.Td || tag == atom.Th:
		return r.endCell(t)
	}
	return nil
}

// attributes reads the attributes that matter, names in lower case.
func attributes(z *html.Tokenizer, more bool) map[string]string {
	out := map[string]string{}
	for more && len(out) < 64 {
		var k, v []byte
		k, v, more = z.TagAttr()
		out[string(bytes.ToLower(k))] = string(v)
	}
	return out
}

// hides reports whether a style keeps an element from showing.
func hides(style string) bool {
	s := strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(s, "display:none") || strings.Contains(s, "mso-hide:all")
}
