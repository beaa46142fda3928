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

	"heshu/schemas"
	"heshu/schemas/layout"
)

// Entry is one document with all that was read out of it.
type Entry struct {
	Document     schemas.Document // Bytes are not looked at
	Series       string           // a later document of the same series replaces this one; "" is source and name
	Received     time.Time        // when it came in
	Size         int64            // bytes of the document
	Extraction   schemas.Extraction
	Observations []schemas.Observation // in reading order
	Rejected     string                // why it could not be read, "" if it could
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

// Write writes the task's files below dir and commits them. A finished task is left as it is.
// Entries are ordered by document first, so that the same entries give the same bytes.
func Write(ctx context.Context, dir string, t Task, entries []Entry) (Manifest, error) {
	if m, done, err := Find(dir, t); done || err != nil {
		return m, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Manifest{}, fmt.Errorf("make hand-over folder: %w", err)
	}
	tmp, err := os.MkdirTemp(dir, tempPrefix)
	if err != nil {
		return Manifest{}, fmt.Errorf("make hand-over folder: %w", err)
	}
	defer os.RemoveAll(tmp)
	entries = append([]Entry(nil), entries...)
	sort.SliceStable(entries, func(i, j int) bool { return less(entries[i], entries[j]) })
	m := Manifest{Task: t.ID, CodeVersion: t.CodeVersion, LayoutVersion: layout.Version, Documents: len(entries), Files: map[string]Digest{}}
	if err := writeTables(ctx, tmp, t, entries, &m); err != nil {
		return Manifest{}, fmt.Errorf("task %s: %w", t.ID, err)
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return Manifest{}, fmt.Errorf("task %s: %w", t.ID, err)
	}
	if err := writeFile(filepath.Join(tmp, manifestName), append(b, '\n')); err != nil {
		return Manifest{}, fmt.Errorf("task %s: %w", t.ID, err)
	}
	return m, commit(dir, tmp, t, &m)
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

func less(a, b Entry) bool {
	if a.Document.ID != b.Document.ID {
		return a.Document.ID < b.Document.ID
	}
	if !a.Received.Equal(b.Received) {
		return a.Received.Before(b.Received)
	}
	return a.Series < b.Series
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
