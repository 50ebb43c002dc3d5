package api

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
)

// problemAnswer is one thing that is wrong, as people and programs read it.
type problemAnswer struct {
	Place string     `json:"place"` // "services[2].prefix", in the document that was sent
	Code  string     `json:"code"`
	Name  queue.Text `json:"name"` // what people call the place
	What  queue.Text `json:"what"` // a sentence
}

// refusalAnswer is why a document without problems could not be saved right now.
type refusalAnswer struct {
	Code     queue.Code      `json:"code"`
	Title    queue.Text      `json:"title"`
	Detail   string          `json:"detail"`
	Problems []problemAnswer `json:"problems"` // places are those of the settings in force
}

// previewAnswer is what saving would do.
type previewAnswer struct {
	Version  int             `json:"version"` // in force
	Problems []problemAnswer `json:"problems"`
	Changes  []changeAnswer  `json:"changes"`
	Refusal  *refusalAnswer  `json:"refusal"`
}

func problemAnswers(list []queue.Problem, set queue.Settings) []problemAnswer {
	out := make([]problemAnswer, len(list))
	for i, p := range list {
		out[i] = problemAnswer{p.Place, p.Code(), p.Name(set), p.Words()}
	}
	return out
}

// previewSettings says what saving a document would change, and what stands against
// it. It changes nothing.
func (s *Server) previewSettings(c *fiber.Ctx) error {
	p, err := s.at(c, mayManage)
	if err != nil {
		return err
	}
	fresh, version, err := settingsInput(c)
	if err != nil {
		return err
	}
	a, err := s.preview(p, fresh, version)
	if err != nil {
		return err
	}
	return c.JSON(a)
}

func (s *Server) preview(p place, fresh queue.Settings, version int) (previewAnswer, error) {
	a := previewAnswer{Version: p.set.Version, Problems: problemAnswers(fresh.Problems(), fresh)}
	before, after := *p.set, fresh
	before.Version, after.Version = 0, 0
	changes, err := audit.Diff(before, after)
	if err != nil {
		return a, err
	}
	a.Changes = changeAnswers(changes, fresh, *p.set)
	if len(a.Problems) > 0 {
		return a, nil // the page shows these first; the rest is asked again
	}
	a.Refusal, err = s.wouldRefuse(p, fresh, version)
	return a, err
}

// wouldRefuse asks the running hall as saving would.
func (s *Server) wouldRefuse(p place, fresh queue.Settings, version int) (*refusalAnswer, error) {
	_, err := s.settle(p.branch, p.set, fresh, version)
	var refusal *queue.Error
	if err == nil || !errors.As(err, &refusal) || statuses[refusal.Code] >= 500 {
		return nil, err
	}
	r := &refusalAnswer{Code: refusal.Code, Title: sentences[refusal.Code], Detail: refusal.Detail, Problems: []problemAnswer{}}
	if refusal.Code == queue.SettingsInUse {
		waiting, busy := s.inUse(p.branch)
		r.Problems = problemAnswers(queue.Misfits(*p.set, fresh, waiting, busy), *p.set)
	}
	return r, nil
}
