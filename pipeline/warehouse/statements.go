package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	"heshu/schemas"
)

// statementColumns are what a comparison needs of an observation, in few columns: each costs more than what it holds. What many observations share
// comes as two texts, of which each is read once, the rest as a third; free text stands last in them. Bounds come where they are not the value.
const statementColumns = `concat_ws(chr(31), document_id, kind, coalesce(form, ''), source),
	concat_ws(chr(31), indicator, unit, decimals, unit_mult, scope, coalesce(action, ''), coalesce(measure, ''), coalesce(per, ''), coalesce(qualifier, ''),
		coalesce(period_kind, ''), coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''), coalesce(breakdown, '')),
	concat_ws(chr(31), obs_id, article, CASE WHEN kind = 'workbook' THEN locator ELSE '' END, region_code, strlen(number), number || coalesce(entity, '')), value,
	CASE WHEN row(value_low, value_high) IS DISTINCT FROM row(value, value) THEN coalesce(value_low::VARCHAR, '') || chr(31) || coalesce(value_high::VARCHAR, '') END`

// What Statements tells: of returns, of pages, of units.
const (
	ofReturns = comparable + `scope <> 'entity' AND kind = 'workbook'`
	ofPages   = comparable + `scope <> 'entity' AND kind = 'article' AND ` + noRepeat
	ofUnits   = comparable + `scope = 'entity' AND ` + noRepeat
	noRepeat  = `obs_id NOT IN (SELECT obs_id FROM repeated)`

	comparable = `superseded_at IS NULL AND indicator <> 'other' AND region_code IS NOT NULL AND scope IS NOT NULL
		AND NOT list_contains(flags, 'duplicate') AND `
)

// Statements returns the current observations that can be held against each other: of a known thing and region, neither a reprint
// nor a repeat, with what a comparison needs of them. Near, unless nil, names regions, indicators and times: of pages only those come that
// say something about one of them, and those touched tonight; returns and figures of units come in any case. They come in no order, but
// for figures of units, of which the first met counts: those in reading order.
func (w *Warehouse) Statements(ctx context.Context, near []schemas.FindingSpan) (list []schemas.Observation, err error) {
	if err := w.Settle(ctx); err != nil {
		return nil, err
	}
	err = w.inTx(ctx, func(tx session) error {
		if err := w.findRepeats(ctx, tx); err != nil {
			return err
		}
		pages, untouched := `observation WHERE `+ofPages, ""
		if near != nil {
			if err := stagePages(ctx, tx, near); err != nil {
				return err
			}
			pages += ` AND document_id IN (FROM s_page)`
		}
		if !w.full {
			untouched = ` AND document_id NOT IN (FROM touched)`
		}
		which := []string{pages + untouched, `observation WHERE ` + ofUnits + ` ORDER BY document_id, ordinal`}
		if w.said == nil {
			which = append([]string{`observation WHERE ` + ofReturns + untouched}, which...)
		} else if list, err = w.untouchedReturns(ctx, tx); err != nil {
			return err
		}
		if !w.full {
			from := "observation"
			if w.gathered {
				from = gathered
			}
			which = append(which, from+` WHERE (`+ofReturns+` OR `+ofPages+`) AND document_id IN (FROM touched)`)
		}
		words := newGlossary()
		for _, from := range which {
			if list, err = words.statements(ctx, tx, list, from); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read statements: %w", err)
	}
	return list, nil
}

// stagePages makes table s_page of the pages that say something about one of some spans.
func stagePages(ctx context.Context, tx session, near []schemas.FindingSpan) error {
	if err := stageSpans(ctx, tx, near); err != nil {
		return err
	}
	return execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_page AS SELECT DISTINCT document_id FROM observation o SEMI JOIN s_span s ON s.region_code = o.region_code
		AND s.indicator = o.indicator AND `+within("o")+` WHERE o.kind = 'article' AND o.superseded_at IS NULL`)
}

// ReadAhead begins to read what Statements will tell of returns.
func (w *Warehouse) ReadAhead(ctx context.Context) {
	if !w.full && w.said == nil {
		w.said = readAhead(ctx, func(ctx context.Context) ([]schemas.Observation, error) {
			return newGlossary().statements(ctx, w.beside, nil, `observation WHERE `+ofReturns)
		})
	}
}

// untouchedReturns is what ReadAhead read, without the documents touched since.
func (w *Warehouse) untouchedReturns(ctx context.Context, tx session) ([]schemas.Observation, error) {
	touched, err := touchedIDs(ctx, tx)
	if err != nil {
		return nil, err
	}
	said := w.said
	w.said = nil
	return said.without(touched, func(o schemas.Observation) string { return string(o.Document) })
}

// glossary reads back what many observations share: each is read once.
type glossary struct {
	documents, things map[string]*schemas.Observation
}

func newGlossary() *glossary {
	return &glossary{map[string]*schemas.Observation{}, map[string]*schemas.Observation{}}
}

// statements adds those of some rows to a list.
func (g *glossary) statements(ctx context.Context, db asker, list []schemas.Observation, from string) ([]schemas.Observation, error) {
	if list == nil { // most of them: a list that grows is copied again and again
		n, err := count(ctx, db, from)
		if err != nil {
			return nil, err
		}
		list = make([]schemas.Observation, 0, n+n/4)
	}
	rows, err := db.QueryContext(ctx, `SELECT `+statementColumns+` FROM `+from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		list = append(list, schemas.Observation{})
		if err := g.scan(rows, &list[len(list)-1]); err != nil {
			return nil, err
		}
	}
	return list, rows.Err()
}

func (g *glossary) scan(rows *sql.Rows, o *schemas.Observation) error {
	var document, thing sql.RawBytes
	var rest string
	var value, bounds any
	if err := rows.Scan(&document, &thing, &rest, &value, &bounds); err != nil {
		return err
	}
	p := parser{}
	said, ok := g.documents[string(document)]
	if !ok {
		said = p.document(string(document))
		g.documents[string(document)] = said
	}
	about, ok := g.things[string(thing)]
	if !ok {
		about = p.thing(string(thing))
		g.things[string(thing)] = about
	}
	*o = *about
	o.Document, o.Source, o.Kind, o.Form = said.Document, said.Source, said.Kind, said.Form
	p.rest(o, rest)
	o.Value = p.number(value)
	o.Low, o.High = o.Value, o.Value
	if s, ok := bounds.(string); ok {
		low, high, _ := strings.Cut(s, "\x1f")
		o.Low, o.High = p.decimal(low), p.decimal(high)
	}
	return p.of(o)
}

// fields takes apart a text of so many.
func (p *parser) fields(s string, n int) []string {
	list := strings.SplitN(s, "\x1f", n)
	if len(list) != n {
		p.note(fmt.Errorf("%q: want %d fields", s, n))
		list = append(list, make([]string, n)...)
	}
	return list
}

// document reads what stands of a document in statementColumns.
func (p *parser) document(s string) *schemas.Observation {
	f := p.fields(s, 4)
	o := &schemas.Observation{Document: schemas.DocumentID(f[0]), Form: f[2], Source: f[3]}
	p.enum(&o.Kind, f[1])
	return o
}

// thing reads what stands there of what is said.
func (p *parser) thing(s string) *schemas.Observation {
	f := p.fields(s, 13)
	o := &schemas.Observation{Indicator: schemas.IndicatorCode(f[0]), Unit: schemas.UnitCode(f[1]), Decimals: p.int(f[2]), UnitMult: p.int(f[3]), Action: f[5], Per: f[7], Breakdown: f[12]}
	p.enum(&o.Scope, f[4])
	p.enum(&o.Measure, f[6])
	p.enum(&o.Qualifier, f[8])
	p.enum(&o.Period.Kind, f[9])
	o.Period.Start, o.Period.End = p.day(f[10]), p.day(f[11])
	return o
}

// rest reads what stands there of one observation alone.
func (p *parser) rest(o *schemas.Observation, s string) {
	var f [5]string
	for i := range f {
		var ok bool
		if f[i], s, ok = strings.Cut(s, "\x1f"); !ok {
			p.note(fmt.Errorf("%q: want %d fields more", s, len(f)-i))
			return
		}
	}
	o.ID, o.Article, o.Locator, o.Region = schemas.ObservationID(f[0]), p.int(f[1]), p.locator(f[2]), schemas.RegionCode(f[3])
	n := p.int(f[4])
	if n < 0 || n > len(s) {
		p.note(fmt.Errorf("%q: want a number of %d bytes", s, n))
		return
	}
	o.Number, o.Entity = s[:n], s[n:]
}

// within asks whether the end of a row's period lies in the span s. No day is the day before all.
func within(row string) string {
	return `coalesce(` + row + `.period_end, DATE '0001-01-01') BETWEEN s.first AND s.last`
}

func orFirst(d schemas.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.Time()
}

// stageSpans makes table s_span of spans.
func stageSpans(ctx context.Context, tx session, spans []schemas.FindingSpan) error {
	if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_span (rule VARCHAR, region_code VARCHAR, indicator VARCHAR, first DATE, last DATE)`); err != nil {
		return err
	}
	rows := make([][]driver.Value, len(spans))
	for i, s := range spans {
		rows[i] = []driver.Value{s.Rule, text(string(s.Region)), text(string(s.Indicator)), orFirst(s.From), orFirst(s.To)}
	}
	return tx.bulk("s_span", rows)
}
