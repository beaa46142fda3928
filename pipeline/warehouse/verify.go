package warehouse

import (
	"context"
	"database/sql"
	"fmt"

	"heshu/schemas"
)

// Mismatch is an observation whose evidence does not resolve.
type Mismatch struct {
	Observation schemas.ObservationID
	Document    schemas.DocumentID
	Locator     string
	Quote       string
	Found       string // the text at the locator, "" if there is none
}

// Sample is which observations are looked at: Size of them, spread over all by their places in the table and the seed; 0 is all.
type Sample struct {
	Size int
	Seed string // another seed, other observations
}

// TextAt returns the text at a locator of a document's part, false if there is none. Of the document ID and Name are known. It is asked
// document by document.
type TextAt func(document schemas.Document, part int, at schemas.Locator) (string, bool)

// Verify looks up the evidence of current observations: the text at the locator must be the quote. It returns how many were looked at
// and those that do not resolve.
func (r *Reader) Verify(ctx context.Context, s Sample, textAt TextAt) (int, []Mismatch, error) {
	return verify(ctx, r.db, s, textAt)
}

// Verify looks up the evidence of what is about to be published, as Reader.Verify does.
func (w *Warehouse) Verify(ctx context.Context, s Sample, textAt TextAt) (int, []Mismatch, error) {
	return verify(ctx, w.beside, s, textAt)
}

func verify(ctx context.Context, db *sql.DB, s Sample, textAt TextAt) (int, []Mismatch, error) {
	query := `SELECT obs_id, document_id, article, locator, quote FROM observation WHERE superseded_at IS NULL`
	if s.Size > 0 {
		query += fmt.Sprintf(` ORDER BY hash(rowid, %s), rowid LIMIT %d`, quote(s.Seed), s.Size)
	}
	rows, err := db.QueryContext(ctx, `SELECT o.*, name FROM (`+query+`) o JOIN document USING (document_id) ORDER BY document_id, article, locator`)
	if err != nil {
		return 0, nil, fmt.Errorf("verify evidence: %w", err)
	}
	defer rows.Close()
	var bad []Mismatch
	seen := 0
	for rows.Next() {
		var m Mismatch
		var part int
		var name string
		if err := rows.Scan(&m.Observation, &m.Document, &part, &m.Locator, &m.Quote, &name); err != nil {
			return seen, bad, fmt.Errorf("verify evidence: %w", err)
		}
		seen++
		at, err := schemas.ParseLocator(m.Locator)
		if err != nil {
			return seen, bad, fmt.Errorf("verify evidence: observation %s: %w", m.Observation, err)
		}
		if found, ok := textAt(schemas.Document{ID: m.Document, Name: name}, part, at); !ok || text(found) != m.Quote {
			m.Found = text(found)
			bad = append(bad, m)
		}
	}
	if err := rows.Err(); err != nil {
		return seen, bad, fmt.Errorf("verify evidence: %w", err)
	}
	return seen, bad, nil
}

// StoredText looks at the articles' texts stored in the release itself. Cells of workbooks are not stored: it finds nothing at them.
func (r *Reader) StoredText(ctx context.Context) TextAt {
	var document schemas.DocumentID
	part := -1
	var runes []rune
	return func(doc schemas.Document, p int, at schemas.Locator) (string, bool) {
		span, ok := at.(schemas.TextSpan)
		if !ok {
			return "", false
		}
		if doc.ID != document || p != part {
			var text string
			err := r.db.QueryRowContext(ctx, `SELECT text FROM part WHERE document_id = ? AND part = ?`, string(doc.ID), p).Scan(&text)
			if err != nil {
				return "", false
			}
			document, part, runes = doc.ID, p, []rune(text)
		}
		return span.In(runes)
	}
}
