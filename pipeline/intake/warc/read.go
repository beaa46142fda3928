package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	maxHeader = 64 << 10 // bytes of a record's own header
	maxSkip   = 4        // line ends between records
)

// Limits bound what reading a file may cost, in bytes.
type Limits struct {
	Record int64 // of one response
	Total  int64 // of all records, unpacked; 0: no bound
}

// Read hands every response of a WARC file to use, in the order of the file. The file may be gzip-ed, in members or as
// a whole. Records of other kinds are passed over; a response larger than the limit is handed over without its body.
// A file that ends within a record gives io.ErrUnexpectedEOF after all whole records.
func Read(r io.Reader, limits Limits, use func(e Exchange, cut bool) error) error {
	b := bufio.NewReader(r)
	if magic, err := b.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(b)
		if err != nil {
			return fmt.Errorf("read WARC: %w", err)
		}
		b = bufio.NewReader(z)
	}
	if limits.Total > 0 {
		b = bufio.NewReader(&bounded{b, limits.Total})
	}
	for n := 1; ; n++ {
		e, kind, cut, err := next(b, limits.Record)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read WARC: record %d: %w", n, err)
		}
		if kind != "response" && kind != "resource" {
			continue
		}
		if err := use(e, cut); err != nil {
			return err
		}
	}
}

// ReadAt reads the one record at a place of a .warc.gz file.
func ReadAt(path string, p Place, limit int64) (Exchange, error) {
	f, err := os.Open(path)
	if err != nil {
		return Exchange{}, fmt.Errorf("read WARC: %w", err)
	}
	defer f.Close()
	var found Exchange
	err = Read(io.NewSectionReader(f, p.Offset, p.Length), Limits{Record: limit}, func(e Exchange, cut bool) error {
		if cut {
			return fmt.Errorf("%s: %w of %d bytes", e.URL, ErrTooLarge, limit)
		}
		found = e
		return nil
	})
	if err == nil && found.URL == "" {
		err = errors.New("no response there")
	}
	if err != nil {
		return Exchange{}, fmt.Errorf("%s: at %d: %w", path, p.Offset, err)
	}
	return found, nil
}

// next reads one record; io.EOF says that there is none.
func next(b *bufio.Reader, limit int64) (e Exchange, kind string, cut bool, err error) {
	fields, err := header(b)
	if err != nil {
		return e, "", false, err
	}
	kind, e.URL = fields["warc-type"], strings.Trim(fields["warc-target-uri"], "<> ")
	if e.Time, err = time.Parse(time.RFC3339Nano, fields["warc-date"]); err != nil {
		return e, kind, false, fmt.Errorf("WARC-Date: %w", err)
	}
	length, err := strconv.ParseInt(fields["content-length"], 10, 64)
	if err != nil || length < 0 {
		return e, kind, false, fmt.Errorf("Content-Length %q is no length", fields["content-length"])
	}
	wanted := kind == "response" && strings.HasPrefix(fields["content-type"], "application/http") || kind == "resource"
	if !wanted || length > limit+maxHeader {
		if !wanted {
			kind = "other"
		}
		n, err := io.Copy(io.Discard, io.LimitReader(b, length))
		if err == nil && n < length {
			err = io.ErrUnexpectedEOF
		}
		return e, kind, wanted, err
	}
	var block bytes.Buffer
	if _, err := io.CopyN(&block, b, length); err != nil {
		return e, kind, false, unexpected(err)
	}
	if kind == "resource" { // bytes without an HTTP message round them
		e.Status, e.Body = 200, block.Bytes()
		e.Header = map[string][]string{"Content-Type": {fields["content-type"]}}
		return e, kind, false, nil
	}
	return e, kind, false, e.parseMessage(block.Bytes())
}

// header reads a record's version line and named fields, names in lower case.
func header(b *bufio.Reader) (map[string]string, error) {
	left := maxHeader
	first := ""
	for skipped := 0; first == ""; skipped++ {
		line, err := readLine(b, &left)
		if err != nil {
			return nil, err
		}
		if first = line; skipped > maxSkip {
			return nil, errors.New("no record begins there")
		}
	}
	if !strings.HasPrefix(first, "WARC/1.") && !strings.HasPrefix(first, "WARC/0.1") {
		return nil, fmt.Errorf("%.20q is no WARC version", first)
	}
	fields, last := map[string]string{}, ""
	for {
		line, err := readLine(b, &left)
		switch {
		case err != nil:
			return nil, unexpected(err)
		case line == "":
			return fields, nil
		case line[0] == ' ' || line[0] == '\t':
			fields[last] += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%.40q is no header field", line)
		}
		last = strings.ToLower(strings.TrimSpace(name))
		fields[last] = strings.TrimSpace(value)
	}
}

// readLine reads a line without its end; left is what the header may still take.
func readLine(b *bufio.Reader, left *int) (string, error) {
	var line []byte
	for {
		part, err := b.ReadSlice('\n')
		line = append(line, part...)
		if *left -= len(part); *left < 0 {
			return "", fmt.Errorf("header: %w of %d bytes", ErrTooLarge, maxHeader)
		}
		if err == nil {
			return strings.TrimRight(string(line), "\r\n"), nil
		}
		if errors.Is(err, io.EOF) && len(line) > 0 {
			return "", io.ErrUnexpectedEOF
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return "", err
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// bounded gives ErrTooLarge where io.LimitReader would pretend that the file ends.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("unpacked: %w", ErrTooLarge)
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
