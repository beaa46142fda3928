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

// reprints works out anew which current articles are reprints. Documents that were replaced take no part.
func (w *Warehouse) reprints(ctx context.Context, tx session) error {
	rows, err := tx.QueryContext(ctx, `SELECT s.document_id, s.part, coalesce(p.published, d.published), s.signature
		FROM shingle s JOIN part p USING (document_id, part) JOIN document d USING (document_id)
		WHERE s.document_id IN (SELECT document_id FROM submission GROUP BY series, document_id
			HAVING max(number) = (SELECT max(number) FROM submission m WHERE m.series = submission.series))`)
	if err != nil {
		return fmt.Errorf("read fingerprints: %w", err)
	}
	defer rows.Close()
	var articles []reprint.Article
	for rows.Next() {
		var a reprint.Article
		var published sql.NullTime
		if err := rows.Scan(&a.Document, &a.Part, &published, &a.Signature); err != nil {
			return fmt.Errorf("read fingerprints: %w", err)
		}
		if published.Valid {
			a.Published = published.Time.Format(time.DateOnly)
		}
		articles = append(articles, a)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read fingerprints: %w", err)
	}
	var list [][]driver.Value
	for _, p := range reprint.Find(articles) {
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
