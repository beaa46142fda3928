package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// papersName is the manifest of what an office wrote itself: its bytes lie in the store too, but are no document.
const papersName = "papers.jsonl"

// KeepPaper keeps an office's own file, such as its decisions, as it stands now. One that says what it said before is not
// kept again. The bytes are on the disk when KeepPaper returns.
func (s *Store) KeepPaper(kind string, b []byte, now time.Time) error {
	id := idOf(b)
	for i := len(s.papers) - 1; i >= 0; i-- {
		if s.papers[i].Series != kind {
			continue
		}
		if s.papers[i].Document == id {
			return nil
		}
		break
	}
	had, err := os.ReadFile(s.path(id))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("raw store: keep %s: %w", kind, err)
	}
	if err != nil || !bytes.Equal(had, b) {
		if err := s.write(id, b); err != nil {
			return fmt.Errorf("raw store: keep %s: %w", kind, err)
		}
	}
	if err := errors.Join(syncPath(s.path(id)), syncPath(filepath.Dir(s.path(id)))); err != nil {
		return fmt.Errorf("raw store: keep %s: %w", kind, err)
	}
	x := Receipt{Document: id, Series: kind, Name: kind, Received: now.UTC().Truncate(time.Microsecond), Size: int64(len(b))}
	if err := s.append(papersName, []Receipt{x}); err != nil {
		return err
	}
	s.papers = append(s.papers, x)
	return nil
}

// Papers lists what an office's file of a kind said, one receipt for every time it was another, in order.
func (s *Store) Papers(kind string) []Receipt {
	var list []Receipt
	for _, x := range s.papers {
		if x.Series == kind {
			list = append(list, x)
		}
	}
	return list
}

// Until is the store as it was at a moment: what came in later is not in it. It is for reading.
func (s *Store) Until(t time.Time) *Store {
	then := newStore(s.dir)
	for _, x := range s.log {
		if !x.Received.After(t) {
			then.note(x)
		}
	}
	for _, x := range s.papers {
		if !x.Received.After(t) {
			then.papers = append(then.papers, x)
		}
	}
	return then
}
