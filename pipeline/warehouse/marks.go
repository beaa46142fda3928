package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// The marks that a night leaves for the next one.
const (
	markFull  = "full pass"   // when everything was last worked out anew
	markFrom  = "worked with" // what that was worked out with
	markSaid  = "decided"     // the decisions that the findings heed
	markViews = "views"       // the digest of the views that the build file has
	markTable = "given "      // with the name of a table: the digest of the rows it was given
)

// fullEvery is how long a warehouse goes without working everything out anew.
const fullEvery = 7 * 24 * time.Hour

// Full reports whether the run works everything out anew, and Plan decides it: findings, the content's hash, the best values
// and the order of the rows. Else only what the documents of tonight touch is worked out, with the same result. A new build
// file is always worked out in full.
func (w *Warehouse) Full() bool { return w.full }

// Plan decides whether the run works everything out anew: it has not been done for a week, or not with these rules,
// reference data and program, whose fingerprint is with; or it is asked for.
func (w *Warehouse) Plan(ctx context.Context, r Run, with string, asked bool) error {
	w.with = with
	before, err := w.mark(ctx, markFrom)
	if err != nil {
		return err
	}
	when, err := w.mark(ctx, markFull)
	if err != nil {
		return err
	}
	last, _ := time.Parse(time.RFC3339, when) // a time that cannot be read is long ago
	w.full = w.full || asked || before != with || r.Started.Sub(last) >= fullEvery
	if w.full {
		return nil
	}
	script := []string{`SET disabled_compression_methods = 'fsst,dict_fsst,zstd'`} // of a few rows they save nothing, and take half the time of writing them
	if w.config.Threads == 0 {
		script = append(script, `SET threads = 1`) // many small questions: what several threads tell each other costs more than they save
	}
	return execAll(ctx, w.db, script...)
}

// noteFull writes down that everything was worked out anew.
func (w *Warehouse) noteFull(ctx context.Context, tx session, r Run) error {
	w.dirty = true
	if err := w.setMark(ctx, tx, markFull, r.Started.Format(time.RFC3339)); err != nil {
		return err
	}
	if err := w.refreshViews(ctx, tx); err != nil {
		return err
	}
	return w.setMark(ctx, tx, markFrom, w.with)
}

// Heed notes the name of the file of decisions that the findings heed. It alone makes nothing new.
func (w *Warehouse) Heed(ctx context.Context, file string) error {
	return w.inTx(ctx, func(tx session) error { return w.setMark(ctx, tx, markSaid, file) })
}

// Heeds names the file of decisions that the findings heed, "" for none.
func (w *Warehouse) Heeds(ctx context.Context) (string, error) { return w.mark(ctx, markSaid) }

// mark returns a note of an earlier night, "" for none.
func (w *Warehouse) mark(ctx context.Context, name string) (string, error) {
	return readMark(ctx, w.db, name)
}

func readMark(ctx context.Context, db asker, name string) (string, error) {
	var value string
	err := db.QueryRowContext(ctx, `SELECT value FROM mark WHERE name = ?`, name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read mark %s: %w", name, err)
	}
	return value, nil
}

func (w *Warehouse) setMark(ctx context.Context, tx session, name, value string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM mark WHERE name = ?`, name); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO mark VALUES (?, ?)`, name, value)
	return err
}
