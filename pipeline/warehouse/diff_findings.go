package warehouse

import (
	"context"
	"fmt"

	"heshu/schemas"
)

// FindingDifference is one finding that waits for somebody in one of two releases and does not stand so in the other.
type FindingDifference struct {
	Action    string // R changed, D gone, A added
	Because   string // figures: of one that only one of the releases has; rules: both have all that it rests on
	ID        string
	Rule      string
	Unit      string
	Region    schemas.RegionCode
	Indicator schemas.IndicatorCode
	Period    schemas.Period
	Severity  schemas.Severity // as in b; of one that is gone, as in a
	Old, New  schemas.Outcome  // unset where it is not there
	MessageZh string           // as in b; of one that is gone, as in a
	MessageEn string
}

// DiffFindings tells which findings release b has otherwise than release a, sorted by severity, rule and id. What passes in
// both, or passes in b and was not there in a, is left out.
func DiffFindings(ctx context.Context, a, b Release) ([]FindingDifference, error) {
	db, err := both(ctx, a, b)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `WITH x AS (FROM a.finding_current), y AS (FROM b.finding_current),
			in_a AS (SELECT obs_id FROM a.observation WHERE superseded_at IS NULL), in_b AS (SELECT obs_id FROM b.observation WHERE superseded_at IS NULL)
		SELECT CASE WHEN y.finding_id IS NULL THEN 'D' WHEN x.finding_id IS NULL THEN 'A' ELSE 'R' END,
		CASE WHEN EXISTS (SELECT 1 FROM (SELECT unnest(list_concat(x.inputs, y.inputs)) AS i) WHERE i NOT IN (FROM in_a) OR i NOT IN (FROM in_b)) THEN 'figures' ELSE 'rules' END,
		coalesce(y.finding_id, x.finding_id), coalesce(y.rule, x.rule), coalesce(y.unit_name, x.unit_name, ''), coalesce(y.region_code, x.region_code, ''),
		coalesce(y.indicator, x.indicator, ''), coalesce(y.period_kind, x.period_kind, ''), coalesce(y.period_start::VARCHAR, x.period_start::VARCHAR, ''), coalesce(y.period_end::VARCHAR, x.period_end::VARCHAR, ''),
		coalesce(y.severity, x.severity), coalesce(x.outcome, ''), coalesce(y.outcome, ''), coalesce(y.message_zh, x.message_zh), coalesce(y.message_en, x.message_en)
		FROM x FULL JOIN y ON x.finding_id = y.finding_id
		WHERE (x.outcome IN (`+WaitingOutcomes+`) OR y.outcome IN (`+WaitingOutcomes+`))
			AND row(x.outcome, x.severity, x.message_zh) IS DISTINCT FROM row(y.outcome, y.severity, y.message_zh)
		ORDER BY array_position(['mandatory', 'verify', 'hint'], coalesce(y.severity, x.severity)), 4, 3`)
	if err != nil {
		return nil, fmt.Errorf("compare releases: %w", err)
	}
	defer rows.Close()
	var list []FindingDifference
	for rows.Next() {
		var d FindingDifference
		var kind, start, end, severity, before, after string
		if err := rows.Scan(&d.Action, &d.Because, &d.ID, &d.Rule, &d.Unit, &d.Region, &d.Indicator, &kind, &start, &end, &severity, &before, &after, &d.MessageZh, &d.MessageEn); err != nil {
			return nil, fmt.Errorf("compare releases: %w", err)
		}
		p := parser{}
		p.enum(&d.Period.Kind, kind)
		p.enum(&d.Severity, severity)
		p.enum(&d.Old, before)
		p.enum(&d.New, after)
		d.Period.Start, d.Period.End = p.day(start), p.day(end)
		if p.err != nil {
			return nil, fmt.Errorf("compare releases: %w", p.err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
