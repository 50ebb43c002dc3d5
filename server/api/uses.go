package api

import (
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/staff"
	"motcua/server/wire"
)

// programShape is how a program names itself at the start of User-Agent (RFC 9110,
// 10.1.5): a product and its version.
var programShape = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9._-]{0,39}/[A-Za-z0-9._+~-]{1,40})(?: |$)`)

// programOf is the program of a request by its own word. All browsers call themselves
// Mozilla: that tells nothing.
func programOf(c *fiber.Ctx) string {
	found := programShape.FindStringSubmatch(c.Get(fiber.HeaderUserAgent))
	if found == nil || strings.HasPrefix(found[1], "Mozilla/") {
		return ""
	}
	return strings.Clone(found[1])
}

// useOf tells from where and by what a request comes.
func (s *Server) useOf(c *fiber.Ctx) staff.Use {
	return staff.Use{At: s.Clock.Now(), Address: address(c), Program: programOf(c)}
}

// used notes that a key is in use, for the list of keys.
func (s *Server) used(c *fiber.Ctx, key string) { s.Staff.Used(key, s.useOf(c)) }

// keyInfo is a key as its administrator sees it.
type keyInfo struct {
	staff.Key
	Made    wire.Time `json:"made,omitempty"`
	Seen    wire.Time `json:"seen,omitempty"`    // its last use
	Address string    `json:"address,omitempty"` // where that came from
	Program string    `json:"program,omitempty"` // what used it, by its own word; of a screen the build of its pages
	Old     bool      `json:"old,omitempty"`     // an agent of another version than the server's
}

func (s *Server) infoOf(k staff.Key) keyInfo {
	use := s.Staff.LastUse(k.ID)
	version, agent := strings.CutPrefix(use.Program, agentProgram)
	return keyInfo{k, wire.TimeOf(k.Made), wire.TimeOf(use.At), use.Address, use.Program, agent && version != s.Product}
}

// agentProgram is how motcua-agent names itself, before its version.
const agentProgram = "motcua-agent/"
