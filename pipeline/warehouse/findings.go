package warehouse

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"heshu/schemas"
	"heshu/schemas/layout"
)

// findingChunk is how many findings are turned into values at once.
const findingChunk = 8192

func bulkFindings(tx session, r Run, list []schemas.Finding) error {
	rows := make([][]driver.Value, len(list))
	for i, f := range list {
		values, err := findingRow(f, r)
		if err != nil {
			return fmt.Errorf("finding %s: %w", f.ID, err)
		}
		rows[i] = values
	}
	return tx.bulk("s_finding", rows)
}

// PutFindings makes these the current findings. One that is as it was stays; one that changed or is no longer there is
// closed and kept. It returns how many came in or changed.
func (w *Warehouse) PutFindings(ctx context.Context, r Run, list []schemas.Finding) (int64, error) {
	var changed int64
	err := w.inTx(ctx, func(tx session) error {
		cols := layout.Names(mustTable("finding").HandoverColumns())
		same := "row(f." + strings.Join(cols, ", f.") + ") IS NOT DISTINCT FROM row(s." + strings.Join(cols, ", s.") + ")"
		if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_finding AS FROM finding LIMIT 0`); err != nil {
			return err
		}
		for start := 0; start < len(list); start += findingChunk { // as values they take several times the room
			if err := bulkFindings(tx, r, list[start:min(start+findingChunk, len(list))]); err != nil {
				return err
			}
		}
		l := loader{tx: tx, run: r}
		closed, err := l.exec(ctx, `UPDATE finding f SET superseded_at = $now WHERE superseded_at IS NULL AND NOT EXISTS
			(FROM s_finding s WHERE s.finding_id = f.finding_id AND `+same+`)`)
		if err != nil {
			return err
		}
		added, err := l.exec(ctx, `INSERT INTO finding SELECT s.* FROM s_finding s WHERE NOT EXISTS
			(FROM finding f WHERE f.finding_id = s.finding_id AND f.superseded_at IS NULL)`)
		if err != nil {
			return err
		}
		if _, err := l.exec(ctx, `INSERT INTO touched_finding SELECT finding_id FROM finding WHERE superseded_at = $now OR recorded_at = $now`); err != nil {
			return err
		}
		if changed = max(closed, added); changed > 0 {
			w.dirty = true
			if err := recordRun(ctx, tx, r, Counts{}); err != nil {
				return err
			}
		}
		return execAll(ctx, tx, `DROP TABLE s_finding`)
	})
	if err != nil {
		return 0, fmt.Errorf("store findings: %w", err)
	}
	return changed, nil
}

func findingRow(f schemas.Finding, r Run) ([]driver.Value, error) {
	var numbers []driver.Value
	for _, d := range []schemas.Decimal{f.Left, f.Right, f.Imbalance, f.Tolerance} {
		v, err := decimalValue(d)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, v)
	}
	inputs := make([]string, len(f.Inputs))
	for i, id := range f.Inputs {
		inputs[i] = string(id)
	}
	row := []driver.Value{f.ID, f.Rule, int32(f.RuleVersion), f.Severity.String(), f.Outcome.String(), null(f.Unit), null(string(f.Region)),
		null(string(f.Indicator)), null(f.Period.Kind.String()), dayValue(f.Period.Start), dayValue(f.Period.End)}
	row = append(row, numbers...)
	return append(row, null(f.Basis), clean(f.Missing), clean(inputs), null(f.Diagnosis), clean(f.Others), text(f.MessageZh), text(f.MessageEn),
		null(f.ActionZh), null(f.ActionEn), r.ID, r.Started, nil), nil
}

// decimalValue is the number as the appender takes it; one that does not fit the column is an error.
func decimalValue(d schemas.Decimal) (driver.Value, error) {
	if !d.IsSet() {
		return nil, nil
	}
	n, err := scaled(d)
	if err != nil {
		return nil, err
	}
	return duckdb.Decimal{Width: layout.DecimalPrecision, Scale: layout.DecimalScale, Value: n}, nil
}

func dayValue(d schemas.Date) driver.Value {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}

// text mends what DuckDB would turn into NULL in silence.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

func null(s string) driver.Value {
	if s == "" {
		return nil
	}
	return text(s)
}

func clean(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}
