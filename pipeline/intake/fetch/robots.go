package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/temoto/robotstxt"

	"heshu/pipeline/intake/warc"
)

// errNoRobots says that a host's robots.txt could not be had, so that nothing may be asked of it in this run.
var errNoRobots = errors.New("robots.txt cannot be had")

// robotsName is the name that a robots.txt may speak to.
const robotsName = "heshu"

// allowed asks robots.txt, which is fetched once a host and run. One that is not there allows everything; one that
// cannot be had (5xx, no connection) forbids everything until the next run, as RFC 9309 wants it.
func (c *Client) allowed(ctx context.Context, h *host, u *url.URL) error {
	h.asked.Lock()
	defer h.asked.Unlock()
	h.mu.Lock()
	group := h.robots
	h.mu.Unlock()
	if h.failed != nil {
		return h.failed
	}
	if group == nil {
		data, err := c.robots(ctx, h, u)
		if err != nil {
			if ctx.Err() == nil {
				h.failed = err
			}
			return err
		}
		group = data.FindGroup(robotsName)
		h.mu.Lock()
		h.robots = group
		h.mu.Unlock()
	}
	if !group.Test(u.RequestURI()) {
		return fmt.Errorf("%s: %w", u, ErrForbidden)
	}
	return nil
}

// robots fetches robots.txt; its redirects are followed within the limit.
func (c *Client) robots(ctx context.Context, h *host, u *url.URL) (*robotstxt.RobotsData, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range c.config.Redirects + 1 {
		e, err := c.retry(ctx, c.robotsHost(h, u, at), at, Known{})
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, ErrPrivate):
			return nil, err
		case errors.Is(err, warc.ErrTooLarge) || errors.Is(err, ErrType): // no robots.txt that anybody could read
			return robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
		case err != nil:
			return nil, fmt.Errorf("%s: %w: %w", at, errNoRobots, err)
		case e.Status >= 300 && e.Status < 400:
			to, err := at.Parse(e.Header.Get("Location"))
			if err != nil || to.Scheme != "http" && to.Scheme != "https" {
				return robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
			}
			at = to
		default:
			b, err := e.Content(c.config.MaxBytes)
			if err != nil {
				return robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
			}
			data, err := robotstxt.FromStatusAndBytes(e.Status, []byte(strings.ToValidUTF8(string(b), "")))
			if err != nil { // a page in its place, or worse: nothing is said
				return robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
			}
			return data, nil
		}
	}
	return robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
}

// robotsHost is the gate of the host that is really asked: a redirect may lead to another.
func (c *Client) robotsHost(h *host, u, at *url.URL) *host {
	if at.Host == u.Host && at.Scheme == u.Scheme {
		return h
	}
	return c.host(at)
}

// delay is what lies between two requests to a host: ours, or robots.txt's if that is longer.
func (c *Client) delay(h *host) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.robots != nil {
		return max(c.config.Delay, h.robots.CrawlDelay)
	}
	return c.config.Delay
}
