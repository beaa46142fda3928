package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"heshu/pipeline/intake/fetch"
)

// site is a small paper: a feed, a sitemap with an index, pages with validators. Its edition changes some of them.
func site(edition *atomic.Int32) func(w http.ResponseWriter, r *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		base, n := "http://"+r.Host, edition.Load()
		switch path := r.URL.Path; path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/rss.xml":
			fmt.Fprintf(w, `<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>t</title><item><title>a</title><link>/news/1.html</link></item>
				<item><link>%s/news/2.html?n=%d</link></item><item><link>mailto:x@example.org</link></item></channel></rss>`, base, n)
		case "/atom.xml":
			io.WriteString(w, `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="/news/1.html"/></entry><entry><link href="/news/atom.html"/></entry></feed>`)
		case "/sitemap.xml":
			fmt.Fprintf(w, `<sitemapindex><sitemap><loc>%s/map1.xml</loc></sitemap><sitemap><loc>%s/sitemap.xml</loc></sitemap></sitemapindex>`, base, base)
		case "/map1.xml":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(zipped([]byte(`<urlset><url><loc>` + base + `/news/3.html</loc></url><url><loc>http://elsewhere.example/</loc></url></urlset>`)))
		case "/gone.html":
			if n > 1 {
				http.NotFound(w, r)
				return
			}
			io.WriteString(w, "going")
		case "/tagged.html":
			w.Header().Set("Etag", `"tag"`)
			if r.Header.Get("If-None-Match") == `"tag"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			io.WriteString(w, "tagged")
		case "/dated.html":
			w.Header().Set("Last-Modified", "Wed, 08 Aug 2018 01:15:00 GMT")
			if r.Header.Get("If-Modified-Since") == "Wed, 08 Aug 2018 01:15:00 GMT" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			io.WriteString(w, "dated")
		case "/moved.html":
			http.Redirect(w, r, "/news/moved.html", http.StatusMovedPermanently)
		case "/changing.html":
			w.Header().Set("Content-Type", "text/html; charset=gbk")
			fmt.Fprintf(w, "edition %d", n)
		default:
			io.WriteString(w, "page "+path)
		}
	}
}

func sourceOf(base string) fetch.Source {
	return fetch.Source{Pages: []string{base + "/gone.html", base + "/tagged.html", base + "/dated.html", base + "/moved.html", base + "/changing.html", base + "/gone.html#again"},
		Feeds: []string{base + "/rss.xml", base + "/atom.xml"}, Sitemaps: []string{base + "/sitemap.xml"}, Within: base}
}

// collect is one run over the archive in dir; it finishes unless finish is false.
func collect(t *testing.T, ctx context.Context, dir string, cl *fetch.Client, s fetch.Source, finish bool) (map[string]fetch.Page, *fetch.Archive) {
	t.Helper()
	a, err := fetch.OpenArchive(dir, "heshu test")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := (&fetch.Collector{Client: cl, Archive: a}).Collect(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	if finish {
		if err := a.Finish(); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	byPath := map[string]fetch.Page{}
	for _, p := range pages {
		path := p.URL[strings.Index(p.URL, "//")+2:]
		byPath[path[strings.Index(path, "/"):]] = p
	}
	return byPath, a
}

func checkStates(t *testing.T, got map[string]fetch.Page, want map[string]fetch.State) {
	t.Helper()
	for path, state := range want {
		if got[path].State != state {
			t.Errorf("%s: state %v (%v), want %v", path, got[path].State, got[path].Err, state)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d pages, want %d: %v", len(got), len(want), got)
	}
}

func size(t *testing.T, dir string) (n int64) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		n += info.Size()
	}
	return n
}

func TestContentTellsWhatIsNewAndTheArchiveAnswersOffline(t *testing.T) {
	t.Parallel()
	var edition atomic.Int32
	edition.Store(1)
	s := serve(t, site(&edition))
	dir, source := t.TempDir(), sourceOf(s.URL)
	const all = fetch.New
	first, _ := collect(t, t.Context(), dir, client(t, fast()), source, true)
	checkStates(t, first, map[string]fetch.State{"/gone.html": all, "/tagged.html": all, "/dated.html": all, "/moved.html": all, "/changing.html": all,
		"/news/1.html": all, "/news/2.html?n=1": all, "/news/atom.html": all, "/news/3.html": all})
	if p := first["/moved.html"]; p.Final != s.URL+"/news/moved.html" {
		t.Errorf("moved to %s", p.Final)
	}
	before := size(t, dir)
	for range 5 {
		collect(t, t.Context(), dir, client(t, fast()), source, true)
	}
	if after := size(t, dir); after != before {
		t.Errorf("the archive grew from %d to %d bytes without any news", before, after)
	}
	edition.Store(2)
	second, _ := collect(t, t.Context(), dir, client(t, fast()), source, true)
	const same = fetch.Unchanged
	checkStates(t, second, map[string]fetch.State{"/gone.html": fetch.Gone, "/tagged.html": same, "/dated.html": same, "/moved.html": same, "/changing.html": fetch.Changed,
		"/news/1.html": same, "/news/2.html?n=2": all, "/news/atom.html": same, "/news/3.html": same})
	asked := len(s.asked)
	offline, a := collect(t, t.Context(), dir, nil, source, false)
	if len(s.asked) != asked || len(offline) != 9 {
		t.Errorf("offline: %d requests, %d pages", len(s.asked)-asked, len(offline))
	}
	for path, want := range map[string]string{"/changing.html": "edition 2", "/gone.html": "going", "/news/3.html": "page /news/3.html"} {
		if b, err := a.Content(offline[path].Entry, 1<<20); err != nil || string(b) != want {
			t.Errorf("%s: kept %q, %v, want %q", path, b, err, want)
		}
	}
	if offline["/gone.html"].State != fetch.Gone || offline["/changing.html"].Type != "text/html; charset=gbk" {
		t.Errorf("offline: %+v", offline)
	}
	none, _ := collect(t, t.Context(), t.TempDir(), nil, fetch.Source{Pages: []string{s.URL + "/never.html"}}, false)
	if p := none["/never.html"]; p.State != fetch.Failed || !errors.Is(p.Err, fetch.ErrNotKept) {
		t.Errorf("offline, never fetched: %+v", p)
	}
}

func TestAFetchThatWasCutOffGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stop := true
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/3" && stop {
			stop = false
			cancel()
			<-r.Context().Done()
			return
		}
		io.WriteString(w, "page "+r.URL.Path)
	})
	dir, source := t.TempDir(), fetch.Source{}
	for n := range 6 {
		source.Pages = append(source.Pages, fmt.Sprint(s.URL, "/", n))
	}
	first, _ := collect(t, ctx, dir, client(t, fast()), source, false)
	if first["/2"].State != fetch.New || first["/3"].State != fetch.Failed || first["/5"].State != fetch.Failed {
		t.Fatalf("cut off: %+v", first)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	for name, junk := range map[string]string{files[0]: "half a record", filepath.Join(dir, "index.jsonl"): `{"url":"http://half`, filepath.Join(dir, "heshu-begun.warc.gz"): "x"} {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(junk); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	second, a := collect(t, t.Context(), dir, client(t, fast()), source, true)
	for n := range 6 {
		path := fmt.Sprint("/", n)
		want := 1
		if n == 3 {
			want = 2
		}
		if got := s.count(path); got != want {
			t.Errorf("%s was asked for %d times, want %d", path, got, want)
		}
		if b, err := a.Content(second[path].Entry, 1<<20); err != nil || string(b) != "page "+path {
			t.Errorf("%s: kept %q, %v", path, b, err)
		}
	}
	collect(t, t.Context(), dir, client(t, fast()), source, true)
	if s.count("/0") != 2 {
		t.Error("the run after a finished one does not ask anew")
	}
}
