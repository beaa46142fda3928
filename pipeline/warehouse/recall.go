package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"heshu/schemas"
)

// Revised is a figure that a resubmission changed.
type Revised struct {
	Old, New schemas.Decimal
	NewID    schemas.ObservationID
}

// Revised lists the figures that resubmissions changed, the latest change of each, by id.
func (w *Warehouse) Revised(ctx context.Context) ([]Revised, error) { return revised(ctx, w.beside) }

// Revised lists the same of a release.
func (r *Reader) Revised(ctx context.Context) ([]Revised, error) { return revised(ctx, r.db) }

func revised(ctx context.Context, db *sql.DB) ([]Revised, error) {
	// The last revision of a figure is by the return that came last, whichever night wrote it down (a rebuild is one night); of several that came
	// at once one is as good as another, as long as it is the same every time.
	rows, err := db.QueryContext(ctx, `WITH line AS (SELECT s.series, lag(s.document_id) OVER (PARTITION BY s.series ORDER BY s.number) AS old_document_id, s.document_id AS new_document_id, s.received_at
			FROM submission s JOIN document d USING (document_id)
			WHERE d.status = 'read' AND d.figures > 0 AND s.series IN (SELECT series FROM revision)),
		came AS (SELECT series, old_document_id, new_document_id, max(received_at) AS since FROM line GROUP BY ALL)
		SELECT new_obs_id, arg_max(old_value, last)::VARCHAR, arg_max(new_value, last)::VARCHAR
		FROM (SELECT *, row(coalesce(since, recorded_at), series, old_document_id, old_obs_id) AS last FROM revision LEFT JOIN came USING (series, old_document_id, new_document_id))
		WHERE action = 'R' AND reason = 'resubmitted' AND new_obs_id IS NOT NULL AND old_value IS NOT NULL AND new_value IS NOT NULL GROUP BY new_obs_id ORDER BY new_obs_id`)
	if err != nil {
		return nil, fmt.Errorf("read revisions: %w", err)
	}
	defer rows.Close()
	var list []Revised
	for rows.Next() {
		var x Revised
		var before, after string
		if err := rows.Scan(&x.NewID, &before, &after); err != nil {
			return nil, fmt.Errorf("read revisions: %w", err)
		}
		p := parser{}
		x.Old, x.New = p.decimal(before), p.decimal(after)
		if p.err != nil {
			return nil, fmt.Errorf("revision of %s: %w", x.NewID, p.err)
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

func idSet(ctx context.Context, db asker, query string, args ...any) (map[string]bool, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read ids: %w", err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read ids: %w", err)
		}
		out[id] = true
	}
	return out, rows.Err()
}

// Ask puts an office's own question to the build file. It can change nothing: the transaction is read-only.
func (w *Warehouse) Ask(ctx context.Context, query string) (names []string, values [][]any, err error) {
	if !w.views { // few offices ask: the build file has no views until one does
		if err := execAll(ctx, w.db, temporary(statements(viewsSQL))...); err != nil {
			return nil, nil, err
		}
		w.views = true
	}
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("query: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `BEGIN TRANSACTION READ ONLY`); err != nil {
		return nil, nil, fmt.Errorf("query: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`) // nothing was written
	found, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, nil, fmt.Errorf("query: %w", err)
	}
	rows, err := newRows(found)
	if err != nil {
		return nil, nil, errors.Join(err, found.Close())
	}
	return all(rows)
}

// Ask puts a question to a release.
func (r *Reader) Ask(ctx context.Context, query string) (names []string, values [][]any, err error) {
	rows, err := r.Query(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	return all(rows)
}

// all reads an answer to its end.
func all(rows *Rows) (names []string, values [][]any, err error) {
	defer rows.Close()
	for rows.Next() {
		v, err := rows.Values()
		if err != nil {
			return nil, nil, err
		}
		values = append(values, v)
	}
	return rows.Columns(), values, rows.Err()
}

// LastRun is the run that a release was made by.
func (r *Reader) LastRun(ctx context.Context) (string, error) {
	var id sql.NullString
	if err := r.db.QueryRowContext(ctx, `SELECT arg_max(run_id, started_at) FROM run`).Scan(&id); err != nil {
		return "", fmt.Errorf("read runs: %w", err)
	}
	return id.String, nil
}
