package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"strings"

	"golang.org/x/sync/errgroup"

	"heshu/schemas/layout"
)

// expectation is what a release's file must say.
type expectation struct {
	full    bool              // of a full pass: sums are of all rows and columns
	counts  map[string]int64  // rows by table
	sums    map[string]string // of a full pass: what checksum says by table
	written []string          // else the documents of which rows were written tonight
	share   *big.Int          // what they add to the content's sum
	closed  int64             // and how many observations are closed
}

// closedRows are the observations that are closed.
const closedRows = `observation WHERE superseded_at IS NOT NULL`

// expectation asks the build file. It is closed after that.
func (w *Warehouse) expectation(ctx context.Context, r Run) (want expectation, err error) {
	want.full, want.counts, want.sums = w.full, map[string]int64{}, map[string]string{}
	var names []string
	for _, t := range layout.Tables() {
		if t.Group != layout.Private {
			names = append(names, t.Name)
		}
	}
	if w.full {
		for _, name := range names {
			if err := want.note(ctx, w.db, workName+`.main.`+name, name); err != nil {
				return want, err
			}
		}
		return want, nil
	}
	if want.counts, err = countEach(ctx, w.db, names); err != nil {
		return want, err
	}
	tonight := ` WHERE recorded_at = ` + r.now()
	ids, err := idSet(ctx, w.db, `SELECT document_id FROM document`+tonight+` UNION SELECT document_id FROM observation`+tonight)
	if err != nil {
		return want, err
	}
	want.written = sortedNames(ids)
	if want.share, err = sum(ctx, w.db, `SELECT sum(sum) FROM share WHERE kind = '`+documentShare+`' AND owner IN (SELECT unnest($ids))`, sql.Named("ids", want.written)); err == nil {
		want.closed, err = count(ctx, w.db, closedRows)
	}
	return want, err
}

// released counts the rows of a release's tables, without those that stand for a view.
func (want expectation) released() map[string]int64 {
	counts := maps.Clone(want.counts)
	for _, name := range stored {
		delete(counts, name)
	}
	return counts
}

// note asks what all rows of a table say.
func (want expectation) note(ctx context.Context, db asker, table, name string) error {
	n, sum, err := checksum(ctx, db, table)
	want.counts[name], want.sums[name] = n, sum
	return err
}

func count(ctx context.Context, db asker, table string) (n int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM `+table).Scan(&n)
	return n, err
}

// countEach counts the rows of tables, all in one question: on their own they cost as much to understand as to answer.
func countEach(ctx context.Context, db asker, tables []string) (map[string]int64, error) {
	asked := make([]string, len(tables))
	for i, name := range tables {
		asked[i] = `SELECT ` + quote(name) + `, count(*) FROM ` + name
	}
	return tally(ctx, db, strings.Join(asked, ` UNION ALL `))
}

// tally reads counts by name.
func tally(ctx context.Context, db asker, query string) (map[string]int64, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, rows.Err()
}

// checksum tells whether two tables hold the same rows in whatever order: all their columns count, those that tell time or run included.
func checksum(ctx context.Context, db asker, table string) (n int64, sum string, err error) {
	err = db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(h)::VARCHAR || ' ' || bit_xor(h), '') FROM (SELECT hash(*COLUMNS(*)) AS h FROM `+table+`)`).Scan(&n, &sum)
	return n, sum, err
}

// check compares the finished file's counts and content with the build file.
func (want expectation) check(ctx context.Context, path string, rel *Release) (err error) {
	open := OpenBriefly
	if want.full {
		open = OpenFile
	}
	reader, err := open(ctx, path)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return want.checkCounts(ctx, reader) })
	group.Go(func() error { return want.checkContent(ctx, reader) })
	group.Go(func() (err error) {
		if rel.Findings, err = reader.openFindings(ctx); err != nil {
			return err
		}
		return reader.db.QueryRowContext(ctx, `SELECT version()`).Scan(&rel.DuckDB)
	})
	if err := group.Wait(); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return nil
}

func (want expectation) checkCounts(ctx context.Context, reader *Reader) error {
	among, ids := "", []any{}
	if !want.full { // an id is of document and place: only documents written tonight can say one twice
		among, ids = ` AND rowid IN (SELECT rowid FROM observation WHERE document_id IN (SELECT unnest($ids)))`, []any{sql.Named("ids", want.written)}
	}
	names := sortedNames(want.counts)
	got, err := countEach(ctx, reader.db, names)
	if err != nil {
		return err
	}
	for _, name := range names {
		if got[name] != want.counts[name] {
			return fmt.Errorf("%s has %d rows, want %d", name, got[name], want.counts[name])
		}
	}
	var twice int64
	if err := reader.db.QueryRowContext(ctx, `SELECT count(*) - count(DISTINCT obs_id) FROM observation WHERE superseded_at IS NULL`+among, ids...).Scan(&twice); err != nil {
		return err
	}
	if twice != 0 {
		return fmt.Errorf("%d observation ids are current twice", twice)
	}
	return nil
}

// checkContent holds what the file says against the build file: all of it; or what it says of the documents written tonight, and how many
// observations are closed.
func (want expectation) checkContent(ctx context.Context, reader *Reader) error {
	for _, name := range sortedNames(want.sums) {
		_, sum, err := checksum(ctx, reader.db, name)
		if err == nil && sum != want.sums[name] {
			err = fmt.Errorf("%s does not say what the build file says", name)
		}
		if err != nil {
			return err
		}
	}
	if want.full {
		return nil
	}
	if len(want.written) > 0 {
		got, err := reader.sumRows(ctx, documentShare, want.written)
		if err == nil && got.Cmp(want.share) != 0 {
			err = fmt.Errorf("what the file says of the %d documents written tonight is not what the build file says", len(want.written))
		}
		if err != nil {
			return err
		}
	}
	n, err := count(ctx, reader.db, closedRows)
	if err == nil && n != want.closed {
		err = fmt.Errorf("%d observations are closed, want %d", n, want.closed)
	}
	return err
}
