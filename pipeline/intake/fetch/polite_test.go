package fetch_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heshu/pipeline/intake/fetch"
)

// wire is a network within a test's bubble, where time passes only when everybody waits: every host leads to one server.
type wire struct {
	conns chan net.Conn
	done  chan struct{}
}

func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.done:
		return nil, net.ErrClosed
	}
}

func (w *wire) Close() error   { close(w.done); return nil }
func (w *wire) Addr() net.Addr { return &net.TCPAddr{} }

func (w *wire) dial(context.Context, string, string) (net.Conn, error) {
	mine, theirs := net.Pipe()
	w.conns <- theirs
	return mine, nil
}

// request is what the server saw: when, of which host, how many of that host at once.
type request struct {
	at     time.Duration
	host   string
	path   string
	atOnce int
}

// measured runs do against a server in a bubble and returns the requests as the server saw them.
func measured(t *testing.T, config fetch.Config, handler http.HandlerFunc, do func(*fetch.Client)) (seen []request) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{conns: make(chan net.Conn), done: make(chan struct{})}
		var mu sync.Mutex
		busy := map[string]int{}
		start := time.Now()
		server := &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			mu.Lock()
			busy[r.Host]++
			seen = append(seen, request{time.Since(start), r.Host, r.URL.Path, busy[r.Host]})
			mu.Unlock()
			handler(rw, r)
			mu.Lock()
			busy[r.Host]--
			mu.Unlock()
		})}
		go server.Serve(w)
		config.Contact, config.Dial = "nobody@example.org", w.dial
		cl := client(t, config)
		do(cl)
		cl.Close()
		server.Close()
		time.Sleep(time.Minute) // handlers that are still asleep see that nobody listens
	})
	return seen
}

// crawl fetches pages of two hosts.
func crawl(t *testing.T, paths ...string) func(*fetch.Client) {
	return func(cl *fetch.Client) {
		a, err := fetch.OpenArchive(t.TempDir(), "test")
		if err != nil {
			t.Error(err)
			return
		}
		defer a.Close()
		var s fetch.Source
		for _, p := range paths {
			s.Pages = append(s.Pages, "http://a.example"+p, "http://b.example"+p)
		}
		if _, err := (&fetch.Collector{Client: cl, Archive: a}).Collect(context.Background(), s); err != nil {
			t.Error(err)
		}
	}
}

// slow answers after three seconds.
func slow(robots string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, robots)
			return
		}
		time.Sleep(3 * time.Second)
		io.WriteString(w, "<p>"+r.URL.Path+"</p>")
	}
}

func checkPolite(t *testing.T, seen []request, want int, gap time.Duration, atOnce int) {
	t.Helper()
	last, most, hosts := map[string]time.Duration{}, 0, map[string]int{}
	for i, r := range seen {
		if before, ok := last[r.host]; ok && r.at-before < gap {
			t.Errorf("%s was asked for %s at %v, %v after the request before, want %v at least", r.host, r.path, r.at, r.at-before, gap)
		}
		last[r.host], most = r.at, max(most, r.atOnce)
		hosts[r.host]++
		if i < 2 && r.at > 0 {
			t.Errorf("hosts wait for each other: %+v", seen[:2])
		}
	}
	if most > atOnce {
		t.Errorf("%d requests to a host at once, want %d at most", most, atOnce)
	}
	if hosts["a.example"] != want || hosts["b.example"] != want {
		t.Errorf("requests by host %v, want %d each", hosts, want)
	}
}

func TestOneHostIsAskedGently(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, robots string
		config       fetch.Config
		gap          time.Duration
		atOnce       int
	}{
		{"one at a time by default", "", fetch.Config{}, time.Second, 1},
		{"two at a time, never faster than the delay", "", fetch.Config{PerHost: 2, Delay: 2 * time.Second}, 2 * time.Second, 2},
		{"the site's own Crawl-delay", "User-agent: *\nCrawl-delay: 7\n", fetch.Config{PerHost: 4, Delay: time.Second}, 7 * time.Second, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			seen := measured(t, c.config, slow(c.robots), crawl(t, "/1", "/2", "/3", "/4", "/5"))
			if c.robots != "" { // robots.txt itself came before anybody knew it: the first page follows after our own delay
				var pages []request
				for _, r := range seen {
					if r.path != "/robots.txt" {
						pages = append(pages, r)
					}
				}
				if len(pages) != 10 {
					t.Fatalf("%d pages", len(pages))
				}
				for i, begin := 0, pages[0].at; i < len(pages); i++ {
					pages[i].at -= begin
				}
				checkPolite(t, pages, 5, c.gap, c.atOnce)
				return
			}
			checkPolite(t, seen, 6, c.gap, c.atOnce)
		})
	}
}

func TestRetryAfterHoldsUpTheWholeHost(t *testing.T) {
	t.Parallel()
	busy := 2
	handler := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/1" && busy > 0 && r.Host == "a.example" {
			if busy--; busy == 1 {
				w.Header().Set("Retry-After", "60")
			} else {
				w.Header().Set("Retry-After", time.Now().Add(90*time.Second).UTC().Format(http.TimeFormat))
			}
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		io.WriteString(w, "ok")
	}
	seen := measured(t, fetch.Config{PerHost: 2}, handler, crawl(t, "/1", "/2", "/3"))
	var refused time.Duration
	tries := 0
	for _, r := range seen {
		if r.host != "a.example" {
			if r.at > 10*time.Second {
				t.Errorf("another host had to wait: %+v", r)
			}
			continue
		}
		if refused > 0 && r.at < refused+59*time.Second { // a request on its way when the answer came may follow within the delay
			if r.at > refused+2*time.Second {
				t.Errorf("%s was asked for %v after the server said to wait a minute", r.path, r.at-refused)
			}
		}
		if r.path == "/1" {
			if tries++; tries <= 2 {
				refused = r.at
			}
		}
	}
	if tries != 3 {
		t.Errorf("/1 was asked for %d times, want twice refused and once answered: %+v", tries, seen)
	}
}

func TestASlowBodyIsGivenUp(t *testing.T) {
	t.Parallel()
	seen := measured(t, fetch.Config{Timeout: 30 * time.Second, Retries: 1}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		for r.Context().Err() == nil {
			io.WriteString(w, "x")
			http.NewResponseController(w).Flush()
			time.Sleep(time.Second)
		}
	}, func(cl *fetch.Client) {
		start := time.Now()
		_, _, err := cl.Get(context.Background(), "http://a.example/slow", fetch.Known{})
		if took := time.Since(start); err == nil || took < 60*time.Second || took > 70*time.Second {
			t.Errorf("%v after %v, want two attempts of 30 s each", err, took)
		}
	})
	if len(seen) != 3 {
		t.Errorf("%+v", seen)
	}
}
