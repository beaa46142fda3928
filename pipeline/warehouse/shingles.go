package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

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
	touched, err := touchedIDs(ctx, tx)
	if err != nil {
		return err
	}
	articles, err := w.currentArticles(ctx, tx, touched)
	if err != nil {
		return err
	}
	var links []reprint.Link
	if w.full {
		links = reprint.Links(articles, nil)
	} else if links, err = knownLinks(ctx, tx, articles); err == nil {
		links = append(links, reprint.Links(articles, func(i int) bool { return touched[articles[i].Document] })...)
	}
	if err != nil {
		return err
	}
	if err := errors.Join(keepLinks(ctx, tx, articles, links), date(ctx, tx, articles, reprint.Linked(links))); err != nil {
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

// currentArticles lists the current articles with their fingerprints. All documents of a series are touched when one comes in: what was current
// before, and is not touched, still is.
func (w *Warehouse) currentArticles(ctx context.Context, tx session, touched map[string]bool) ([]reprint.Article, error) {
	if w.articles == nil {
		return fingerprints(ctx, tx, "")
	}
	articles := w.articles
	w.articles = nil
	before, err := articles.without(touched, func(a reprint.Article) string { return a.Document })
	if err != nil {
		return nil, err
	}
	fresh, err := fingerprints(ctx, tx, ` AND document_id IN (FROM touched)`)
	return append(before, fresh...), err
}

// fingerprints reads those of current articles that a condition holds for.
func fingerprints(ctx context.Context, db asker, where string) (articles []reprint.Article, err error) {
	rows, err := db.QueryContext(ctx, `SELECT document_id, part, signature FROM shingle
		WHERE document_id IN (SELECT arg_max(document_id, number) FROM submission GROUP BY series)`+where)
	if err != nil {
		return nil, fmt.Errorf("read fingerprints: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a reprint.Article
		if err := rows.Scan(&a.Document, &a.Part, &a.Signature); err != nil {
			return nil, fmt.Errorf("read fingerprints: %w", err)
		}
		articles = append(articles, a)
	}
	return articles, rows.Err()
}

// date fills in when some of the articles were published.
func date(ctx context.Context, tx session, articles []reprint.Article, some []int) error {
	at := make(map[articlePlace]*reprint.Article, len(some))
	ids := make([]string, len(some))
	for i, n := range some {
		a := &articles[n]
		at[articlePlace{a.Document, a.Part}], ids[i] = a, a.Document
	}
	rows, err := tx.QueryContext(ctx, `SELECT document_id, p.part, coalesce(p.published, d.published)::VARCHAR FROM part p JOIN document d USING (document_id)
		WHERE document_id IN (SELECT unnest($ids)) AND coalesce(p.published, d.published) IS NOT NULL`, sql.Named("ids", ids))
	if err != nil {
		return fmt.Errorf("read dates of articles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p articlePlace
		var published string
		if err := rows.Scan(&p.document, &p.part, &published); err != nil {
			return fmt.Errorf("read dates of articles: %w", err)
		}
		if a := at[p]; a != nil {
			a.Published = published
		}
	}
	return rows.Err()
}

// articlePlace is where an article stands.
type articlePlace struct {
	document string
	part     int
}

// knownLinks are those found before, without the documents touched tonight. All documents of a series are touched when one
// comes in: an article that is current and was not before is among them.
func knownLinks(ctx context.Context, tx session, articles []reprint.Article) ([]reprint.Link, error) {
	at := make(map[articlePlace]int, len(articles))
	for i, a := range articles {
		at[articlePlace{a.Document, a.Part}] = i
	}
	rows, err := tx.QueryContext(ctx, `SELECT document_id, part, other_document_id, other_part, similarity FROM alike
		WHERE document_id NOT IN (FROM touched) AND other_document_id NOT IN (FROM touched)`)
	if err != nil {
		return nil, fmt.Errorf("read reprints: %w", err)
	}
	defer rows.Close()
	var list []reprint.Link
	for rows.Next() {
		var a, b articlePlace
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
