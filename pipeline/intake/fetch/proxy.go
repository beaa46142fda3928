package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// way is how a request leaves: straight, where the dialer asks the guard about every address, or through a proxy, which looks
// the name up itself, so that the guard is asked about the name before.
type way struct {
	proxy   func(*url.URL) (*url.URL, error) // nil, nil: straight
	guard   guard
	lookup  func(ctx context.Context, network, host string) ([]netip.Addr, error)
	direct  *http.Transport
	proxied *http.Transport
}

// proxyKey is where a request's context holds its proxy.
type proxyKey struct{}

func newWay(c Config, g guard) (*way, error) {
	w := &way{guard: g, lookup: c.Lookup, proxy: func(*url.URL) (*url.URL, error) { return nil, nil }}
	if w.lookup == nil {
		w.lookup = net.DefaultResolver.LookupNetIP
	}
	dial := c.Dial
	if dial == nil {
		var err error
		if w.proxy, err = proxyOf(c.Proxy); err != nil {
			return nil, err
		}
		dial = (&net.Dialer{Timeout: 20 * time.Second, Control: g.control}).DialContext
	}
	w.direct = transport(c, dial)
	w.proxied = transport(c, (&net.Dialer{Timeout: 20 * time.Second}).DialContext) // dials the proxy alone, which may well have an inner address
	w.proxied.MaxConnsPerHost = 0                                                  // all hosts share the proxy's connections; the hosts' gates hold each of them
	w.proxied.Proxy = func(r *http.Request) (*url.URL, error) {
		return r.Context().Value(proxyKey{}).(*url.URL), nil
	}
	return w, nil
}

func transport(c Config, dial func(context.Context, string, string) (net.Conn, error)) *http.Transport {
	return &http.Transport{DialContext: dial, DisableCompression: true, MaxConnsPerHost: c.PerHost, IdleConnTimeout: 30 * time.Second,
		TLSHandshakeTimeout: 20 * time.Second, MaxResponseHeaderBytes: 64 << 10}
}

// proxyOf reads the configuration's word: an address, none, or "" for the environment's. NO_PROXY counts beside an address, too.
func proxyOf(word string) (func(*url.URL) (*url.URL, error), error) {
	env := httpproxy.FromEnvironment()
	switch word {
	case "":
	case "none":
		env = &httpproxy.Config{}
	default:
		u, err := url.Parse(word)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" {
			return nil, errors.New("proxy: want an address such as http://proxy.example:3128, or none") // its text may hold a password
		}
		env = &httpproxy.Config{HTTPProxy: word, HTTPSProxy: word, NoProxy: env.NoProxy}
	}
	return env.ProxyFunc(), nil
}

// RoundTrip sends a request on its way.
func (w *way) RoundTrip(r *http.Request) (*http.Response, error) {
	proxy, err := w.proxy(r.URL)
	if err != nil {
		return nil, errors.New("the proxy's address cannot be read")
	}
	if proxy == nil {
		return w.direct.RoundTrip(r)
	}
	if err := w.inner(r.Context(), r.URL.Hostname()); err != nil {
		return nil, err
	}
	return w.proxied.RoundTrip(r.WithContext(context.WithValue(r.Context(), proxyKey{}, proxy)))
}

// CloseIdleConnections ends idle connections.
func (w *way) CloseIdleConnections() {
	w.direct.CloseIdleConnections()
	w.proxied.CloseIdleConnections()
}

// innerEnds are the ends of names that mean a machine or network of one's own (RFC 6761, 6762, 9476 and ICANN's .internal).
var innerEnds = []string{".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa"}

// inner refuses what a proxy may not be asked for: addresses that the guard refuses, names that lead to one, and names of one's
// own network. A name that nobody here can look up is left to the proxy: where only the proxy has a way out, only it may know names.
func (w *way) inner(ctx context.Context, host string) error {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return w.guard.checkIP(ip)
	}
	last := host[strings.LastIndex(host, ".")+1:]
	number := last != "" && strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") // 2130706433, 0x7f.1: some read them as addresses
	own := !strings.Contains(host, ".")
	for _, end := range innerEnds {
		own = own || strings.HasSuffix(host, end)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	list, err := w.lookup(ctx, "ip", host)
	if (number || own) && (err != nil || len(w.guard.allowed) == 0) {
		return fmt.Errorf("%s: %w: a name of one's own network", host, ErrPrivate)
	}
	for _, ip := range list {
		if err := w.guard.checkIP(ip); err != nil {
			return fmt.Errorf("%s: %w", host, err)
		}
	}
	return nil
}
