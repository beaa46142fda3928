package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"heshu/schemas"
)

const statementColumns = `obs_id, document_id, source, kind, article, CASE WHEN kind = 'workbook' THEN locator ELSE '' END, number, indicator, coalesce(breakdown, ''),
	coalesce(action, ''), scope, coalesce(entity, ''), region_code, coalesce(period_kind, ''), coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''),
	value, value_low IS NOT DISTINCT FROM value, CASE WHEN value_low IS DISTINCT FROM value THEN value_low END, value_high IS NOT DISTINCT FROM value,
	CASE WHEN value_high IS DISTINCT FROM value THEN value_high END, coalesce(qualifier, ''), unit, decimals, unit_mult,
	coalesce(measure, ''), coalesce(per, ''), coalesce(form, '')`

// Statements returns the current observations that can be held against each other: of a known thing and region, neither a reprint
// nor a repeat, with what a comparison needs of them. Near, unless nil, names regions, indicators and times: of pages only those come that
// say something about one of them, and those touched tonight; returns and figures of units come in any case.
func (w *Warehouse) Statements(ctx context.Context, near []schemas.FindingSpan) (list []schemas.Observation, err error) {
	if err := w.Settle(ctx); err != nil {
		return nil, err
	}
	err = w.inTx(ctx, func(tx session) error {
		pages := "true"
		if near != nil {
			pages = `(document_id IN (FROM s_page) OR document_id IN (FROM touched))`
			if err := stageSpans(ctx, tx, near); err != nil {
				return err
			}
			if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_page AS SELECT DISTINCT document_id FROM observation o SEMI JOIN s_span s ON s.region_code = o.region_code
				AND s.indicator = o.indicator AND coalesce(o.period_end::VARCHAR, '') BETWEEN s.first AND s.last WHERE o.kind = 'article' AND o.superseded_at IS NULL`); err != nil {
				return err
			}
		}
		if err := w.findRepeats(ctx, tx); err != nil {
			return err
		}
		list, err = compared(ctx, tx, pages)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read statements: %w", err)
	}
	return list, nil
}

// compared reads statements in no order, of pages those that a condition holds for; figures of units, of which the first met counts, in
// reading order.
func compared(ctx context.Context, tx session, pages string) ([]schemas.Observation, error) {
	var list []schemas.Observation
	words := newGlossary()
	const own = `NOT IN (SELECT obs_id FROM repeated)`
	for _, which := range []string{`scope <> 'entity' AND kind = 'workbook'`, `scope <> 'entity' AND kind = 'article' AND ` + pages + ` AND obs_id ` + own,
		`scope = 'entity' AND obs_id ` + own + ` ORDER BY document_id, ordinal`} {
		rows, err := tx.QueryContext(ctx, `SELECT `+statementColumns+` FROM observation o WHERE superseded_at IS NULL AND indicator <> 'other' AND region_code IS NOT NULL AND scope IS NOT NULL
			AND NOT list_contains(flags, 'duplicate') AND `+which)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			o, err := words.scan(rows)
			if err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			list = append(list, o)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// glossary reads columns back that hold few different words: each is read once.
type glossary struct {
	days  map[string]schemas.Date
	texts map[string]string
}

func newGlossary() *glossary {
	return &glossary{days: map[string]schemas.Date{}, texts: map[string]string{}}
}

func (g *glossary) scan(rows *sql.Rows) (schemas.Observation, error) {
	var o schemas.Observation
	var kind, at, scope, period, start, end, qualifier, measure string
	var value, low, high any
	var lowest, highest bool // the value is
	err := rows.Scan(&o.ID, &o.Document, &o.Source, &kind, &o.Article, &at, &o.Number, &o.Indicator, &o.Breakdown, &o.Action, &scope, &o.Entity, &o.Region,
		&period, &start, &end, &value, &lowest, &low, &highest, &high, &qualifier, &o.Unit, &o.Decimals, &o.UnitMult, &measure, &o.Per, &o.Form)
	if err != nil {
		return o, err
	}
	p := parser{}
	p.enums(&o, kind, scope, period, qualifier, measure)
	o.Period.Start, o.Period.End = g.day(&p, start), g.day(&p, end)
	o.Value, o.Low, o.High = p.number(value), p.number(low), p.number(high)
	if lowest {
		o.Low = o.Value
	}
	if highest {
		o.High = o.Value
	}
	o.Locator = p.locator(at)
	o.Source, o.Form, o.Breakdown = g.text(o.Source), g.text(o.Form), g.text(o.Breakdown)
	o.Indicator, o.Region, o.Unit = schemas.IndicatorCode(g.text(string(o.Indicator))), schemas.RegionCode(g.text(string(o.Region))), schemas.UnitCode(g.text(string(o.Unit)))
	o.Document = schemas.DocumentID(g.text(string(o.Document)))
	return o, p.of(&o)
}

func (g *glossary) day(p *parser, s string) schemas.Date {
	d, ok := g.days[s]
	if !ok {
		d = p.day(s)
		g.days[s] = d
	}
	return d
}

func (g *glossary) text(s string) string {
	if t, ok := g.texts[s]; ok {
		return t
	}
	g.texts[s] = s
	return s
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
