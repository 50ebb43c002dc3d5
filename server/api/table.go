package api

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// Table is the demo's table of virtual devices: printers, keypads, panels and
// scanners that somebody can press, open and unplug on a page.
type Table interface {
	// State is how everything on the table is, as JSON.
	State() any
	// Await returns when the state's version is another than the one seen, or
	// when ctx ends.
	Await(ctx context.Context, seen uint64) error
	// Act does something to a device. Its errors, and Picture's, are refusals.
	Act(device, action, arg string) error
	// Picture is a PNG of a printer's ticket n, 0 for what is coming out now; nil for none.
	Picture(device string, n int) ([]byte, error)
}

// tableRoutes answer in the demo; elsewhere there is nothing at these addresses.
func (s *Server) tableRoutes() []route {
	const devices = "/api/v1/demo/devices"
	return []route{
		{fiber.MethodGet, devices, s.tableState},
		{fiber.MethodGet, devices + "/:device/paper.png", s.tablePaper},
		{fiber.MethodPost, devices + "/:device/:action", s.tableAct},
	}
}

// tablePatience is how long the page waits for something to happen on the table.
const tablePatience = 3 * time.Second

func (s *Server) tableState(c *fiber.Ctx) error {
	if err := s.atTable(c); err != nil {
		return err
	}
	if seen, err := strconv.ParseUint(c.Query("seen"), 10, 64); err == nil {
		ctx, cancel := context.WithTimeout(s.ctx, tablePatience)
		defer cancel()
		_ = s.Table.Await(ctx, seen) // that nothing changed is an answer too
	}
	return c.JSON(s.Table.State())
}

func (s *Server) tablePaper(c *fiber.Ctx) error {
	if err := s.atTable(c); err != nil {
		return err
	}
	n, err := strconv.Atoi(cmp.Or(c.Query("n"), "0"))
	if err != nil {
		return refuse(queue.BadParameter, "n")
	}
	picture, err := s.Table.Picture(param(c, "device"), n)
	if err != nil {
		return err
	}
	if picture == nil {
		return refuse(codeNotFound, "")
	}
	c.Set(fiber.HeaderContentType, "image/png")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(picture)
}

func (s *Server) tableAct(c *fiber.Ctx) error {
	if err := s.atTable(c); err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil {
		return err
	}
	var arg string
	if err := decode(c.Body(), fields{"arg": &arg}); err != nil {
		return err
	}
	if len(arg) > 1000 {
		return refuse(queue.BadParameter, "arg")
	}
	if err := s.Table.Act(param(c, "device"), param(c, "action"), arg); err != nil {
		return err
	}
	return c.JSON(fiber.Map{})
}

func (s *Server) atTable(c *fiber.Ctx) error {
	if s.Table == nil {
		return refuse(codeNotFound, "")
	}
	_, err := s.allow(c, mayManage, "")
	return err
}
