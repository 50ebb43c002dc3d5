package api

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// pressPatience is how old a press of a call key may be. What a clerk wanted a
// while ago is not what the hall should do now; a rating has its own window.
const pressPatience = 10 * time.Second

// keyVerbs are the verbs a keypad may give: those that need no words.
var keyVerbs = []queue.Verb{queue.Open, queue.Close, queue.Pause, queue.Next, queue.Recall, queue.Serve, queue.MarkNoShow,
	queue.Park, queue.Resume, queue.End, queue.Undo, queue.InviteRating}

// reported answers a report.
type reported struct {
	Seq int64 `json:"seq"` // of the last event it led to; 0 when it was no news
}

// report takes one record of an agent's outbox. Its Idempotency-Key names the
// press, print or change for good, so it counts once however often it arrives.
func (s *Server) report(c *fiber.Ctx) error {
	p, err := s.at(c, mayReport)
	if err != nil {
		return err
	}
	branch, caller, set := p.branch, p.caller, p.set
	cmd := command{set: set}
	if err := s.name(c, &cmd.Command, caller.ID); err != nil {
		return err
	}
	r, err := reportInput(c.Body())
	if err != nil {
		return err
	}
	cmd.Branch, cmd.By, cmd.Print = branch, by(caller), printOf(r)
	switch {
	case r.Press != nil:
		return s.reportPress(c, cmd, caller, r)
	case r.Print != nil:
		return s.reportPrint(c, cmd, r.Print)
	}
	return s.reportDevice(c, cmd, caller, r.Device)
}

// printOf is the fingerprint of a report without its moment: an agent that was
// killed before the keypad heard it reads the same press again, a little later.
func printOf(r wire.Report) string {
	r.At = ""
	raw, err := json.Marshal(r)
	if err != nil {
		return ""
	}
	return digest(string(raw))
}

// reportInput reads a report strictly: exactly one of its parts.
func reportInput(body []byte) (wire.Report, error) {
	var r wire.Report
	var press, print, device json.RawMessage
	if err := decode(body, fields{"at": &r.At, "press": &press, "print": &print, "device": &device}); err != nil {
		return r, err
	}
	var k checker
	parts := 0
	for _, part := range []json.RawMessage{press, print, device} {
		if len(part) > 0 {
			parts++
		}
	}
	k.that(parts == 1, "press, print or device")
	_, err := time.Parse(time.RFC3339, string(r.At))
	k.that(err == nil, "at")
	if k.err != nil {
		return r, k.err
	}
	switch {
	case len(press) > 0:
		r.Press, err = pressInput(press)
	case len(print) > 0:
		r.Print, err = printInput(print)
	default:
		r.Device, err = deviceInput(device)
	}
	return r, err
}

func pressInput(body []byte) (*wire.Press, error) {
	p := &wire.Press{}
	if err := decode(body, fields{"device": &p.Device, "counter": &p.Counter, "do": &p.Do, "level": &p.Level,
		"boot": &p.Boot, "seq": &p.Seq}); err != nil {
		return nil, err
	}
	var k checker
	k.text("device", &p.Device, 100)
	k.word("counter", &p.Counter, maxID)
	k.that(p.Counter != "", "counter")
	k.that(p.Do == string(queue.Rate) || slices.Contains(keyVerbs, queue.Verb(p.Do)), "do")
	k.that(p.Do != string(queue.Rate) || p.Level > 0, "level")
	return p, k.err
}

func printInput(body []byte) (*wire.PrintResult, error) {
	p := &wire.PrintResult{}
	if err := decode(body, fields{"job": &p.Job, "visit": &p.Visit, "device": &p.Device, "state": &p.State, "reason": &p.Reason}); err != nil {
		return nil, err
	}
	var k checker
	k.word("job", &p.Job, 64)
	k.word("visit", &p.Visit, 64)
	k.that(p.Visit != "", "visit")
	k.text("device", &p.Device, 100)
	k.that(slices.Contains([]string{wire.Printed, wire.PrintSent, wire.PrintFailed, wire.PrintUnknown}, p.State), "state")
	k.word("reason", &p.Reason, maxID)
	return p, k.err
}

func deviceInput(body []byte) (*queue.Device, error) {
	d := &queue.Device{}
	if err := decode(body, fields{"id": &d.ID, "agent": &d.Agent, "kind": &d.Kind, "state": &d.State, "detail": &d.Detail,
		"counter": &d.Counter, "prints": &d.Prints, "profile": &d.Profile, "verified": &d.Verified, "since": &d.Since}); err != nil {
		return nil, err
	}
	var k checker
	k.text("id", &d.ID, 100)
	k.that(d.ID != "", "id")
	k.that(slices.Contains(queue.DeviceKinds, d.Kind), "kind")
	k.that(slices.Contains(queue.DeviceStates, d.State), "state")
	k.text("detail", &d.Detail, maxReason)
	k.word("counter", &d.Counter, maxID)
	k.that(len(d.Prints) <= 20, "prints")
	for i := range d.Prints {
		k.text("prints", &d.Prints[i], 80)
	}
	k.word("profile", &d.Profile, 64)
	k.word("verified", &d.Verified, maxID)
	return d, k.err
}

// reportPress does what a key means, as if it had been clicked.
func (s *Server) reportPress(c *fiber.Ctx, cmd command, caller staff.Caller, r wire.Report) error {
	p := r.Press
	if _, ok := cmd.set.Counter(p.Counter); !ok {
		return refuse(queue.UnknownCounter, clip(p.Counter))
	}
	if !caller.MayCounter(p.Counter) {
		err := refuse(codeForbidden, clip(p.Counter))
		if p.Do == string(queue.Rate) {
			s.tellRefused(cmd.Branch, p.Counter, "keypad", p.Level, err)
		}
		return err
	}
	cmd.Counter, cmd.Verb = p.Counter, queue.Verb(p.Do)
	at, _ := time.Parse(time.RFC3339, string(r.At)) // checked by reportInput
	if cmd.Verb == queue.Rate {
		cmd.Level, cmd.Source, cmd.At = p.Level, "keypad", queue.MillisOf(at)
		result, err := s.rate(cmd)
		return s.answerReport(c, cmd, result, err)
	}
	if s.Clock.Now().Sub(at) > pressPatience {
		return s.lateUnlessKnown(c, cmd)
	}
	if cmd.Verb == queue.Pause {
		cmd.Reason = "other" // the desk's list of reasons has this one; a key has no words
	}
	if cmd.Verb == queue.Next {
		return s.bigButton(c, cmd)
	}
	return s.reportedBy(c, cmd)
}

// bigButton is the one key a clerk needs, as on the desk: call, serve, end and
// call the next one, or only end when nobody waits.
func (s *Server) bigButton(c *fiber.Ctx, cmd command) error {
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, cmd.Branch); err != nil {
		return err
	}
	var state queue.CounterState
	s.Push.Feed.View(cmd.Branch, func(st *queue.State, _ *queue.Settings) { state = st.CounterOf(cmd.Counter).State })
	switch state {
	case queue.CounterCalling:
		cmd.Verb = queue.Serve
	case queue.CounterServing:
		result, err := s.do(cmd)
		if queue.CodeOf(err) != queue.NoOneWaiting {
			return s.answerReport(c, cmd, result, err)
		}
		cmd.Verb = queue.End
	case queue.CounterClosed:
		cmd.Verb = queue.Open
	default:
		cmd.Verb = queue.Call
	}
	return s.reportedBy(c, cmd)
}

func (s *Server) reportedBy(c *fiber.Ctx, cmd command) error {
	result, err := s.do(cmd)
	return s.answerReport(c, cmd, result, err)
}

func (s *Server) answerReport(c *fiber.Ctx, cmd command, result queue.Result, err error) error {
	if err == nil {
		return c.JSON(reported{Seq: result.Seq})
	}
	s.Log.Info("a report was refused", "verb", cmd.Verb, "counter", cmd.Counter, "by", cmd.By, "code", queue.CodeOf(err))
	return err
}

// lateUnlessKnown refuses a press that comes too late, unless it had arrived
// before and only its answer was lost.
func (s *Server) lateUnlessKnown(c *fiber.Ctx, cmd command) error {
	ctx, cancel := s.life()
	defer cancel()
	result, err := s.answered(ctx, cmd, refuse(codeTooLate, string(cmd.Verb)))
	return s.answerReport(c, cmd, result, err)
}

// reportPrint notes what became of a ticket on paper.
func (s *Server) reportPrint(c *fiber.Ctx, cmd command, p *wire.PrintResult) error {
	if strings.HasPrefix(p.Job, listPrefix) { // no ticket: nothing of the day's record
		s.lists.told(cmd.Branch, p.Job, p.State, p.Reason)
		return c.JSON(reported{})
	}
	cmd.Verb, cmd.Visit = queue.Note, p.Visit
	cmd.Kind, cmd.Note = queue.TicketPrintFailed, p.Reason
	switch p.State {
	case wire.Printed, wire.PrintSent:
		cmd.Kind, cmd.Note = queue.TicketPrinted, p.State
	case wire.PrintUnknown:
		cmd.Note = queue.PrintUnknown
	}
	if cmd.Note == "" {
		cmd.Note = string(queue.DeviceError)
	}
	cmd.Copy = copyOf(p)
	return s.reportedBy(c, cmd)
}

// copyOf reads which copy a job was: "261123-A012.2" is the second.
func copyOf(p *wire.PrintResult) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(strings.TrimPrefix(p.Job, p.Visit), "."))
	return n
}

// reportDevice notes how a device is. That it is as it was is no news.
func (s *Server) reportDevice(c *fiber.Ctx, cmd command, caller staff.Caller, d *queue.Device) error {
	d.ID, d.Agent, d.Since = caller.Name+"/"+d.ID, caller.Name, queue.MillisOf(s.Clock.Now())
	if d.Kind == "printer" && len(d.Prints) == 0 {
		d.Prints = []string{caller.Name}
	}
	for _, old := range s.devices(cmd.Branch) {
		if old.ID == d.ID && sameDevice(old, *d) {
			return c.JSON(reported{})
		}
	}
	cmd.Verb, cmd.Kind, cmd.Device = queue.Note, queue.DeviceChanged, d
	return s.reportedBy(c, cmd)
}

func sameDevice(a, b queue.Device) bool {
	return a.Kind == b.Kind && a.State == b.State && a.Detail == b.Detail && a.Counter == b.Counter &&
		a.Profile == b.Profile && a.Verified == b.Verified && slices.Equal(a.Prints, b.Prints)
}

// listDevices lists a branch's devices.
func (s *Server) listDevices(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayRead)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return err
	}
	list := s.devices(branch)
	slices.SortFunc(list, func(a, b queue.Device) int { return strings.Compare(a.ID, b.ID) })
	return c.JSON(fiber.Map{"devices": list})
}

// forgetDevices takes the devices of a revoked key off the list.
func (s *Server) forgetDevices(k staff.Key, by string) {
	if k.Screen.Page != "" {
		s.forgetScreen(k, by)
		s.screens.forget(k.ID)
	}
	if k.Role != staff.Agent {
		return
	}
	for _, branch := range s.Push.Feed.Branches() {
		if k.Branch != "" && k.Branch != branch {
			continue
		}
		for _, d := range s.devices(branch) {
			if d.Agent == k.Name {
				s.noteDevice(branch, by, d, queue.NoteRemoved)
			}
		}
	}
}
