package main

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"time"

	"motcua/drivers/agent"
)

// renewSoon is when somebody should ask why a certificate was not renewed.
const renewSoon = 7 * 24 * time.Hour

// line says how the way to the server is protected, and until when.
func (d *doctor) line(ctx context.Context) {
	u, err := url.Parse(d.config.server)
	if err != nil {
		return // the next check says so
	}
	if u.Scheme != "https" {
		if ip := net.ParseIP(u.Hostname()); ip != nil && ip.IsLoopback() {
			return // no line at all
		}
		d.say(note, "", "the line to the server is plain HTTP: whoever listens in the network reads this machine's key")
		return
	}
	trust, err := agent.Trust(d.site, d.config.server)
	if err != nil {
		d.say(bad, "correct ca, pin or cert in the site file", "%v", err)
		return
	}
	port := u.Port()
	if port == "" {
		port = "443"
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := (&tls.Dialer{Config: trust}).DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		d.say(bad, "compare with motcua doctor on the server; this machine's clock must be right, too", "%v", err)
		return
	}
	defer conn.Close()
	shown := conn.(*tls.Conn).ConnectionState().PeerCertificates[0]
	d.sayIf(time.Until(shown.NotAfter) > renewSoon, "renew it on the server", "the server's certificate is trusted, and good until %s", shown.NotAfter.Format("2006-01-02"))
	if len(trust.Certificates) > 0 {
		own := trust.Certificates[0].Leaf
		d.sayIf(time.Until(own.NotAfter) > renewSoon, "make another one on the server: motcua device cert", "this machine's own certificate is good until %s", own.NotAfter.Format("2006-01-02"))
	}
}
