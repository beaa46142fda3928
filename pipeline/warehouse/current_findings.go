package warehouse

import (
	"context"
	"fmt"
	"strings"

	"heshu/schemas"
)

// Outcomes as they stand in SQL: those of findings that failed, and those that somebody has to look at.
const (
	FailedOutcomes  = `'open', 'contradicted'`
	WaitingOutcomes = FailedOutcomes + `, 'cannot_verify'`
)

// CurrentFinding is a finding with the run that first said it as it is now.
type CurrentFinding struct {
	schemas.Finding
	Run string
}

// Findings returns a release's current findings, sorted by severity (mandatory first), rule and id.
func (r *Reader) Findings(ctx context.Context) ([]CurrentFinding, error) {
	return r.findings(ctx, `finding_current`)
}

// Telling returns a release's current findings that people are told of: those that do not hold, and of the given ids those that hold since its
// last run. Passed is how many others there are.
func (r *Reader) Telling(ctx context.Context, open map[string]bool) (list []CurrentFinding, passed int, err error) {
	run, err := r.LastRun(ctx)
	if err == nil {
		list, err = r.findings(ctx, `(`+byOutcome(WaitingOutcomes)+` UNION ALL FROM finding_current WHERE run_id = `+quote(run)+`
			AND outcome NOT IN (`+WaitingOutcomes+`) AND finding_id IN (`+quoteAll(sortedNames(open))+`))`)
	}
	if err == nil {
		err = r.db.QueryRowContext(ctx, `SELECT count(*) FROM finding_current`).Scan(&passed)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read findings: %w", err)
	}
	return list, passed - len(list), nil
}

// Failed returns a release's current findings that failed, sorted as Findings does.
func (r *Reader) Failed(ctx context.Context) ([]CurrentFinding, error) {
	return r.findings(ctx, `(`+byOutcome(FailedOutcomes)+`)`)
}

// byOutcome asks for the current findings of some outcomes, each by itself: by an equality DuckDB skips what it need not read, by a
// list it does not.
func byOutcome(outcomes string) string {
	const by = `FROM finding_current WHERE outcome = `
	return by + strings.ReplaceAll(outcomes, ", ", " UNION ALL "+by)
}

// wasOpen asks for the findings that were open before the last run touched them.
const wasOpen = `SELECT DISTINCT finding_id FROM finding WHERE outcome IN (` + FailedOutcomes + `) AND superseded_at = (SELECT max(started_at) FROM run)`

// Resolved returns the findings that were open before a release's last run and are no longer: they hold now, are
// explained, or are gone.
func (r *Reader) Resolved(ctx context.Context) ([]CurrentFinding, error) {
	return r.findings(ctx, `(SELECT * EXCLUDE (superseded_at) FROM finding f WHERE outcome IN (`+FailedOutcomes+`) AND superseded_at = (SELECT max(started_at) FROM run)
		AND NOT EXISTS (FROM finding_current c WHERE c.finding_id = f.finding_id AND c.outcome IN (`+FailedOutcomes+`)))`)
}

// WasOpen lists the findings that were open before a release's last run touched them and are in another way still.
func (r *Reader) WasOpen(ctx context.Context) (map[string]bool, error) {
	return idSet(ctx, r.db, wasOpen)
}

func (r *Reader) findings(ctx context.Context, from string) ([]CurrentFinding, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT finding_id, rule, rule_version, severity, outcome, coalesce(unit_name, ''), coalesce(region_code, ''), coalesce(indicator, ''),
		coalesce(period_kind, ''), coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''), coalesce(left_value::VARCHAR, ''), coalesce(right_value::VARCHAR, ''),
		coalesce(imbalance::VARCHAR, ''), coalesce(tolerance::VARCHAR, ''), coalesce(basis, ''), array_to_string(missing, chr(31)), array_to_string(inputs, chr(31)),
		coalesce(diagnosis, ''), array_to_string(others, chr(31)), message_zh, message_en, coalesce(action_zh, ''), coalesce(action_en, ''), run_id
		FROM `+from+` ORDER BY array_position(['mandatory', 'verify', 'hint'], severity), rule, finding_id`)
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	defer rows.Close()
	var list []CurrentFinding
	for rows.Next() {
		var f CurrentFinding
		var severity, outcome, kind, start, end, left, right, imbalance, tolerance, missing, inputs, others string
		if err := rows.Scan(&f.ID, &f.Rule, &f.RuleVersion, &severity, &outcome, &f.Unit, &f.Region, &f.Indicator, &kind, &start, &end, &left, &right,
			&imbalance, &tolerance, &f.Basis, &missing, &inputs, &f.Diagnosis, &others, &f.MessageZh, &f.MessageEn, &f.ActionZh, &f.ActionEn, &f.Run); err != nil {
			return nil, fmt.Errorf("read findings: %w", err)
		}
		p := parser{}
		p.enum(&f.Severity, severity)
		p.enum(&f.Outcome, outcome)
		p.enum(&f.Period.Kind, kind)
		f.Period.Start, f.Period.End = p.day(start), p.day(end)
		f.Left, f.Right, f.Imbalance, f.Tolerance = p.decimal(left), p.decimal(right), p.decimal(imbalance), p.decimal(tolerance)
		if p.err != nil {
			return nil, fmt.Errorf("finding %s: %w", f.ID, p.err)
		}
		if others != "" {
			f.Others = strings.Split(others, "\x1f")
		}
		if missing != "" {
			f.Missing = strings.Split(missing, "\x1f")
		}
		for _, id := range strings.Split(inputs, "\x1f") {
			if id != "" {
				f.Inputs = append(f.Inputs, schemas.ObservationID(id))
			}
		}
		list = append(list, f)
	}
	return list, rows.Err()
}
