// Package intake owns the way in: folders and archives are looked through, original bytes are kept for ever.
package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/go-json-experiment/json" // a manifest is long: in a third of the time that encoding/json takes
	"golang.org/x/sync/errgroup"

	"heshu/schemas"
)

// Receipt is one line of the raw store's manifest: these bytes came in under this name.
type Receipt struct {
	Document schemas.DocumentID `json:"document"` // SHA-256 of the bytes
	Series   string             `json:"series"`   // source and name: a later receipt of the series replaces this one
	Name     string             `json:"name"`     // path within the source, archive members as archive.zip/member; or address
	Source   string             `json:"source"`   // who submitted or published, "" if intake was not told
	Origin   string             `json:"origin"`   // where it was read from
	Received time.Time          `json:"received"` // UTC
	Size     int64              `json:"size"`
	Region   schemas.RegionCode `json:"region,omitempty"`
	Posted   schemas.Date       `json:"published,omitzero"` // day of publication or submission, if intake was told
	Period   schemas.Period     `json:"period,omitzero"`    // of a submission, if intake was told
	Charset  string             `json:"charset,omitempty"`  // declared by a server
	Licence  string             `json:"licence,omitempty"`
	Refused  schemas.IssueCode  `json:"refused,omitempty"` // why it is not to be read
	Why      string             `json:"why,omitempty"`     // the same in words
}

// Store keeps original bytes under their SHA-256, with a manifest of what came in, when and from where. One process
// at a time may write.
type Store struct {
	// Rehash reads all files again, whether or not the file system says that they have changed.
	Rehash bool

	dir  string
	log  []Receipt
	last map[string]int // by series: where in log its latest receipt stands

	papers []Receipt // what the office wrote itself, by kind in Series

	known    map[schemas.DocumentID]bool // named by a receipt
	waiting  []Receipt                   // not yet in the manifest
	unsynced []string                    // files whose bytes may not be on the disk yet

	seen    map[string]stamp // by series; nil: not read yet
	sawMore bool             // seen is not what the file says
}

const (
	manifestName = "manifest.jsonl"
	tempPrefix   = ".tmp-"
)

// OpenStore opens the store in dir, making it if need be. What killed runs left half written is removed: temporary
// files, and a last line of the manifest without its end.
func OpenStore(dir string) (*Store, error) {
	s := newStore(dir)
	if err := os.MkdirAll(filepath.Join(dir, "raw"), 0o755); err != nil {
		return nil, fmt.Errorf("make raw store: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("sweep raw store: %w", err)
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil {
			return nil, fmt.Errorf("sweep raw store: %w", err)
		}
	}
	return s, s.read(func(path string) ([]Receipt, error) {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		list, good, whole, err := readLines(f)
		if err == nil && !whole {
			err = f.Truncate(good) // a line that a killed run did not finish: its document comes in again
		}
		return list, err
	})
}

// ReadStore opens the store in dir for Get and Items alone; a run may be at work in it. Nothing is made, removed or mended.
func ReadStore(dir string) (*Store, error) {
	s := newStore(dir)
	return s, s.read(func(path string) ([]Receipt, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		list, _, _, err := readLines(f)
		return list, err
	})
}

func newStore(dir string) *Store {
	s := &Store{dir: dir}
	s.noteAll(nil)
	return s
}

// read reads both manifests by the given way of reading one; either may not be there yet.
func (s *Store) read(lines func(path string) ([]Receipt, error)) error {
	list, err := lines(filepath.Join(s.dir, manifestName))
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		s.noteAll(list)
		s.papers, err = lines(filepath.Join(s.dir, papersName))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read raw store: %w", err)
	}
	return nil
}

// readLines reads the receipts, on all processors. Good is the length of the whole lines; whole is false if something follows them.
func readLines(f *os.File) (list []Receipt, good int64, whole bool, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, 0, false, err
	}
	b := make([]byte, info.Size())
	if _, err := io.ReadFull(f, b); err != nil {
		return nil, 0, false, err
	}
	end := bytes.LastIndexByte(b, '\n') + 1
	lines := bytes.SplitAfter(b[:end], []byte("\n"))
	lines = lines[:len(lines)-1] // behind the last line break is nothing
	list = make([]Receipt, len(lines))
	var group errgroup.Group
	share := len(lines)/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < len(lines); from += share {
		group.Go(func() error {
			for i := from; i < min(from+share, len(lines)); i++ {
				if err := json.Unmarshal(lines[i], &list[i]); err != nil {
					return fmt.Errorf("%s:%d: %w", f.Name(), i+1, err)
				}
			}
			return nil
		})
	}
	return list, int64(end), end == len(b), group.Wait()
}

// noteAll makes a list the log.
func (s *Store) noteAll(list []Receipt) {
	s.log, s.last, s.known = list[:0], make(map[string]int, len(list)), make(map[schemas.DocumentID]bool, len(list))
	for _, x := range list {
		s.note(x)
	}
}

func (s *Store) note(x Receipt) {
	s.last[x.Series] = len(s.log)
	s.log = append(s.log, x)
	s.known[x.Document] = true
}

// Receipts lists all that ever came in, in order.
func (s *Store) Receipts() []Receipt { return append([]Receipt(nil), s.log...) }

// Items lists all that ever came in, in order of receipt: what a rebuild reads, and what a killed run may have kept
// without anybody reading it.
func (s *Store) Items() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, x := range s.log {
			if !yield(x.item(Unchanged)) {
				return
			}
		}
	}
}

// Last returns the latest receipt of a series, false if there is none.
func (s *Store) Last(series string) (Receipt, bool) {
	i, ok := s.last[series]
	if !ok {
		return Receipt{}, false
	}
	return s.log[i], true
}

func (s *Store) path(id schemas.DocumentID) string {
	return filepath.Join(s.dir, "raw", string(id[:2]), string(id[2:]))
}

// Has reports whether the store has these bytes.
func (s *Store) Has(id schemas.DocumentID) bool {
	if !valid(id) {
		return false
	}
	_, err := os.Stat(s.path(id))
	return err == nil
}

// Get returns the original bytes, checked against their name.
func (s *Store) Get(id schemas.DocumentID) ([]byte, error) {
	if !valid(id) {
		return nil, fmt.Errorf("raw store: %q is no SHA-256", id)
	}
	b, err := os.ReadFile(s.path(id))
	if err != nil {
		return nil, fmt.Errorf("raw store: %w", err)
	}
	if got := idOf(b); got != id {
		return nil, fmt.Errorf("raw store: %s is damaged: its bytes are %s", s.path(id), got)
	}
	return b, nil
}

func valid(id schemas.DocumentID) bool {
	_, err := hex.DecodeString(string(id))
	return err == nil && len(id) == 2*sha256.Size
}

func idOf(b []byte) schemas.DocumentID {
	sum := sha256.Sum256(b)
	return schemas.DocumentID(hex.EncodeToString(sum[:]))
}

// Put keeps bytes and writes the receipt, in this order: what the manifest names is there. Document and Size are
// filled in. The bytes are on the disk when Put returns.
func (s *Store) Put(x Receipt, b []byte) (Receipt, error) {
	x, err := s.add(x, b)
	if err != nil {
		return Receipt{}, err
	}
	return x, s.Flush()
}

// flushEvery is how many receipts wait at most: what a killed run has to take in again.
const flushEvery = 512

// add is Put without the certainty: the receipt is written by the next Flush, when the bytes are on the disk. Many files
// that are synced together cost a fraction of what they cost one by one.
func (s *Store) add(x Receipt, b []byte) (Receipt, error) {
	x.Document, x.Size, x.Received = idOf(b), int64(len(b)), x.Received.UTC().Truncate(time.Microsecond)
	if !s.known[x.Document] || !s.Has(x.Document) { // a file that no receipt names may be half of one: its run was killed
		if err := s.write(x.Document, b); err != nil {
			return Receipt{}, fmt.Errorf("raw store: keep %s: %w", x.Name, err)
		}
		s.unsynced = append(s.unsynced, s.path(x.Document))
	}
	s.waiting = append(s.waiting, x)
	s.note(x)
	if len(s.waiting) >= flushEvery {
		return x, s.Flush()
	}
	return x, nil
}

// Flush brings to the disk what add has taken: the bytes, their folders, then the receipts.
func (s *Store) Flush() error {
	if len(s.waiting) == 0 {
		return nil
	}
	dirs := map[string]bool{}
	for _, path := range s.unsynced {
		dirs[filepath.Dir(path)] = true
	}
	if err := errors.Join(syncAll(slices.Values(s.unsynced)), syncAll(maps.Keys(dirs))); err != nil {
		return fmt.Errorf("raw store: %w", err)
	}
	if err := s.append(manifestName, s.waiting); err != nil {
		return err
	}
	s.unsynced, s.waiting = nil, nil
	return nil
}

// append adds receipts to the end of a manifest.
func (s *Store) append(name string, list []Receipt) error {
	var lines []byte
	for _, x := range list {
		line, err := json.Marshal(x)
		if err != nil {
			return fmt.Errorf("raw store: keep %s: %w", x.Name, err)
		}
		lines = append(append(lines, line...), '\n')
	}
	f, err := os.OpenFile(filepath.Join(s.dir, name), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("raw store: %w", err)
	}
	_, err = f.Write(lines)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("raw store: %w", err)
	}
	return nil
}

func (s *Store) write(id schemas.DocumentID, b []byte) error {
	tmp, path := filepath.Join(s.dir, tempPrefix+string(id)), s.path(id)
	err := writeNew(tmp, b)
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if errors.Is(err, fs.ErrNotExist) { // the first of its folder
		if err = os.MkdirAll(filepath.Dir(path), 0o755); err == nil {
			err = os.Rename(tmp, path)
		}
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(tmp))
	}
	return nil
}

// writeNew writes a file that nobody can write to later.
func writeNew(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Close())
}

// syncAll syncs files and folders, some at once: the disk is what takes the time.
func syncAll(paths iter.Seq[string]) error {
	var group errgroup.Group
	group.SetLimit(8)
	for path := range paths {
		group.Go(func() error { return syncPath(path) })
	}
	return group.Wait()
}

// syncPath syncs a file or a folder.
func syncPath(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
