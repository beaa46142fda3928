package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/big"

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
	for _, t := range layout.Tables() {
		if t.Group == layout.Private {
			continue
		}
		if err := want.note(ctx, w.db, workName+`.main.`+t.Name, t.Name); err != nil {
			return want, err
		}
	}
	if !w.full {
		var ids map[string]bool
		tonight := ` WHERE recorded_at = ` + r.now()
		if ids, err = idSet(ctx, w.db, `SELECT document_id FROM document`+tonight+` UNION SELECT document_id FROM observation`+tonight); err != nil {
			return want, err
		}
		want.written = sortedNames(ids)
		if want.share, err = sum(ctx, w.db, `SELECT sum(sum) FROM share WHERE kind = '`+documentShare+`' AND owner IN (SELECT unnest($ids))`, sql.Named("ids", want.written)); err == nil {
			want.closed, err = count(ctx, w.db, closedRows)
		}
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

// note asks what a table says.
func (want expectation) note(ctx context.Context, db asker, table, name string) error {
	if !want.full {
		n, err := count(ctx, db, table)
		want.counts[name] = n
		return err
	}
	n, sum, err := checksum(ctx, db, table)
	want.counts[name], want.sums[name] = n, sum
	return err
}

func count(ctx context.Context, db asker, table string) (n int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM `+table).Scan(&n)
	return n, err
}

// checksum tells whether two tables hold the same rows in whatever order: all their columns count, those that tell time or run included.
func checksum(ctx context.Context, db asker, table string) (n int64, sum string, err error) {
	err = db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(h)::VARCHAR || ' ' || bit_xor(h), '') FROM (SELECT hash(*COLUMNS(*)) AS h FROM `+table+`)`).Scan(&n, &sum)
	return n, sum, err
}

// check compares the finished file's counts and content, as a reader has them, with the build file.
func (want expectation) check(ctx context.Context, reader *Reader, rel *Release) error {
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
	for _, name := range sortedNames(want.counts) {
		n, err := count(ctx, reader.db, name)
		if err != nil {
			return err
		}
		if n != want.counts[name] {
			return fmt.Errorf("%s has %d rows, want %d", name, n, want.counts[name])
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
