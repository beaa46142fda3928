package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"heshu/schemas"
)

// Decision is what a person said about a finding. It was given for the values that stood then and lapses when one of
// them changes.
type Decision struct {
	ID      string // filled in: hash of the rest
	Finding string
	Verdict string // explained, rejected; or replied: what the unit answered, nothing is decided
	Reason  string
	Name    string
	Day     schemas.Date
	Left    schemas.Decimal
	Right   schemas.Decimal
}

// id is the hash of all that was said: the same words twice are one decision.
func (d Decision) id() string {
	h := sha256.New()
	for _, s := range []string{d.Finding, d.Verdict, d.Reason, d.Name, d.Day.String(), d.Left.String(), d.Right.String()} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// PutDecisions adds decisions; those that are there already stay as they are. Reason, name and day are all needed.
func (w *Warehouse) PutDecisions(ctx context.Context, r Run, list []Decision) error {
	err := w.inTx(ctx, func(tx session) error {
		l := loader{tx: tx, run: r}
		for _, d := range list {
			if d.Finding == "" || d.Verdict == "" || d.Reason == "" || d.Name == "" || d.Day.IsZero() {
				return fmt.Errorf("finding %q: %w", d.Finding, errIncomplete)
			}
			q := fmt.Sprintf(`INSERT INTO decision SELECT %s, %s, %s, %s, %s, DATE %s, %s, %s, $run, $now WHERE NOT EXISTS (FROM decision WHERE decision_id = %[1]s)`,
				quote(d.id()), quote(text(d.Finding)), quote(text(d.Verdict)), quote(text(d.Reason)), quote(text(d.Name)), quote(d.Day.String()),
				decimalSQL(d.Left), decimalSQL(d.Right))
			n, err := l.exec(ctx, q)
			if err != nil {
				return err
			}
			if n > 0 {
				w.renew("decision")
				if err := recordRun(ctx, tx, r, Counts{}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store decisions: %w", err)
	}
	return nil
}

var errIncomplete = errors.New("a decision needs a verdict, a reason, a name and a day")

func decimalSQL(d schemas.Decimal) string {
	if !d.IsSet() {
		return "NULL"
	}
	return quote(d.String())
}

// Decisions lists all decisions by finding, the latest of a finding last.
func (w *Warehouse) Decisions(ctx context.Context) ([]Decision, error) { return decisions(ctx, w.db) }

// Decisions lists the same of a release.
func (r *Reader) Decisions(ctx context.Context) ([]Decision, error) { return decisions(ctx, r.db) }

func decisions(ctx context.Context, db *sql.DB) ([]Decision, error) {
	rows, err := db.QueryContext(ctx, `SELECT decision_id, finding_id, verdict, reason, name, decided_on::VARCHAR, coalesce(left_value::VARCHAR, ''),
		coalesce(right_value::VARCHAR, '') FROM decision ORDER BY finding_id, decided_on, recorded_at, decision_id`)
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	defer rows.Close()
	var list []Decision
	for rows.Next() {
		var d Decision
		var day, left, right string
		if err := rows.Scan(&d.ID, &d.Finding, &d.Verdict, &d.Reason, &d.Name, &day, &left, &right); err != nil {
			return nil, fmt.Errorf("read decisions: %w", err)
		}
		p := parser{}
		d.Day, d.Left, d.Right = p.day(day), p.decimal(left), p.decimal(right)
		if p.err != nil {
			return nil, fmt.Errorf("decision %s: %w", d.ID, p.err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
