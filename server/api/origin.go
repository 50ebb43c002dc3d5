package api

import (
	"net"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// anyOrigin is never set but by a planted bug, to see that a test finds it.
var anyOrigin bool

// mayConnect is the rule for Origins: the server's own, those of the settings,
// and none at all for a device with its key or a ticket with its token.
func (s *Server) mayConnect(c *fiber.Ctx) bool {
	if anyOrigin {
		return true
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return c.Query("key") != "" || c.Query("token") != ""
	}
	return s.originGood(origin, string(c.Request().Host()))
}

// originGood compares host and port: a proxy may end TLS before us, so the
// scheme tells nothing.
func (s *Server) originGood(origin, host string) bool {
	for _, good := range s.Origins {
		if strings.EqualFold(origin, good) {
			return true
		}
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	return strings.EqualFold(u.Host, host) || strings.EqualFold(withPort(u.Host, u.Scheme), withPort(host, u.Scheme))
}

func withPort(host, scheme string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	if scheme == "https" {
		return host + ":443"
	}
	return host + ":80"
}

// ownOrigin tells whether a request comes from a page of ours, or from no page at all.
func (s *Server) ownOrigin(c *fiber.Ctx) bool {
	origin := c.Get(fiber.HeaderOrigin)
	return origin == "" || s.originGood(origin, string(c.Request().Host()))
}

// ownRequest tells whether a page of ours sent a request that a cookie speaks for.
// What changes nothing may come without a word of where it is from; what does needs
// an Origin of ours, or the browser's word that the page and we are of one origin:
// else a page elsewhere could have somebody's browser do it. The demo lends its cookies
// to anybody on its machine, so there a program that says nothing is heard as well.
func (s *Server) ownRequest(c *fiber.Ctx) bool {
	site := c.Get("Sec-Fetch-Site")
	if c.Get(fiber.HeaderOrigin) != "" || c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead || s.Demo && site == "" {
		return s.ownOrigin(c)
	}
	return site == "same-origin"
}
