package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// State is how an address stands to what came before.
type State uint8

// The states; the zero value is unset.
const (
	New       State = iota + 1 // its first content
	Changed                    // other content than before
	Unchanged                  // the same content, or the server says that it has not changed
	Gone                       // the server says that there is no such page any more; what came before is kept
	Failed                     // it could not be had; what came before is kept
)

// Page is what became of one address.
type Page struct {
	Entry // its File is "" if nothing was ever kept
	State State
	Err   error // why it could not be had
}

// Collector fetches what sources name, or reads it from the archive.
type Collector struct {
	Client  *Client // nil: offline, the archive answers
	Archive *Archive
	Limit   int64             // bytes of a page, unpacked; 20 MB
	Done    func(n, all int)  // progress, may be nil
	Log     func(Page, error) // each address that was asked, may be nil
}

// Collect returns what became of every address of a source, in the source's order, each once. Feeds and sitemaps are
// kept in the archive too, but are no pages. When ctx ends, the pages not reached are Failed with its error.
func (c *Collector) Collect(ctx context.Context, s Source) ([]Page, error) {
	if c.Limit == 0 {
		c.Limit = 20 << 20
	}
	urls, err := s.listed()
	if err != nil {
		return nil, err
	}
	var failed []Page
	within := func(list []string) {
		for _, u := range list {
			if strings.HasPrefix(u, s.Within) {
				urls = append(urls, u)
			}
		}
	}
	feeds, err := c.fetch(ctx, s.Feeds)
	if err != nil {
		return nil, err
	}
	for _, p := range feeds {
		links, err := c.links(p, func(b []byte) ([]string, []string, error) {
			list, err := feedLinks(p.Final, b)
			return list, nil, err
		})
		if err != nil {
			failed = append(failed, failure(p, err))
			continue
		}
		within(links.pages)
	}
	maps, err := c.sitemaps(ctx, s.Sitemaps, within)
	if err != nil {
		return nil, err
	}
	pages, err := c.fetch(ctx, urls)
	return append(append(failed, maps...), pages...), err
}

type links struct{ pages, maps []string }

// links reads the addresses out of a feed or sitemap, the last one kept if it cannot be had today.
func (c *Collector) links(p Page, read func([]byte) ([]string, []string, error)) (links, error) {
	if p.File == "" {
		return links{}, p.Err
	}
	b, err := c.Archive.Content(p.Entry, c.Limit)
	if err != nil {
		return links{}, err
	}
	pages, maps, err := read(b)
	return links{pages, maps}, err
}

func failure(p Page, err error) Page {
	p.State, p.Err = Failed, err
	return p
}

// sitemaps follows sitemaps and their indexes, breadth first, and returns those that failed.
func (c *Collector) sitemaps(ctx context.Context, list []string, use func([]string)) (failed []Page, err error) {
	seen := map[string]bool{}
	for len(list) > 0 {
		var next []string
		got, err := c.fetch(ctx, list)
		if err != nil {
			return failed, err
		}
		for _, p := range got {
			seen[p.URL] = true
			l, err := c.links(p, func(b []byte) ([]string, []string, error) { return sitemapLinks(p.Final, b) })
			if err != nil {
				failed = append(failed, failure(p, err))
				continue
			}
			use(l.pages)
			next = append(next, l.maps...)
		}
		list = nil
		for _, u := range next {
			if !seen[u] && len(seen)+len(list) < maxSitemaps {
				seen[u] = true
				list = append(list, u)
			}
		}
	}
	return failed, nil
}

// fetch asks for every address once, hosts side by side, and returns what became of them in the order given. Its error is of
// the archive: a server's is the page's.
func (c *Collector) fetch(ctx context.Context, list []string) ([]Page, error) {
	urls, byHost := c.queues(list)
	pages := make([]Page, len(urls))
	hosts := 1
	if c.Client != nil {
		hosts = c.Client.config.Hosts
	}
	var mu sync.Mutex
	done := 0
	group := errgroup.Group{}
	group.SetLimit(hosts)
	for _, queue := range byHost {
		group.Go(func() error {
			return c.queue(queue, func(i int) error {
				var err error
				pages[i], err = c.page(ctx, urls[i])
				mu.Lock()
				defer mu.Unlock()
				if done++; c.Done != nil {
					c.Done(done, len(urls))
				}
				if c.Log != nil {
					c.Log(pages[i], pages[i].Err)
				}
				return err
			})
		})
	}
	return pages, group.Wait()
}

// queue works through one host's addresses, as many at once as the host may be asked.
func (c *Collector) queue(list []int, do func(int) error) error {
	group := errgroup.Group{}
	group.SetLimit(1)
	if c.Client != nil {
		group.SetLimit(c.Client.config.PerHost)
	}
	for _, i := range list {
		group.Go(func() error { return do(i) })
	}
	return group.Wait()
}

// queues drops addresses that come twice and sorts the others by host.
func (c *Collector) queues(list []string) (urls []string, byHost [][]int) {
	seen, at := map[string]bool{}, map[string]int{}
	for _, s := range list {
		host := ""
		if u, err := parse(s); err == nil {
			s, host = u.String(), u.Scheme+"://"+u.Host
		}
		if seen[s] {
			continue
		}
		seen[s] = true
		if _, ok := at[host]; !ok {
			at[host] = len(byHost)
			byHost = append(byHost, nil)
		}
		byHost[at[host]] = append(byHost[at[host]], len(urls))
		urls = append(urls, s)
	}
	return urls, byHost
}

// page asks for one address, unless an unfinished run has, or nobody is to be asked.
func (c *Collector) page(ctx context.Context, url string) (Page, error) {
	last, known := c.Archive.Last(url)
	last.URL = url
	p := Page{Entry: last, State: Unchanged}
	if known && (last.Status == http.StatusNotFound || last.Status == http.StatusGone) {
		p.State = Gone
	}
	switch {
	case c.Client == nil && last.File == "":
		return failure(p, fmt.Errorf("%s: %w", url, ErrNotKept)), nil
	case c.Client == nil || c.Archive.asked(url):
		return p, nil
	case ctx.Err() != nil:
		return failure(p, ctx.Err()), nil
	}
	was := Known{}
	if last.File != "" && last.Status == http.StatusOK {
		was = Known{last.ETag, last.Modified}
	}
	x, fresh, err := c.Client.Get(ctx, url, was)
	switch {
	case err != nil && ctx.Err() != nil:
		return failure(p, ctx.Err()), nil
	case err != nil:
		return failure(p, err), nil // not finished: a resumed run asks again
	case !fresh:
		p.State = Unchanged
		return p, c.Archive.finished(url)
	case x.Status != http.StatusOK:
		if status := (StatusError{x.Status}); !status.Gone() || !known {
			return failure(p, fmt.Errorf("%s: %w", x.URL, status)), nil
		}
		_, err := c.Archive.gone(url, x)
		p.State = Gone
		return p, errors.Join(err, c.Archive.finished(url))
	}
	entry, fresh, err := c.Archive.keep(url, x, c.Limit)
	if err != nil {
		return p, err
	}
	p.Entry = entry
	if fresh {
		p.State = New
		if last.File != "" {
			p.State = Changed
		}
	}
	return p, c.Archive.finished(url)
}
