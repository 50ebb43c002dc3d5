package firmware

import (
	"fmt"
	"net"
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
)

// siteCheck finds what a schema cannot: what does not fit together.
type siteCheck struct {
	lib   *Library
	ids   map[string]bool
	ports map[string]string // port -> id of its device
	bad   Problems
}

func (c *siteCheck) site(n *node, s *Site) {
	if s.Listen != "" {
		c.listen(n.fields["listen"], s.Listen)
	}
	for i, d := range s.Devices {
		c.device(n.fields["devices"].items[i], fmt.Sprintf("devices[%d]", i), d)
	}
}

// listen keeps the proxy on this machine: it adds the device's key to whatever
// comes in, so nobody else may reach it.
func (c *siteCheck) listen(n *node, listen string) {
	host, port, err := net.SplitHostPort(listen)
	number, _ := strconv.Atoi(port)
	if err != nil || number < 1 || number > 65535 {
		c.bad.add(n, "listen", "%q is not an address and a port such as 127.0.0.1:8090", listen)
		return
	}
	addr, err := netip.ParseAddr(host)
	if host != "localhost" && (err != nil || !addr.IsLoopback()) {
		c.bad.add(n, "listen", "%q can be reached from other machines; use 127.0.0.1:%d", listen, number)
	}
}

func (c *siteCheck) device(n *node, at string, d Device) {
	if c.ids[d.ID] {
		c.bad.add(n.fields["id"], at+".id", "there is another device %s", d.ID)
	}
	c.ids[d.ID] = true
	port := path.Clean(d.Port)
	if other := c.ports[port]; other != "" {
		c.bad.add(n.fields["port"], at+".port", "%s already has %s: one port carries one device or one line", other, d.Port)
	}
	c.ports[port] = d.ID
	head, err := c.lib.Head(d.Profile)
	if err != nil {
		c.bad.add(n.fields["profile"], at+".profile", "%v%s", err, c.hint(d.Profile))
		return
	}
	if d.Baud != 0 && !slices.Contains(head.Serial.Baud, d.Baud) {
		c.bad.add(n.fields["baud"], at+".baud", "%d is not one of the speeds of %s: %s", d.Baud, d.Profile, numbers(head.Serial.Baud))
	}
	if len(d.Prints) > 0 && head.Kind != "printer" {
		c.bad.add(n.fields["prints"], at+".prints", "%s is a %s; only printers print tickets", d.Profile, head.Kind)
	}
	if d.Flow == "xonxoff" && head.Kind != "printer" {
		c.bad.add(n.fields["flow"], at+".flow", "XON/XOFF swallows bytes of a %s", head.Kind)
	}
	if d.Debounce != 0 && c.protocol(d.Profile, head.Kind) != "keypad modbus" {
		c.bad.add(n.fields["debounce_ms"], at+".debounce_ms", "%s cannot be told how long a key must be quiet", d.Profile)
	}
	c.units(n, at, d, head)
}

// units checks the addresses of a line.
func (c *siteCheck) units(n *node, at string, d Device, head Head) {
	bus := head.Kind == "keypad" || head.Kind == "panel"
	switch {
	case bus && len(d.Units) == 0:
		c.bad.add(n, at+".units", "is missing: name the address and the counter of each %s on the line", head.Kind)
	case !bus && len(d.Units) > 0:
		c.bad.add(n.fields["units"], at+".units", "%s is a %s, it has no units", d.Profile, head.Kind)
		return
	}
	highest := c.highest(d.Profile, head.Kind)
	seen := map[int]Unit{}
	for i, u := range d.Units {
		unit, at := n.fields["units"].items[i], fmt.Sprintf("%s.units[%d]", at, i)
		if other, twice := seen[u.Address]; twice {
			c.bad.add(unit.fields["address"], at+".address", "%d is also the address of the %s unit of counter %s", u.Address, other.Role, other.Counter)
		}
		seen[u.Address] = u
		if u.Address > highest {
			c.bad.add(unit.fields["address"], at+".address", "%d is not from 1 to %d, which is what %s can have", u.Address, highest, d.Profile)
		}
		if head.Kind == "panel" && u.Role != "panel" {
			c.bad.add(unit.fields["role"], at+".role", "%s is a panel; it has no keys to %s", d.Profile, u.Role)
		}
	}
}

// highest gives the highest address of a protocol. Modbus keeps 248 to 255 for
// itself; lines of text have two digits.
func (c *siteCheck) highest(id, kind string) int {
	switch c.protocol(id, kind) {
	case "keypad modbus", "panel modbus":
		return 247
	case "panel ascii":
		return 99
	}
	return 255
}

// protocol gives the kind and what it speaks on its line.
func (c *siteCheck) protocol(id, kind string) string {
	switch kind {
	case "keypad":
		if k, err := c.lib.LoadKeypad(id); err == nil {
			return kind + " " + k.Protocol
		}
	case "panel":
		if p, err := c.lib.LoadPanel(id); err == nil {
			return kind + " " + p.Protocol
		}
	}
	return kind
}

// hint helps with a mistyped profile.
func (c *siteCheck) hint(id string) string {
	if c.lib.own.paths[id] != "" || c.lib.built.paths[id] != "" {
		return ""
	}
	if known := closest(c.lib.ids(), id, 3); known != "" {
		return "; did you mean " + known + "?"
	}
	return "; there are " + strings.Join(c.lib.ids(), ", ")
}

func numbers(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}
