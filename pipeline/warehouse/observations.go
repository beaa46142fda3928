package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"heshu/schemas"
)

const observationColumns = `obs_id, document_id, source, kind, article, locator, quote, number, coalesce(unit_as_written, ''), coalesce(label, ''),
	coalesce(row_label, ''), coalesce(column_label, ''), indicator, coalesce(breakdown, ''), coalesce(action, ''), coalesce(scope, ''), coalesce(entity, ''),
	coalesce(region_code, ''), coalesce(region_as_written, ''), coalesce(period_kind, ''), coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''),
	coalesce(value::VARCHAR, ''), coalesce(value_low::VARCHAR, ''), coalesce(value_high::VARCHAR, ''), coalesce(qualifier, ''), unit, decimals, unit_mult,
	coalesce(measure, ''), coalesce(per, ''), confidence, rule, array_to_string(flags, chr(31)), coalesce(form, ''), coalesce(unit_locator, ''),
	coalesce(region_locator, ''), coalesce(period_locator, '')`

// Observations returns a release's observations: where is a condition on the columns of observation_current.
func (r *Reader) Observations(ctx context.Context, where string, args ...any) ([]schemas.Observation, error) {
	return observations(ctx, r.db, `observation_current WHERE `+where+` ORDER BY document_id, ordinal`, args...)
}

func observations(ctx context.Context, db *sql.DB, from string, args ...any) ([]schemas.Observation, error) {
	rows, err := db.QueryContext(ctx, `SELECT `+observationColumns+` FROM `+from, args...)
	if err != nil {
		return nil, fmt.Errorf("read observations: %w", err)
	}
	defer rows.Close()
	var list []schemas.Observation
	for rows.Next() {
		o, err := scanObservation(rows)
		if err != nil {
			return nil, fmt.Errorf("read observations: %w", err)
		}
		list = append(list, o)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read observations: %w", err)
	}
	return list, nil
}

func scanObservation(rows *sql.Rows) (schemas.Observation, error) {
	var o schemas.Observation
	var kind, scope, period, qualifier, measure, start, end, value, low, high, flags, at, unitAt, regionAt, periodAt string
	err := rows.Scan(&o.ID, &o.Document, &o.Source, &kind, &o.Article, &at, &o.Quote, &o.Number, &o.UnitWritten, &o.Label, &o.RowLabel, &o.ColumnLabel,
		&o.Indicator, &o.Breakdown, &o.Action, &scope, &o.Entity, &o.Region, &o.RegionAs, &period, &start, &end, &value, &low, &high, &qualifier,
		&o.Unit, &o.Decimals, &o.UnitMult, &measure, &o.Per, &o.Confidence, &o.Rule, &flags, &o.Form, &unitAt, &regionAt, &periodAt)
	if err != nil {
		return o, err
	}
	p := parser{}
	p.enums(&o, kind, scope, period, qualifier, measure)
	o.Period.Start, o.Period.End = p.day(start), p.day(end)
	o.Value, o.Low, o.High = p.decimal(value), p.decimal(low), p.decimal(high)
	o.Locator, o.UnitFrom, o.RegionFrom, o.PeriodFrom = p.locator(at), p.locator(unitAt), p.locator(regionAt), p.locator(periodAt)
	for _, f := range split(flags) {
		o.Flags = append(o.Flags, schemas.Flag(f))
	}
	return o, p.of(&o)
}

// parser reads columns back and keeps the first error.
type parser struct{ err error }

func (p *parser) note(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *parser) enum(into interface{ UnmarshalText([]byte) error }, s string) {
	p.note(into.UnmarshalText([]byte(s)))
}

// enums reads an observation's codes.
func (p *parser) enums(o *schemas.Observation, kind, scope, period, qualifier, measure string) {
	p.enum(&o.Kind, kind)
	p.enum(&o.Scope, scope)
	p.enum(&o.Period.Kind, period)
	p.enum(&o.Qualifier, qualifier)
	p.enum(&o.Measure, measure)
}

// of is the error with the observation that it is of.
func (p *parser) of(o *schemas.Observation) error {
	if p.err == nil {
		return nil
	}
	return fmt.Errorf("observation %s: %w", o.ID, p.err)
}

func (p *parser) day(s string) schemas.Date {
	if s == "" {
		return schemas.Date{}
	}
	d, err := schemas.ParseDate(s)
	p.note(err)
	return d
}

func (p *parser) decimal(s string) schemas.Decimal {
	if s == "" {
		return schemas.Decimal{}
	}
	d, err := schemas.ParseDecimal(s)
	p.note(err)
	return d
}

// number reads a column of decimals, which come faster as they are than in digits.
func (p *parser) number(v any) schemas.Decimal {
	d, ok := v.(duckdb.Decimal)
	if !ok {
		return schemas.Decimal{}
	}
	n, err := unscaled(d.Value, d.Scale)
	p.note(err)
	return n
}

func (p *parser) int(s string) int {
	n, err := strconv.Atoi(s)
	p.note(err)
	return n
}

func (p *parser) locator(s string) schemas.Locator {
	if s == "" {
		return nil
	}
	l, err := schemas.ParseLocator(s)
	p.note(err)
	return l
}

// split takes apart a list that was joined for reading.
func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\x1f")
}
