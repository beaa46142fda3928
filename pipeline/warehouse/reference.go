package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"heshu/schemas"
)

// Reference is the domain as data: what codes mean. Nil lists leave a table as it is.
type Reference struct {
	Indicators []Indicator
	Regions    []Region
	Forms      []Form
	Calendar   []Workday
}

// Indicator is a row of table indicator.
type Indicator struct {
	Code     schemas.IndicatorCode
	Zh, En   string
	Unit     schemas.UnitCode
	Additive bool
	Notes    string
}

// Region is a row of table region: one code with one name, for the time it was valid.
type Region struct {
	Code       schemas.RegionCode
	Name       string
	Level      string // nation, province, city, county
	Parent     schemas.RegionCode
	From, To   schemas.Date // To is exclusive; no date = open
	Successors []schemas.RegionCode
}

// Form is a row of table form.
type Form struct{ ID, Title, Notes string }

// Workday is a row of table calendar.
type Workday struct {
	Day  schemas.Date
	Work bool
	Name string
}

// PutReference stores what codes mean. Tables that already say so are not touched.
func (w *Warehouse) PutReference(ctx context.Context, ref Reference) error {
	var indicators, regions, forms, days [][]driver.Value
	for _, x := range ref.Indicators {
		indicators = append(indicators, []driver.Value{string(x.Code), text(x.Zh), text(x.En), null(string(x.Unit)), x.Additive, null(x.Notes)})
	}
	for _, x := range ref.Regions {
		successors := []string{}
		for _, s := range x.Successors {
			successors = append(successors, string(s))
		}
		regions = append(regions, []driver.Value{string(x.Code), text(x.Name), x.Level, null(string(x.Parent)), dayValue(x.From), dayValue(x.To), successors})
	}
	for _, x := range ref.Forms {
		forms = append(forms, []driver.Value{text(x.ID), text(x.Title), null(x.Notes)})
	}
	for _, x := range ref.Calendar {
		days = append(days, []driver.Value{dayValue(x.Day), x.Work, null(x.Name)})
	}
	for _, t := range []struct {
		name string
		rows [][]driver.Value
	}{{"indicator", indicators}, {"region", regions}, {"form", forms}, {"calendar", days}} {
		if t.rows == nil {
			continue
		}
		if err := w.replace(ctx, t.name, t.rows); err != nil {
			return fmt.Errorf("store %s: %w", t.name, err)
		}
	}
	return nil
}

// replace makes rows the whole content of a table, if it is not so already: what it was given last is noted.
func (w *Warehouse) replace(ctx context.Context, table string, rows [][]driver.Value) error {
	sum := rowsDigest(rows)
	if before, err := w.mark(ctx, markTable+table); err != nil || before == sum {
		return err
	}
	return w.inTx(ctx, func(tx session) error {
		if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_new AS FROM `+table+` LIMIT 0`); err != nil {
			return err
		}
		if err := tx.bulk("s_new", rows); err != nil {
			return err
		}
		var same bool
		err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM (FROM s_new EXCEPT ALL FROM `+table+`)) = 0 AND
			(SELECT count(*) FROM s_new) = (SELECT count(*) FROM `+table+`)`).Scan(&same)
		if err != nil {
			return err
		}
		if !same {
			w.renew(table)
			if err := execAll(ctx, tx, `DELETE FROM `+table, `INSERT INTO `+table+` FROM s_new`); err != nil {
				return err
			}
		}
		if err := w.setMark(ctx, tx, markTable+table, sum); err != nil {
			return err
		}
		return execAll(ctx, tx, `DROP TABLE s_new`)
	})
}

// rowsDigest is a hash of rows.
func rowsDigest(rows [][]driver.Value) string {
	h := sha256.New()
	var b []byte
	add := func(s string) { b = append(append(strconv.AppendInt(b, int64(len(s)), 10), ':'), s...) }
	for _, r := range rows {
		b = append(b[:0], '\n')
		for _, v := range r {
			switch x := v.(type) {
			case string:
				add(x)
			case time.Time:
				b = x.AppendFormat(b, time.DateOnly)
			case []string:
				b = append(b, '[')
				for _, s := range x {
					add(s)
				}
			default: // bool, nil
				b = fmt.Append(b, x)
			}
			b = append(b, ',')
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// putCodes stores the units and the code lists.
func (w *Warehouse) putCodes(ctx context.Context) error {
	var units, codes [][]driver.Value
	for _, u := range schemas.Units() {
		units = append(units, []driver.Value{string(u.Code), u.Zh, u.En, u.Discrete})
	}
	for _, c := range codeLists {
		codes = append(codes, []driver.Value{c.list, c.code, c.zh, c.en})
	}
	if err := w.replace(ctx, "unit", units); err != nil {
		return fmt.Errorf("store unit: %w", err)
	}
	if err := w.replace(ctx, "code", codes); err != nil {
		return fmt.Errorf("store code: %w", err)
	}
	return nil
}
