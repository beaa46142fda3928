package fetch

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"
)

// maxSitemaps bounds how many sitemaps one index may lead to.
const maxSitemaps = 200

// Source says where addresses come from.
type Source struct {
	Pages    []string // addresses
	Lists    []string // files of addresses, one a line; # begins a comment
	Feeds    []string // addresses of RSS, Atom and JSON feeds
	Sitemaps []string // addresses of sitemaps and of their indexes
	Within   string   // of feeds and sitemaps, only addresses that begin so; "" is any
}

// listed are the addresses that the configuration itself names, in order.
func (s Source) listed() ([]string, error) {
	list := append([]string(nil), s.Pages...)
	for _, path := range s.Lists {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("list of addresses: %w", err)
		}
		for line := range strings.Lines(string(bytes.TrimPrefix(b, []byte("\ufeff")))) {
			if line, _, _ = strings.Cut(strings.TrimSpace(line), " #"); line != "" && line[0] != '#' {
				list = append(list, strings.TrimSpace(line))
			}
		}
	}
	return list, nil
}

// feedLinks are the addresses of a feed's entries, relative ones made whole.
func feedLinks(base string, body []byte) ([]string, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s: read feed: %w", base, err)
	}
	var list []string
	for _, item := range feed.Items {
		link := item.Link
		if link == "" && strings.HasPrefix(item.GUID, "http") {
			link = item.GUID
		}
		if link != "" {
			list = append(list, link)
		}
	}
	return whole(base, list), nil
}

// sitemapLinks are the addresses of a sitemap, and those of the sitemaps that an index leads to.
func sitemapLinks(base string, body []byte) (pages, maps []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict, d.CharsetReader = false, charset.NewReaderLabel
	var within []string
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: read sitemap: %w", base, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if within = append(within, t.Name.Local); len(within) > 20 {
				return nil, nil, fmt.Errorf("%s: read sitemap: elements within elements", base)
			}
		case xml.EndElement:
			within = within[:len(within)-1]
		case xml.CharData:
			n, loc := len(within), strings.TrimSpace(string(t))
			if n < 2 || within[n-1] != "loc" || loc == "" {
				continue
			}
			switch within[n-2] {
			case "url":
				pages = append(pages, loc)
			case "sitemap":
				maps = append(maps, loc)
			}
		}
	}
	return whole(base, pages), whole(base, maps), nil
}

// whole resolves addresses against the one they stand in; what is no http address is left out.
func whole(base string, list []string) []string {
	b, err := url.Parse(base)
	if err != nil {
		return nil
	}
	var out []string
	for _, s := range list {
		u, err := b.Parse(strings.TrimSpace(s))
		if err != nil {
			continue
		}
		if u, err := parse(u.String()); err == nil {
			out = append(out, u.String())
		}
	}
	return out
}
