package warehouse

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"heshu/pipeline/warehouse/reprint"
	"heshu/schemas/layout"
)

// Batch is a finished task: a folder of hand-over files, one Parquet file a table.
type Batch struct {
	Task string // id of the task
	Dir  string
}

func (b Batch) file(table string) string {
	return "read_parquet(" + quote(filepath.Join(b.Dir, table+".parquet")) + ")"
}

// Loaded tells which tasks are in.
func (w *Warehouse) Loaded(ctx context.Context) (map[string]bool, error) {
	tasks, err := idSet(ctx, w.db, `SELECT task_id FROM loaded_task`)
	if err != nil {
		return nil, fmt.Errorf("read loaded tasks: %w", err)
	}
	return tasks, nil
}

// Load brings a task's files in, all or nothing. A task that is already in changes nothing. What a document said
// before is kept: a reading by newer code, or a later document of the same series, supersedes the rows it replaces.
func (w *Warehouse) Load(ctx context.Context, r Run, b Batch) (Counts, error) {
	var c Counts
	if !w.full && w.articles == nil {
		w.articles = readAhead(ctx, func(ctx context.Context) ([]reprint.Article, error) { return fingerprints(ctx, w.beside, "") })
	}
	if !w.full && w.failed == nil {
		w.failed = readAhead(ctx, w.failedFindings)
	}
	err := w.inTx(ctx, func(tx session) error {
		var done bool
		if err := tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM loaded_task WHERE task_id = ?`, b.Task).Scan(&done); err != nil || done {
			return err
		}
		w.dirty, w.settled, w.prepared, w.gathered, w.repeats, w.returns = true, false, false, false, false, nil
		l := loader{tx: tx, run: r, batch: b}
		if err := l.load(ctx); err != nil {
			return err
		}
		c = l.counts
		if _, err := tx.ExecContext(ctx, `INSERT INTO loaded_task VALUES (?, ?, ?)`, b.Task, r.ID, r.Started); err != nil {
			return err
		}
		return recordRun(ctx, tx, r, c)
	})
	if err != nil {
		return Counts{}, fmt.Errorf("load task %s: %w", b.Task, err)
	}
	w.log.Info("loaded", "task", b.Task, "documents", c.Documents, "observations", c.Observations, "superseded", c.Superseded, "deleted", c.Deleted)
	return c, nil
}

// loader is one load: set-based statements inside one transaction.
type loader struct {
	tx     session
	run    Run
	batch  Batch
	counts Counts
}

func (l *loader) load(ctx context.Context) error {
	for _, step := range []func(context.Context) error{l.stage, l.remember, l.submissions, l.documents, l.observations, l.reopen, l.parts, l.supersede, l.touch, l.unstage} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// exec runs a statement with $run, $now and $reader filled in and returns the number of rows it touched.
func (l *loader) exec(ctx context.Context, q string) (int64, error) {
	q = strings.NewReplacer("$run", quote(l.run.ID), "$now", l.run.now()).Replace(q)
	res, err := l.tx.ExecContext(ctx, q)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", firstLine(q), err)
	}
	return res.RowsAffected()
}

func (l *loader) execAll(ctx context.Context, statements ...string) error {
	for _, q := range statements {
		if _, err := l.exec(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// stage brings in the documents and finds out which of them were read before.
func (l *loader) stage(ctx context.Context) error {
	return l.execAll(ctx,
		`CREATE OR REPLACE TEMP TABLE s_document AS SELECT * FROM `+l.batch.file("document"),
		`CREATE OR REPLACE TEMP TABLE s_read AS SELECT * FROM s_document WHERE status <> 'known'
		QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY received_at, series) = 1`,
		`CREATE OR REPLACE TEMP TABLE s_known AS SELECT document_id FROM s_read SEMI JOIN document USING (document_id)`)
}

// unstage frees the staging tables.
func (l *loader) unstage(ctx context.Context) error {
	return l.execAll(ctx, `DROP TABLE s_document`, `DROP TABLE s_read`, `DROP TABLE s_known`)
}

// documents adds new documents. Of one that was read before, only what the reading found is renewed: who sent it
// first stays.
func (l *loader) documents(ctx context.Context) error {
	cols := strings.Join(layout.Names(mustTable("document").HandoverColumns()), ", ")
	n, err := l.exec(ctx, `INSERT INTO document SELECT `+cols+`, $run, $now FROM s_read ANTI JOIN s_known USING (document_id)`)
	if err != nil {
		return err
	}
	m, err := l.exec(ctx, `UPDATE document d SET kind = s.kind, status = s.status, reason = s.reason, code_version = s.code_version,
		parts = s.parts, figures = s.figures, issues = s.issues FROM s_read s SEMI JOIN s_known USING (document_id) WHERE d.document_id = s.document_id`)
	l.counts.Documents += n + m
	return err
}

// observations adds what is new. Observations of documents never read before go straight in.
func (l *loader) observations(ctx context.Context) error {
	cols := layout.Names(mustTable("observation").HandoverColumns())
	list := strings.Join(cols, ", ")
	var known int64
	if err := l.tx.QueryRowContext(ctx, `SELECT count(*) FROM s_known`).Scan(&known); err != nil {
		return err
	}
	fresh := `INSERT INTO observation BY NAME SELECT ` + list + `, 1 AS version, $run AS run_id, $now AS recorded_at FROM ` + l.batch.file("observation")
	if known > 0 {
		fresh += ` ANTI JOIN s_known USING (document_id)`
	}
	n, err := l.exec(ctx, fresh)
	if err != nil {
		return err
	}
	l.counts.Observations += n
	if known == 0 {
		return nil
	}
	return l.reread(ctx, cols)
}

// parts replaces what is said of documents: parts, ledger, issues, exclusions are those of the latest reading.
func (l *loader) parts(ctx context.Context) error {
	for _, name := range []string{"part", "ledger", "issue", "exclusion"} {
		t := mustTable(name)
		list := strings.Join(layout.Names(t.HandoverColumns()), ", ")
		values := list
		for _, c := range t.Columns {
			switch {
			case c.Name == "run_id":
				values += ", $run"
			case c.Name == "recorded_at":
				values += ", $now"
			}
		}
		if err := l.execAll(ctx, `DELETE FROM `+name+` WHERE document_id IN (SELECT document_id FROM s_known)`,
			`INSERT INTO `+name+` SELECT `+values+` FROM `+l.batch.file(name)); err != nil {
			return err
		}
	}
	return l.shingles(ctx)
}
