package warehouse

import (
	"context"
	"strings"
)

// factKey is what two observations must share to be the same figure said twice. The labels speak where no indicator does.
const factKey = `concat_ws(chr(31), indicator, coalesce(breakdown, ''), coalesce(action, ''), coalesce(measure, ''), coalesce(per, ''),
	coalesce(scope, ''), coalesce(entity, ''), coalesce(region_code, ''), coalesce(period_kind, ''), coalesce(period_start::VARCHAR, ''),
	coalesce(period_end::VARCHAR, ''), unit, CASE WHEN indicator = 'other' THEN coalesce(label, '') || chr(31) || coalesce(row_label, '') ||
	chr(31) || coalesce(column_label, '') ELSE '' END)`

// reread compares a new reading of known documents with what is current, figure by figure (their ids are of document
// and place). Only documents that are the last of a series are reread: earlier ones are history.
func (l *loader) reread(ctx context.Context, cols []string) error {
	list := strings.Join(cols, ", ")
	if err := l.execAll(ctx,
		`CREATE OR REPLACE TEMP TABLE s_obs AS SELECT `+list+` FROM `+l.batch.file("observation")+`
		WHERE document_id IN (SELECT document_id FROM s_known) AND document_id IN (SELECT document_id FROM submission GROUP BY series, document_id
		HAVING max(number) = (SELECT max(number) FROM submission m WHERE m.series = submission.series))`,
		`CREATE OR REPLACE TEMP TABLE s_old AS SELECT o.* FROM observation o WHERE superseded_at IS NULL AND document_id IN
		(SELECT document_id FROM s_known) AND (document_id IN (SELECT document_id FROM s_obs) OR document_id IN (SELECT document_id FROM s_read WHERE figures = 0))`,
		`CREATE OR REPLACE TEMP TABLE s_same AS SELECT s.obs_id FROM s_obs s JOIN s_old o USING (obs_id)
		WHERE row(s.`+strings.Join(cols, ", s.")+`) IS NOT DISTINCT FROM row(o.`+strings.Join(cols, ", o.")+`)`,
		`INSERT INTO revision BY NAME SELECT d.series, CASE WHEN s.obs_id IS NULL THEN 'D' WHEN o.obs_id IS NULL THEN 'A' ELSE 'R' END AS action,
		'reread' AS reason, `+pick("s", "o", "indicator", "breakdown", "region_code", "period_kind", "period_start", "period_end", "measure", "unit")+`,
		o.value AS old_value, s.value AS new_value, o.obs_id AS old_obs_id, s.obs_id AS new_obs_id, o.document_id AS old_document_id,
		s.document_id AS new_document_id, $run AS run_id, $now AS recorded_at
		FROM (SELECT * FROM s_obs WHERE document_id IN (SELECT document_id FROM s_old)) s FULL JOIN s_old o USING (obs_id)
		JOIN document d ON d.document_id = coalesce(s.document_id, o.document_id)
		WHERE s.obs_id IS NULL OR o.obs_id IS NULL OR row(s.value, s.value_low, s.value_high) IS DISTINCT FROM row(o.value, o.value_low, o.value_high)`); err != nil {
		return err
	}
	closed, err := l.exec(ctx, `UPDATE observation o SET superseded_at = $now, superseded_reason = 'reread', superseded_by = x.new_id
		FROM (SELECT s_old.obs_id, s_obs.obs_id AS new_id FROM s_old LEFT JOIN s_obs USING (obs_id) ANTI JOIN s_same USING (obs_id)) x
		WHERE o.obs_id = x.obs_id AND o.superseded_at IS NULL`)
	if err != nil {
		return err
	}
	added, err := l.exec(ctx, `INSERT INTO observation BY NAME SELECT `+list+`, $run AS run_id, $now AS recorded_at,
		1 + coalesce((SELECT max(version) FROM observation p WHERE p.obs_id = s_obs.obs_id), 0) AS version FROM s_obs ANTI JOIN s_same USING (obs_id)`)
	if err != nil {
		return err
	}
	var deleted int64
	err = l.tx.QueryRowContext(ctx, `SELECT count(*) FROM s_old ANTI JOIN s_obs USING (obs_id)`).Scan(&deleted)
	l.counts = l.counts.Add(Counts{Observations: added, Superseded: closed, Deleted: deleted})
	if err != nil {
		return err
	}
	return l.execAll(ctx, `DROP TABLE s_obs`, `DROP TABLE s_old`, `DROP TABLE s_same`)
}

// pick takes columns of a where a has the row, else those of b.
func pick(a, b string, columns ...string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = "CASE WHEN " + a + ".obs_id IS NULL THEN " + b + "." + c + " ELSE " + a + "." + c + " END AS " + c
	}
	return strings.Join(parts, ", ")
}

// submissions writes down what came in and numbers each series anew, in the order of receipt. The same document
// twice in a row is one submission.
func (l *loader) submissions(ctx context.Context) error {
	return l.execAll(ctx,
		`CREATE OR REPLACE TEMP TABLE s_submission AS
		WITH touched AS (SELECT DISTINCT series FROM s_document),
		every AS (
			SELECT series, document_id, name, source, received_at, run_id, recorded_at FROM submission WHERE series IN (FROM touched)
			UNION ALL SELECT series, document_id, name, source, received_at, $run, $now FROM s_document),
		marked AS (SELECT *, lag(document_id) OVER (PARTITION BY series ORDER BY received_at, name, document_id, recorded_at) AS before FROM every)
		SELECT series, (row_number() OVER (PARTITION BY series ORDER BY received_at, name, document_id))::INTEGER AS number, document_id, name,
			source, received_at, run_id, recorded_at FROM marked WHERE before IS DISTINCT FROM document_id`,
		`DELETE FROM submission WHERE series IN (SELECT series FROM s_document)`,
		`INSERT INTO submission SELECT series, number, document_id, name, source, received_at, run_id, recorded_at FROM s_submission`,
		`DROP TABLE s_submission`)
}

// supersede closes the observations of documents that a later, readable document of the series replaces.
// Figures are matched by what they are about; one that nothing matches is withdrawn. A document that came in more than once, or in several
// series, is replaced by what came in last after it.
func (l *loader) supersede(ctx context.Context) error {
	replaced, err := l.stageAs(ctx, "s_replaced", `
		WITH here AS (SELECT document_id FROM submission WHERE series IN (SELECT series FROM s_document)),
		good AS (SELECT s.* FROM submission s JOIN document d USING (document_id) WHERE d.status = 'read' AND d.figures > 0
			AND s.series IN (SELECT series FROM submission WHERE document_id IN (FROM here))),
		next AS (SELECT series, document_id, lead(document_id) OVER line AS new_document, row(lead(received_at) OVER line, number, series) AS since
			FROM good WINDOW line AS (PARTITION BY series ORDER BY number))
		SELECT arg_max(series, since) AS series, document_id, arg_max(new_document, since) AS new_document FROM next
		WHERE document_id IN (FROM here) AND document_id NOT IN (SELECT document_id FROM next WHERE new_document IS NULL) GROUP BY document_id`)
	if err != nil || replaced == 0 {
		return err
	}
	return l.replace(ctx)
}

// replace matches old and new figures, writes revisions and closes the old ones.
func (l *loader) replace(ctx context.Context) error {
	if err := l.execAll(ctx,
		`CREATE OR REPLACE TEMP TABLE s_match AS
		WITH old AS (SELECT r.series, r.new_document, `+factKey+` AS key, row_number() OVER (PARTITION BY o.document_id, `+factKey+` ORDER BY article, ordinal) AS nth, o.*
			FROM observation o JOIN s_replaced r USING (document_id) WHERE superseded_at IS NULL),
		fresh AS (SELECT `+factKey+` AS key, row_number() OVER (PARTITION BY document_id, `+factKey+` ORDER BY article, ordinal) AS nth, *
			FROM (SELECT * FROM observation WHERE document_id IN (SELECT new_document FROM s_replaced)
			QUALIFY row_number() OVER (PARTITION BY obs_id ORDER BY version DESC) = 1)),
		pairs AS (SELECT r.series, r.document_id AS old_document, f.* FROM s_replaced r JOIN fresh f ON f.document_id = r.new_document
			WHERE r.document_id IN (SELECT document_id FROM old))
		SELECT coalesce(o.series, s.series) AS series, `+pick("s", "o", "indicator", "breakdown", "region_code", "period_kind", "period_start", "period_end", "measure", "unit")+`,
			o.value AS old_value, s.value AS new_value, o.obs_id AS old_obs_id, s.obs_id AS new_obs_id, o.document_id AS old_document_id, s.document_id AS new_document_id,
			row(o.value, o.value_low, o.value_high) IS NOT DISTINCT FROM row(s.value, s.value_low, s.value_high) AS same
		FROM old o FULL JOIN pairs s ON s.old_document = o.document_id AND s.key = o.key AND s.nth = o.nth`,
		`INSERT INTO revision BY NAME SELECT * EXCLUDE (same), CASE WHEN new_obs_id IS NULL THEN 'D' WHEN old_obs_id IS NULL THEN 'A' ELSE 'R' END AS action,
		'resubmitted' AS reason, $run AS run_id, $now AS recorded_at FROM s_match WHERE NOT (same AND old_obs_id IS NOT NULL AND new_obs_id IS NOT NULL)`); err != nil {
		return err
	}
	closed, err := l.exec(ctx, `UPDATE observation o SET superseded_at = $now, superseded_reason = 'resubmitted', superseded_by = m.new_obs_id
		FROM s_match m WHERE m.old_obs_id = o.obs_id AND o.superseded_at IS NULL`)
	if err != nil {
		return err
	}
	var deleted int64
	err = l.tx.QueryRowContext(ctx, `SELECT count(*) FROM s_match WHERE new_obs_id IS NULL`).Scan(&deleted)
	l.counts = l.counts.Add(Counts{Superseded: closed, Deleted: deleted})
	if err != nil {
		return err
	}
	return l.execAll(ctx, `DROP TABLE s_match`, `DROP TABLE s_replaced`)
}

// reopen brings back the figures of a document that was replaced and is now sent again: as new rows, the closed ones
// stay closed.
func (l *loader) reopen(ctx context.Context) error {
	var any bool
	if err := l.tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM s_document WHERE status = 'known' OR document_id IN (FROM s_known)`).Scan(&any); err != nil || !any {
		return err
	}
	if n, err := l.stageAs(ctx, "s_again", `SELECT DISTINCT s.document_id FROM s_document s SEMI JOIN document USING (document_id)
		JOIN submission m ON m.series = s.series AND m.document_id = s.document_id
		WHERE (s.status = 'known' OR s.document_id IN (SELECT document_id FROM s_known))
		AND m.number = (SELECT max(number) FROM submission x WHERE x.series = m.series)`); err != nil || n == 0 {
		return err
	}
	n, err := l.exec(ctx, `INSERT INTO observation BY NAME
		SELECT * REPLACE (version + 1 AS version, $run AS run_id, $now AS recorded_at, NULL AS superseded_at, NULL AS superseded_by, NULL AS superseded_reason)
		FROM observation SEMI JOIN s_again USING (document_id)
		WHERE document_id NOT IN (SELECT document_id FROM observation SEMI JOIN s_again USING (document_id) WHERE superseded_at IS NULL)
		QUALIFY row_number() OVER (PARTITION BY obs_id ORDER BY version DESC) = 1`)
	l.counts.Observations += n
	return err
}

// stageAs makes a staging table from a query and returns how many rows it got.
func (l *loader) stageAs(ctx context.Context, table, query string) (n int64, err error) {
	if _, err := l.exec(ctx, `CREATE OR REPLACE TEMP TABLE `+table+` AS `+query); err != nil {
		return 0, err
	}
	err = l.tx.QueryRowContext(ctx, `SELECT count(*) FROM `+table).Scan(&n)
	return n, err
}
