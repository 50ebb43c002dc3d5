package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/wire"
)

// slotsAnswer lists what can be booked of a service.
type slotsAnswer struct {
	Service string    `json:"service"`
	Days    []slotDay `json:"days"`
}

type slotDay struct {
	Day    queue.Day  `json:"day"`
	Halves []slotHalf `json:"halves"`
}

type slotHalf struct {
	ID   string      `json:"id"`
	Name queue.Text  `json:"name"`
	From queue.HM    `json:"from"`
	To   queue.HM    `json:"to"`
	At   []wire.Time `json:"at"`   // none when nothing is left
	Left *int        `json:"left"` // numbers left under the quota; null without one
}

// bookingSlots lists what a screen of the hall may book.
func (s *Server) bookingSlots(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayRead)
	if err != nil {
		return err
	}
	return s.slots(c, branch)
}

// slots answers for the service of the request's address.
func (s *Server) slots(c *fiber.Ctx, branch string) error {
	service, err := queryOf(c, "service", maxID)
	if err != nil {
		return err
	}
	if service == "" {
		return refuse(queue.BadParameter, "service")
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return err
	}
	var used map[datedHalf]int
	var settings *queue.Settings
	var setting queue.ServiceSetting
	known := false
	s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		if setting, known = set.Service(service); known {
			settings, used = set, given(st, set, &setting)
		}
	})
	if !known {
		return refuse(queue.UnknownService, clip(service))
	}
	return c.JSON(slotsAnswer{Service: service, Days: s.slotDays(settings, service, used)})
}

// slotDays reckons outside the feed's lock: sixty days take milliseconds.
func (s *Server) slotDays(set *queue.Settings, service string, used map[datedHalf]int) []slotDay {
	days := []slotDay{}
	count := func(day queue.Day, half string) int { return used[datedHalf{day, half}] }
	for _, d := range set.Slots(service, s.Clock.Now(), count) {
		day := slotDay{Day: d.Day}
		for _, h := range d.Halves {
			half := slotHalf{ID: h.ID, Name: both(h.Name), From: h.From, To: h.To, At: []wire.Time{}}
			for _, at := range h.At {
				half.At = append(half.At, wire.TimeOf(at))
			}
			if h.Quota > 0 {
				half.Left = &h.Left
			}
			day.Halves = append(day.Halves, half)
		}
		days = append(days, day)
	}
	return days
}
