package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	"heshu/pipeline/warehouse/reprint"
)

// shingles keeps the fingerprints of the articles just read.
func (l *loader) shingles(ctx context.Context) error {
	if _, err := l.exec(ctx, `DELETE FROM shingle WHERE document_id IN (SELECT document_id FROM s_known)`); err != nil {
		return err
	}
	rows, err := l.tx.QueryContext(ctx, `SELECT document_id, part, text FROM part SEMI JOIN s_read USING (document_id) WHERE text IS NOT NULL ORDER BY ALL`)
	if err != nil {
		return fmt.Errorf("read articles: %w", err)
	}
	defer rows.Close()
	var list [][]driver.Value
	for rows.Next() {
		var id, text string
		var part int32
		if err := rows.Scan(&id, &part, &text); err != nil {
			return fmt.Errorf("read articles: %w", err)
		}
		if sig := reprint.Signature(text); sig != nil {
			list = append(list, []driver.Value{id, part, sig})
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read articles: %w", err)
	}
	return l.tx.bulk("shingle", list)
}

// reprints works out which current articles are reprints. Documents that were replaced take no part. Which articles are
// alike is known from the nights before, but for those of the documents touched tonight.
func (w *Warehouse) reprints(ctx context.Context, tx session) error {
	articles, touched, err := fingerprints(ctx, tx)
	if err != nil {
		return err
	}
	var links []reprint.Link
	if w.full {
		links = reprint.Links(articles, nil)
	} else if links, err = knownLinks(ctx, tx, articles); err == nil {
		links = append(links, reprint.Links(articles, func(i int) bool { return touched[i] })...)
	}
	if err != nil {
		return err
	}
	if err := keepLinks(ctx, tx, articles, links); err != nil {
		return err
	}
	var list [][]driver.Value
	for _, p := range reprint.Group(articles, links) {
		list = append(list, []driver.Value{p.Of.Document, int32(p.Of.Part), p.Original.Document, int32(p.Original.Part), p.Similarity})
	}
	if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_reprint AS FROM reprint LIMIT 0`); err != nil {
		return err
	}
	if err := tx.bulk("s_reprint", list); err != nil {
		return err
	}
	return execAll(ctx, tx, touchReprints, `DELETE FROM reprint`, `INSERT INTO reprint FROM s_reprint`, `DROP TABLE s_reprint`)
}

// fingerprints reads those of the current articles, and which of them are of documents touched tonight.
func fingerprints(ctx context.Context, tx session) (articles []reprint.Article, touched []bool, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT s.document_id, s.part, coalesce(p.published, d.published), s.signature, s.document_id IN (FROM touched)
		FROM shingle s JOIN part p USING (document_id, part) JOIN document d USING (document_id)
		WHERE s.document_id IN (SELECT document_id FROM submission GROUP BY series, document_id
			HAVING max(number) = (SELECT max(number) FROM submission m WHERE m.series = submission.series))`)
	if err != nil {
		return nil, nil, fmt.Errorf("read fingerprints: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a reprint.Article
		var published sql.NullTime
		var fresh bool
		if err := rows.Scan(&a.Document, &a.Part, &published, &a.Signature, &fresh); err != nil {
			return nil, nil, fmt.Errorf("read fingerprints: %w", err)
		}
		if published.Valid {
			a.Published = published.Time.Format(time.DateOnly)
		}
		articles, touched = append(articles, a), append(touched, fresh)
	}
	return articles, touched, rows.Err()
}

// knownLinks are those found before, without the documents touched tonight. All documents of a series are touched when one
// comes in: an article that is current and was not before is among them.
func knownLinks(ctx context.Context, tx session, articles []reprint.Article) ([]reprint.Link, error) {
	type place struct {
		document string
		part     int
	}
	at := make(map[place]int, len(articles))
	for i, a := range articles {
		at[place{a.Document, a.Part}] = i
	}
	rows, err := tx.QueryContext(ctx, `SELECT document_id, part, other_document_id, other_part, similarity FROM alike
		WHERE document_id NOT IN (FROM touched) AND other_document_id NOT IN (FROM touched)`)
	if err != nil {
		return nil, fmt.Errorf("read reprints: %w", err)
	}
	defer rows.Close()
	var list []reprint.Link
	for rows.Next() {
		var a, b place
		var share float64
		if err := rows.Scan(&a.document, &a.part, &b.document, &b.part, &share); err != nil {
			return nil, fmt.Errorf("read reprints: %w", err)
		}
		i, here := at[a]
		j, there := at[b]
		if here && there {
			list = append(list, reprint.Link{A: i, B: j, Similarity: share})
		}
	}
	return list, rows.Err()
}

// keepLinks makes these the links that are known.
func keepLinks(ctx context.Context, tx session, articles []reprint.Article, links []reprint.Link) error {
	list := make([][]driver.Value, len(links))
	for i, l := range links {
		a, b := articles[l.A], articles[l.B]
		list[i] = []driver.Value{a.Document, int32(a.Part), b.Document, int32(b.Part), l.Similarity}
	}
	if err := execAll(ctx, tx, `DELETE FROM alike`); err != nil {
		return err
	}
	return tx.bulk("alike", list)
}
