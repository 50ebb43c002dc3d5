package api

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"motcua/server/qr"
	"motcua/server/queue"
	"motcua/server/wire"
)

// madePass is a new pass as the screen that asked for it shows it.
type madePass struct {
	Pass  string    `json:"pass"`
	URL   string    `json:"url"` // of its page
	Until wire.Time `json:"until"`
}

// passView is a pass as its page shows it.
type passView struct {
	Branch     string        `json:"branch"`
	For        purpose       `json:"for"`
	BranchName queue.Text    `json:"branch_name"`
	Address    string        `json:"address,omitempty"` // how people are addressed
	Now        wire.Time     `json:"now"`
	Until      wire.Time     `json:"until"`
	Late       int           `json:"late"` // minutes one may be late and keep the booked place
	Services   []passService `json:"services"`
	Booking    *booked       `json:"booking,omitempty"`
	Training   bool          `json:"training,omitempty"` // of a hall for practice: the page shows the word
	// Of a pass for a suggestion.
	Open   bool   `json:"open,omitempty"`   // the box takes something
	Told   bool   `json:"told,omitempty"`   // this pass has put something into it
	Portal string `json:"portal,omitempty"` // where a formal complaint is filed
}

type passService struct {
	ID   string     `json:"id"`
	Name queue.Text `json:"name"`
}

// makePass gives out a pass: to book to a kiosk, a desk or an admin, for a
// suggestion to a screen of the hall.
func (s *Server) makePass(c *fiber.Ctx) error {
	p, err := s.at(c, mayTake, mayServe, mayTell)
	if err != nil {
		return err
	}
	what := forBooking
	if err := decode(c.Body(), fields{"for": &what}); err != nil {
		return err
	}
	switch what {
	case forBooking:
		p, err = s.at(c, mayTake, mayServe)
	case forSuggestion:
		p, err = s.at(c, mayTell)
	default:
		err = refuse(queue.BadParameter, "for")
	}
	if err != nil {
		return err
	}
	if what == forSuggestion && (s.Box == nil || !p.set.Box.Open) {
		return refuse(codeBoxClosed, "")
	}
	var named queue.Command
	if err := s.name(c, &named, p.caller.ID); err != nil {
		return err
	}
	made, again, err := s.makeOnce(named, func(context.Context) (any, error) {
		secret, err := newToken(s.Rand, p.set.Tag)
		if err != nil {
			return nil, err
		}
		until := s.passes.add(secret, p.branch, by(p.caller), what)
		return madePass{Pass: secret, URL: passURL(s.base(c), secret, what), Until: wire.TimeOf(until)}, nil
	})
	if err != nil {
		return err
	}
	return c.Status(created(queue.Result{Again: again})).JSON(made)
}

func passURL(base, secret string, what purpose) string {
	if what == forSuggestion {
		return base + "/g/" + secret
	}
	return base + "/b/" + secret
}

// passFor is passOf for one purpose: a pass for another is as good as none.
func (s *Server) passFor(c *fiber.Ctx, what purpose) (string, pass, error) {
	secret, found, err := s.passOf(c)
	if err == nil && found.what != what {
		err = refuse(codeUnknownPass, "")
	}
	return secret, found, err
}

// passOf finds the pass of the request; a wrong one is counted like a wrong token.
func (s *Server) passOf(c *fiber.Ctx) (string, pass, error) {
	secret := param(c, "pass")
	found, ok := s.passes.find(secret)
	if !ok {
		return "", pass{}, s.miss(c, wrongToken, codeUnknownPass)
	}
	return secret, found, nil
}

func (s *Server) getPass(c *fiber.Ctx) error {
	_, found, err := s.passOf(c)
	if err != nil {
		return err
	}
	set, err := s.known(found.branch)
	if err != nil {
		return err
	}
	view := passView{Branch: set.ID, For: found.what, BranchName: both(set.Name), Address: set.Address, Training: set.Training, Now: wire.TimeOf(s.Clock.Now()),
		Until: wire.TimeOf(found.until), Late: set.Booking.LateMinutes, Services: []passService{}}
	if found.what == forSuggestion {
		view.Open, view.Told, view.Portal = set.Box.Open, found.told, set.Hall.Portal
		return c.JSON(view)
	}
	for i := range set.Services {
		if v := &set.Services[i]; !v.Closed {
			view.Services = append(view.Services, passService{v.ID, both(v.Name)})
		}
	}
	if found.booking != nil {
		now := s.bookedNow(found)
		view.Booking = &now
	}
	return c.JSON(view)
}

// bookedNow is what a pass has booked, in its present state.
func (s *Server) bookedNow(p pass) booked {
	b, err := s.booking(p.branch, p.booking.Code)
	if err != nil { // of a day that is over, or the store is away: as it was made
		return *p.booking
	}
	return bookedOf(&b)
}

func (s *Server) passSlots(c *fiber.Ctx) error {
	_, found, err := s.passFor(c, forBooking)
	if err != nil {
		return err
	}
	return s.slots(c, found.branch)
}

// passBooking books, once. Two requests of one pass come in one after the other.
func (s *Server) passBooking(c *fiber.Ctx) error {
	secret, _, err := s.passFor(c, forBooking)
	if err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, "pass:"+secret); err != nil {
		return err
	}
	cmd := command{code: true}
	if cmd.Command, err = bookInput(c.Body(), false); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	once := digest("pass:" + secret)
	turn := "pass:" + once
	if err := s.twins.enter(ctx, turn); err != nil {
		return refuse(queue.StoreDown, "")
	}
	defer s.twins.leave(turn)
	_, found, err := s.passOf(c) // as the one before left it
	if err != nil {
		return err
	}
	if found.booking != nil {
		return usedPass(c, found, named)
	}
	if cmd.set, err = s.known(found.branch); err != nil {
		return err
	}
	// The store knows the pass and not the gesture: should an answer be lost, the
	// next try cannot book a second time.
	cmd.Request, cmd.Print = once, digest(string(c.Body()))
	cmd.Branch, cmd.By = found.branch, found.by
	result, err := s.do(cmd)
	if queue.CodeOf(err) == queue.KeyReused {
		return refuse(codePassUsed, "")
	}
	if err != nil {
		return err
	}
	made := bookedOf(result.Booking)
	s.passes.used(secret, made, named.Request, named.Print)
	return c.Status(created(result)).JSON(made)
}

// usedPass answers who asks a pass for a second booking: the same request gets
// the same words.
func usedPass(c *fiber.Ctx, p pass, named queue.Command) error {
	switch {
	case named.Request != p.request:
		return refuse(codePassUsed, "")
	case named.Print != p.print:
		return refuse(queue.KeyReused, "")
	}
	return c.JSON(p.booking)
}

// passLink draws the address of the pass's page.
func (s *Server) passLink(c *fiber.Ctx) error {
	secret, found, err := s.passOf(c)
	if err != nil {
		return err
	}
	base := s.base(c)
	if base == "" {
		return refuse(codeNotFound, "base_url") // a code that leads nowhere is worse than none
	}
	return sendQR(c, passURL(base, secret, found.what))
}

// passCode draws the code of what was booked, for the kiosk's scanner.
func (s *Server) passCode(c *fiber.Ctx) error {
	_, found, err := s.passOf(c)
	if err != nil {
		return err
	}
	if found.booking == nil {
		return refuse(queue.UnknownBooking, "")
	}
	return sendQR(c, found.booking.Code)
}

func sendQR(c *fiber.Ctx, content string) error {
	svg, err := qr.SVG(content)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml")
	return c.Send(svg)
}
