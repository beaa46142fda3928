package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"heshu/pipeline/intake"
	"heshu/pipeline/intake/fetch"
)

// Fetching says how servers are asked. Zero fields take the stated defaults.
type Fetching struct {
	Contact  string        `yaml:"contact"`   // who answers for this program; needed as soon as a source is fetched
	Delay    time.Duration `yaml:"delay"`     // between two requests to one host; default 1s; a longer Crawl-delay counts
	PerHost  int           `yaml:"per_host"`  // requests to one host at once; default 1
	Hosts    int           `yaml:"hosts"`     // hosts asked at once; default 8
	Timeout  time.Duration `yaml:"timeout"`   // of one request; default 1m
	Retries  int           `yaml:"retries"`   // on 429, 5xx and broken connections; default 3, -1 for none
	MaxWait  time.Duration `yaml:"max_wait"`  // longest Retry-After waited for; default 5m
	MaxBytes int64         `yaml:"max_bytes"` // of a page; default 20 MB
	Types    []string      `yaml:"types"`     // content types taken, by their beginning; default pages, feeds and workbooks
	Allow    []string      `yaml:"allow"`     // blocks of private addresses that may be asked, such as 10.2.0.0/16; default none
	Proxy    string        `yaml:"proxy"`     // http://proxy.example:3128; none; default what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say
	Budget   time.Duration `yaml:"budget"`    // for all fetching of a night; what is left is asked the next night; default 3h
}

func (f Fetching) client(version string) (*fetch.Client, error) {
	return fetch.NewClient(fetch.Config{Contact: f.Contact, Version: version, Delay: f.Delay, PerHost: f.PerHost, Hosts: f.Hosts, Timeout: f.Timeout,
		Retries: f.Retries, MaxWait: f.MaxWait, MaxBytes: f.MaxBytes, Types: f.Types, Allow: f.Allow, Proxy: f.Proxy})
}

// fetched reports whether the source is asked for over the network.
func (s Source) fetched() bool {
	return len(s.URLs)+len(s.Lists)+len(s.Feeds)+len(s.Sitemaps) > 0
}

// where names the source for people.
func (s Source) where() string {
	if s.Path != "" {
		return s.Path
	}
	return strings.Join(append(append(append(append([]string(nil), s.Feeds...), s.Sitemaps...), s.Lists...), s.URLs...), " ")
}

// FetchDir is where what servers said is kept.
func (c Config) FetchDir() string { return filepath.Join(c.Out, "fetched") }

// fetcher asks servers, or with Config.Offline its archive.
type fetcher struct {
	archive   *fetch.Archive
	collector fetch.Collector
	until     time.Time // no address is asked later
	left      int       // addresses that the budget did not reach
}

func (j Job) openFetcher() (*fetcher, error) {
	a, err := fetch.OpenArchive(j.Config.FetchDir(), "heshu/"+j.Version)
	if err != nil {
		return nil, err
	}
	f := &fetcher{archive: a, until: time.Now().Add(j.Config.Fetch.Budget), collector: fetch.Collector{Archive: a, Limit: j.Config.Fetch.MaxBytes}}
	f.collector.Done = func(n, all int) { j.progress("fetch", n, all, 0) }
	f.collector.Log = func(p fetch.Page, err error) {
		if err != nil {
			j.Log.Warn("not fetched", "address", p.URL, "error", err.Error())
		}
	}
	if j.Config.Offline {
		return f, nil
	}
	if f.collector.Client, err = j.Config.Fetch.client(j.Version); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return f, nil
}

// close ends the fetching; unless everything was asked, the next run goes on where this one stopped.
func (f *fetcher) close(complete bool) error {
	if f == nil {
		return nil
	}
	var err error
	if complete && f.left == 0 && f.collector.Client != nil {
		err = f.archive.Finish()
	}
	if f.collector.Client != nil {
		f.collector.Client.Close()
	}
	return errors.Join(err, f.archive.Close())
}

// fetch collects one source and keeps its pages in the raw store.
func (j Job) fetch(ctx context.Context, f *fetcher, s Source, came *arrival) error {
	within, cancel := context.WithDeadline(ctx, f.until)
	defer cancel()
	pages, err := f.collector.Collect(within, fetch.Source{Pages: s.URLs, Lists: s.Lists, Feeds: s.Feeds, Sitemaps: s.Sitemaps, Within: s.Within})
	if err := errors.Join(ctx.Err(), err); err != nil {
		return fmt.Errorf("source %s: %w", s.where(), err)
	}
	source, err := s.intake(j.Config.Out)
	if err != nil {
		return err
	}
	for _, p := range pages {
		switch {
		case p.Err != nil && within.Err() != nil && errors.Is(p.Err, within.Err()):
			f.left, came.left = f.left+1, came.left+1
		case p.Err != nil:
			came.troubles = append(came.troubles, Trouble{p.URL, p.Err.Error()})
		case p.State == fetch.Gone:
			came.vanished = append(came.vanished, p.URL)
		}
		if p.File == "" {
			continue
		}
		item, err := came.store.Keep(source, intake.Page{URL: p.URL, Origin: filepath.Join(j.Config.FetchDir(), p.File), Document: p.Document, Charset: intake.Charset(p.Type),
			Bytes: func() ([]byte, error) { return f.archive.Content(p.Entry, f.collector.Limit) }}, j.Now)
		if err != nil {
			return fmt.Errorf("source %s: %w", s.where(), err)
		}
		came.items = append(came.items, item)
	}
	return came.store.Flush()
}
