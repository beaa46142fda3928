package warehouse

import (
	"context"
	"errors"
	"fmt"

	"heshu/schemas"
)

// touchedTables are temporary tables that hold what tonight's loads have touched.
var touchedTables = []string{
	`CREATE OR REPLACE TEMP TABLE touched (document_id VARCHAR)`, // documents any of whose rows may be others than before
}

// remember keeps what the series of a load looked like before it.
func (l *loader) remember(ctx context.Context) error {
	return l.execAll(ctx, `CREATE OR REPLACE TEMP TABLE s_before AS SELECT series, number, document_id, name, source FROM submission WHERE series IN (SELECT series FROM s_document)`)
}

// touch notes the documents that a load reads, those whose place in a series is another, those whose figures it closed or
// brought back, and those that a revision names.
func (l *loader) touch(ctx context.Context) error {
	return l.execAll(ctx, `CREATE OR REPLACE TEMP TABLE s_after AS SELECT series, number, document_id, name, source FROM submission WHERE series IN (SELECT series FROM s_document)`,
		`INSERT INTO touched SELECT document_id FROM s_document
			UNION SELECT arg_max(document_id, number) FROM s_before GROUP BY series
			UNION SELECT document_id FROM (FROM s_before EXCEPT FROM s_after) UNION SELECT document_id FROM (FROM s_after EXCEPT FROM s_before)
			UNION SELECT document_id FROM observation WHERE superseded_at = $now OR recorded_at = $now
			UNION SELECT coalesce(new_document_id, old_document_id) FROM revision WHERE recorded_at = $now`,
		`DROP TABLE s_before`, `DROP TABLE s_after`)
}

// touchReprints adds the documents whose articles became reprints or ceased to be, and reprints of touched articles: which of
// their figures only repeat the original may have changed. s_reprint holds the reprints of now, reprint those of before.
const touchReprints = `INSERT INTO touched SELECT document_id FROM (FROM s_reprint EXCEPT FROM reprint) UNION SELECT document_id FROM (FROM reprint EXCEPT FROM s_reprint)
	UNION SELECT document_id FROM s_reprint WHERE original_document_id IN (FROM touched) UNION SELECT document_id FROM reprint WHERE original_document_id IN (FROM touched)`

// gathered is a temporary table of the observations that the touched documents say or said and of those that say the same things: reading
// them is most of what a night pays for the warehouse's size, so they are read once. Temporary table touched_key holds the keyHash of what the
// touched documents say.
const gathered = "gathered"

// gather makes the table; Settle comes before it.
func (w *Warehouse) gather(ctx context.Context, tx session) error {
	if w.gathered {
		return nil
	}
	w.gathered = true
	if err := w.findRepeats(ctx, tx); err != nil {
		return err
	}
	return execAll(ctx, tx,
		`CREATE OR REPLACE TEMP TABLE s_place AS SELECT rowid AS place, CASE WHEN indicator <> 'other' AND region_code IS NOT NULL THEN `+keyHash+` END AS key_hash
			FROM observation WHERE document_id IN (FROM touched)`,
		`CREATE OR REPLACE TEMP TABLE touched_key AS SELECT DISTINCT key_hash FROM s_place WHERE key_hash IS NOT NULL`,
		`CREATE OR REPLACE TEMP TABLE `+gathered+` AS FROM observation WHERE rowid IN (SELECT place FROM s_place
			UNION SELECT rowid FROM observation WHERE superseded_at IS NULL AND indicator <> 'other' AND `+keyHash+` IN (FROM touched_key))`, `DROP TABLE s_place`)
}

// findRepeats makes temporary table repeated of what the view reprinted says, which takes long; Settle comes before it.
func (w *Warehouse) findRepeats(ctx context.Context, tx session) error {
	if w.repeats {
		return nil
	}
	w.repeats = true
	if any, err := touchedAny(ctx, tx); err != nil || !any && !w.full {
		return errors.Join(err, execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE repeated AS FROM main.`+reprintedView))
	}
	return execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE repeated AS `+definition("reprinted"))
}

// News reports whether a load has touched anything.
func (w *Warehouse) News(ctx context.Context) (bool, error) { return touchedAny(ctx, w.db) }

// touchedIDs are the documents touched.
func touchedIDs(ctx context.Context, db asker) (map[string]bool, error) {
	return idSet(ctx, db, `SELECT DISTINCT document_id FROM touched`)
}

// touchedAny tells the same within a transaction.
func touchedAny(ctx context.Context, q asker) (any bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) > 0 FROM touched`).Scan(&any)
	return any, err
}

// Saying is what a document says of a thing: see Touched.
type Saying struct {
	Document        schemas.DocumentID
	Region          schemas.RegionCode
	Indicator       schemas.IndicatorCode
	End             schemas.Date // of the period
	Article, Entity bool         // of an article, of a unit
}

// Touched returns what the documents touched tonight say or said, replaced figures and reprints included, each thing once.
func (w *Warehouse) Touched(ctx context.Context) ([]Saying, error) {
	if err := w.Settle(ctx); err != nil {
		return nil, err
	}
	if any, err := touchedAny(ctx, w.db); err != nil || !any {
		return nil, err
	}
	from := "observation"
	if !w.full {
		if err := w.inTx(ctx, func(tx session) error { return w.gather(ctx, tx) }); err != nil {
			return nil, fmt.Errorf("touched: %w", err)
		}
		from = gathered
	}
	rows, err := w.db.QueryContext(ctx, `SELECT DISTINCT document_id, coalesce(region_code, ''), indicator, coalesce(period_end::VARCHAR, ''), kind = 'article', scope IS NOT DISTINCT FROM 'entity'
		FROM `+from+` WHERE document_id IN (FROM touched)`)
	if err != nil {
		return nil, fmt.Errorf("touched: %w", err)
	}
	defer rows.Close()
	var list []Saying
	for rows.Next() {
		var x Saying
		var end string
		if err := rows.Scan(&x.Document, &x.Region, &x.Indicator, &end, &x.Article, &x.Entity); err != nil {
			return nil, fmt.Errorf("touched: %w", err)
		}
		p := parser{}
		if x.End = p.day(end); p.err != nil {
			return nil, fmt.Errorf("touched: %w", p.err)
		}
		list = append(list, x)
	}
	return list, rows.Err()
}
