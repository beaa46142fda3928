package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"os"
	"time"
)

// Place is where a record lies in its file.
type Place struct {
	Offset int64 `json:"offset"`
	Length int64 `json:"length"` // of the gzip member
}

// Writer appends records to one .warc.gz file. It is for one goroutine.
type Writer struct {
	file *os.File
	size int64
}

// Create makes a new file and writes its warcinfo record: which software, when.
func Create(path, software string, now time.Time) (*Writer, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, fmt.Errorf("make WARC file: %w", err)
	}
	w := &Writer{file: f}
	info := fmt.Sprintf("software: %s\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nrobots: classic\r\n", software)
	if _, err := w.record("warcinfo", "", "application/warc-fields", now, []byte(info), nil); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// Put appends an exchange as a response record. It is on the disk when Put returns.
func (w *Writer) Put(e Exchange) (Place, error) {
	message, err := e.message()
	if err != nil {
		return Place{}, fmt.Errorf("%s: keep: %w", e.URL, err)
	}
	p, err := w.record("response", e.URL, "application/http;msgtype=response", e.Time, message, e.Body)
	if err != nil {
		return Place{}, fmt.Errorf("%s: keep: %w", e.URL, err)
	}
	return p, nil
}

// record writes one record as a gzip member of its own. Its id is a hash of what it holds, not a counter.
func (w *Writer) record(kind, uri, contentType string, at time.Time, block, payload []byte) (Place, error) {
	date := at.UTC().Format("2006-01-02T15:04:05.000000Z")
	sum := sha256.Sum256(append([]byte(kind+"\x00"+uri+"\x00"+date+"\x00"), block...))
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprintf(z, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: %s\r\n", kind, uuid(sum[:16]), date)
	if uri != "" {
		fmt.Fprintf(z, "WARC-Target-URI: %s\r\n", uri)
	}
	if payload != nil {
		fmt.Fprintf(z, "WARC-Payload-Digest: %s\r\n", digest(payload))
	}
	fmt.Fprintf(z, "WARC-Block-Digest: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", digest(block), contentType, len(block))
	z.Write(block)
	fmt.Fprint(z, "\r\n\r\n")
	if err := z.Close(); err != nil {
		return Place{}, err
	}
	n, err := w.file.Write(b.Bytes())
	if err := errors.Join(err, w.file.Sync()); err != nil {
		return Place{}, err
	}
	p := Place{Offset: w.size, Length: int64(n)}
	w.size += int64(n)
	return p, nil
}

// Close closes the file.
func (w *Writer) Close() error { return w.file.Close() }

// digest is the form that other tools compute: SHA-1 in base 32.
func digest(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// uuid writes 16 bytes as a UUID of version 8 (RFC 9562: of the maker's own making).
func uuid(b []byte) string {
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
