package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"heshu/schemas"
)

// failedFinding is a current finding that failed or was explained.
type failedFinding struct {
	span      schemas.FindingSpan
	explained bool
	inputs    []string // ids of observations
}

// failedFindings lists them. A load changes none of them.
func (w *Warehouse) failedFindings(ctx context.Context) ([]failedFinding, error) {
	return findingsWhere(ctx, w.beside, `outcome IN (`+FailedOutcomes+`, 'explained')`)
}

func findingsWhere(ctx context.Context, db asker, where string, args ...any) ([]failedFinding, error) {
	rows, err := db.QueryContext(ctx, `SELECT rule, coalesce(region_code, ''), coalesce(indicator, ''), coalesce(period_end::VARCHAR, ''), outcome = 'explained',
		array_to_string(inputs, ' ') FROM finding WHERE superseded_at IS NULL AND `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read failed findings: %w", err)
	}
	defer rows.Close()
	var list []failedFinding
	for rows.Next() {
		var f failedFinding
		var end, inputs string
		if err := rows.Scan(&f.span.Rule, &f.span.Region, &f.span.Indicator, &end, &f.explained, &inputs); err != nil {
			return nil, fmt.Errorf("read failed findings: %w", err)
		}
		p := parser{}
		f.span.From = p.day(end)
		if f.span.To = f.span.From; p.err != nil {
			return nil, fmt.Errorf("read failed findings: %w", p.err)
		}
		f.inputs = strings.Fields(inputs)
		list = append(list, f)
	}
	return list, rows.Err()
}

// FailedSpans names the current findings that failed. Those always to be looked at again come apart: explained ones, those of the
// given ids, whatever their outcome, and those whose figures were revised.
func (w *Warehouse) FailedSpans(ctx context.Context, ids []string) (always, failed []schemas.FindingSpan, err error) {
	if w.failed == nil {
		w.failed = readAhead(ctx, w.failedFindings)
	}
	list, err := w.failed.wait()
	w.failed = nil
	if err != nil {
		return nil, nil, err
	}
	var figures []string
	for _, f := range list {
		figures = append(figures, f.inputs...)
	}
	revised, err := idSet(ctx, w.beside, `SELECT DISTINCT new_obs_id FROM revision WHERE new_obs_id IN (SELECT unnest($ids))`, sql.Named("ids", figures))
	if err != nil {
		return nil, nil, err
	}
	if len(ids) > 0 {
		named, err := findingsWhere(ctx, w.beside, `finding_id IN (SELECT unnest($ids))`, sql.Named("ids", ids))
		if err != nil {
			return nil, nil, err
		}
		for _, f := range named {
			always = append(always, f.span)
		}
	}
	for _, f := range list {
		again := f.explained
		for _, id := range f.inputs {
			again = again || revised[id]
		}
		if again {
			always = append(always, f.span)
		} else {
			failed = append(failed, f.span)
		}
	}
	return always, failed, nil
}

// Line is what a document says of one region at one time.
type Line struct {
	Document schemas.DocumentID
	Region   schemas.RegionCode
	End      schemas.Date
}

// Lines lists what returns said before tonight, those that speak of several regions, of what can be held against something.
func (w *Warehouse) Lines(ctx context.Context) ([]Line, error) {
	w.ReadAhead(ctx)
	list, err := w.said.wait()
	if err != nil {
		return nil, err
	}
	several := map[schemas.DocumentID]schemas.RegionCode{} // "" where there are several, else the one region
	for i := range list {
		if one, known := several[list[i].Document]; !known {
			several[list[i].Document] = list[i].Region
		} else if one != list[i].Region && one != "" {
			several[list[i].Document] = ""
		}
	}
	seen := map[Line]bool{}
	for i := range list {
		if o := &list[i]; several[o.Document] == "" {
			seen[Line{o.Document, o.Region, o.Period.End}] = true
		}
	}
	lines := make([]Line, 0, len(seen))
	for x := range seen {
		lines = append(lines, x)
	}
	return lines, nil
}
