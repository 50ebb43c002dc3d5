package api

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// MostConnections is how many one address may hold at once: behind that of a hall's
// Wi-Fi stand five hundred phones, each with its socket and a request now and then.
const MostConnections = 1000

// Neighbours says which addresses are more than one client.
type Neighbours struct {
	// Most is how many connections one address may hold; 0 is MostConnections.
	Most int
	// Free are not counted: this machine's own, unless the list is given.
	Free []netip.Prefix
	// Proxies tell in X-Forwarded-For whom they ask for, and are believed. They are
	// not counted either.
	Proxies []netip.Prefix
}

// doors counts the connections of each address.
type doors struct {
	most int
	free []netip.Prefix
	mu   sync.Mutex
	held map[netip.Addr]int
	full func() // hears of each that is not let in
}

func newDoors(n Neighbours, full func()) *doors {
	d := &doors{most: n.Most, free: n.Free, held: map[netip.Addr]int{}, full: full}
	if d.most == 0 {
		d.most = MostConnections
	}
	if d.free == nil {
		d.free = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}
	d.free = append(slices.Clone(d.free), n.Proxies...)
	return d
}

// enter lets a connection in and gives what takes it off the count again; nil when its
// address holds enough.
func (d *doors) enter(c net.Conn) (leave func()) {
	who, ok := whose(c.RemoteAddr())
	if !ok || within(d.free, who) {
		return func() {}
	}
	here, _ := whose(c.LocalAddr())
	who = household(who, here)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.held[who] >= d.most {
		d.full()
		return nil
	}
	d.held[who]++
	return sync.OnceFunc(func() { d.leave(who) })
}

// Bounded is a listener on which one address holds no more than its share.
func Bounded(l net.Listener, n Neighbours) net.Listener {
	return newSilent(l, newDoors(n, func() {}))
}

func (d *doors) leave(who netip.Addr) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.held[who]--; d.held[who] <= 0 {
		delete(d.held, who) // the list is as long as there are connections
	}
}

func whose(a net.Addr) (netip.Addr, bool) {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Addr{}, false
	}
	return tcp.AddrPort().Addr().Unmap(), true
}

// household is whom an address is counted for. Elsewhere one customer has a network of
// IPv6 for himself and may use any address of it; in our own network that would be
// everybody in the hall.
func household(a, here netip.Addr) netip.Addr {
	a = a.WithZone("")
	if a.Is4() || a.IsPrivate() || a.IsLinkLocalUnicast() {
		return a
	}
	theirs := netip.PrefixFrom(a, 64).Masked()
	if theirs.Contains(here.WithZone("")) {
		return a
	}
	return theirs.Addr()
}

func within(list []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(a.WithZone("")) })
}

// addressKey is where around leaves the request's address.
const addressKey = "address"

// remote is who asks: the connection's other end, or whoever a proxy of ours asks for.
// A list that a client wrote before the proxy's own word is not believed.
func (s *Server) remote(c *fiber.Ctx) string {
	end := c.IP()
	if len(s.Neighbours.Proxies) == 0 {
		return strings.Clone(end)
	}
	var told []string // some proxies add a line of their own below those of the client
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		told = append(told, strings.Split(string(line), ",")...)
	}
	for i := len(told) - 1; ; i-- {
		at, err := netip.ParseAddr(end)
		if err != nil || !within(s.Neighbours.Proxies, at.Unmap()) || i < 0 {
			return strings.Clone(end)
		}
		next := strings.TrimSpace(told[i])
		if _, err := netip.ParseAddr(next); err != nil {
			return strings.Clone(end)
		}
		end = next
	}
}

// counted is whom misses are counted for.
func counted(c *fiber.Ctx) string {
	who, err := netip.ParseAddr(address(c))
	if err != nil {
		return address(c)
	}
	here, _ := whose(c.Context().LocalAddr())
	return household(who.Unmap(), here).String()
}

// address is where a request comes from.
func address(c *fiber.Ctx) string {
	if who, ok := c.Locals(addressKey).(string); ok {
		return who
	}
	return strings.Clone(c.IP()) // before any handler
}
