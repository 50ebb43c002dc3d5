package api

import (
	"path"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// Languages are what a hall can be shown in beside Vietnamese and English. They
// are asked each time: a hall may add one while the server runs.
type Languages interface {
	Index() []byte                            // the list for the pages, as JSON
	Table(screen, tag string) ([]byte, error) // the texts of a screen in a language
	Known(tag string) bool                    // can a ticket be in it?
}

// onlyOurs is the list of a server without further languages.
const onlyOurs = `[{"tag":"vi","name":"Tiếng Việt","short":"Tiếng Việt","voice":true},{"tag":"en","name":"English","short":"English","voice":true}]`

func (s *Server) languageList(c *fiber.Ctx) error {
	list := []byte(onlyOurs)
	if s.Languages != nil {
		list = s.Languages.Index()
	}
	return send(c, newAsset(list, kinds[".json"]))
}

// texts serves a table of texts: the built-in ones, then those of the hall's own languages.
func (s *Server) texts(c *fiber.Ctx) error {
	name := rest(c)
	if s.pages.files["web/i18n/"+name] != nil {
		return s.file(c, "web", "i18n/"+name)
	}
	screen, tag, ok := strings.Cut(strings.TrimSuffix(name, ".json"), ".")
	if s.Languages == nil || !ok || path.Ext(name) != ".json" {
		return refuse(codeNotFound, "")
	}
	table, err := s.Languages.Table(screen, tag)
	if err != nil {
		return refuse(codeNotFound, "")
	}
	return send(c, newAsset(table, kinds[".json"]))
}

// languageTag is how languages are named: "vi", "tyz".
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$`)

// knownLanguage refuses a ticket in a language that the hall does not have.
func (s *Server) knownLanguage(tag string) error {
	if tag == "" || tag == "vi" || tag == "en" || (s.Languages != nil && s.Languages.Known(tag)) {
		return nil
	}
	return refuse(queue.BadParameter, "lang")
}
