package pipeline

import (
	"context"
	"fmt"
	"strconv"

	"heshu/pipeline/audit"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// maxPlaces is how many places of a finding the papers show in their surroundings.
const maxPlaces = 8

// Papers puts together what the papers of a release are written from.
func (j Job) Papers(ctx context.Context, r *warehouse.Reader, release string) (report.Papers, error) {
	p := report.Papers{Release: release, Date: j.today(), Places: map[schemas.ObservationID]report.Place{}, Replies: map[string]report.Reply{}}
	run, err := r.LastRun(ctx)
	if err != nil {
		return p, err
	}
	current, err := r.Findings(ctx)
	if err != nil {
		return p, err
	}
	open, err := r.WasOpen(ctx)
	if err != nil {
		return p, err
	}
	for _, f := range current {
		if f.Outcome.Passed() {
			p.Passed++
			continue
		}
		p.Findings = append(p.Findings, report.Finding{Finding: f.Finding, Period: audit.PeriodText(f.Period), State: AgeOf(f, run, open)})
		for _, id := range f.Inputs[:min(len(f.Inputs), maxPlaces)] {
			p.Places[id] = report.Place{}
		}
	}
	if p.Figures, err = j.stated(ctx, r); err != nil {
		return p, err
	}
	for _, f := range p.Figures {
		p.Places[f.ID] = report.Place{}
	}
	if err := surroundings(ctx, r, p.Places); err != nil {
		return p, err
	}
	for i := range p.Findings {
		f := &p.Findings[i]
		for _, id := range f.Inputs[:min(len(f.Inputs), maxPlaces)] {
			at := p.Places[id]
			f.Evidence = append(f.Evidence, report.Evidence{ID: id, Document: at.Document, Locator: at.Locator, Number: at.Number, Quote: at.Quote})
		}
	}
	p.Units = j.work(current)
	return p, j.replies(ctx, r, &p, current)
}

// stated reads the best figures of regions: totals.
func (j Job) stated(ctx context.Context, r *warehouse.Reader) ([]report.Stated, error) {
	label, unit := "indicator_zh", "unit_zh"
	if j.language() == 1 {
		label, unit = "indicator_en", "unit"
	}
	var list []report.Stated
	// Of the returns' figure and a paper's the return's; of several actions none, as each is a part only.
	err := each(ctx, r, `WITH best AS (SELECT *, count(DISTINCT action) OVER same AS actions FROM cross_region
		WHERE measure = 'total' AND per IS NULL AND value IS NOT NULL AND period_end IS NOT NULL WINDOW same AS (PARTITION BY indicator, breakdown, region_code, period_kind, period_start, period_end))
		SELECT obs_id, indicator || coalesce('|' || breakdown, ''), `+label+` || coalesce('（' || breakdown || '）', ''), region_code, region, value, `+unit+`,
		coalesce(period_kind, ''), period_start, period_end FROM best WHERE action IS NULL OR actions = 1
		QUALIFY row_number() OVER (PARTITION BY indicator, breakdown, region_code, period_kind, period_start, period_end ORDER BY contains(locator, '!') DESC, action IS NULL DESC, obs_id) = 1
		ORDER BY indicator, breakdown NULLS FIRST, period_end DESC, period_kind, region_code, obs_id`, func(v []any) {
		s := report.Stated{ID: schemas.ObservationID(v[0].(string)), Indicator: v[1].(string), Label: v[2].(string), Region: v[3].(string), RegionName: v[4].(string), Value: v[5].(schemas.Decimal), Unit: v[6].(string)}
		p := schemas.Period{}
		if s.Kind.UnmarshalText([]byte(v[7].(string))) != nil {
			return
		}
		p.Kind = s.Kind
		p.Start, _ = v[8].(schemas.Date)
		p.End, _ = v[9].(schemas.Date)
		s.End, s.Period = p.End, audit.PeriodText(p)
		list = append(list, s)
	})
	return list, err
}

// surroundings fills in the surroundings of observations: the sentence in its article, the row in its grid.
func surroundings(ctx context.Context, r *warehouse.Reader, into map[schemas.ObservationID]report.Place) error {
	type row struct {
		document, sheet string
		number          int
	}
	rows := map[row][]report.Beside{}
	at := map[schemas.ObservationID]row{}
	err := each(ctx, r, `SELECT o.obs_id, o.document_id, d.name, o.source, o.locator, o.number, o.quote, coalesce(o.column_label, o.label, ''), o.kind,
		CASE WHEN o.kind = 'article' THEN substring(p.text, greatest(1, split_part(o.locator, '-', 1)::INTEGER - 79), least(80, split_part(o.locator, '-', 1)::INTEGER)) ELSE '' END,
		CASE WHEN o.kind = 'article' THEN substring(p.text, split_part(o.locator, '-', 2)::INTEGER + 1, 80) ELSE '' END
		FROM observation_current o JOIN document d USING (document_id) LEFT JOIN part p ON p.document_id = o.document_id AND p.part = o.article
		ORDER BY o.document_id, o.ordinal`, func(v []any) {
		id := schemas.ObservationID(v[0].(string))
		locator := v[4].(string)
		_, wanted := into[id]
		if l, err := schemas.ParseLocator(locator); err == nil {
			if c, ok := l.(schemas.Cell); ok {
				k := row{v[1].(string), c.Sheet, c.Row}
				at[id] = k
				rows[k] = append(rows[k], report.Beside{Cell: schemas.ColumnName(c.Column) + strconv.Itoa(c.Row), Label: v[7].(string), Number: v[5].(string)})
			}
		}
		if !wanted {
			return
		}
		x := report.Place{Document: v[2].(string), Source: v[3].(string), Locator: locator, Number: v[5].(string), Quote: v[6].(string)}
		x.Before, _ = v[9].(string)
		x.After, _ = v[10].(string)
		into[id] = x
	})
	if err != nil {
		return fmt.Errorf("read evidence: %w", err)
	}
	for id, x := range into {
		if k, ok := at[id]; ok {
			x.Row = around(rows[k], x.Locator)
			into[id] = x
		}
	}
	return nil
}

// around picks the cells of a row beside one.
func around(row []report.Beside, locator string) []report.Beside {
	const each = 3
	here := -1
	for i, b := range row {
		if len(locator) > len(b.Cell) && locator[len(locator)-len(b.Cell)-1:] == "!"+b.Cell {
			here = i
		}
	}
	if here < 0 {
		return nil
	}
	some := append([]report.Beside(nil), row[max(0, here-each):min(len(row), here+each+1)]...)
	some[min(here, each)].Here = true
	return some
}

// work sums up what the findings say of every unit.
func (j Job) work(current []warehouse.CurrentFinding) []report.UnitWork {
	at := map[string]int{}
	var list []report.UnitWork
	for _, r := range j.Config.Returns {
		for _, u := range r.Units {
			if _, ok := at[u.Name]; !ok {
				at[u.Name] = len(list)
				list = append(list, report.UnitWork{Unit: u.Name, Region: u.Region})
			}
		}
	}
	for _, f := range current {
		i, ok := at[f.Unit]
		if !ok {
			continue
		}
		u := &list[i]
		switch {
		case f.Rule == "returns-in-time":
			u.InTime += count(f.Outcome == schemas.Agree)
			u.Missing += count(f.Outcome.Failed() && len(f.Missing) > 0)
			u.Late += count(f.Outcome.Failed() && len(f.Missing) == 0)
		case f.Rule == "target-reached":
			u.Targets = append(u.Targets, j.reached(f.Finding))
		case f.Outcome == schemas.Explained:
			u.Explained++
		case f.Outcome.Passed():
			u.Passed++
		case f.Outcome.Failed() && f.Severity == schemas.Mandatory:
			u.Mandatory++
		case f.Outcome.Failed() && f.Severity == schemas.Verify:
			u.Verify++
		}
	}
	return list
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// reached words one target.
func (j Job) reached(f schemas.Finding) report.Reached {
	i, _ := j.Catalog.Indicator(f.Indicator)
	r := report.Reached{Label: i.Zh, Got: f.Left, Goal: f.Right, Unit: schemas.Unit(i.Unit).Zh, Percent: f.Left.Mul(schemas.NewDecimal(100, 0)).Quo(f.Right).Round(1)}
	if j.language() == 1 {
		r.Label, r.Unit = i.En, schemas.Unit(i.Unit).En
	}
	return r
}
