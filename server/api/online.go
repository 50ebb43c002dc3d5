package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/qr"
	"motcua/server/queue"
)

// onlineQR draws the address where a service's procedures can be filed without
// coming, for the kiosk to show.
func (s *Server) onlineQR(c *fiber.Ctx) error {
	p, err := s.at(c, mayRead)
	if err != nil {
		return err
	}
	service, ok := p.set.Service(param(c, "service"))
	if !ok || service.Online == "" {
		return refuse(queue.UnknownService, clip(param(c, "service")))
	}
	svg, err := qr.SVG(service.Online)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml")
	return c.Send(svg)
}
