package main

import (
	"fmt"
	"net/netip"

	"motcua/server/api"
)

// neighbours reads which proxies stand before the server, and how many connections one
// address may hold.
func (c *config) neighbours() (api.Neighbours, error) {
	if c.Connections < 0 {
		return api.Neighbours{}, fmt.Errorf("%w: connections_per_address is %d, must be 1 or more (0 for the usual %d)", errUsage, c.Connections, api.MostConnections)
	}
	n := api.Neighbours{Most: c.Connections}
	if c.TLSPhones { // the server asks itself for phones
		n.Proxies = c.selves()
	}
	for _, text := range c.Proxies {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			at, wrong := netip.ParseAddr(text)
			if wrong != nil {
				return n, fmt.Errorf("%w: proxies: %q is no address and no network", errUsage, text)
			}
			p = netip.PrefixFrom(at, at.BitLen())
		}
		n.Proxies = append(n.Proxies, p.Masked())
	}
	return n, nil
}
