package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"heshu/schemas/layout"
)

// Publish makes a release of what the warehouse holds and moves the pointer to it. If the current release says the
// same already, no release is made and the second result is false. Whatever fails, the current release stays. When it
// has gone well the warehouse is closed but for the lock: nothing more can be taken in.
//
// While a new release is written and checked, meanwhile, unless nil, is called with it and a reader of what it says.
func (w *Warehouse) Publish(ctx context.Context, r Run, meanwhile func(Release, *Reader)) (Release, bool, error) {
	content, err := w.content(ctx, r)
	if err != nil {
		return Release{}, false, err
	}
	previous, err := Current(w.config.Releases)
	if err != nil && !errors.Is(err, ErrNoRelease) {
		return Release{}, false, err
	}
	if err == nil && previous.Content == content && previous.fits() {
		return previous, false, errors.Join(w.keep(ctx), w.withdraw(""))
	}
	rel, done, err := unpointed(w.config.Releases, content, previous)
	if err != nil {
		return Release{}, false, err
	}
	if !done {
		if rel, err = w.release(ctx, r, content, previous, meanwhile); err != nil {
			return Release{}, false, fmt.Errorf("publish: %w", err)
		}
	}
	if w.config.Hold {
		w.log.Info("waits for approval", "release", rel.File, "content", rel.Content, "bytes", rel.Bytes)
		return rel, true, errors.Join(w.keep(ctx), w.withdraw(rel.Run))
	}
	if err := errors.Join(w.keep(ctx), point(w.config.Releases, rel.File)); err != nil {
		return Release{}, false, fmt.Errorf("publish %s: %w", rel.File, err)
	}
	w.log.Info("published", "release", rel.File, "content", rel.Content, "bytes", rel.Bytes)
	return rel, true, w.retain()
}

// Reader answers questions about what the working copy says by now. It is not to be closed: Publish does it. The views are there after
// Prepare; in a full pass they come with the file that Publish writes.
func (w *Warehouse) Reader() *Reader { return &Reader{w.beside, w.returns} }

// Aside reads what the working copy says by now while the run goes on: the copy stays open until it is done.
func (w *Warehouse) Aside(do func(*Reader)) {
	r := w.Reader()
	w.asides.Go(func() { do(r) })
}

// Prepare works out what follows from tonight's documents alone: best values and the shares of documents. Publish does it if nobody has; while the
// findings are worked out there is a processor for it.
func (w *Warehouse) Prepare(ctx context.Context) error {
	if err := w.Settle(ctx); err != nil || w.full || w.prepared { // the file that is written anew chooses
		return err
	}
	err := w.inTx(ctx, func(tx session) error {
		if err := w.refreshViews(ctx, tx); err != nil {
			return err
		}
		if any, err := touchedAny(ctx, tx); err != nil || !any {
			return err
		}
		if err := w.choose(ctx, tx); err != nil {
			return err
		}
		return grow(ctx, tx, documentShare, "owner IN (FROM touched)", map[string]string{"observation": gathered})
	})
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	w.prepared = true
	return nil
}

// content works out the hash of what the warehouse holds.
func (w *Warehouse) content(ctx context.Context, r Run) (content string, err error) {
	if err := w.Prepare(ctx); err != nil {
		return "", err
	}
	err = w.inTx(ctx, func(tx session) error {
		if w.full {
			if err := w.noteFull(ctx, tx, r); err != nil {
				return err
			}
		}
		if err := w.growShares(ctx, tx); err != nil {
			return err
		}
		all, err := sum(ctx, tx, `SELECT sum(sum) FROM share`)
		content = hashSum(all)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("hash content: %w", err)
	}
	return content, nil
}

// release makes a release's file and manifest. The build file is kept before the manifest is written: a release that
// is whole is in the build file.
func (w *Warehouse) release(ctx context.Context, r Run, content string, previous Release, meanwhile func(Release, *Reader)) (Release, error) {
	w.dirty = true
	if err := w.finish(ctx, r, previous); err != nil {
		return Release{}, err
	}
	rel := Release{Run: r.ID, Started: r.Started, File: "heshu-" + r.ID + ".duckdb", Content: content, Previous: previous.Run,
		ProgramVersion: r.ProgramVersion, CodeVersion: r.CodeVersion, RulesVersion: r.RulesVersion, LayoutVersion: layout.Version, Views: viewsDigest(), dir: w.config.Releases}
	if err := w.build(ctx, r, &rel, meanwhile); err != nil {
		return Release{}, fmt.Errorf("%s: %w", rel.File, err)
	}
	if err := w.keep(ctx); err != nil {
		return Release{}, fmt.Errorf("%s: %w", rel.File, err)
	}
	return rel, rel.writeManifest()
}

// Settle works out what follows from what was loaded: reprints and sources. Observations and Publish call it.
func (w *Warehouse) Settle(ctx context.Context) error {
	if w.settled {
		return nil
	}
	err := w.inTx(ctx, func(tx session) error {
		if any, err := touchedAny(ctx, tx); err != nil || !any && !w.full {
			return err
		}
		w.renew("source")
		if err := w.reprints(ctx, tx); err != nil {
			return err
		}
		return execAll(ctx, tx, `DELETE FROM source`, `INSERT INTO source
			SELECT d.source, arg_max(d.region_code, d.received_at), count(*), count(*) FILTER (d.kind = 'workbook'), coalesce(sum(o.n), 0)::BIGINT,
				min(d.published), max(d.published)
			FROM document d LEFT JOIN (SELECT document_id, count(*) AS n FROM observation WHERE superseded_at IS NULL GROUP BY document_id) o USING (document_id)
			GROUP BY d.source`)
	})
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	w.settled = true
	w.flush(ctx)
	return nil
}

// flush begins to write into the copy's file what is only in its log: while questions are asked there is a processor for it. DuckDB keeps the
// next change waiting until it is done; what it could not write, checkpoint will, or say why.
func (w *Warehouse) flush(ctx context.Context) {
	if !w.full {
		w.flushing.Go(func() { execAll(ctx, w.beside, `CHECKPOINT`) })
	}
}

// finish ends the run and writes down what changed since the release before.
func (w *Warehouse) finish(ctx context.Context, r Run, previous Release) error {
	return w.inTx(ctx, func(tx session) error {
		if err := recordRun(ctx, tx, r, Counts{}); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE run SET finished_at = ? WHERE run_id = ?`, time.Now().UTC(), r.ID); err != nil {
			return err
		}
		if err := execAll(ctx, tx, `DELETE FROM change`); err != nil || previous.Run == "" {
			return err
		}
		cols := strings.Join(layout.Names(mustTable("change").Columns), ", ")
		if _, err := tx.ExecContext(ctx, `INSERT INTO change SELECT `+cols+` FROM revision WHERE recorded_at > ?`, previous.Started); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO change BY NAME SELECT 'A' AS action, 'new' AS reason, indicator, breakdown, region_code, period_kind,
			period_start, period_end, measure, unit, value AS new_value, obs_id AS new_obs_id, document_id AS new_document_id
			FROM observation o WHERE recorded_at > ? AND superseded_at IS NULL AND version = 1
			AND document_id IN (SELECT document_id FROM submission GROUP BY document_id HAVING min(number) = 1)
			AND obs_id NOT IN (SELECT new_obs_id FROM change WHERE new_obs_id IS NOT NULL)`, previous.Started)
		return err
	})
}

// refreshViews makes the views of the working copy, if it has none or others, and notes them. In a full pass store makes them.
func (w *Warehouse) refreshViews(ctx context.Context, tx session) error {
	have, err := readMark(ctx, tx, markViews)
	if err != nil || have == viewsDigest() {
		return err
	}
	if !w.full {
		if err := addViews(ctx, tx); err != nil {
			return err
		}
	}
	return w.setMark(ctx, tx, markViews, viewsDigest())
}

// build makes the working copy a release: under a temporary name, which it checks, then under its own, which was never used. What the copy was
// before it lost what is private lies at nextPath: keep makes it the build file.
func (w *Warehouse) build(ctx context.Context, r Run, rel *Release, meanwhile func(Release, *Reader)) error {
	for _, name := range []string{rel.File, rel.File + ".wal"} {
		if _, err := os.Lstat(filepath.Join(rel.dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is already there (%v): a name is used once", name, err)
		}
	}
	tmp := filepath.Join(rel.dir, tempPrefix+rel.File)
	defer os.Remove(tmp + ".wal")
	defer os.Remove(tmp)
	want, err := w.expectation(ctx, r)
	if err != nil {
		return err
	}
	if w.full {
		if err := w.compact(ctx, &want); err != nil {
			return err
		}
	}
	rel.Counts = want.released()
	var telling sync.WaitGroup
	defer telling.Wait()
	if known := *rel; meanwhile != nil {
		telling.Go(func() { meanwhile(known, w.Reader()) })
	}
	if err := w.checkpoint(ctx); err != nil {
		return err
	}
	if err := copyFile(w.workPath(), w.nextPath()); err != nil {
		return err
	}
	if err := w.undress(ctx); err != nil {
		return err
	}
	telling.Wait()
	if err := w.closeWork(); err != nil {
		return err
	}
	if err := moveFile(w.workPath(), tmp); err != nil {
		return err
	}
	var group errgroup.Group
	group.Go(func() error { return syncFile(w.nextPath()) })
	group.Go(func() error { return digest(tmp, rel) })
	group.Go(func() error { return want.check(ctx, tmp, rel) })
	if err := group.Wait(); err != nil {
		return err
	}
	if err := os.Chmod(tmp, 0o444); err != nil {
		return err
	}
	if err := os.Link(tmp, filepath.Join(rel.dir, rel.File)); err != nil { // unlike a rename, never over another file
		return err
	}
	return syncDir(rel.dir)
}

// undress takes out of the working copy what is private.
func (w *Warehouse) undress(ctx context.Context) error {
	var script []string
	for _, t := range layout.Tables() {
		if t.Group == layout.Private {
			script = append(script, `DROP TABLE `+t.Name)
		}
	}
	if err := execAll(ctx, w.db, script...); err != nil {
		return err
	}
	return w.checkpoint(ctx)
}

// compact writes the working copy anew, without gaps, the observations in the order in which people ask for them, with the best values and the
// views. Of the best values it notes what the release must say.
func (w *Warehouse) compact(ctx context.Context, want *expectation) error {
	if err := execAll(ctx, w.db, `SET preserve_insertion_order = true`, `ATTACH `+quote(w.compactPath())+` AS compact`,
		`COPY FROM DATABASE `+workName+` TO compact (SCHEMA)`); err != nil {
		return err
	}
	if err := w.copyTables(ctx, false); err != nil {
		return err
	}
	err := execAll(ctx, w.db, `USE compact`)
	if err == nil {
		err = inTx(ctx, w.db, func(tx session) error {
			if err := w.store(ctx, tx); err != nil {
				return err
			}
			return errors.Join(want.note(ctx, tx, "main."+chosenView, chosenView), want.note(ctx, tx, "main."+reprintedView, reprintedView))
		})
	}
	if err == nil { // what a release does not have lies at the end: its file ends before it
		err = w.copyTables(ctx, true)
	}
	if err == nil { // whatever of the working copy is only in its log need not come into its file: neither is wanted any more
		err = execAll(ctx, w.db, `CHECKPOINT compact`, `USE `+workName, `DETACH compact`, `PRAGMA disable_checkpoint_on_shutdown`)
	}
	if err = errors.Join(err, w.closeDB()); err != nil {
		return err
	}
	if err := os.Remove(w.workPath() + ".wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(w.compactPath(), w.workPath()); err != nil {
		return err
	}
	return w.openDB()
}

// copyTables copies the private tables, or all others, to the compact file.
func (w *Warehouse) copyTables(ctx context.Context, private bool) error {
	for _, t := range layout.Tables() {
		if (t.Group == layout.Private) != private {
			continue
		}
		if err := execAll(ctx, w.db, `INSERT INTO compact.`+t.Name+` SELECT * FROM `+workName+`.`+t.Name+` ORDER BY `+order(t)); err != nil {
			return fmt.Errorf("copy %s: %w", t.Name, err)
		}
	}
	return nil
}

// order is by what people ask for first, then by everything, so that a table is written the same way every time.
func order(t layout.Table) string {
	switch t.Name {
	case "observation":
		return "indicator, region_code, period_end, document_id, ordinal, version"
	case "finding":
		return "outcome NOT IN (" + WaitingOutcomes + "), finding_id, recorded_at" // the few that people read lie together
	}
	return "ALL"
}

// digest syncs the file and notes its size and SHA-256.
func digest(path string, rel *Release) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	h := sha256.New()
	rel.Bytes, err = io.Copy(h, f)
	rel.SHA256 = hex.EncodeToString(h.Sum(nil))
	return errors.Join(err, f.Sync(), f.Close())
}
