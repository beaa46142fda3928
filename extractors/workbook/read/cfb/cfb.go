// Package cfb owns the reading of streams out of compound files, damaged ones too.
package cfb

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// ErrNoStream says that none of the streams asked for is in the file.
var ErrNoStream = errors.New("compound file without such a stream")

// Stream is the content of a stream; Whole is false if the file holds less of it than its directory says.
type Stream struct {
	Name  string
	Data  []byte
	Whole bool
}

// Open returns the first of the named streams, in the order asked for, names in any case.
//
// Files that the strict reader refuses or gives less of are read by the directory's entries alone, as far as their sectors go.
func Open(b []byte, names ...string) (Stream, error) {
	strict, found := openStrict(b, names)
	if found && strict.Whole {
		return strict, nil
	}
	loose, ok := openLoose(b, names)
	switch {
	case ok && (!found || len(loose.Data) > len(strict.Data)):
		return loose, nil
	case found:
		return strict, nil
	}
	return Stream{}, ErrNoStream
}

// Names lists the streams at the top of the file; of a damaged directory all that are still in it.
func Names(b []byte) []string {
	var out []string
	if r, err := mscfb.New(bytes.NewReader(b)); err == nil {
		for _, f := range r.File {
			if len(f.Path) == 0 && !f.FileInfo().IsDir() {
				out = append(out, f.Name)
			}
		}
		return out
	}
	if len(b) >= sectorUnit {
		for _, e := range newLoose(b).entries() {
			if e.kind == kindStream {
				out = append(out, e.name)
			}
		}
	}
	return out
}

// FindStart returns what follows the first sector that begins with mark, of a file whose directory is lost; nil if there is none.
// A stream lies in one piece in most files.
func FindStart(b, mark []byte) []byte {
	for at := sectorUnit; at < len(b); at += sectorUnit {
		if bytes.HasPrefix(b[at:], mark) {
			return b[at:]
		}
	}
	return nil
}

func openStrict(b []byte, names []string) (Stream, bool) {
	r, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return Stream{}, false
	}
	for _, n := range names {
		for _, f := range r.File {
			if len(f.Path) > 0 || f.FileInfo().IsDir() || !strings.EqualFold(f.Name, n) || f.Size <= 0 {
				continue
			}
			data := make([]byte, min(f.Size, int64(len(b))))
			got := readChunks(f, data)
			return Stream{n, data[:got], int64(got) == f.Size}, true
		}
	}
	return Stream{}, false
}

// readChunks reads as much of data as there is. Small pieces: the library's time grows with the square of what is asked for at once.
func readChunks(r io.Reader, data []byte) int {
	const chunk = 32 << 10
	got := 0
	for got < len(data) {
		n, err := io.ReadFull(r, data[got:min(got+chunk, len(data))])
		got += n
		if err != nil {
			break
		}
	}
	return got
}
