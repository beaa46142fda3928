package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"heshu/schemas"
)

// seenName is the file that tells which files were looked at when they were last taken in. It may be lost: files are read again.
const seenName = "seen.txt"

// settled is how long a file must have rested when it is looked at for its stamp to be trusted: what is written again within the
// coarsest clock of a file system may keep its time.
const settled = 2 * time.Second

// stamp is what a file system says of a file. The same stamp, the same bytes: as git and make have it. Store.Rehash mistrusts it.
type stamp struct {
	size, modified int64 // bytes, nanoseconds
	inode          uint64
	document       schemas.DocumentID
}

// stampOf reads a file's stamp, false where it cannot be trusted.
func stampOf(info fs.FileInfo, now time.Time) (stamp, bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || now.Sub(info.ModTime()) < settled {
		return stamp{}, false
	}
	return stamp{size: info.Size(), modified: info.ModTime().UnixNano(), inode: uint64(st.Ino)}, true
}

// seenBefore returns the last receipt of a series if the file has not changed since.
func (s *Store) seenBefore(series string, now stamp) (Receipt, bool) {
	if s.Rehash {
		return Receipt{}, false
	}
	last, ok := s.Last(series)
	now.document = last.Document
	return last, ok && s.seen[series] == now
}

// see notes a file that was read.
func (s *Store) see(series string, now stamp, document schemas.DocumentID) {
	now.document = document
	if s.seen[series] != now {
		s.seen[series], s.sawMore = now, true
	}
}

// readSeen reads the stamps of the nights before. Lines that it cannot read are left out.
func (s *Store) readSeen() {
	b, err := os.ReadFile(filepath.Join(s.dir, seenName))
	s.seen = make(map[string]stamp, bytes.Count(b, []byte("\n")))
	if err != nil {
		return
	}
	for line := range strings.Lines(string(b)) {
		var x stamp
		series, whole := strings.CutSuffix(line, "\n")
		words := strings.SplitN(series, " ", 5)
		if len(words) != 5 || !whole {
			continue
		}
		var failed [3]error
		x.size, failed[0] = strconv.ParseInt(words[0], 10, 64)
		x.modified, failed[1] = strconv.ParseInt(words[1], 10, 64)
		x.inode, failed[2] = strconv.ParseUint(words[2], 10, 64)
		x.document = schemas.DocumentID(words[3])
		if errors.Join(failed[:]...) == nil {
			s.seen[words[4]] = x
		}
	}
}

// Remember writes down which files Scan has looked at: without it the next night reads those anew that changed.
func (s *Store) Remember() error {
	if !s.sawMore {
		return nil
	}
	b := make([]byte, 0, 256*len(s.seen))
	for _, series := range slices.Sorted(maps.Keys(s.seen)) {
		if x := s.seen[series]; !strings.Contains(series, "\n") {
			b = append(strconv.AppendInt(b, x.size, 10), ' ')
			b = append(strconv.AppendInt(b, x.modified, 10), ' ')
			b = append(strconv.AppendUint(b, x.inode, 10), ' ')
			b = append(append(b, x.document...), ' ')
			b = append(append(b, series...), '\n')
		}
	}
	tmp := filepath.Join(s.dir, tempPrefix+seenName)
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return fmt.Errorf("raw store: %w", err)
	}
	s.sawMore = false
	return os.Rename(tmp, filepath.Join(s.dir, seenName))
}
