package ooxml

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/schemas"
)

// reader is one workbook being read.
type reader struct {
	*parts
	styles  []grid.Style // by index of cellXfs
	strings []string
}

type sheetEntry struct {
	name, id string
	hidden   bool
}

// Read fills w from the bytes of a package.
func Read(b []byte, w *grid.Workbook) error {
	p, err := openParts(b, w)
	if err != nil {
		return err
	}
	r := &reader{parts: p}
	main, err := r.mainPart()
	if err != nil {
		return err
	}
	sheets, err := r.readWorkbook(main)
	if err != nil {
		return err
	}
	rels, err := r.relations(main)
	if err != nil {
		return err
	}
	byID := map[string]relation{}
	for _, l := range rels {
		byID[l.id] = l
		switch l.kind {
		case "styles":
			err = r.readStyles(l.target)
		case "sharedStrings":
			err = r.readStrings(l.target)
		}
		if err != nil {
			return err
		}
	}
	for _, e := range sheets {
		if err := r.readEntry(e, byID); err != nil {
			return err
		}
	}
	if w.Part() == 0 {
		return ErrNoSheets
	}
	return nil
}

// mainPart finds the workbook's own part.
func (r *reader) mainPart() (string, error) {
	rels, err := r.relations("")
	if err != nil {
		return "", err
	}
	for _, l := range rels {
		if l.kind == "officeDocument" && r.has(l.target) {
			if strings.HasSuffix(l.target, ".bin") {
				return "", ErrBinary
			}
			return l.target, nil
		}
	}
	switch {
	case r.has("xl/workbook.bin"):
		return "", ErrBinary
	case r.has("xl/workbook.xml"):
		return "xl/workbook.xml", nil
	case r.has("[Content_Types].xml"):
		return "", fmt.Errorf("%w: no workbook part", ErrBroken)
	}
	return "", ErrOther
}

// readWorkbook reads the list of sheets and the date system.
func (r *reader) readWorkbook(name string) ([]sheetEntry, error) {
	var out []sheetEntry
	root := ""
	err := r.each(name, func(s *xmlscan.Scanner) error {
		switch string(s.Name()) {
		case "workbookPr":
			r.w.Date1904 = truth(s.Attr("date1904"))
		case "sheet":
			if len(out) < 10_000 {
				state := string(s.Attr("state"))
				out = append(out, sheetEntry{string(s.Attr("name")), string(s.Attr("id")), state == "hidden" || state == "veryHidden"})
			}
		}
		if s.Depth() == 1 {
			root = string(s.Name())
		}
		return nil
	})
	if err == nil && root != "workbook" {
		err = fmt.Errorf("%w: main part holds <%.40s>", ErrOther, root)
	}
	return out, err
}

// truth reads an XML boolean.
func truth(b []byte) bool { return string(b) == "1" || string(b) == "true" || string(b) == "on" }

// readEntry reads one sheet of the list. Sheets that hold no cells (charts, dialogs, macros) are left out.
func (r *reader) readEntry(e sheetEntry, byID map[string]relation) error {
	l, ok := byID[e.id]
	if ok && l.kind != "worksheet" {
		return nil
	}
	g := r.w.New(e.name)
	g.Sheet.Hidden = e.hidden
	part := r.w.Part()
	defer r.w.AddSheet(g)
	if !ok || !r.has(l.target) {
		r.w.Issue(part, e.name, -1, 0, schemas.IssueUnreadable, "sheet %q: its part is missing from the file", e.name)
		return nil
	}
	err := r.readSheet(l.target, g, part)
	if err == nil {
		return nil
	}
	code := schemas.IssueUnreadable
	switch {
	case errors.Is(err, grid.ErrLimit), errors.Is(err, xmlscan.ErrLimit):
		code = schemas.IssueLimit
	case errors.Is(err, xmlscan.ErrTruncated), errors.Is(err, xmlscan.ErrSyntax), errors.Is(err, io.ErrUnexpectedEOF):
		code = schemas.IssueTruncated
	}
	r.w.Issue(part, e.name, -1, 0, code, "sheet %q could be read in part only: %v", e.name, err)
	return nil
}
