package fetch

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"heshu/pipeline/intake/warc"
	"heshu/schemas"
)

// Entry is the last that is known of an address: what came, and where it is kept.
type Entry struct {
	URL      string             `json:"url"`   // as asked
	Final    string             `json:"final"` // after redirects
	Time     time.Time          `json:"time"`
	Status   int                `json:"status"`
	ETag     string             `json:"etag,omitempty"`
	Modified string             `json:"last_modified,omitempty"`
	Type     string             `json:"content_type,omitempty"`
	Document schemas.DocumentID `json:"document,omitempty"` // SHA-256 of the content, unpacked
	File     string             `json:"file,omitempty"`
	Place    warc.Place         `json:"place"`
}

// Archive keeps what came in .warc.gz files, one a run that had something new, and an index of the last of each address.
// Pages that say the same again are not kept again, so that a night without news leaves nothing.
type Archive struct {
	dir      string
	software string

	mu      sync.Mutex
	entries map[string]Entry
	done    map[string]bool // addresses that an unfinished run has asked already
	journal *os.File
	warc    *warc.Writer
	file    string
}

const (
	indexName   = "index.jsonl"
	journalName = "unfinished.txt"
)

// ErrNotKept says that an address was never fetched.
var ErrNotKept = errors.New("not in the archive")

// OpenArchive opens the archive in dir, making it if need be. Half a line of the index and half a record of a file, which
// a killed run left, are cut off.
func OpenArchive(dir, software string) (*Archive, error) {
	a := &Archive{dir: dir, software: software, entries: map[string]Entry{}, done: map[string]bool{}}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make archive: %w", err)
	}
	ends := map[string]int64{}
	err := lines(filepath.Join(dir, indexName), func(line []byte) error {
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		a.entries[e.URL] = e
		ends[e.File] = max(ends[e.File], e.Place.Offset+e.Place.Length)
		return nil
	})
	if err == nil {
		err = lines(filepath.Join(dir, journalName), func(line []byte) error {
			a.done[string(line)] = true
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read archive: %w", err)
	}
	return a, a.mend(ends)
}

// mend cuts every file to what the index knows of it; one that it does not know was begun by a killed run.
func (a *Archive) mend(ends map[string]int64) error {
	files, err := filepath.Glob(filepath.Join(a.dir, "*.warc.gz"))
	if err != nil {
		return fmt.Errorf("read archive: %w", err)
	}
	for _, path := range files {
		end := ends[filepath.Base(path)]
		info, err := os.Stat(path)
		switch {
		case err != nil:
		case end == 0:
			err = os.Remove(path)
		case info.Size() > end:
			err = os.Truncate(path, end)
		}
		if err != nil {
			return fmt.Errorf("mend archive: %w", err)
		}
	}
	return nil
}

// lines hands over every line of a file, and cuts off a last one without its end. A file that is not there has none.
func lines(path string, use func([]byte) error) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	var good int64
	for n := 1; ; n++ {
		b, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			if len(b) == 0 {
				return nil
			}
			return f.Truncate(good)
		}
		if err != nil {
			return err
		}
		good += int64(len(b))
		if err := use(b[:len(b)-1]); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
}

// Last is the last that is known of an address.
func (a *Archive) Last(url string) (Entry, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.entries[url]
	return e, ok
}

// Content reads what is kept at an entry, unpacked.
func (a *Archive) Content(e Entry, limit int64) ([]byte, error) {
	if e.File == "" {
		return nil, fmt.Errorf("%s: %w", e.URL, ErrNotKept)
	}
	x, err := warc.ReadAt(filepath.Join(a.dir, e.File), e.Place, limit)
	if err != nil {
		return nil, err
	}
	b, err := x.Content(limit)
	if err == nil && idOf(b) != e.Document {
		err = fmt.Errorf("%s: %s is damaged: its content is not what came", e.URL, e.File)
	}
	return b, err
}

func idOf(b []byte) schemas.DocumentID {
	sum := sha256.Sum256(b)
	return schemas.DocumentID(hex.EncodeToString(sum[:]))
}

// keep notes an answer: content that is not what came last is written, then its line of the index. What the index names is there.
func (a *Archive) keep(url string, x warc.Exchange, limit int64) (Entry, bool, error) {
	content, err := x.Content(limit)
	if err != nil {
		return Entry{}, false, err
	}
	e := Entry{URL: url, Final: x.URL, Time: x.Time, Status: x.Status, ETag: x.Header.Get("Etag"), Modified: x.Header.Get("Last-Modified"),
		Type: x.Header.Get("Content-Type"), Document: idOf(content)}
	a.mu.Lock()
	defer a.mu.Unlock()
	last, known := a.entries[url]
	if known && last.Status == e.Status && last.Document == e.Document {
		return last, false, nil
	}
	if a.warc == nil {
		a.file = "heshu-" + x.Time.UTC().Format("20060102T150405.000000Z") + ".warc.gz"
		if a.warc, err = warc.Create(filepath.Join(a.dir, a.file), a.software, x.Time); err != nil {
			return Entry{}, false, err
		}
	}
	if e.Place, err = a.warc.Put(x); err != nil {
		return Entry{}, false, err
	}
	e.File = a.file
	return e, true, a.note(e)
}

// gone notes that a page is not there any more; what was kept stays.
func (a *Archive) gone(url string, x warc.Exchange) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	last, known := a.entries[url]
	if !known || last.Status == x.Status {
		return false, nil
	}
	last.Status, last.Time, last.ETag, last.Modified = x.Status, x.Time, "", ""
	return true, a.note(last)
}

// note appends a line of the index; the caller holds the lock.
func (a *Archive) note(e Entry) error {
	line, err := json.Marshal(e)
	if err == nil {
		err = appendLine(filepath.Join(a.dir, indexName), line)
	}
	if err != nil {
		return fmt.Errorf("%s: keep: %w", e.URL, err)
	}
	a.entries[e.URL] = e
	return nil
}

func appendLine(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// asked reports whether an unfinished run has asked for the address already.
func (a *Archive) asked(url string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.done[url]
}

// finished writes down that an address has been asked. A line that is lost costs one more request, so it is not synced.
func (a *Archive) finished(url string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done[url] = true
	var err error
	if a.journal == nil {
		a.journal, err = os.OpenFile(filepath.Join(a.dir, journalName), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
		if err != nil {
			return fmt.Errorf("keep: %w", err)
		}
	}
	if _, err = a.journal.WriteString(url + "\n"); err != nil {
		return fmt.Errorf("keep: %w", err)
	}
	return nil
}

// Finish says that all there was to ask has been asked: the next run begins anew. Close without it leaves the rest to the next run.
func (a *Archive) Finish() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done = map[string]bool{}
	var err error
	if a.journal != nil {
		err = a.journal.Close()
		a.journal = nil
	}
	if e := os.Remove(filepath.Join(a.dir, journalName)); !errors.Is(e, fs.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return err
}

// Close closes the files.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var err error
	if a.warc != nil {
		err = a.warc.Close()
		a.warc = nil
	}
	if a.journal != nil {
		err = errors.Join(err, a.journal.Close())
		a.journal = nil
	}
	return err
}
