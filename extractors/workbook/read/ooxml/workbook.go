// Package ooxml owns the reading of .xlsx and .xlsm workbooks.
package ooxml

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/pack"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/schemas"
)

// Errors of packages that are no workbook or not a whole one.
var (
	ErrNoSheets = errors.New("workbook has no worksheets")
	ErrBinary   = errors.New(".xlsb workbooks cannot be read: save as .xlsx")
	ErrOther    = errors.New("zip archive without a workbook")
)

// reader is one workbook being read.
type reader struct {
	*pack.Package
	w       *grid.Workbook
	styles  []grid.Style // by index of cellXfs
	strings []string
}

type sheetEntry struct {
	name, id string
	hidden   bool
}

// Read fills w from the bytes of a package.
func Read(b []byte, w *grid.Workbook) error {
	p, err := pack.Open(b, w)
	if err != nil {
		return err
	}
	r := &reader{Package: p, w: w}
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
	if rels == nil {
		rels = r.conventional(main, sheets)
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
	found := false
	for _, e := range sheets {
		l, ok := byID[e.id]
		if ok && l.kind != "worksheet" {
			continue // charts, dialogs and macros hold no cells
		}
		found = found || ok && r.Has(l.target)
		r.readEntry(e, l.target)
	}
	if !found {
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
		if l.kind == "officeDocument" && r.Has(l.target) {
			if strings.HasSuffix(l.target, ".bin") {
				return "", ErrBinary
			}
			return l.target, nil
		}
	}
	switch {
	case r.Has("xl/workbook.bin"):
		return "", ErrBinary
	case r.Has("xl/workbook.xml"):
		return "xl/workbook.xml", nil
	case r.Has("[Content_Types].xml"):
		return "", fmt.Errorf("%w: no workbook part", pack.ErrBroken)
	}
	return "", ErrOther
}

// readWorkbook reads the list of sheets and the date system.
func (r *reader) readWorkbook(name string) ([]sheetEntry, error) {
	var out []sheetEntry
	root := ""
	err := r.Each(name, func(s *xmlscan.Scanner) error {
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

// conventional gives the parts the names that all producers use, for a workbook whose list of parts is missing.
func (r *reader) conventional(main string, sheets []sheetEntry) []relation {
	dir := path.Dir(main)
	out := []relation{{"", "styles", path.Join(dir, "styles.xml")}, {"", "sharedStrings", path.Join(dir, "sharedStrings.xml")}}
	for i, e := range sheets {
		if name := path.Join(dir, "worksheets", fmt.Sprintf("sheet%d.xml", i+1)); r.Has(name) {
			out = append(out, relation{e.id, "worksheet", name})
			r.w.Issue(-1, "", -1, 0, schemas.IssueUnreadable, "the list of parts is missing; sheet %q was taken to be %s", e.name, name)
		}
	}
	return out
}

// readEntry reads one sheet of the list; what breaks in it is an issue, and what was read before stays.
func (r *reader) readEntry(e sheetEntry, target string) {
	g := r.w.New(e.name)
	g.Sheet.Hidden = e.hidden
	part := r.w.Part()
	defer r.w.AddSheet(g)
	if target == "" || !r.Has(target) {
		r.w.Issue(part, e.name, -1, 0, schemas.IssueUnreadable, "sheet %q: its part is missing from the file", e.name)
		return
	}
	err := r.readSheet(target, g, part)
	if err == nil {
		return
	}
	code := schemas.IssueUnreadable
	switch {
	case errors.Is(err, grid.ErrLimit), errors.Is(err, xmlscan.ErrLimit):
		code = schemas.IssueLimit
	case errors.Is(err, xmlscan.ErrTruncated), errors.Is(err, xmlscan.ErrSyntax), errors.Is(err, io.ErrUnexpectedEOF):
		code = schemas.IssueTruncated
	}
	r.w.Issue(part, e.name, -1, 0, code, "sheet %q could be read in part only: %v", e.name, err)
}
