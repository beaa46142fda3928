// Package pack owns the parts of zip packages: finding them by name and reading their XML within limits.
package pack

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

// ErrBroken says that a package cannot be opened or lacks a part that it needs.
var ErrBroken = errors.New("package")

// Package is the files of a zip archive, by lower-case name with slashes and without a leading one.
type Package struct {
	files map[string]*zip.File
	w     *grid.Workbook
}

// Open reads the directory of a zip archive; of two parts with one name the first counts.
func Open(b []byte, w *grid.Workbook) (*Package, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	p := &Package{map[string]*zip.File{}, w}
	for _, f := range z.File {
		n := Name(f.Name)
		if _, twice := p.files[n]; twice {
			w.Issue(-1, "", -1, 0, schemas.IssueConflict, "two parts named %q in the file; the first was read", n)
			continue
		}
		p.files[n] = f
	}
	return p, nil
}

// Name folds what producers do to names: backslashes, a leading slash, other case.
func Name(n string) string {
	return strings.ToLower(strings.TrimLeft(path.Clean("/"+strings.ReplaceAll(n, `\`, "/")), "/"))
}

// Has reports whether there is such a part.
func (p *Package) Has(name string) bool { return p.files[Name(name)] != nil }

// Scan returns a scanner of a part.
func (p *Package) Scan(name string) (*xmlscan.Scanner, io.Closer, error) {
	f := p.files[Name(name)]
	if f == nil {
		return nil, nil, fmt.Errorf("%w: part %s is missing", ErrBroken, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("%w: part %s: %w", ErrBroken, name, err)
	}
	return xmlscan.New(&limited{r, p.w}), r, nil
}

// Each calls f on every element that starts in a part; f may read on or skip.
func (p *Package) Each(name string, f func(*xmlscan.Scanner) error) error {
	s, c, err := p.Scan(name)
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
