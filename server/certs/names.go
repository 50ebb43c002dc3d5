package certs

import (
	"crypto/x509"
	"net"
	"slices"
	"strings"
)

// privateNets are the addresses no public authority vouches for: ours may.
var privateNets = []string{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"}

// localNames are the ends of names that mean nothing outside a local network.
var localNames = []string{"localhost", "local", "lan", "internal", "home.arpa"}

// constrain writes into an authority's certificate what it may vouch for. Whoever gets
// hold of its key can pretend to be this hall's server, and nobody's bank.
func constrain(about *x509.Certificate, names []string) {
	about.PermittedDNSDomainsCritical = true
	about.PermittedDNSDomains = slices.Clone(localNames)
	for _, n := range privateNets {
		_, net, err := net.ParseCIDR(n)
		if err != nil {
			panic(err) // a constant
		}
		about.PermittedIPRanges = append(about.PermittedIPRanges, net)
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			about.PermittedIPRanges = append(about.PermittedIPRanges, one(ip))
		} else if name != "" {
			about.PermittedDNSDomains = append(about.PermittedDNSDomains, name)
		}
	}
}

// one is the network of one address.
func one(ip net.IP) *net.IPNet {
	if four := ip.To4(); four != nil {
		return &net.IPNet{IP: four, Mask: net.CIDRMask(32, 32)}
	}
	return &net.IPNet{IP: ip, Mask: net.CIDRMask(128, 128)}
}

// may tells whether the authority may vouch for a name or address.
func (a *Authority) may(name string) bool {
	if ip := net.ParseIP(name); ip != nil {
		return slices.ContainsFunc(a.cert.PermittedIPRanges, func(n *net.IPNet) bool { return n.Contains(ip) })
	}
	return slices.ContainsFunc(a.cert.PermittedDNSDomains, func(end string) bool {
		return strings.EqualFold(name, end) || strings.HasSuffix(strings.ToLower(name), "."+strings.ToLower(end))
	})
}

// name writes names and addresses into a certificate.
func name(about *x509.Certificate, names []string) {
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			about.IPAddresses = append(about.IPAddresses, ip)
		} else {
			about.DNSNames = append(about.DNSNames, n)
		}
	}
}

// covers tells whether a certificate names all of names.
func covers(c *x509.Certificate, names []string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return c.VerifyHostname(n) != nil })
}

// HostNames are the names and addresses by which this machine can be reached in its
// network: its name, that name as mDNS says it, and the private addresses of its
// interfaces. Public addresses change with the day; who is reached by one says so in more.
func HostNames(host string, addresses []net.Addr, more ...string) []string {
	names := []string{"localhost", "127.0.0.1", "::1"}
	if host = strings.ToLower(host); plainName(host) {
		names = append(names, host)
		if !strings.Contains(host, ".") {
			names = append(names, host+".local")
		}
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsPrivate() {
			names = append(names, n.IP.String())
		}
	}
	for _, m := range more {
		if net.ParseIP(m) != nil || plainName(strings.ToLower(m)) {
			names = append(names, strings.ToLower(m))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// plainName tells whether a certificate can carry the name.
func plainName(name string) bool {
	if name == "" || len(name) > 253 || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.Contains(name, "..") {
		return false
	}
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

// Missing reads a file with a certificate and its key and gives those of names it does
// not speak for.
func Missing(file string, names []string) ([]string, error) {
	c, err := load(file, file)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return c.Leaf.VerifyHostname(n) == nil }), nil
}
