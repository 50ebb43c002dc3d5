package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/staff"
)

// authority gives the certificate of the hall's own authority to whoever is to trust
// it. It is public: it can check signatures, and make none.
func (s *Server) authority(c *fiber.Ctx) error {
	if s.Authority == nil {
		return refuse(codeNotFound, "")
	}
	c.Set(fiber.HeaderContentType, "application/x-x509-ca-cert")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="motcua-ca.crt"`)
	return c.Send(s.Authority)
}

// certified tells whether a key may be used on this connection. Where the hall asks for
// it, a key copied from an agent's disk is no good without the agent's certificate.
func (s *Server) certified(c *fiber.Ctx, caller staff.Caller) bool {
	if !s.DeviceCerts || caller.Role != staff.Agent {
		return true
	}
	state := c.Context().TLSConnectionState()
	return state != nil && len(state.VerifiedChains) > 0
}
