package warehouse

import (
	"context"
	"fmt"

	"heshu/schemas"
)

// FailedSpans names the current findings that failed. Those always to be looked at again come apart: explained ones, those of the
// given ids, and those whose figures were revised.
func (w *Warehouse) FailedSpans(ctx context.Context, ids []string) (always, failed []schemas.FindingSpan, err error) {
	named := quoteAll(ids)
	rows, err := w.beside.QueryContext(ctx, `WITH revised AS (FROM (SELECT finding_id, unnest(inputs) AS obs_id FROM finding WHERE superseded_at IS NULL AND outcome IN (`+FailedOutcomes+`))
			SEMI JOIN (SELECT new_obs_id AS obs_id FROM revision) USING (obs_id))
		SELECT rule, coalesce(region_code, ''), coalesce(indicator, ''), coalesce(period_end::VARCHAR, ''),
			bool_or(outcome = 'explained' OR finding_id IN (`+named+`) OR finding_id IN (SELECT finding_id FROM revised))
		FROM finding WHERE superseded_at IS NULL AND (outcome IN (`+FailedOutcomes+`, 'explained') OR finding_id IN (`+named+`)) GROUP BY ALL`)
	if err != nil {
		return nil, nil, fmt.Errorf("read failed findings: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s schemas.FindingSpan
		var end string
		var again bool
		if err := rows.Scan(&s.Rule, &s.Region, &s.Indicator, &end, &again); err != nil {
			return nil, nil, fmt.Errorf("read failed findings: %w", err)
		}
		p := parser{}
		s.From = p.day(end)
		if s.To = s.From; p.err != nil {
			return nil, nil, fmt.Errorf("read failed findings: %w", p.err)
		}
		if again {
			always = append(always, s)
		} else {
			failed = append(failed, s)
		}
	}
	return always, failed, rows.Err()
}

// Line is what a document says of one region at one time.
type Line struct {
	Document schemas.DocumentID
	Region   schemas.RegionCode
	End      schemas.Date
}

// Lines lists what current returns say, those that speak of several regions.
func (w *Warehouse) Lines(ctx context.Context) ([]Line, error) {
	const current = `FROM observation WHERE superseded_at IS NULL AND kind = 'workbook' AND region_code IS NOT NULL`
	rows, err := w.beside.QueryContext(ctx, `SELECT DISTINCT document_id, region_code, coalesce(period_end::VARCHAR, '') `+current+`
		AND document_id IN (SELECT document_id `+current+` GROUP BY document_id HAVING min(region_code) <> max(region_code))`)
	if err != nil {
		return nil, fmt.Errorf("read lines: %w", err)
	}
	defer rows.Close()
	var list []Line
	for rows.Next() {
		var x Line
		var end string
		if err := rows.Scan(&x.Document, &x.Region, &end); err != nil {
			return nil, fmt.Errorf("read lines: %w", err)
		}
		p := parser{}
		if x.End = p.day(end); p.err != nil {
			return nil, fmt.Errorf("read lines: %w", p.err)
		}
		list = append(list, x)
	}
	return list, rows.Err()
}
