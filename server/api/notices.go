package api

import (
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// makeNotice tells screens or staff something that stands until it is ended.
// Kiosks call for help; what goes to the hall is an admin's or the head of hall's.
func (s *Server) makeNotice(c *fiber.Ctx) error {
	p, err := s.at(c, mayTake, mayNotify)
	if err != nil {
		return err
	}
	branch, caller, set := p.branch, p.caller, p.set
	cmd := command{set: set}
	n, err := noticeInput(c.Body())
	if err != nil {
		return err
	}
	if !n.Kind.ForStaff() {
		if caller, err = s.allow(c, mayNotify, branch); err != nil {
			return err
		}
	}
	if err := s.name(c, &cmd.Command, caller.ID); err != nil {
		return err
	}
	if _, ok := set.Service(n.Service); !ok && n.Service != "" {
		return refuse(queue.UnknownService, clip(n.Service))
	}
	// Made of the request's name, so that the same request means the same notice.
	n.ID, n.By = digest("notice " + cmd.Request)[:16], by(caller)
	result, err := s.tell(cmd, branch, n, "")
	if err != nil {
		return err
	}
	if !n.Kind.ForStaff() && !result.Again { // an alarm never waits for the log
		s.tellAudit(lineOf(c, caller, audit.NoticeMake, branch, string(n.Kind)), nil, noticeOf(n))
	}
	if result.Notice.ID != n.ID { // told before by the same machine, and still standing
		result.Again = true
	}
	return c.Status(created(result)).JSON(result.Notice)
}

// endNotice takes a notice back: staff see to what kiosks asked for, a kiosk may
// take back its own, an admin everything.
func (s *Server) endNotice(c *fiber.Ctx) error {
	branch, id := param(c, "branch"), param(c, "notice")
	caller, err := s.allow(c, mayRead, branch)
	if err != nil {
		return err
	}
	set, err := s.known(branch)
	if err != nil {
		return err
	}
	cmd := command{set: set}
	if err := s.name(c, &cmd.Command, caller.ID); err != nil {
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	list, err := s.notices(branch, wire.Desk)
	if err != nil {
		return err
	}
	n := queue.Notice{ID: id}
	for _, standing := range list {
		if standing.ID == id {
			n = standing
			if caller, err = s.mayEnd(c, branch, n); err != nil {
				return err
			}
		}
	}
	// One that is not there the store refuses, unless this request ended it before.
	cmd.By = by(caller)
	result, err := s.tell(cmd, branch, n, queue.NoteEnded)
	if err != nil {
		return err
	}
	if !result.Notice.Kind.ForStaff() && !result.Again {
		s.tellAudit(lineOf(c, caller, audit.NoticeEnd, branch, string(result.Notice.Kind)), noticeOf(*result.Notice), nil)
	}
	return c.JSON(result.Notice)
}

// noticeOf is what the audit log keeps of a notice.
func noticeOf(n queue.Notice) any {
	return struct {
		Text     queue.Text `json:"text,omitzero"`
		Machines []string   `json:"machines,omitempty"`
		Service  string     `json:"service,omitempty"`
	}{n.Text, n.Machines, n.Service}
}

// mayEnd finds who of the request's callers may end a notice.
func (s *Server) mayEnd(c *fiber.Ctx, branch string, n queue.Notice) (staff.Caller, error) {
	if !n.Kind.ForStaff() {
		return s.allow(c, mayNotify, branch)
	}
	caller, err := s.allow(c, mayHelp, branch)
	if err == nil {
		return caller, nil
	}
	if maker, wrong := s.allow(c, mayTake, branch); wrong == nil && maker.Name == n.By {
		return maker, nil
	}
	return caller, err
}

// tell writes a notice and waits until the screens' feed has it, so that what
// the next request is told agrees with it.
func (s *Server) tell(cmd command, branch string, n queue.Notice, note string) (queue.Result, error) {
	cmd.Verb, cmd.Kind, cmd.Note, cmd.Branch, cmd.Notice = queue.Note, queue.NoticeChanged, note, branch, &n
	if cmd.By == "" {
		cmd.By = n.By
	}
	result, err := s.do(cmd)
	if err != nil {
		return result, err
	}
	if result.Notice == nil { // the event that answered this request is kept no longer
		return result, refuse(queue.UnknownNotice, "")
	}
	if !result.Again {
		s.Log.Info("notice", "branch", branch, "kind", result.Notice.Kind, "id", result.Notice.ID, "by", cmd.By, "note", note)
	}
	ctx, cancel := s.life()
	defer cancel()
	return result, s.Push.Feed.WaitFor(ctx, branch)
}

// notices lists what stands now, as a view may see it.
func (s *Server) notices(branch string, view wire.View) ([]queue.Notice, error) {
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return nil, err
	}
	var list []queue.Notice
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) { list = wire.NoticesFor(view, st) })
	return list, nil
}

// listNotices lists what stands now: to kiosks and staff everything, to screens
// of the hall what they may show.
func (s *Server) listNotices(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayRead)
	if err != nil {
		return err
	}
	view := wire.Board
	for _, inside := range []right{mayTake, mayServe, mayHelp} {
		if _, err := s.allow(c, inside, branch); err == nil {
			view = wire.Desk
		}
	}
	list, err := s.notices(branch, view)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"items": list})
}

// noticeInput reads a notice strictly.
func noticeInput(body []byte) (queue.Notice, error) {
	var n queue.Notice
	var words json.RawMessage
	if err := decode(body, fields{"kind": &n.Kind, "text": &words, "machines": &n.Machines, "service": &n.Service,
		"count": &n.Count}); err != nil {
		return n, err
	}
	if len(words) > 0 && string(words) != "null" {
		if err := decode(words, fields{"vi": &n.Text.VI, "en": &n.Text.EN}); err != nil {
			return n, err
		}
	}
	var k checker
	k.text("text", &n.Text.VI, maxReason)
	k.text("text", &n.Text.EN, maxReason)
	n.Text.VI, n.Text.EN = strings.TrimSpace(n.Text.VI), strings.TrimSpace(n.Text.EN)
	k.that(len(n.Machines) <= 50, "machines")
	for i := range n.Machines {
		k.text("machines", &n.Machines[i], 80)
	}
	k.word("service", &n.Service, maxID)
	if k.err != nil {
		return n, k.err
	}
	return n, n.Validate()
}
