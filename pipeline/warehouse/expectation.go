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
	touched []string          // else the documents touched tonight
	share   *big.Int          // and what they add to the content's sum
}

// expectation asks the build file. It is closed after that.
func (w *Warehouse) expectation(ctx context.Context) (want expectation, err error) {
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
		if ids, err = touchedIDs(ctx, w.db); err == nil {
			want.touched = sortedNames(ids)
			want.share, err = sum(ctx, w.db, `SELECT sum(sum) FROM share WHERE kind = '`+documentShare+`' AND owner IN (FROM touched)`)
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
	within, ids := "", []any{}
	if !want.full { // an id is of document and place: only documents touched tonight can say one twice
		within, ids = ` AND document_id IN (SELECT unnest($ids))`, []any{sql.Named("ids", want.touched)}
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
	if err := reader.db.QueryRowContext(ctx, `SELECT count(*) - count(DISTINCT obs_id) FROM observation WHERE superseded_at IS NULL`+within, ids...).Scan(&twice); err != nil {
		return err
	}
	if twice != 0 {
		return fmt.Errorf("%d observation ids are current twice", twice)
	}
	return nil
}

// checkContent holds what the file says against the build file: all of it, or what it says of the documents touched.
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
	if len(want.touched) == 0 {
		return nil
	}
	got, err := reader.sumRows(ctx, documentShare, "owner IN (SELECT unnest($ids))", sql.Named("ids", want.touched))
	if err == nil && got.Cmp(want.share) != 0 {
		err = fmt.Errorf("what the file says of the %d documents touched is not what the build file says", len(want.touched))
	}
	return err
}
