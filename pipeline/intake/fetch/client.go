// Package fetch owns the asking of servers: politely, within limits, and keeping what they say.
//
// The retry loop is its own and not go-retryablehttp's: every attempt has to pass the host's gate, a Retry-After has to
// hold up the whole host and not one request, and a redirect has to be judged before it is followed.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"heshu/pipeline/intake/warc"
)

// Config says how servers are asked. Zero fields take the stated defaults.
type Config struct {
	Contact   string        // who answers for this program: an address or a page; needed
	Version   string        // of the program, for the User-Agent
	PerHost   int           // requests to one host at once; 1
	Delay     time.Duration // between the starts of two requests to one host; 1 s. A longer Crawl-delay of robots.txt counts
	Hosts     int           // hosts asked at once; 8
	Timeout   time.Duration // of one request with its body; 1 minute
	Retries   int           // after the first attempt, on 429, 5xx and broken connections; 3, -1 for none
	Backoff   time.Duration // before the first retry, doubled each time, half of it at random; 2 s
	MaxWait   time.Duration // the longest Retry-After that is waited for; 5 minutes
	Redirects int           // followed at most; 5
	MaxBytes  int64         // of a body, as sent and unpacked; 20 MB
	Types     []string      // content types taken, by their beginning; see defaultTypes
	Allow     []string      // blocks of private addresses that may be asked, such as 10.2.0.0/16; none
	Proxy     string        // http://proxy.example:3128, socks5://…; "": what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say; "none": none

	Dial   func(ctx context.Context, network, address string) (net.Conn, error)  // for tests: takes the dialer's place, its guard's and the proxy's
	Lookup func(ctx context.Context, network, host string) ([]netip.Addr, error) // for tests: takes the place of the system's look-up of names that a proxy is asked for
}

// defaultTypes are pages, feeds, and the files that offices publish.
var defaultTypes = []string{"text/html", "text/plain", "text/xml", "text/csv", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf",
	"application/feed+json", "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml", "application/octet-stream"}

func (c Config) withDefaults() Config {
	def := func(p *time.Duration, d time.Duration) {
		if *p == 0 {
			*p = d
		}
	}
	num := func(p *int, n int) {
		if *p == 0 {
			*p = n
		}
	}
	num(&c.PerHost, 1)
	num(&c.Hosts, 8)
	num(&c.Retries, 3)
	num(&c.Redirects, 5)
	def(&c.Delay, time.Second)
	def(&c.Timeout, time.Minute)
	def(&c.Backoff, 2*time.Second)
	def(&c.MaxWait, 5*time.Minute)
	if c.MaxBytes == 0 {
		c.MaxBytes = 20 << 20
	}
	if len(c.Types) == 0 {
		c.Types = defaultTypes
	}
	return c
}

// The reasons for which a page is not had. None of them stops a night.
var (
	ErrForbidden = errors.New("robots.txt forbids it")
	ErrRedirects = errors.New("too many redirects")
	ErrType      = errors.New("not a content type that is read")
)

// StatusError is an answer that is no page.
type StatusError struct{ Status int }

func (e StatusError) Error() string {
	return fmt.Sprintf("the server says %d %s", e.Status, http.StatusText(e.Status))
}

// Gone reports whether the server says that there is no such page.
func (e StatusError) Gone() bool {
	return e.Status == http.StatusNotFound || e.Status == http.StatusGone
}

// Client asks servers. It is safe for several goroutines.
type Client struct {
	config Config
	http   *http.Client
	way    *way
	mu     sync.Mutex
	hosts  map[string]*host
}

// NewClient checks the configuration.
func NewClient(c Config) (*Client, error) {
	c = c.withDefaults()
	if strings.TrimSpace(c.Contact) == "" {
		return nil, errors.New("fetch: no contact: write an address or a page under fetch.contact, so that a site's keeper can reach you")
	}
	if strings.ContainsAny(c.Contact, "\r\n") {
		return nil, errors.New("fetch: the contact must be one line")
	}
	g, err := newGuard(c.Allow)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	way, err := newWay(c, g)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	return &Client{config: c, hosts: map[string]*host{}, way: way, http: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     way,
	}}, nil
}

// Through names the proxy that an address is asked for through, without its password; "" if none.
func (c *Client) Through(address string) string {
	u, err := parse(address)
	if err != nil {
		return ""
	}
	if proxy, err := c.way.proxy(u); err == nil && proxy != nil {
		return proxy.Redacted()
	}
	return ""
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

func (c *Client) agent() string {
	return "heshu/" + first(c.config.Version, "dev") + " (+" + c.config.Contact + ")"
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (c *Client) host(u *url.URL) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[u.Scheme+"://"+u.Host]
	if h == nil {
		h = &host{slots: make(chan struct{}, c.config.PerHost)}
		c.hosts[u.Scheme+"://"+u.Host] = h
	}
	return h
}

// Known is what an earlier answer said, for a conditional request.
type Known struct{ ETag, LastModified string }

// Get asks for a page, following redirects, waiting where politeness or the server wants it. The exchange's URL is the
// last one asked; fresh is false where the server says that what is known still holds.
func (c *Client) Get(ctx context.Context, address string, known Known) (e warc.Exchange, fresh bool, err error) {
	seen := map[string]bool{}
	for range c.config.Redirects + 1 {
		u, err := parse(address)
		if err != nil {
			return e, false, err
		}
		if seen[u.String()] {
			return e, false, fmt.Errorf("%s: %w: they go round", u, ErrRedirects)
		}
		seen[u.String()] = true
		h := c.host(u)
		if err := c.allowed(ctx, h, u); err != nil {
			return e, false, err
		}
		if e, err = c.retry(ctx, h, u, known); err != nil {
			return e, false, err
		}
		if e.Status == http.StatusNotModified {
			if known == (Known{}) {
				return e, false, fmt.Errorf("%s: %w, which nobody asked", u, StatusError{e.Status})
			}
			return e, false, nil
		}
		if e.Status < 300 || e.Status >= 400 {
			return e, true, nil
		}
		to, err := u.Parse(e.Header.Get("Location"))
		if err != nil || e.Header.Get("Location") == "" {
			return e, false, fmt.Errorf("%s: %w", u, StatusError{e.Status})
		}
		address = to.String()
	}
	return e, false, fmt.Errorf("%s: %w: %d", address, ErrRedirects, c.config.Redirects)
}

// parse takes http and https addresses without a name and password in them.
func parse(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil:
		return nil, err
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, fmt.Errorf("%q is no http address", address)
	case u.User != nil:
		return nil, fmt.Errorf("%s: an address with a name and password is not asked", u.Redacted())
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// retry asks until there is an answer that another attempt would not better.
func (c *Client) retry(ctx context.Context, h *host, u *url.URL, known Known) (warc.Exchange, error) {
	for attempt := 0; ; attempt++ {
		e, err := c.once(ctx, h, u, known)
		if !again(e, err) || ctx.Err() != nil {
			return e, err
		}
		if attempt >= c.config.Retries {
			if err == nil {
				err = fmt.Errorf("%s: %w", u, StatusError{e.Status})
			}
			return e, err
		}
		wait := c.config.Backoff << attempt
		wait = wait/2 + rand.N(wait/2+1)
		if asked, ok := retryAfter(e); ok {
			if asked > c.config.MaxWait {
				return e, fmt.Errorf("%s: %w: it asks to wait %s, longer than this night waits", u, StatusError{e.Status}, asked)
			}
			wait = max(asked, wait)
			h.pause(wait)
		}
		if err := sleep(ctx, wait); err != nil {
			return e, err
		}
	}
}

// again tells whether another attempt may better it: a busy or broken server, a broken connection, a time-out.
func again(e warc.Exchange, err error) bool {
	switch {
	case errors.Is(err, ErrPrivate) || errors.Is(err, ErrType) || errors.Is(err, warc.ErrTooLarge):
		return false
	case err != nil:
		return true
	}
	return e.Status == http.StatusTooManyRequests || e.Status >= 500 && e.Status != http.StatusNotImplemented
}

// retryAfter reads the server's wish, in seconds or as a date.
func retryAfter(e warc.Exchange) (time.Duration, bool) {
	s := strings.TrimSpace(e.Header.Get("Retry-After"))
	if n, err := strconv.ParseInt(s, 10, 32); err == nil && n >= 0 {
		return time.Duration(n) * time.Second, true
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(time.Until(t), 0), true
	}
	return 0, false
}

// once makes one request and reads its body within the limits.
func (c *Client) once(ctx context.Context, h *host, u *url.URL, known Known) (warc.Exchange, error) {
	if err := h.enter(ctx, c.delay(h)); err != nil {
		return warc.Exchange{}, err
	}
	defer h.leave()
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return warc.Exchange{}, err
	}
	req.Header.Set("User-Agent", c.agent())
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept-Language", "zh-CN, zh;q=0.9, *;q=0.5")
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		req.Header.Set("If-Modified-Since", known.LastModified)
	}
	e := warc.Exchange{URL: u.String(), Time: time.Now().UTC().Truncate(time.Microsecond)}
	response, err := c.http.Do(req)
	if err != nil {
		return e, err
	}
	defer response.Body.Close()
	e.Status, e.Header = response.StatusCode, response.Header
	if e.Status != http.StatusOK {
		return e, nil // its body is nobody's page
	}
	return c.body(e, response)
}

func (c *Client) body(e warc.Exchange, response *http.Response) (warc.Exchange, error) {
	if !c.takes(e.Header.Get("Content-Type")) {
		return e, fmt.Errorf("%s: %w: %s", e.URL, ErrType, e.Header.Get("Content-Type"))
	}
	if response.ContentLength > c.config.MaxBytes {
		return e, fmt.Errorf("%s: %d bytes: %w of %d", e.URL, response.ContentLength, warc.ErrTooLarge, c.config.MaxBytes)
	}
	var err error
	e.Body, err = io.ReadAll(io.LimitReader(response.Body, c.config.MaxBytes+1))
	if int64(len(e.Body)) > c.config.MaxBytes {
		return e, fmt.Errorf("%s: %w of %d bytes", e.URL, warc.ErrTooLarge, c.config.MaxBytes)
	}
	if err != nil {
		return e, fmt.Errorf("%s: read body: %w", e.URL, err)
	}
	_, err = e.Content(c.config.MaxBytes) // a body that does not unpack, or to too much, is no page
	return e, err
}

func (c *Client) takes(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, _, _ = strings.Cut(contentType, ";")
	}
	kind = strings.ToLower(strings.TrimSpace(kind))
	for _, t := range c.config.Types {
		if strings.HasPrefix(kind, t) {
			return true
		}
	}
	return kind == "" // undeclared: the content says what it is
}
