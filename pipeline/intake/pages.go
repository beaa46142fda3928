package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"strings"
	"time"

	"heshu/pipeline/intake/warc"
	"heshu/schemas"
)

// isWARC tells web archives by their names.
func isWARC(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz")
}

// warc takes in the pages of a web archive as documents of their own, named by their addresses. Of an address that was
// asked several times the latest answer counts; the same address in another archive is another series of receipts. An archive that ends in the middle gives what is whole in it.
func (c *scanner) warc(ctx context.Context, full, name string) error {
	latest := map[string]time.Time{}
	problem, err := c.responses(ctx, full, func(e warc.Exchange, cut bool) error {
		if t, ok := latest[e.URL]; (cut || e.Status == 200) && (!ok || !e.Time.Before(t)) {
			latest[e.URL] = e.Time
		}
		return nil
	})
	if err != nil {
		return err
	}
	if problem != nil {
		code := schemas.IssueUnreadable
		switch {
		case errors.Is(problem, warc.ErrTooLarge):
			code = schemas.IssueLimit
		case errors.Is(problem, io.ErrUnexpectedEOF):
			code = schemas.IssueTruncated
		}
		if err := c.refuse(name, full, code, problem.Error()); err != nil {
			return err
		}
	}
	c.within = name + "/"
	defer func() { c.within = "" }()
	_, err = c.responses(ctx, full, func(e warc.Exchange, cut bool) error {
		if t, ok := latest[e.URL]; !ok || !e.Time.Equal(t) || !cut && e.Status != 200 || !c.wanted(e.URL) {
			return nil
		}
		delete(latest, e.URL) // two answers of one moment: the first
		if cut {
			return c.refuse(e.URL, full, schemas.IssueLimit, fmt.Sprintf("the limit is %d bytes", c.limits.DocumentBytes))
		}
		b, err := e.Content(c.limits.DocumentBytes)
		switch {
		case errors.Is(err, warc.ErrTooLarge):
			return c.refuse(e.URL, full, schemas.IssueLimit, err.Error())
		case err != nil:
			return c.refuse(e.URL, full, schemas.IssueUnreadable, err.Error())
		}
		c.charset = Charset(e.Header.Get("Content-Type"))
		defer func() { c.charset = "" }()
		return c.take(e.URL, full, b, "", "")
	})
	return err
}

// responses reads an archive; problem is what is wrong with the file, err what is wrong with taking it in.
func (c *scanner) responses(ctx context.Context, full string, use func(warc.Exchange, bool) error) (problem, err error) {
	f, err := os.Open(full)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var inner error
	problem = warc.Read(f, warc.Limits{Record: c.limits.DocumentBytes, Total: c.limits.ArchiveBytes}, func(e warc.Exchange, cut bool) error {
		if inner = ctx.Err(); inner == nil {
			inner = use(e, cut)
		}
		return inner
	})
	if inner != nil {
		return nil, inner
	}
	return problem, nil
}

// Charset is the one that a server's Content-Type declares, "" if none.
func Charset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// Page is a page that was fetched: its bytes are asked for only if they are not what came in last.
type Page struct {
	URL      string
	Origin   string // where it is kept
	Document schemas.DocumentID
	Charset  string
	Bytes    func() ([]byte, error)
}

// Keep takes in a fetched page under its address. The receipt is on the disk after the next Flush.
func (s *Store) Keep(source Source, p Page, now time.Time) (Item, error) {
	c := scanner{store: s, source: source, now: now, charset: p.Charset}
	if last, ok := s.Last(c.source.Name + "/" + p.URL); ok && last.Document == p.Document && s.Has(last.Document) {
		return c.receipt(p.URL, last.Origin).unchanged(last), nil
	}
	b, err := p.Bytes()
	if err != nil {
		return Item{}, err
	}
	if err := c.take(p.URL, p.Origin, b, "", ""); err != nil {
		return Item{}, err
	}
	return c.items[0], nil
}
