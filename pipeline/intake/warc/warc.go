// Package warc owns WARC files: what servers sent is kept with its headers, and read back from anybody's files.
//
// The format is WARC 1.1 (ISO 28500:2017); 1.0 is read too. Files whose names end in .gz hold one gzip member a record.
package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strings"
	"time"
)

// Exchange is one answer of a server: what was asked, what came.
type Exchange struct {
	URL    string
	Time   time.Time // UTC
	Status int
	Header http.Header
	Body   []byte // as sent: Content-Encoding still applies
}

// ErrTooLarge says that a record, or what it unpacks to, is larger than the limit.
var ErrTooLarge = errors.New("larger than the limit")

// Content is the body with its transfer and content encodings undone, at most limit bytes of it.
func (e Exchange) Content(limit int64) ([]byte, error) {
	var r io.Reader = bytes.NewReader(e.Body)
	if strings.EqualFold(e.Header.Get("Transfer-Encoding"), "chunked") {
		r = httputil.NewChunkedReader(r)
	}
	var err error
	switch encoding := strings.ToLower(strings.TrimSpace(e.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(r)
	case "deflate":
		r, err = zlib.NewReader(r)
	default:
		err = fmt.Errorf("content encoding %q is unknown", encoding)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.URL, err)
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%s: %w of %d bytes", e.URL, ErrTooLarge, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: read body: %w", e.URL, err)
	}
	return b, nil
}

// message is the exchange as an HTTP message. Header fields stand in the order of their names.
func (e Exchange) message() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", e.Status, http.StatusText(e.Status))
	if err := e.Header.Write(&b); err != nil {
		return nil, err
	}
	b.WriteString("\r\n")
	b.Write(e.Body)
	return b.Bytes(), nil
}

// parseMessage reads an HTTP message; a body that ends early is what there is.
func (e *Exchange) parseMessage(message []byte) error {
	head, body, ok := bytes.Cut(message, []byte("\r\n\r\n"))
	if !ok {
		if head, body, ok = bytes.Cut(message, []byte("\n\n")); !ok {
			return errors.New("an HTTP message without the end of its header")
		}
	}
	head = append(bytes.Clone(head), "\r\n\r\n"...)
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(head)), nil)
	if err != nil {
		return fmt.Errorf("read HTTP header: %w", err)
	}
	defer response.Body.Close()
	e.Status, e.Header, e.Body = response.StatusCode, response.Header, body
	for _, coding := range response.TransferEncoding { // net/http moves it out of the header
		e.Header.Add("Transfer-Encoding", coding)
	}
	return nil
}
