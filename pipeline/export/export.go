// Package export owns the ways out of a release: files for other programs.
package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"
)

// Rows is the answer to a question; the release's reader gives it. Values are nil, bool, int64, float64, string,
// schemas.Decimal, schemas.Date, time.Time, or []any of them.
type Rows interface {
	Columns() []string
	Next() bool
	Values() ([]any, error)
	Err() error
	Close() error
}

// Query asks the release a question in SQL.
type Query func(ctx context.Context, sql string) (Rows, error)

// Format is one way out.
type Format string

// The formats.
const (
	Parquet Format = "parquet" // observations, a folder an indicator and year (codes, never Chinese names)
	Arrow   Format = "arrow"   // observations, one Arrow IPC file
	CSV     Format = "csv"     // tables for Excel (UTF-8 with BOM), with a Frictionless datapackage.json
	XLSX    Format = "xlsx"    // a panel: one sheet an indicator, regions by periods
	SDMX    Format = "sdmx"    // SDMX-CSV 2.0 with its structure as SDMX-JSON 2.0
)

// Formats lists all formats.
func Formats() []Format { return []Format{Parquet, Arrow, CSV, XLSX, SDMX} }

// Options say what to write where.
type Options struct {
	Dir     string // made; must not be there yet
	Formats []Format
	Release string    // name of the release, written into the files that describe it
	Content string    // its content hash
	Made    time.Time // when the release was made
}

// File is one file written.
type File struct {
	Path   string // relative to Options.Dir
	Rows   int64  // of data, 0 where that says nothing
	Bytes  int64
	SHA256 string
}

// ErrThere says that the folder to write is there already, ErrFormat that a format is none.
var (
	ErrThere  = errors.New("the folder is there already")
	ErrFormat = errors.New("no such format")
)

// Write writes the formats into a folder, which appears under its name when all is written. The same release gives
// the same bytes, .xlsx included. Files come back sorted by path.
func Write(ctx context.Context, q Query, o Options) ([]File, error) {
	if _, err := os.Lstat(o.Dir); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("export to %s: %w", o.Dir, ErrThere)
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(o.Dir)), 0o755); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(filepath.Clean(o.Dir)), ".export-")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	defer os.RemoveAll(tmp)
	e := exporter{query: q, options: o, dir: tmp}
	for _, f := range o.Formats {
		write, ok := map[Format]func(context.Context) error{Parquet: e.parquet, Arrow: e.arrow, CSV: e.csv, XLSX: e.xlsx, SDMX: e.sdmx}[f]
		if !ok {
			return nil, fmt.Errorf("export: %w: %q, want some of %q", ErrFormat, f, Formats())
		}
		if err := write(ctx); err != nil {
			return nil, fmt.Errorf("export %s: %w", f, err)
		}
	}
	if err := errors.Join(os.Chmod(tmp, 0o755), os.Rename(tmp, o.Dir)); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	sort.Slice(e.files, func(i, j int) bool { return e.files[i].Path < e.files[j].Path })
	return e.files, nil
}

type exporter struct {
	query   Query
	options Options
	dir     string
	files   []File
}

// each asks a question and hands on every row.
func (e *exporter) each(ctx context.Context, sql string, use func([]any) error) error {
	rows, err := e.query(ctx, sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := rows.Values()
		if err != nil {
			return err
		}
		if err := use(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

// output is one file being written; its digest is taken on the way.
type output struct {
	*bufio.Writer
	file *os.File
	sum  hash.Hash
	path string
	n    int64
}

func (e *exporter) create(path string) (*output, error) {
	full := filepath.Join(e.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(full)
	if err != nil {
		return nil, err
	}
	o := &output{file: f, sum: sha256.New(), path: path}
	o.Writer = bufio.NewWriterSize(io.MultiWriter(f, o.sum, count{&o.n}), 1<<16)
	return o, nil
}

type count struct{ n *int64 }

func (c count) Write(b []byte) (int, error) {
	*c.n += int64(len(b))
	return len(b), nil
}

// done closes the file and lists it.
func (e *exporter) done(o *output, rows int64) (File, error) {
	if err := errors.Join(o.Flush(), o.file.Sync(), o.file.Close()); err != nil {
		return File{}, err
	}
	f := File{o.path, rows, o.n, hex.EncodeToString(o.sum.Sum(nil))}
	e.files = append(e.files, f)
	return f, nil
}

// write writes a whole file at once.
func (e *exporter) write(path string, b []byte, rows int64) (File, error) {
	o, err := e.create(path)
	if err != nil {
		return File{}, err
	}
	_, err = o.Write(b)
	f, end := e.done(o, rows)
	return f, errors.Join(err, end)
}
