package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
)

// ErrPrivate says that an address is not of the open internet: a page may not make the program ask the office's own machines.
var ErrPrivate = errors.New("a private or local address")

// special are the blocks that no page of the open internet lives in and that netip has no word for (IANA's registries of
// special-purpose addresses, RFC 6890), and those that carry an IPv4 address within an IPv6 one.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"),
}

// guard refuses addresses. It is asked by the dialer after the name was looked up, so that a name that leads inside, a
// second look-up that says otherwise and a redirect are all caught at the same place.
type guard struct{ allowed []netip.Prefix }

func newGuard(allow []string) (guard, error) {
	var g guard
	for _, s := range allow {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return g, fmt.Errorf("allow %q: want a block of addresses such as 10.2.0.0/16", s)
		}
		g.allowed = append(g.allowed, p)
	}
	return g, nil
}

func (g guard) control(_, address string, _ syscall.RawConn) error { return g.check(address) }

// check judges host:port, the host an address.
func (g guard) check(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	return g.checkIP(ip)
}

func (g guard) checkIP(ip netip.Addr) error {
	ip = ip.WithZone("").Unmap()
	for _, p := range g.allowed {
		if p.Contains(ip) {
			return nil
		}
	}
	bad := !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast()
	for _, p := range special {
		bad = bad || p.Contains(ip)
	}
	if bad {
		return fmt.Errorf("%s: %w; fetch.allow in the configuration allows blocks of addresses", ip, ErrPrivate)
	}
	return nil
}
