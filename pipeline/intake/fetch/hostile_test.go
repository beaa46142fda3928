package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"heshu/pipeline/intake/fetch"
	"heshu/pipeline/intake/warc"
)

// fast is a configuration for a server on this machine, without any waiting.
func fast() fetch.Config {
	return fetch.Config{Contact: "nobody@example.org", Delay: 1, Backoff: 1, Retries: 1, MaxBytes: 100 << 10, Allow: []string{"127.0.0.0/8"}}
}

// recorder is a server that remembers what it was asked.
type recorder struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func serve(t *testing.T, handler func(w http.ResponseWriter, r *http.Request)) *recorder {
	t.Helper()
	rec := &recorder{}
	rec.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec.mu.Lock()
		rec.asked = append(rec.asked, r.URL.RequestURI())
		rec.mu.Unlock()
		handler(w, r)
	}))
	rec.Config.ErrorLog = nil
	t.Cleanup(rec.Close)
	return rec
}

func (r *recorder) count(path string) (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.asked {
		if p == path {
			n++
		}
	}
	return n
}

func client(t *testing.T, c fetch.Config) *fetch.Client {
	t.Helper()
	cl, err := fetch.NewClient(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cl.Close)
	return cl
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// raw answers with bytes of its own and breaks the connection.
func raw(w http.ResponseWriter, answer string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	io.WriteString(conn, answer)
	conn.Close()
}

// hostile is every bad habit of a server, by path.
func hostile(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	switch path := r.URL.Path; {
	case path == "/robots.txt":
		io.WriteString(w, "User-agent: *\nDisallow: /private/\n\nUser-agent: heshu\nDisallow: /secret/\n")
	case path == "/endless":
		for r.Context().Err() == nil {
			if _, err := w.Write(bytes.Repeat([]byte("x"), 8<<10)); err != nil {
				return
			}
		}
	case path == "/declared":
		w.Header().Set("Content-Length", fmt.Sprint(1<<40))
	case path == "/bomb":
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(make([]byte, 10<<20)))
	case path == "/notgzip":
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, "<p>plain</p>")
	case path == "/short": // fewer bytes than it says
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "<p>3人</p>")
	case path == "/loop/a":
		http.Redirect(w, r, "/loop/b", http.StatusFound)
	case path == "/loop/b":
		http.Redirect(w, r, "/loop/a", http.StatusFound)
	case strings.HasPrefix(path, "/deeper/"):
		http.Redirect(w, r, path+"x", http.StatusMovedPermanently)
	case path == "/nowhere":
		w.WriteHeader(http.StatusFound)
	case path == "/metadata":
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
	case path == "/file":
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	case path == "/tosecret":
		http.Redirect(w, r, "/secret/a", http.StatusFound)
	case path == "/video":
		w.Header().Set("Content-Type", "video/mp4")
	case path == "/header":
		w.Header().Set("X-Long", strings.Repeat("x", 100<<10))
	case path == "/broken":
		w.WriteHeader(http.StatusBadGateway)
	case path == "/unasked":
		w.WriteHeader(http.StatusNotModified)
	case path == "/garbage":
		raw(w, "SSH-2.0-OpenSSH\r\n\r\n")
	case path == "/chunks": // a length that is none
		raw(w, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>3人</p>\r\n0\r\n\r\n")
	case path == "/long": // more bytes than it says
		raw(w, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>3人</p> and what nobody may take for the next answer")
	case path == "/cut":
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(bytes.Repeat([]byte("3人"), 1000))[:40])
	case path == "/hangup":
		panic(http.ErrAbortHandler)
	case path == "/later":
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	default:
		io.WriteString(w, "<p>3人</p>")
	}
}

func TestAHostileServerCostsOnePageOnly(t *testing.T) {
	t.Parallel()
	s := serve(t, hostile)
	for _, c := range []struct {
		path     string
		want     error // nil: any error will do
		says     string
		requests int // of this very path
	}{
		{"/endless", warc.ErrTooLarge, "", 1},
		{"/declared", warc.ErrTooLarge, "", 1},
		{"/bomb", warc.ErrTooLarge, "", 1},
		{"/notgzip", nil, "gzip", 2},
		{"/short", io.ErrUnexpectedEOF, "", 2},
		{"/loop/a", fetch.ErrRedirects, "go round", 1},
		{"/deeper/x", fetch.ErrRedirects, "", 1},
		{"/nowhere", fetch.StatusError{Status: 302}, "", 1},
		{"/metadata", fetch.ErrPrivate, "169.254.169.254", 1},
		{"/file", nil, "no http address", 1},
		{"/tosecret", fetch.ErrForbidden, "/secret/a", 1},
		{"/secret/b", fetch.ErrForbidden, "", 0},
		{"/video", fetch.ErrType, "video/mp4", 1},
		{"/header", nil, "", 2},
		{"/broken", fetch.StatusError{Status: 502}, "", 2},
		{"/unasked", fetch.StatusError{Status: 304}, "nobody asked", 1},
		{"/garbage", nil, "malformed", -1},
		{"/chunks", nil, "chunk length", 2},
		{"/cut", io.ErrUnexpectedEOF, "", 2},
		{"/hangup", nil, "", -1}, // net/http itself asks again when a used connection breaks before the answer
		{"/later", fetch.StatusError{Status: 429}, "longer than this night waits", 1},
	} {
		_, _, err := client(t, fast()).Get(t.Context(), s.URL+c.path, fetch.Known{})
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %v %q", c.path, err, c.want, c.says)
		}
		if got := s.count(c.path); c.requests >= 0 && got != c.requests {
			t.Errorf("%s was asked for %d times, want %d", c.path, got, c.requests)
		}
	}
	if s.count("/secret/a") > 0 {
		t.Error("a redirect led to what robots.txt forbids")
	}
	if e, _, err := client(t, fast()).Get(t.Context(), s.URL+"/long", fetch.Known{}); err != nil || string(e.Body) != "<p>3人</p>" {
		t.Errorf("/long: %q, %v, want the bytes that were announced", e.Body, err)
	}
	e, fresh, err := client(t, fast()).Get(t.Context(), s.URL+"/private/a#part", fetch.Known{}) // the rule for * is not ours: there is one for heshu
	if err != nil || !fresh || string(e.Body) != "<p>3人</p>" {
		t.Errorf("a good page after all that: %q, %v, %v", e.Body, fresh, err)
	}
}

func TestPrivateAddressesAreNotAsked(t *testing.T) {
	t.Parallel()
	s := serve(t, hostile)
	c := fast()
	c.Allow = nil
	cl := client(t, c)
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	for _, address := range []string{s.URL, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port,
		"http://2130706433" + port, "http://10.0.0.1/", "http://100.64.0.1/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/"} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		_, _, err := cl.Get(ctx, address, fetch.Known{})
		cancel()
		if err == nil || !errors.Is(err, fetch.ErrPrivate) && !strings.Contains(err.Error(), "lookup") && !strings.Contains(err.Error(), "unreachable") {
			t.Errorf("%s: %v, want %v", address, err, fetch.ErrPrivate)
		}
	}
	if len(s.asked) > 0 {
		t.Errorf("the server was asked %v", s.asked)
	}
	if _, err := fetch.NewClient(fetch.Config{}); err == nil {
		t.Error("a client without a contact was made")
	}
}

func TestAHostWhoseRobotsCannotBeHadIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	cl := client(t, fast())
	for range 3 {
		if _, _, err := cl.Get(t.Context(), s.URL+"/a", fetch.Known{}); err == nil || !strings.Contains(err.Error(), "robots.txt cannot be had") {
			t.Errorf("%v", err)
		}
	}
	if s.count("/robots.txt") != 2 || s.count("/a") != 0 {
		t.Errorf("asked %v, want robots.txt twice", s.asked)
	}
}
