package api

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp/fasthttpadaptor"

	"motcua/server/metrics"
	"motcua/server/queue"
)

// healthz says that the process answers.
func (s *Server) healthz(c *fiber.Ctx) error { return c.JSON(fiber.Map{"status": "ok"}) }

// ready answers readyz.
type ready struct {
	Status string `json:"status"` // ok, or unavailable
	Store  string `json:"store"`  // the engine's name
	Reason string `json:"reason,omitempty"`
}

// readyz says whether commands can be taken and what screens show is current.
func (s *Server) readyz(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(s.ctx, 2*time.Second)
	defer cancel()
	err := s.Store.Ready(ctx)
	if err == nil {
		err = s.Push.Feed.Ready()
	}
	if err != nil {
		return c.Status(fiber.StatusServiceUnavailable).JSON(ready{"unavailable", s.Store.Name(), reasonOf(err)})
	}
	return c.JSON(ready{Status: "ok", Store: s.Store.Name()})
}

// reasonOf tells an operator in one word what is wrong; the rest is in the log.
func reasonOf(err error) string {
	if code := queue.CodeOf(err); code != "" {
		return string(code)
	}
	return string(queue.StoreDown)
}

func (s *Server) metrics() fiber.Handler {
	handler := fasthttpadaptor.NewFastHTTPHandler(s.Metrics.Handler())
	return func(c *fiber.Ctx) error {
		handler(c.Context())
		return nil
	}
}

// gauges adds the numbers that are asked when somebody looks.
func (s *Server) gauges() {
	s.Metrics.Gauge("sockets", "Clients of /live by view.", []string{"view"}, func() []metrics.Sample {
		var list []metrics.Sample
		for view, n := range s.Push.Hub.Sockets() {
			list = append(list, metrics.Sample{Labels: []string{string(view)}, Value: float64(n)})
		}
		return list
	})
	s.Metrics.Gauge("waiting", "Visits waiting by service.", []string{"branch", "service"}, s.waiting)
}

func (s *Server) waiting() []metrics.Sample {
	var list []metrics.Sample
	for _, branch := range s.Push.Feed.Branches() {
		if queue.IsTraining(branch) {
			continue
		}
		s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
			for i := range set.Services {
				id := set.Services[i].ID
				list = append(list, metrics.Sample{Labels: []string{branch, id}, Value: float64(st.Waiting(id))})
			}
		})
	}
	return list
}
