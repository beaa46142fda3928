// Package ooxml owns the reading of .xlsx and .xlsm workbooks.
package ooxml

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/schemas"
)

// Errors of packages that are no workbook or not a whole one.
var (
	ErrNoSheets = errors.New("workbook has no worksheets")
	ErrBroken   = errors.New("workbook is damaged")
	ErrBinary   = errors.New(".xlsb workbooks are not supported: save as .xlsx")
	ErrOther    = errors.New("zip archive without a workbook")
)

// parts are the files of a package, by lower-case name with slashes and without a leading one.
type parts struct {
	files map[string]*zip.File
	w     *grid.Workbook
}

func openParts(b []byte, w *grid.Workbook) (*parts, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	p := &parts{map[string]*zip.File{}, w}
	for _, f := range z.File {
		n := partName(f.Name)
		if _, twice := p.files[n]; twice {
			w.Issue(-1, "", -1, 0, schemas.IssueConflict, "two parts named %q in the file; the first was read", n)
			continue
		}
		p.files[n] = f
	}
	return p, nil
}

// partName folds what producers do to names: backslashes, a leading slash, other case.
func partName(n string) string {
	return strings.ToLower(strings.TrimLeft(path.Clean("/"+strings.ReplaceAll(n, `\`, "/")), "/"))
}

func (p *parts) has(name string) bool { return p.files[partName(name)] != nil }

// open returns a scanner of a part.
func (p *parts) open(name string) (*xmlscan.Scanner, io.Closer, error) {
	f := p.files[partName(name)]
	if f == nil {
		return nil, nil, fmt.Errorf("%w: part %s is missing", ErrBroken, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("%w: part %s: %w", ErrBroken, name, err)
	}
	return xmlscan.New(&limited{r, p.w}), r, nil
}

// each calls f on every element that starts in a part; f may read on or skip.
func (p *parts) each(name string, f func(*xmlscan.Scanner) error) error {
	s, c, err := p.open(name)
	if err != nil {
		return err
	}
	defer c.Close()
	for {
		k, err := s.Next()
		if err == io.EOF {
			return nil
		}
		if err == nil && k == xmlscan.Start {
			err = f(s)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}

// limited counts the bytes of all parts against the workbook's limit.
type limited struct {
	r io.Reader
	w *grid.Workbook
}

func (l *limited) Read(b []byte) (int, error) {
	if l.w.Inflate <= 0 {
		return 0, grid.ErrLimit
	}
	n, err := l.r.Read(b[:min(int64(len(b)), l.w.Inflate)])
	l.w.Inflate -= int64(n)
	return n, err
}

// relation is what one part says of another.
type relation struct{ id, kind, target string }

// relations returns the relations of a part, targets as part names; none if the list is missing.
func (p *parts) relations(of string) ([]relation, error) {
	dir, file := path.Split(of)
	name := dir + "_rels/" + file + ".rels"
	if !p.has(name) {
		return nil, nil
	}
	var out []relation
	err := p.each(name, func(s *xmlscan.Scanner) error {
		if string(s.Name()) != "Relationship" || string(s.Attr("TargetMode")) == "External" {
			return nil
		}
		t := strings.ReplaceAll(string(s.Attr("Target")), `\`, "/")
		if !strings.HasPrefix(t, "/") {
			t = dir + t
		}
		if len(out) < 100_000 {
			out = append(out, relation{string(s.Attr("Id")), path.Base(string(s.Attr("Type"))), partName(t)})
		}
		return nil
	})
	return out, err
}
