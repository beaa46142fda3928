package warehouse

import (
	"context"
	"fmt"

	"heshu/schemas"
)

// Revised is a figure that a resubmission changed.
type Revised struct {
	Old, New schemas.Decimal
	NewID    schemas.ObservationID
}

// Revised lists the figures that resubmissions changed, the latest change of each, by id.
func (w *Warehouse) Revised(ctx context.Context) ([]Revised, error) {
	rows, err := w.db.QueryContext(ctx, `SELECT new_obs_id, arg_max(old_value, recorded_at)::VARCHAR, arg_max(new_value, recorded_at)::VARCHAR FROM revision
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

// EverPassed lists the findings that held at some time: agree, rounding, consistent, explained.
func (w *Warehouse) EverPassed(ctx context.Context) (map[string]bool, error) {
	rows, err := w.db.QueryContext(ctx, `SELECT DISTINCT finding_id FROM finding WHERE outcome IN ('agree', 'rounding', 'consistent', 'explained')`)
	if err != nil {
		return nil, fmt.Errorf("read earlier findings: %w", err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read earlier findings: %w", err)
		}
		out[id] = true
	}
	return out, rows.Err()
}

// Ask puts an office's own question to the build file. It can change nothing: the transaction is read-only.
func (w *Warehouse) Ask(ctx context.Context, query string) (names []string, values [][]any, err error) {
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
	defer found.Close()
	rows, err := newRows(found)
	if err != nil {
		return nil, nil, err
	}
	for rows.Next() {
		v, err := rows.Values()
		if err != nil {
			return nil, nil, err
		}
		values = append(values, v)
	}
	return rows.Columns(), values, rows.Err()
}
