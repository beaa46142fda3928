package warehouse

import (
	"context"
	"fmt"
	"time"
)

// Run is one run of the program. Its id is part of file names.
type Run struct {
	ID             string
	Started        time.Time // UTC, microseconds
	ProgramVersion string
	CodeVersion    string // version of the reading code: other code reads documents anew
	RulesVersion   string // of the audit rules, for the release's manifest; "" if nobody says
}

// NewRun names a run by the moment it starts.
func NewRun(now time.Time, programVersion, codeVersion string) Run {
	now = now.UTC().Truncate(time.Microsecond)
	id := now.Format("20060102T150405") + fmt.Sprintf("%06d", now.Nanosecond()/1000) + "Z"
	return Run{ID: id, Started: now, ProgramVersion: programVersion, CodeVersion: codeVersion}
}

// now is the moment it started, as SQL: when everything that it writes is recorded.
func (r Run) now() string {
	return "TIMESTAMP " + quote(r.Started.Format("2006-01-02 15:04:05.999999"))
}

// Counts is what a load or a run did.
type Counts struct {
	Documents    int64 // read
	Observations int64 // rows added
	Superseded   int64 // rows replaced or withdrawn
	Deleted      int64 // of them withdrawn: nothing took their place
	Findings     int64 // findings added or changed
}

// Nothing reports whether nothing at all was done.
func (c Counts) Nothing() bool { return c == Counts{} }

// Add returns the sum of both.
func (c Counts) Add(d Counts) Counts {
	return Counts{c.Documents + d.Documents, c.Observations + d.Observations, c.Superseded + d.Superseded, c.Deleted + d.Deleted, c.Findings + d.Findings}
}

// recordRun writes the run's row with the first thing it does and adds up what follows, in the same transaction as
// the thing itself: no row of any table names a run that is not there.
func recordRun(ctx context.Context, tx session, r Run, c Counts) error {
	res, err := tx.ExecContext(ctx, `UPDATE run SET documents = documents + ?, observations = observations + ?, superseded = superseded + ?,
		deleted = deleted + ? WHERE run_id = ?`, c.Documents, c.Observations, c.Superseded, c.Deleted, r.ID)
	if err != nil {
		return fmt.Errorf("record run: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO run VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?)`, r.ID, r.Started, r.ProgramVersion, r.CodeVersion,
		c.Documents, c.Observations, c.Superseded, c.Deleted)
	if err != nil {
		return fmt.Errorf("record run: %w", err)
	}
	return nil
}
