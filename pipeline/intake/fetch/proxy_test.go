package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"

	"heshu/pipeline/intake/fetch"
)

// relay is a proxy that answers for all hosts itself and remembers what it was asked for.
type relay struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newRelay(t *testing.T) *relay {
	t.Helper()
	p := &relay{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.Method+" "+r.RequestURI)
		p.mu.Unlock()
		w.Header().Set("Content-Type", "text/html")
		switch {
		case r.Method == http.MethodConnect:
			w.WriteHeader(http.StatusForbidden)
		case r.URL.Path == "/robots.txt":
		case r.URL.Path == "/metadata":
			http.Redirect(w, r, "http://169.254.169.254/latest/", http.StatusFound)
		default:
			io.WriteString(w, "<p>3人</p>")
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func TestAProxyIsNotAskedForInnerAddresses(t *testing.T) {
	t.Parallel()
	p := newRelay(t)
	c := fetch.Config{Contact: "nobody@example.org", Delay: 1, Backoff: 1, Retries: -1, Proxy: p.URL}
	c.Lookup = func(_ context.Context, _, host string) ([]netip.Addr, error) {
		switch host {
		case "paper.example":
			return []netip.Addr{netip.MustParseAddr("93.184.215.14")}, nil
		case "inside.example":
			return []netip.Addr{netip.MustParseAddr("93.184.215.14"), netip.MustParseAddr("10.1.2.3")}, nil
		}
		return nil, errors.New("no such host")
	}
	cl := client(t, c)
	for _, address := range []string{"http://10.0.0.1/", "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://2130706433/", "http://0x7f.1/", "http://localhost/",
		"http://LOCALHOST./", "http://intranet/", "http://metadata.google.internal/", "http://printer.local/", "http://inside.example/"} {
		if _, _, err := cl.Get(t.Context(), address, fetch.Known{}); !errors.Is(err, fetch.ErrPrivate) {
			// The environment's rule that the machine itself is never asked through a proxy makes some of them straight requests: refused by the dialer.
			t.Errorf("%s: %v, want %v", address, err, fetch.ErrPrivate)
		}
	}
	if len(p.asked) > 0 {
		t.Errorf("the proxy was asked %v", p.asked)
	}
	for _, address := range []string{"http://paper.example/a", "http://unknown.example/a"} { // who has no way out looks no names up
		e, _, err := cl.Get(t.Context(), address, fetch.Known{})
		if err != nil || string(e.Body) != "<p>3人</p>" {
			t.Errorf("%s: %q, %v", address, e.Body, err)
		}
	}
	if _, _, err := cl.Get(t.Context(), "http://paper.example/metadata", fetch.Known{}); !errors.Is(err, fetch.ErrPrivate) {
		t.Errorf("a redirect inside: %v", err)
	}
	if _, _, err := cl.Get(t.Context(), "https://paper.example/a", fetch.Known{}); err == nil {
		t.Error("the proxy refused a tunnel and there was a page")
	}
	want := "[GET http://paper.example/robots.txt GET http://paper.example/a GET http://unknown.example/robots.txt GET http://unknown.example/a GET http://paper.example/metadata CONNECT paper.example:443]"
	if got := fmt.Sprint(p.asked); got != want {
		t.Errorf("the proxy was asked\n%s\nwant\n%s", got, want)
	}
	if got := cl.Through("http://paper.example/"); got != p.URL {
		t.Errorf("Through says %q", got)
	}
}

func TestProxiesComeFromTheEnvironmentUnlessTheConfigurationSaysOtherwise(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://user:secret@proxy.example:3128")
	t.Setenv("HTTPS_PROXY", "http://tunnel.example:3128")
	t.Setenv("NO_PROXY", "near.example")
	for _, x := range []struct{ proxy, address, want string }{
		{"", "http://paper.example/", "http://user:xxxxx@proxy.example:3128"},
		{"", "https://paper.example/", "http://tunnel.example:3128"},
		{"", "http://near.example/", ""},
		{"none", "http://paper.example/", ""},
		{"socks5://other.example:1080", "https://paper.example/", "socks5://other.example:1080"},
		{"socks5://other.example:1080", "https://near.example/", ""},
	} {
		c := fast()
		c.Proxy = x.proxy
		if got := client(t, c).Through(x.address); got != x.want {
			t.Errorf("proxy %q: %s goes through %q, want %q", x.proxy, x.address, got, x.want)
		}
	}
	c := fast()
	c.Proxy = "proxy.example:3128"
	if _, err := fetch.NewClient(c); err == nil {
		t.Error("a proxy without a scheme was taken")
	}
}
