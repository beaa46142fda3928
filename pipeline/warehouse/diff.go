package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"heshu/schemas"
)

// Difference is one figure that two releases tell differently.
type Difference struct {
	Action    string // R changed, D gone, A added, as in SDMX-CSV
	Because   string // document: of one that only one of the releases has; reading: of one that both have, read otherwise
	Indicator schemas.IndicatorCode
	Breakdown string
	Region    schemas.RegionCode
	Period    schemas.Period
	Measure   schemas.Measure
	Unit      schemas.UnitCode
	Source    string
	Old, New  schemas.Decimal // unset where only bounds are said
	OldNumber string          // as written
	NewNumber string
	OldID     schemas.ObservationID
	NewID     schemas.ObservationID
}

// Diff tells what release b says otherwise than release a, sorted by indicator, region and period. Figures are the same if they
// are about the same thing and from the same source; a reprint or repeat does not count.
func Diff(ctx context.Context, a, b Release) ([]Difference, error) {
	db, err := both(ctx, a, b)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `WITH `+keyed("x", "a")+`, `+keyed("y", "b")+`
		SELECT CASE WHEN y.obs_id IS NULL THEN 'D' WHEN x.obs_id IS NULL THEN 'A' ELSE 'R' END AS action,
		CASE WHEN x.obs_id IS NOT NULL AND x.document_id NOT IN (SELECT document_id FROM b.document)
			OR y.obs_id IS NOT NULL AND y.document_id NOT IN (SELECT document_id FROM a.document) THEN 'document' ELSE 'reading' END,
		`+diffColumns()+`, coalesce(x.value::VARCHAR, ''), coalesce(y.value::VARCHAR, ''), coalesce(x.number, ''), coalesce(y.number, ''), coalesce(x.obs_id, ''), coalesce(y.obs_id, '')
		FROM x FULL JOIN y ON x.key = y.key AND x.nth = y.nth
		WHERE x.obs_id IS NULL OR y.obs_id IS NULL OR row(x.value, x.value_low, x.value_high) IS DISTINCT FROM row(y.value, y.value_low, y.value_high)
		ORDER BY 3, 5, 8, 4, 1, coalesce(y.key, x.key), coalesce(y.nth, x.nth)`)
	if err != nil {
		return nil, fmt.Errorf("compare releases: %w", err)
	}
	defer rows.Close()
	var list []Difference
	for rows.Next() {
		var d Difference
		var kind, start, end, measure, before, after string
		if err := rows.Scan(&d.Action, &d.Because, &d.Indicator, &d.Breakdown, &d.Region, &kind, &start, &end, &measure, &d.Unit, &d.Source,
			&before, &after, &d.OldNumber, &d.NewNumber, &d.OldID, &d.NewID); err != nil {
			return nil, fmt.Errorf("compare releases: %w", err)
		}
		p := parser{}
		p.enum(&d.Period.Kind, kind)
		p.enum(&d.Measure, measure)
		d.Period.Start, d.Period.End, d.Old, d.New = p.day(start), p.day(end), p.decimal(before), p.decimal(after)
		if p.err != nil {
			return nil, fmt.Errorf("compare releases: %w", p.err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// both opens a database of its own with the releases in it as a and b, read-only; the caller closes it.
func both(ctx context.Context, a, b Release) (*sql.DB, error) {
	db, err := openDB("", nil)
	if err != nil {
		return nil, fmt.Errorf("compare releases: %w", err)
	}
	for _, x := range []struct {
		name string
		Release
	}{{"a", a}, {"b", b}} {
		path, err := filepath.Abs(x.Path())
		if err == nil {
			err = execAll(ctx, db, `ATTACH `+quote(path)+` AS `+x.name+` (READ_ONLY)`)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("compare releases: %w", err), db.Close())
		}
	}
	return db, nil
}

// keyed numbers the figures of a release that are about the same thing. Figures that are word for word the same in the
// other release pair up whatever their order.
func keyed(name, db string) string {
	return name + ` AS (SELECT *, concat_ws(chr(31), source, ` + factKey + `) AS key, row_number() OVER (PARTITION BY source, ` + factKey + `
		ORDER BY value, value_low, value_high, number, obs_id) AS nth FROM ` + db + `.observation
		WHERE superseded_at IS NULL AND NOT list_contains(flags, 'duplicate'))`
}

func diffColumns() string {
	list := ""
	for i, c := range []string{"indicator", "breakdown", "region_code", "period_kind", "period_start", "period_end", "measure", "unit", "source"} {
		if i > 0 {
			list += ", "
		}
		list += "coalesce((CASE WHEN y.obs_id IS NULL THEN x." + c + " ELSE y." + c + " END)::VARCHAR, '')"
	}
	return list
}
