// Package handover owns the files that a task leaves for the loader: one Parquet file a table, with a manifest.
//
// A task is named by the hash of its inputs, its configuration and the code's version. Its files are written under
// a temporary name and committed by one rename, if nobody committed them before: doing a task twice is harmless.
package handover

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"heshu/schemas"
	"heshu/schemas/layout"
)

// Entry is one document with all that was read out of it.
type Entry struct {
	Document     schemas.Document // Bytes are not looked at
	Series       string           // a later document of the same series replaces this one; "" is worked out, see Series
	Received     time.Time        // when it came in
	Size         int64            // bytes of the document
	Extraction   schemas.Extraction
	Issues       []schemas.Issue                     // all of them, those of Extraction included
	Observations []schemas.Observation               // in reading order
	Stream       func(use func(schemas.Observation)) // instead of Observations: gives each of them, the same on every call
	Gist         Gist                                // of what Stream gives
	Rejected     string                              // why it could not be read, "" if it could
	Known        bool                                // read before: only that it came in (again) is handed over
}

// Task is the unit of work: documents, configuration and code give files.
type Task struct {
	ID          string
	CodeVersion string
}

// NewTask names the task that reads these documents. Documents count with what is said of them (name, source, day,
// region, period) and in any order; config is a digest of whatever else the result depends on.
func NewTask(codeVersion, config string, documents []schemas.Document) Task {
	lines := make([]string, len(documents))
	for i, d := range documents {
		lines[i] = strings.Join([]string{string(d.ID), d.Name, d.Source, d.Published.String(), string(d.Region),
			d.Period.Kind.String(), d.Period.Start.String(), d.Period.End.String(), d.Charset}, "\x00")
	}
	sort.Strings(lines)
	h := sha256.New()
	fmt.Fprintf(h, "%d\x01%s\x01%s\x01%s", layout.Version, codeVersion, config, strings.Join(lines, "\x01"))
	return Task{hex.EncodeToString(h.Sum(nil)[:16]), codeVersion}
}

// Manifest says what a finished task left.
type Manifest struct {
	Task          string            `json:"task"`
	CodeVersion   string            `json:"code_version"`
	LayoutVersion int               `json:"layout_version"`
	Documents     int               `json:"documents"`    // in
	Observations  int               `json:"observations"` // out
	Issues        int               `json:"issues"`
	Rejected      int               `json:"rejected"` // documents that could not be read
	Cleaned       int               `json:"cleaned"`  // texts that held invalid UTF-8 or NUL and were mended
	Files         map[string]Digest `json:"files"`    // by table
	Dir           string            `json:"-"`
}

// Digest is what a file must be.
type Digest struct {
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

const manifestName = "manifest.json"

// Find returns the manifest of a finished task under dir, false if the task is not finished.
func Find(dir string, t Task) (Manifest, bool, error) {
	m := Manifest{Dir: filepath.Join(dir, t.ID)}
	b, err := os.ReadFile(filepath.Join(m.Dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, false, nil
	}
	if err != nil {
		return Manifest{}, false, fmt.Errorf("read manifest: %w", err)
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return Manifest{}, false, fmt.Errorf("%s: read manifest: %w", m.Dir, err)
	}
	return m, true, nil
}

// Finished lists the finished tasks below dir that were read by this code, the oldest first.
func Finished(dir, codeVersion string) ([]Manifest, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*", manifestName))
	if err != nil {
		return nil, fmt.Errorf("list tasks: %w", err)
	}
	var list []Manifest
	times := map[string]time.Time{}
	for _, name := range names {
		task := filepath.Base(filepath.Dir(name))
		if strings.HasPrefix(task, tempPrefix) {
			continue
		}
		m, done, err := Find(dir, Task{ID: task})
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(name)
		if err != nil {
			return nil, fmt.Errorf("list tasks: %w", err)
		}
		if done && m.CodeVersion == codeVersion && m.LayoutVersion == layout.Version {
			list, times[m.Task] = append(list, m), info.ModTime()
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return times[list[i].Task].Before(times[list[j].Task]) })
	return list, nil
}

// Writer writes the files of one task. It is for one goroutine.
type Writer struct {
	dir, tmp string
	task     Task
	manifest Manifest
	tables   []*tableWriter
	seen     map[schemas.DocumentID]bool
}

// Create begins a task's files below dir. Call Commit to keep them, Abort in any case.
func Create(dir string, t Task) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make hand-over folder: %w", err)
	}
	tmp, err := os.MkdirTemp(dir, tempPrefix)
	if err != nil {
		return nil, fmt.Errorf("make hand-over folder: %w", err)
	}
	w := &Writer{dir: dir, tmp: tmp, task: t, seen: map[schemas.DocumentID]bool{},
		manifest: Manifest{Task: t.ID, CodeVersion: t.CodeVersion, LayoutVersion: layout.Version, Files: map[string]Digest{}}}
	for _, table := range layout.Tables() {
		if !table.Handover {
			continue
		}
		tw, err := newTableWriter(filepath.Join(tmp, table.Name+".parquet"), table)
		if err != nil {
			w.Abort()
			return nil, fmt.Errorf("task %s: %s: %w", t.ID, table.Name, err)
		}
		w.tables = append(w.tables, tw)
	}
	return w, nil
}

// Add writes one document. Documents are written in the order of the calls; of one that comes twice the second
// is handed over as known.
func (w *Writer) Add(e Entry) error {
	e.Known = e.Known || w.seen[e.Document.ID]
	w.seen[e.Document.ID] = true
	r := rowsOf{task: w.task, tables: map[string][]row{}, flush: w.write}
	if err := errors.Join(r.entry(e), w.write(r.tables)); err != nil {
		return fmt.Errorf("%s: %w", e.Document.Name, err)
	}
	w.manifest.Documents++
	w.manifest.Cleaned += r.cleaned
	if e.Rejected != "" {
		w.manifest.Rejected++
	}
	return nil
}

// write writes rows and forgets them.
func (w *Writer) write(tables map[string][]row) error {
	w.manifest.Observations += len(tables["observation"])
	w.manifest.Issues += len(tables["issue"])
	for _, t := range w.tables {
		if err := t.write(tables[t.table.Name]); err != nil {
			return fmt.Errorf("write %s: %w", t.table.Name, err)
		}
	}
	clear(tables)
	return nil
}

// Commit finishes the files and gives them their name. If somebody else has finished the same task, theirs stay.
func (w *Writer) Commit() (Manifest, error) {
	digests := make([]Digest, len(w.tables))
	var group errgroup.Group
	for i, t := range w.tables {
		group.Go(func() (err error) {
			if digests[i], err = t.close(); err != nil {
				err = fmt.Errorf("task %s: write %s: %w", w.task.ID, t.table.Name, err)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Manifest{}, err
	}
	for i, t := range w.tables {
		w.manifest.Files[t.table.Name] = digests[i]
	}
	b, err := json.MarshalIndent(w.manifest, "", "  ")
	if err != nil {
		return Manifest{}, fmt.Errorf("task %s: %w", w.task.ID, err)
	}
	if err := writeFile(filepath.Join(w.tmp, manifestName), append(b, '\n')); err != nil {
		return Manifest{}, fmt.Errorf("task %s: write manifest: %w", w.task.ID, err)
	}
	err = commit(w.dir, w.tmp, w.task, &w.manifest)
	return w.manifest, err
}

// CommitAs commits under the name of another task: that of the documents that were written, where not all of them were.
func (w *Writer) CommitAs(t Task) (Manifest, error) {
	w.task, w.manifest.Task = t, t.ID
	return w.Commit()
}

// Abort removes what was not committed and frees memory; after Commit it removes nothing.
func (w *Writer) Abort() {
	for _, t := range w.tables {
		t.abandon()
	}
	os.RemoveAll(w.tmp)
}

// Write writes a whole task at once; a finished task is left as it is.
func Write(ctx context.Context, dir string, t Task, entries []Entry) (Manifest, error) {
	if m, done, err := Find(dir, t); done || err != nil {
		return m, err
	}
	w, err := Create(dir, t)
	if err != nil {
		return Manifest{}, err
	}
	defer w.Abort()
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return Manifest{}, err
		}
		if err := w.Add(e); err != nil {
			return Manifest{}, fmt.Errorf("task %s: %w", t.ID, err)
		}
	}
	return w.Commit()
}

// commit renames the finished folder into place. Whoever comes second finds the task done.
func commit(dir, tmp string, t Task, m *Manifest) error {
	m.Dir = filepath.Join(dir, t.ID)
	if err := syncDir(tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, m.Dir); err != nil {
		if _, done, _ := Find(dir, t); done {
			return nil
		}
		return fmt.Errorf("commit task: %w", err)
	}
	return syncDir(dir)
}

const tempPrefix = ".task-"

// Sweep removes what killed tasks left half done. Nobody may be writing tasks below dir.
func Sweep(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil {
		return fmt.Errorf("sweep hand-over folder: %w", err)
	}
	for _, name := range left {
		if err := os.RemoveAll(name); err != nil {
			return fmt.Errorf("sweep hand-over folder: %w", err)
		}
	}
	return nil
}

func writeFile(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Check compares a finished task's files with its manifest.
func Check(m Manifest) error {
	for _, table := range sortedKeys(m.Files) {
		f, err := os.Open(filepath.Join(m.Dir, table+".parquet"))
		if err != nil {
			return fmt.Errorf("task %s: %w", m.Task, err)
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("task %s: %w", m.Task, err)
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != m.Files[table].SHA256 {
			return fmt.Errorf("task %s: %s.parquet is not the file that was written: want SHA-256 %s, have %s", m.Task, table, m.Files[table].SHA256, got)
		}
	}
	return nil
}

func sortedKeys(m map[string]Digest) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
