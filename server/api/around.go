package api

import (
	"fmt"
	"log/slog"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/gofiber/fiber/v2"
)

const requestIDHeader = "X-Request-Id"

// around does for every request what is not its handler's business: an id,
// headers that protect browsers, numbers, a line in the log, and a panic caught.
func (s *Server) around(c *fiber.Ctx) error {
	start := s.Clock.Now()
	id := wordOr(c.Get(requestIDHeader), s.ids)
	c.Locals(requestIDHeader, id)
	c.Locals(addressKey, s.remote(c))
	h := &c.Response().Header
	h.Set(requestIDHeader, id)
	protect(c)
	if err := s.guarded(c); err != nil {
		if err := s.problem(c, err); err != nil {
			return err
		}
	}
	if len(h.Peek(fiber.HeaderCacheControl)) == 0 {
		h.Set(fiber.HeaderCacheControl, "no-store")
	}
	took := s.Clock.Now().Sub(start)
	status := c.Response().StatusCode()
	route := routeOf(c)
	s.Metrics.Request(route, strings.Clone(c.Method()), status, took)
	level := slog.LevelInfo
	if status == fiber.StatusOK && (route == "/healthz" || route == "/readyz") {
		level = slog.LevelDebug // a watchdog asks every few seconds
	}
	s.Log.LogAttrs(s.ctx, level, "request", slog.String("id", id), slog.String("method", c.Method()),
		slog.String("path", loggedFor(route, c.OriginalURL())), slog.Int("status", status), slog.Duration("took", took))
	return nil
}

// guarded runs the handler; a panic in it is an error of this request alone.
func (s *Server) guarded(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.Metrics.Panic()
			s.Log.Error("panic in a handler", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = refuse(codeInternal, "")
		}
	}()
	defer endBody(c)
	if err := readBody(c); err != nil {
		return err
	}
	return c.Next()
}

// wordOr takes the client's own id of the request when it is fit for a log.
func wordOr(id string, ids *requestIDs) string {
	if len(id) == 0 || len(id) > 64 {
		return ids.next()
	}
	for i := 0; i < len(id); i++ {
		if !tokenByte(id[i]) {
			return ids.next()
		}
	}
	return strings.Clone(id)
}

// tokenByte tells whether b is of the base64url alphabet.
func tokenByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b == '-' || b == '_'
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestIDHeader).(string)
	return id
}

// routeOf is the pattern that answered, so that metrics have one row for it
// however many addresses strangers try.
func routeOf(c *fiber.Ctx) string {
	r := c.Route()
	if r == nil || r.Path == "/" && c.Path() != "/" {
		return noRoute
	}
	return strings.Clone(r.Path)
}

// noRoute stands for the pattern of an address that nothing answers.
const noRoute = "none"

// loggedFor is the address as it may stand in the log. One that no route answers may
// be a good one with a slip in it: of that only the first part is told.
func loggedFor(route, address string) string {
	if route != noRoute {
		return logged(address)
	}
	path, _, _ := strings.Cut(address, "?")
	first, _, more := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if strings.Trim(first, "abcdefghijklmnopqrstuvwxyz") != "" || len(first) > 12 || !more { // it may be the token itself
		return "/-"
	}
	return "/" + strings.Clone(first) + "/-"
}

// logged cuts from an address what only its holder may know: keys, and tokens
// wherever they stand.
func logged(address string) string {
	path, query, asked := strings.Cut(address, "?")
	for _, prefix := range []string{"/t/", "/b/", "/g/", "/api/v1/tickets/", "/passes/", "/bookings/", "/dossiers/", "/pairings/"} {
		path = cutAfter(path, prefix)
	}
	if !asked {
		return strings.Clone(path)
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return path + "?-" // unreadable, and so it may hold anything
	}
	for name := range values {
		if !harmless[name] {
			delete(values, name)
		}
	}
	return path + "?" + values.Encode()
}

// harmless are the parameters that may stand in a log. What people search for
// is not among them: they type names.
var harmless = map[string]bool{"branch": true, "view": true, "counter": true, "epoch": true, "seq": true, "limit": true}

// actions are the last parts of addresses that tell nothing.
var actions = map[string]bool{"cancel": true, "delay": true, "rating": true, "qr.svg": true, "arrive": true,
	"slots": true, "booking": true, "suggestion": true, "link.svg": true, "code.svg": true, "verify": true, "approve": true, "imports": true, "template.xlsx": true, "counts": true}

// cutAfter replaces what follows prefix, but for the name of an action at its end.
func cutAfter(path, prefix string) string {
	i := strings.Index(path, prefix)
	if i < 0 || i+len(prefix) == len(path) {
		return path
	}
	cut := path[:i] + prefix + "-"
	if last := path[strings.LastIndexByte(path, '/')+1:]; actions[last] {
		cut += "/" + last
	}
	return cut
}
