package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// The policy has no exception: every script and style is a file of ours.
const contentPolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

// Of what a browser can do beyond showing a page, the screens need sound that begins
// by itself. The names are those that Chromium 108 knows: an unknown one is a warning
// on every page.
const permissionsPolicy = "accelerometer=(), autoplay=(self), camera=(), display-capture=(), fullscreen=(), geolocation=(), " +
	"gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), " +
	"publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"

// protect sets the headers that every answer has, also those the HTTP library
// gives before any handler.
func protect(c *fiber.Ctx) {
	h := &c.Response().Header
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Frame-Options", "DENY") // the same as frame-ancestors, for whoever does not know that one
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", permissionsPolicy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if c.Secure() { // over plain http browsers ignore it, and complain on every page
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	if c.Context().IsTLS() { // ours; a proxy before us says for itself whether it will stay
		h.Set("Strict-Transport-Security", "max-age=2592000") // 30 days
	}
}

// guardMethods answers methods that HTTP does not know, which the library would
// refuse before any handler, in a form and with headers of its own.
func (s *Server) guardMethods() {
	inner := s.app.Server().Handler
	s.app.Server().Handler = func(ctx *fasthttp.RequestCtx) {
		if slices.Contains(fiber.DefaultMethods, string(ctx.Method())) {
			inner(ctx)
			return
		}
		c := s.app.AcquireCtx(ctx)
		defer s.app.ReleaseCtx(c)
		ctx.Response.SetConnectionClose() // it may have a body that nobody reads
		if err := s.problem(c, fiber.ErrMethodNotAllowed); err != nil {
			ctx.Response.SetStatusCode(fiber.StatusInternalServerError)
		}
	}
}
