// Package warehouse owns the DuckDB files: the private build file, the published releases, the questions asked of them.
//
// The batch never opens a published file for writing. It loads hand-over files into a build file of its own, which
// nobody else opens, and publishes what it says under a name that is used once; then a pointer is moved.
//
// A night works out only what its documents touch. Load notes the documents whose rows may be others than before; Settle adds those that
// reprints tie to them; from these follow the best values (chosen.go), the content's hash (content.go) and the findings (findings.go).
// Every week, with another program or other rules, and when asked, Plan makes it a full pass: everything is worked out anew, and the file
// is written anew in the order in which people ask. Both come to the same content.
package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/duckdb/duckdb-go/v2"

	"heshu/pipeline/warehouse/reprint"
	"heshu/schemas"
)

// Config says where the files are and how much they may take.
type Config struct {
	Build    string       // folder of the private build file and of the lock
	Releases string       // folder of the releases and of the pointer
	Keep     int          // newest releases kept, month ends beside; 0 keeps all
	Memory   string       // DuckDB's memory_limit, such as "2GB"; "" leaves DuckDB's own
	Threads  int          // DuckDB's threads; 0 leaves DuckDB's own
	Hold     bool         // a new release is made, but the pointer is not moved: see Approve
	Log      *slog.Logger // nil: silent
}

// Warehouse is the build file, held by one run at a time. The run works on a copy, which becomes the release; what it was before takes the build
// file's place then: a run that is killed leaves the build file as it was, whatever it was doing.
// (Replaying a log is not enough: killed often enough, DuckDB 1.5.5 leaves files that it refuses to open.)
type Warehouse struct {
	config Config
	lock   *lock
	db     *sql.DB
	beside *sql.DB // asks the same copy, beside db: it sees what is committed, and no temporary tables
	log    *slog.Logger
	dirty  bool // the copy says something that the build file does not

	full              bool   // everything is worked out anew: see Full
	with              string // what it is worked out with
	settled, prepared bool   // nothing was loaded since Settle, Prepare
	gathered, repeats bool   // the temporary tables are made: see gather, findRepeats
	views             bool   // and the views: see Ask

	returns  []Document                  // what Returns tells, nil: not asked since a load
	said     *ahead[schemas.Observation] // what Statements tells of returns, nil: not read ahead
	articles *ahead[reprint.Article]     // the articles that reprints looks at, nil: not read ahead
	failed   *ahead[failedFinding]       // the findings that failed, nil: not read ahead
	flushing sync.WaitGroup              // flush is at work
	asides   sync.WaitGroup              // Asides are at work
	renewed  map[string]bool             // tables that are hashed as a whole and say something else than before
}

const (
	buildName = "build.duckdb"
	workName  = "work" // the name of the database within DuckDB, too
)

// ErrClosed says that a release has been made: a warehouse takes nothing in after that, it is to be opened anew.
var ErrClosed = errors.New("the warehouse has been published and closed")

func (w *Warehouse) buildPath() string { return filepath.Join(w.config.Build, buildName) }
func (w *Warehouse) workPath() string  { return filepath.Join(w.config.Build, workName+".duckdb") }
func (w *Warehouse) compactPath() string {
	return filepath.Join(w.config.Build, workName+"-compact.duckdb")
}

// nextPath is the working copy as it was before it became a release.
func (w *Warehouse) nextPath() string { return filepath.Join(w.config.Build, "next.duckdb") }

// Open takes the lock, opens a copy of the build file, making it and its tables if need be, and removes what killed
// runs left half done. ErrLocked says that another run is at work; its text says who.
func Open(ctx context.Context, c Config) (*Warehouse, error) {
	for _, dir := range []string{c.Build, c.Releases} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, fmt.Errorf("make folder: %w", err)
		}
	}
	l, err := acquire(filepath.Join(c.Build, lockName))
	if err != nil {
		return nil, err
	}
	w := &Warehouse{config: c, lock: l, log: c.Log, renewed: map[string]bool{}}
	if w.log == nil {
		w.log = slog.New(slog.DiscardHandler)
	}
	if err := w.open(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func (w *Warehouse) open(ctx context.Context) error {
	if err := errors.Join(w.discard(), sweep(w.config.Releases), mendPointer(w.config.Releases)); err != nil {
		return err
	}
	made := false
	err := copyFile(w.buildPath(), w.workPath())
	if errors.Is(err, fs.ErrNotExist) {
		made, err = true, nil
	}
	if err != nil {
		return fmt.Errorf("copy build file: %w", err)
	}
	if err := w.openDB(); err != nil {
		return err
	}
	if made {
		if err := create(ctx, w.db); err != nil {
			return fmt.Errorf("make build file: %w", err)
		}
	}
	if err := addPrivate(ctx, w.db); err != nil {
		return err
	}
	if err := checkLayout(ctx, w.db); err != nil {
		return err
	}
	if err := execAll(ctx, w.db, touchedTables...); err != nil {
		return err
	}
	last, err := w.mark(ctx, markFull)
	if err != nil {
		return err
	}
	w.full = last == ""
	return w.putCodes(ctx)
}

// openDB opens the working copy.
func (w *Warehouse) openDB() error {
	connector, err := connect(w.workPath(), w.settings())
	if err != nil {
		return fmt.Errorf("open build file: %w", err)
	}
	w.db = sql.OpenDB(connector)
	w.db.SetMaxOpenConns(1)
	w.beside = sql.OpenDB(struct{ driver.Connector }{connector}) // its Close leaves the copy open
	w.beside.SetMaxIdleConns(-1)
	return nil
}

// renew notes that a table which is hashed as a whole says something else.
func (w *Warehouse) renew(table string) { w.dirty, w.renewed[table] = true, true }

// keep puts the copy in the build file's place, if it says anything new, and closes it. If it has become a release, what it was before is put
// there.
func (w *Warehouse) keep(ctx context.Context) error {
	if !w.dirty {
		return nil
	}
	var err error
	from := w.nextPath()
	if w.db != nil {
		if from = w.workPath(); w.full { // no file was written anew
			err = w.inTx(ctx, func(tx session) error { return w.store(ctx, tx) })
		}
		if err == nil {
			err = errors.Join(w.checkpoint(ctx), w.closeWork())
		}
	}
	if err == nil {
		err = errors.Join(syncFile(from), os.Rename(from, w.buildPath()), syncDir(w.config.Build))
	}
	if err != nil {
		return fmt.Errorf("keep build file: %w", err)
	}
	w.dirty = false
	return nil
}

// closeWork closes the copy after a checkpoint.
func (w *Warehouse) closeWork() error { return errors.Join(w.closeDB(), w.noLog()) }

// checkpoint writes all of the copy into its file. Those who read it go on; DuckDB waits where one holds the file for a moment.
func (w *Warehouse) checkpoint(ctx context.Context) error {
	w.rest()
	if err := execAll(ctx, w.db, `FORCE CHECKPOINT`); err != nil {
		return err
	}
	return w.noLog()
}

// noLog is an error if something of the copy is in its log only: whoever copies or moves the file would lose it.
func (w *Warehouse) noLog() error {
	info, err := os.Stat(w.workPath() + ".wal")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && info.Size() > 0:
		return fmt.Errorf("a log of %d bytes was left beside the file", info.Size())
	}
	return err
}

// rest waits until nobody reads ahead or flushes any more.
func (w *Warehouse) rest() {
	w.said.drop()
	w.articles.drop()
	w.failed.drop()
	w.said, w.articles, w.failed = nil, nil, nil
	w.flushing.Wait()
}

// discard removes the copy and what belongs to it.
func (w *Warehouse) discard() error {
	var all error
	for _, name := range []string{w.workPath(), w.workPath() + ".wal", w.compactPath(), w.compactPath() + ".wal", w.nextPath()} {
		if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return errors.Join(all, os.RemoveAll(w.spillPath()))
}

func (w *Warehouse) spillPath() string { return filepath.Join(w.config.Build, "spill") }

func (w *Warehouse) settings() map[string]string {
	s := map[string]string{"preserve_insertion_order": "false", "temp_directory": w.spillPath()}
	if w.config.Memory != "" {
		s["memory_limit"] = w.config.Memory
	}
	if w.config.Threads > 0 {
		s["threads"] = fmt.Sprint(w.config.Threads)
	}
	return s
}

// Close gives the lock back. What was taken in since Open and not published is dropped: its hand-over files are still there.
func (w *Warehouse) Close() error {
	return errors.Join(w.closeDB(), w.discard(), w.lock.release())
}

// closeDB closes the copy, when what reads ahead in it has stopped.
func (w *Warehouse) closeDB() error {
	if w.db == nil {
		return nil
	}
	w.rest()
	w.asides.Wait()
	err := errors.Join(w.beside.Close(), w.db.Close())
	w.db, w.beside = nil, nil
	return err
}

// openDB opens a file for one connection.
func openDB(path string, settings map[string]string) (*sql.DB, error) {
	connector, err := connect(path, settings)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	return db, nil
}

// connect opens a file with extensions off: nothing may reach for the network.
func connect(path string, settings map[string]string) (*duckdb.Connector, error) {
	options := []string{"autoinstall_known_extensions=false", "autoload_known_extensions=false"}
	for _, k := range sortedNames(settings) {
		options = append(options, k+"="+settings[k])
	}
	return duckdb.NewConnector(path+"?"+strings.Join(options, "&"), nil)
}

// session is a transaction with the connection it runs on, which appenders need.
type session struct {
	*sql.Tx
	conn *sql.Conn
}

// inTx runs do inside one transaction: all of it or nothing.
func (w *Warehouse) inTx(ctx context.Context, do func(session) error) error {
	if w.db == nil {
		return ErrClosed
	}
	return inTx(ctx, w.db, do)
}

func inTx(ctx context.Context, db *sql.DB, do func(session) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := do(session{tx, conn}); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// bulk appends rows to a table through DuckDB's appender; texts must be valid UTF-8 without NUL.
func (s session) bulk(table string, rows [][]driver.Value) error {
	return s.conn.Raw(func(c any) error {
		a, err := duckdb.NewAppender(c.(driver.Conn), "", "", table)
		if err != nil {
			return fmt.Errorf("append to %s: %w", table, err)
		}
		for _, r := range rows {
			if err := a.AppendRow(r...); err != nil {
				return errors.Join(fmt.Errorf("append to %s: %w", table, err), a.Close())
			}
		}
		if err := a.Close(); err != nil {
			return fmt.Errorf("append to %s: %w", table, err)
		}
		return nil
	})
}

// execer is what runs a statement: a database, a connection or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func execAll(ctx context.Context, e execer, statements ...string) error {
	for _, q := range statements {
		if _, err := e.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%s: %w", firstLine(q), err)
		}
	}
	return nil
}

func firstLine(q string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(q), "\n")
	return line
}

// quote makes a SQL text literal.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
