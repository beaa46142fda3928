package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"heshu/schemas"
)

// Arrived tells of each document that this version of the code has read when it last came in, as far as it was loaded. Others are to be read; one
// that has come in since, under another name or again after others of its series, is to be handed over as known.
func (w *Warehouse) Arrived(ctx context.Context, codeVersion string) (map[schemas.DocumentID]time.Time, error) {
	rows, err := w.db.QueryContext(ctx, `SELECT document_id, epoch_us(max(s.received_at)) FROM submission s JOIN document d USING (document_id)
		WHERE d.code_version = ? GROUP BY document_id`, codeVersion)
	if err != nil {
		return nil, fmt.Errorf("read submissions: %w", err)
	}
	defer rows.Close()
	arrived := map[schemas.DocumentID]time.Time{}
	for rows.Next() {
		var id string
		var at any
		if err := rows.Scan(&id, &at); err != nil {
			return nil, fmt.Errorf("read submissions: %w", err)
		}
		n, ok := at.(int64)
		if !ok {
			return nil, fmt.Errorf("read submissions: %s came in at %v (%T), want microseconds", id, at, at)
		}
		arrived[schemas.DocumentID(id)] = time.UnixMicro(n).UTC()
	}
	return arrived, rows.Err()
}

// Series lists the series that each document came in, as far as it was loaded.
func (w *Warehouse) Series(ctx context.Context) (map[schemas.DocumentID][]string, error) {
	rows, err := w.db.QueryContext(ctx, `SELECT DISTINCT document_id, series FROM submission`)
	if err != nil {
		return nil, fmt.Errorf("read submissions: %w", err)
	}
	defer rows.Close()
	came := map[schemas.DocumentID][]string{}
	for rows.Next() {
		var id schemas.DocumentID
		var series string
		if err := rows.Scan(&id, &series); err != nil {
			return nil, fmt.Errorf("read submissions: %w", err)
		}
		came[id] = append(came[id], series)
	}
	return came, rows.Err()
}

// Document is one document as the warehouse knows it.
type Document struct {
	ID        schemas.DocumentID
	Name      string
	Source    string
	Series    string
	Kind      schemas.Kind
	Published schemas.Date
	Received  time.Time
	Region    schemas.RegionCode
	Period    schemas.Period // what intake said, else that of its figures if they have one form and one period
	Form      string         // "" if its figures have none, or several
	Rejected  string         // why it could not be read, "" if it could
	Current   bool           // nothing of its series came in after it
}

// notPages are the documents that are no pages: returns, and what could not be read.
const notPages = "coalesce(d.kind, '') <> 'article'"

// Returns lists the documents that are no pages, by id: returns, slips, and what could not be read.
func (w *Warehouse) Returns(ctx context.Context) ([]Document, error) {
	var err error
	if w.returns == nil {
		w.returns, err = documents(ctx, w.beside, notPages)
	}
	return w.returns, err
}

// InSeries lists the documents whose series begins so, by id: only ID, Name, Published and Received of them.
func (w *Warehouse) InSeries(ctx context.Context, prefix string) (list []Document, err error) {
	rows, err := w.db.QueryContext(ctx, `SELECT document_id, name, coalesce(published::VARCHAR, ''), received_at FROM document
		WHERE starts_with(series, ?) ORDER BY document_id`, prefix)
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var d Document
		var published string
		if err := rows.Scan(&d.ID, &d.Name, &published, &d.Received); err != nil {
			return nil, fmt.Errorf("read documents: %w", err)
		}
		p := parser{}
		if d.Published = p.day(published); p.err != nil {
			return nil, fmt.Errorf("document %s: %w", d.ID, p.err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// Returns lists the documents that are no pages, by id: returns, slips, and what could not be read.
func (r *Reader) Returns(ctx context.Context) ([]Document, error) {
	if r.returns != nil {
		return r.returns, nil
	}
	return documents(ctx, r.db, notPages)
}

// Documents lists all documents by id.
func (r *Reader) Documents(ctx context.Context) ([]Document, error) {
	return documents(ctx, r.db, "true")
}

func documents(ctx context.Context, db *sql.DB, where string) ([]Document, error) {
	rows, err := db.QueryContext(ctx, `
		WITH form AS (SELECT document_id, any_value(form) AS form, any_value(period_kind) AS kind, any_value(period_start) AS start, any_value(period_end) AS stop
			FROM (SELECT *, hash(form, period_kind, period_start, period_end) AS said FROM observation WHERE superseded_at IS NULL AND form IS NOT NULL)
			GROUP BY document_id HAVING min(said) = max(said))
		SELECT d.document_id, d.name, d.source, d.series, coalesce(d.kind, ''), coalesce(d.published::VARCHAR, ''), d.received_at, coalesce(d.region_code, ''),
			coalesce(d.period_kind, f.kind, ''), coalesce(CASE WHEN d.period_kind IS NULL THEN f.start ELSE d.period_start END::VARCHAR, ''),
			coalesce(CASE WHEN d.period_kind IS NULL THEN f.stop ELSE d.period_end END::VARCHAR, ''), coalesce(f.form, ''), coalesce(d.reason, ''),
			d.document_id IN (SELECT arg_max(document_id, number) FROM submission GROUP BY series)
		FROM document d LEFT JOIN form f USING (document_id) WHERE `+where+` ORDER BY d.document_id`)
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	defer rows.Close()
	var list []Document
	for rows.Next() {
		var d Document
		var kind, published, period, start, end string
		if err := rows.Scan(&d.ID, &d.Name, &d.Source, &d.Series, &kind, &published, &d.Received, &d.Region, &period, &start, &end, &d.Form, &d.Rejected, &d.Current); err != nil {
			return nil, fmt.Errorf("read documents: %w", err)
		}
		p := parser{}
		p.enum(&d.Kind, kind)
		p.enum(&d.Period.Kind, period)
		d.Published, d.Period.Start, d.Period.End = p.day(published), p.day(start), p.day(end)
		if p.err != nil {
			return nil, fmt.Errorf("document %s: %w", d.ID, p.err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
