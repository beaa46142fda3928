package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/big"
	"path/filepath"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"heshu/schemas"
)

// readers is how many questions one Reader answers at once.
const readers = 4

// Reader answers questions from one release; one that is opened can neither write nor reach any other file.
type Reader struct {
	db      *sql.DB
	returns []Document // what Returns tells, nil: not known yet
}

// OpenRelease opens the release of a run, "" for the current one.
func OpenRelease(ctx context.Context, dir, run string) (*Reader, error) {
	r, err := Find(dir, run)
	if err != nil {
		return nil, err
	}
	return OpenFile(ctx, r.Path())
}

// OpenFile opens a DuckDB file read-only. A link is followed first: moving it later does not move the reader.
func OpenFile(_ context.Context, path string) (*Reader, error) { return openFile(path, nil) }

// OpenBriefly opens a DuckDB file read-only for a few small questions: it uses one thread.
func OpenBriefly(_ context.Context, path string) (*Reader, error) {
	return openFile(path, map[string]string{"threads": "1"})
}

func openFile(path string, settings map[string]string) (*Reader, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, fmt.Errorf("open release: %w", err)
	}
	all := map[string]string{"access_mode": "read_only", "enable_external_access": "false", "lock_configuration": "true"}
	maps.Copy(all, settings)
	db, err := openDB(real, all)
	if err != nil {
		return nil, fmt.Errorf("open release: %w", err)
	}
	db.SetMaxOpenConns(readers)
	return &Reader{db: db}, nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.db.Close() }

// Rows is the answer to a question.
type Rows struct {
	rows  *sql.Rows
	names []string
	types []string
}

// Query asks a question in SQL.
func (r *Reader) Query(ctx context.Context, query string, args ...any) (*Rows, error) {
	rows, err := r.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	return newRows(rows)
}

func newRows(rows *sql.Rows) (*Rows, error) {
	out := &Rows{rows: rows}
	types, err := rows.ColumnTypes()
	if err != nil {
		rows.Close()
		return nil, fmt.Errorf("query: %w", err)
	}
	for _, t := range types {
		out.names, out.types = append(out.names, t.Name()), append(out.types, t.DatabaseTypeName())
	}
	return out, nil
}

// Columns are the names of the answer's columns.
func (r *Rows) Columns() []string { return r.names }

// Types are DuckDB's names of the columns' types.
func (r *Rows) Types() []string { return r.types }

// Next goes to the next row; false is the end or an error, see Err.
func (r *Rows) Next() bool { return r.rows.Next() }

// Err is what ended the rows early, nil if nothing did.
func (r *Rows) Err() error { return r.rows.Err() }

// Close frees the answer.
func (r *Rows) Close() error { return r.rows.Close() }

// Values is the row: nil, bool, int64, float64, string, []byte, schemas.Decimal (exact), schemas.Date, time.Time,
// []any for lists, map[string]any for structs.
func (r *Rows) Values() ([]any, error) {
	values, at := make([]any, len(r.names)), make([]any, len(r.names))
	for i := range values {
		at[i] = &values[i]
	}
	if err := r.rows.Scan(at...); err != nil {
		return nil, fmt.Errorf("read row: %w", err)
	}
	for i, v := range values {
		v, err := plain(v)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", r.names[i], err)
		}
		if t, ok := v.(time.Time); ok && r.types[i] == "DATE" {
			v = schemas.DateOf(t)
		}
		values[i] = v
	}
	return values, nil
}

// plain turns the driver's types into ours.
func plain(v any) (any, error) {
	switch x := v.(type) {
	case duckdb.Decimal:
		return unscaled(x.Value, x.Scale)
	case *big.Int:
		return unscaled(x, 0)
	case int8:
		return int64(x), nil
	case int16:
		return int64(x), nil
	case int32:
		return int64(x), nil
	case uint8:
		return int64(x), nil
	case uint16:
		return int64(x), nil
	case uint32:
		return int64(x), nil
	case float32:
		return float64(x), nil
	case []any:
		return each(x)
	case map[string]any:
		out := map[string]any{}
		for k, e := range x {
			p, err := plain(e)
			if err != nil {
				return nil, err
			}
			out[k] = p
		}
		return out, nil
	}
	return v, nil
}

func each(list []any) ([]any, error) {
	out := make([]any, len(list))
	for i, e := range list {
		p, err := plain(e)
		if err != nil {
			return nil, err
		}
		out[i] = p
	}
	return out, nil
}

// openFindings counts the findings that need somebody, by severity.
func (r *Reader) openFindings(ctx context.Context) (map[string]int64, error) {
	return tally(ctx, r.db, `SELECT severity, count(*) FROM finding_current WHERE outcome IN (`+FailedOutcomes+`) GROUP BY severity`)
}
