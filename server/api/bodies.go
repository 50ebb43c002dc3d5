package api

import (
	"errors"
	"io"
	"net"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Time-outs of a large body: a network that stands still is cut after largePause,
// one that drips after largeLife.
const (
	largePause = 30 * time.Second
	largeLife  = 15 * time.Minute
)

// settingsFile is where files of settings are handed in.
var settingsFile = regexp.MustCompile(`^/api/v1/branches/[^/]+/settings/file$`)

// takesLarge tells whether a request's body is left to its handler, which reads it
// with large. Every other body is read before the handler, up to bodyLimit.
func takesLarge(method, path string) bool {
	switch method {
	case fiber.MethodPost:
		return path == "/api/v1/catalogue/imports" || path == "/api/v1/dossiers/imports" || settingsFile.MatchString(path)
	case fiber.MethodPut:
		return strings.HasPrefix(path, "/api/v1/media/")
	}
	return false
}

// readBody reads the body of a usual request whole. Bodies come as streams: what
// is not read here would be taken for the next request on the connection.
func readBody(c *fiber.Ctx) error {
	stream := c.Context().RequestBodyStream()
	if stream == nil || takesLarge(c.Method(), pathOf(c)) {
		return nil
	}
	// The library unpacks a packed body without a bound: 64 KiB can hold gigabytes.
	if packed := c.Get(fiber.HeaderContentEncoding); packed != "" && packed != "identity" {
		c.Response().SetConnectionClose()
		return refuse(codeBadJSON, fiber.HeaderContentEncoding)
	}
	b := newBody(c, stream, bodyLimit)
	raw, err := io.ReadAll(b)
	if err != nil {
		return err
	}
	c.Request().SetBodyRaw(raw)
	return nil
}

// endBody reads what a handler left of a body, as far as a client should be heard
// out before it is answered; a connection with more in it is closed after the answer.
func endBody(c *fiber.Ctx) {
	stream := c.Context().RequestBodyStream()
	if stream == nil || c.Response().ConnectionClose() {
		return
	}
	// One byte more tells whether it ended.
	n, err := io.Copy(io.Discard, io.LimitReader(stream, libraryLimit+1))
	if n > libraryLimit || err != nil {
		c.Response().SetConnectionClose()
	}
}

// body is a request's body, bounded. Its error is a refusal to answer with.
type body struct {
	from   io.Reader
	answer *fasthttp.Response
	limit  int64
	wants  int // bytes the client announced; negative when it did not
	read   int64
	err    error
	patient
}

func newBody(c *fiber.Ctx, stream io.Reader, limit int64) *body {
	return &body{from: stream, answer: c.Response(), limit: limit, wants: c.Request().Header.ContentLength()}
}

// patient prolongs the time to read while bytes come.
type patient struct {
	conn net.Conn
	end  time.Time
}

// Read gives the next bytes; its error is io.EOF or a refusal.
func (b *body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	b.wait()
	n, err := b.from.Read(p)
	b.read += int64(n)
	switch {
	case b.read > b.limit:
		n, b.err = 0, refuse(codeTooLarge, "")
	case errors.Is(err, io.EOF) && (b.wants < 0 || b.read == int64(b.wants)):
		b.err = io.EOF
	case err != nil: // it broke off: where the next request begins is not known
		b.err = refuse(codeBadRequest, "")
		b.answer.SetConnectionClose()
	}
	return n, b.err
}

// Failed is the refusal that ended the reading; nil when the body was read to its
// end, or is still being read. A parser may have told a broken body by words of its own.
func (b *body) Failed() error {
	if errors.Is(b.err, io.EOF) {
		return nil
	}
	return b.err
}

func (p *patient) wait() {
	if p.conn == nil {
		return
	}
	until := time.Now().Add(largePause) // the network's time, as the library's own
	if until.After(p.end) {
		until = p.end
	}
	_ = p.conn.SetReadDeadline(until) // a connection that is gone says so when read
}

// large gives the body of a request that takesLarge, in whatever size up to limit
// bytes: with or without its length announced. To be asked for after the caller's
// right is known, and read in the handler only.
func (s *Server) large(c *fiber.Ctx, limit int64) (*body, error) {
	if int64(c.Request().Header.ContentLength()) > limit {
		return nil, refuse(codeTooLarge, "")
	}
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		stream = strings.NewReader("")
	}
	b := newBody(c, stream, limit)
	b.patient = patient{conn: c.Context().Conn(), end: time.Now().Add(largeLife)}
	return b, nil
}
