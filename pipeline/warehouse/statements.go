package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"heshu/schemas"
)

const statementColumns = `obs_id, document_id, source, kind, article, CASE WHEN kind = 'workbook' THEN locator ELSE '' END, number, indicator, coalesce(breakdown, ''),
	coalesce(action, ''), scope, coalesce(entity, ''), region_code, coalesce(period_kind, ''), coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''),
	coalesce(value::VARCHAR, ''), coalesce(value_low::VARCHAR, ''), coalesce(value_high::VARCHAR, ''), coalesce(qualifier, ''), unit, decimals, unit_mult,
	coalesce(measure, ''), coalesce(per, ''), coalesce(form, '')`

// Statements returns the current observations that can be held against each other: of a known thing and region, neither a reprint
// nor a repeat, with what a comparison needs of them. Sorted by document and reading order. Near, unless nil, names what the
// pages are wanted of that say something about a region and an indicator at some time; returns and figures of units come in any case.
func (w *Warehouse) Statements(ctx context.Context, near []schemas.FindingSpan) (list []schemas.Observation, err error) {
	if err := w.Settle(ctx); err != nil {
		return nil, err
	}
	err = w.inTx(ctx, func(tx session) error {
		where := "true"
		if near != nil {
			where = `(kind = 'workbook' OR scope = 'entity' OR document_id IN (FROM s_page))`
			if err := stageSpans(ctx, tx, near); err != nil {
				return err
			}
			if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_page AS SELECT DISTINCT document_id FROM observation o SEMI JOIN s_span s ON s.region_code = o.region_code
				AND s.indicator = o.indicator AND coalesce(o.period_end::VARCHAR, '') BETWEEN s.first AND s.last WHERE o.kind = 'article' AND o.superseded_at IS NULL`); err != nil {
				return err
			}
		}
		list, err = compared(ctx, tx, where)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read statements: %w", err)
	}
	return list, nil
}

func compared(ctx context.Context, tx session, where string) ([]schemas.Observation, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+statementColumns+` FROM observation o WHERE superseded_at IS NULL AND indicator <> 'other' AND region_code IS NOT NULL AND scope IS NOT NULL
		AND NOT list_contains(flags, 'duplicate') AND obs_id NOT IN (SELECT obs_id FROM reprinted) AND `+where+` ORDER BY document_id, ordinal`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []schemas.Observation
	for rows.Next() {
		o, err := scanStatement(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, rows.Err()
}

func scanStatement(rows *sql.Rows) (schemas.Observation, error) {
	var o schemas.Observation
	var kind, at, scope, period, start, end, value, low, high, qualifier, measure string
	err := rows.Scan(&o.ID, &o.Document, &o.Source, &kind, &o.Article, &at, &o.Number, &o.Indicator, &o.Breakdown, &o.Action, &scope, &o.Entity, &o.Region,
		&period, &start, &end, &value, &low, &high, &qualifier, &o.Unit, &o.Decimals, &o.UnitMult, &measure, &o.Per, &o.Form)
	if err != nil {
		return o, err
	}
	p := parser{}
	p.enum(&o.Kind, kind)
	p.enum(&o.Scope, scope)
	p.enum(&o.Period.Kind, period)
	p.enum(&o.Qualifier, qualifier)
	p.enum(&o.Measure, measure)
	o.Period.Start, o.Period.End = p.day(start), p.day(end)
	o.Value, o.Low, o.High = p.decimal(value), p.decimal(low), p.decimal(high)
	o.Locator = p.locator(at)
	if p.err != nil {
		return o, fmt.Errorf("observation %s: %w", o.ID, p.err)
	}
	return o, nil
}

// stageSpans makes a table of spans.
func stageSpans(ctx context.Context, tx session, spans []schemas.FindingSpan) error {
	if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_span (rule VARCHAR, region_code VARCHAR, indicator VARCHAR, first VARCHAR, last VARCHAR)`); err != nil {
		return err
	}
	rows := make([][]driver.Value, len(spans))
	for i, s := range spans {
		rows[i] = []driver.Value{s.Rule, text(string(s.Region)), text(string(s.Indicator)), s.From.String(), s.To.String()}
	}
	return tx.bulk("s_span", rows)
}
