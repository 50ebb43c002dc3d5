package api

import (
	"context"
	"net"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/qr"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// takeTicket gives a visitor a number.
func (s *Server) takeTicket(c *fiber.Ctx) error {
	p, err := s.at(c, mayTake)
	if err != nil {
		return err
	}
	branch, caller, set := p.branch, p.caller, p.set
	cmd := command{set: set, number: true}
	if err := s.name(c, &cmd.Command, caller.ID); err != nil {
		return err
	}
	request, print := cmd.Request, cmd.Print
	if cmd.Command, err = takeInput(c.Body()); err != nil {
		return err
	}
	if err := s.knownLanguage(cmd.Lang); err != nil {
		return err
	}
	cmd.Request, cmd.Print, cmd.Branch, cmd.By = request, print, branch, by(caller)
	result, err := s.do(cmd)
	if err != nil {
		return err
	}
	return c.Status(created(result)).JSON(s.taken(branch, s.base(c), result))
}

// taken is the answer to a command that gave out a ticket. It is made of the
// stored answer alone, so that the same request gets the same words.
func (s *Server) taken(branch, base string, result queue.Result) wire.TicketInfo {
	v := result.Visit
	policy, params := readStamp(v.Forecast)
	ahead := queue.AheadOf(policy, v.IsPriority(), result.Rank, result.Others, result.Fronts)
	return wire.TicketOf(branch, base, v, ahead, interval(params, ahead, v.IsPriority()))
}

// holder is a ticket's holder: the branch of the token and the visit.
type holder struct {
	branch string
	set    *queue.Settings
	visit  queue.Visit
	today  bool
}

// branchOf finds the branch by the tag at the start of a token.
func (s *Server) branchOf(token string) (string, *queue.Settings) {
	if len(token) < 22 || len(token) > 32 {
		return "", nil
	}
	for i := 0; i < len(token); i++ {
		if !tokenByte(token[i]) {
			return "", nil
		}
	}
	for _, name := range s.Push.Feed.Branches() {
		if set, ok := s.Push.Feed.Settings(name); ok && strings.HasPrefix(token, set.Tag) {
			return name, set
		}
	}
	return "", nil
}

// holderOf finds a ticket by its token, as everything acknowledged so far left it.
func (s *Server) holderOf(ctx context.Context, token string) (holder, error) {
	branch, set := s.branchOf(token)
	if branch == "" {
		return holder{}, refuse(queue.UnknownTicket, "")
	}
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return holder{}, err
	}
	h := holder{branch: branch, set: set}
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) {
		if v := st.Find(queue.ByToken, token); v != nil {
			h.visit, h.today = *v, true
		}
	})
	if h.today {
		return h, nil
	}
	v, err := s.Push.findPast(ctx, branch, queue.ByToken, token)
	h.visit = v
	return h, err
}

// holder finds the ticket of the request's token; a wrong one is counted.
func (s *Server) holder(c *fiber.Ctx) (holder, error) {
	ctx, cancel := s.life()
	defer cancel()
	h, err := s.holderOf(ctx, param(c, "token"))
	if queue.CodeOf(err) == queue.UnknownTicket {
		return h, s.miss(c, wrongToken, queue.UnknownTicket)
	}
	return h, err
}

// info gives the ticket as its holder sees it now, and the version of the settings.
func (s *Server) info(h holder) (info wire.TicketInfo, version int) {
	s.Push.Feed.View(h.branch, func(st *queue.State, set *queue.Settings) {
		v := &h.visit
		if h.today {
			if now := st.Find(queue.ByToken, v.Token); now != nil {
				v = now
			}
		}
		info, version = s.Push.ticket(st, set, v), set.Version
	})
	return info, version
}

func (s *Server) getTicket(c *fiber.Ctx) error {
	h, err := s.holder(c)
	if err != nil {
		return err
	}
	info, _ := s.info(h)
	return c.JSON(info)
}

// findTicket finds a ticket by its 6-character code, for a screen of the hall.
// Of 148 million codes a hall gives out a thousand a day: with 30 wrong ones in
// ten minutes a screen would have to guess for a month to hit one.
func (s *Server) findTicket(c *fiber.Ctx) error {
	branch, err := queryOf(c, "branch", maxID)
	if err != nil {
		return err
	}
	caller, err := s.allow(c, mayRead, branch)
	if err != nil {
		return err
	}
	if branch == "" {
		return refuse(queue.BadParameter, "branch")
	}
	set, err := s.known(branch)
	if err != nil {
		return err
	}
	if wait := s.limits.over(wrongCode, caller.ID); wait > 0 {
		return s.tooMany(wrongCode, wait)
	}
	code, err := queryOf(c, "code", maxID)
	if err != nil {
		return s.missBy(wrongCode, caller.ID, queue.UnknownTicket)
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return err
	}
	h := holder{branch: branch, set: set}
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) {
		if v := st.Find(queue.ByCode, typed(code)); v != nil && code != "" {
			h.visit, h.today = *v, true
		}
	})
	if !h.today {
		return s.missBy(wrongCode, caller.ID, queue.UnknownTicket)
	}
	info, _ := s.info(h)
	return c.JSON(info)
}

// typed is a code as people type it: small letters, a gap in the middle.
func typed(code string) string { return upper(strings.NewReplacer(" ", "", "-", "").Replace(code)) }

// base starts the addresses of tickets: what the settings of the server say, else
// the address the request came to. A phone does not reach the kiosk's own machine:
// for such a request it is empty, and codes are left out.
func (s *Server) base(c *fiber.Ctx) string {
	if s.BaseURL != "" {
		return s.BaseURL
	}
	host := string(c.Request().Host())
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	if host == "" || strings.EqualFold(host, "localhost") || ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		return ""
	}
	return strings.Clone(c.BaseURL())
}

// ticketQR draws the address of the ticket's page.
func (s *Server) ticketQR(c *fiber.Ctx) error {
	h, err := s.holder(c)
	if err != nil {
		return err
	}
	base := s.base(c)
	if base == "" {
		return refuse(codeNotFound, "base_url") // a code that leads nowhere is worse than none
	}
	svg, err := qr.SVG(wire.TicketURL(base, h.visit.Token))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml")
	return c.Send(svg)
}

func (s *Server) cancelTicket(c *fiber.Ctx) error {
	return s.byHolder(c, func(body []byte) (queue.Command, error) { return emptyInput(queue.Cancel, body) })
}

func (s *Server) delayTicket(c *fiber.Ctx) error { return s.byHolder(c, delayInput) }

func (s *Server) rateTicket(c *fiber.Ctx) error {
	return s.byHolder(c, func(body []byte) (queue.Command, error) { return ratingInput(body, true) })
}

// asHolder finds the visit of a ticket, who asks, and the name of the request.
func (s *Server) asHolder(c *fiber.Ctx) (h holder, caller staff.Caller, named queue.Command, err error) {
	if h, err = s.holder(c); err != nil {
		return
	}
	if caller, err = s.holdersCaller(c, h); err != nil {
		return
	}
	err = s.name(c, &named, caller.ID)
	return
}

// byHolder decides what a ticket's holder asks. The token is the key; a device
// that holds one as well is named in the event.
func (s *Server) byHolder(c *fiber.Ctx, input func([]byte) (queue.Command, error)) error {
	h, caller, named, err := s.asHolder(c)
	if err != nil {
		return err
	}
	cmd := command{set: h.set}
	if cmd.Command, err = input(c.Body()); err != nil {
		return err
	}
	cmd.Request, cmd.Print, cmd.Branch, cmd.Visit, cmd.By = named.Request, named.Print, h.branch, h.visit.ID, by(caller)
	if !h.today {
		err := overFor(cmd.Verb)
		if cmd.Verb == queue.Rate {
			s.tellRefused(h.branch, "", cmd.Source, cmd.Level, err)
		}
		return err
	}
	result, err := s.do(cmd)
	if cmd.Verb == queue.Rate {
		s.tellRefused(h.branch, h.visit.Counter, cmd.Source, cmd.Level, err)
	}
	if err != nil {
		return err
	}
	if cmd.Verb == queue.Rate {
		return c.Status(created(result)).JSON(ratedOf(result.Rating))
	}
	if cmd.Verb == queue.Delay { // still waiting, somewhere else
		return c.JSON(s.taken(h.branch, s.base(c), result))
	}
	return c.JSON(changedTicket(h.branch, s.base(c), result.Visit))
}

// overFor is what the holder of an earlier day's ticket is told.
func overFor(verb queue.Verb) error {
	if verb == queue.Rate {
		return refuse(queue.NothingToRate, "day")
	}
	return refuse(queue.NotWaiting, "day")
}

// changedTicket answers a cancel or a delay: the stored visit, without what
// depends on the others in the queue, which /live and GET tell.
func changedTicket(branch, baseURL string, v *queue.Visit) wire.TicketInfo {
	return wire.TicketOf(branch, baseURL, v, 0, nil)
}

func (s *Server) holdersCaller(c *fiber.Ctx, h holder) (staff.Caller, error) {
	if bearer(c) != "" {
		list, err := s.callers(c, "")
		if err != nil {
			return staff.Caller{}, err
		}
		i := slices.IndexFunc(list, func(caller staff.Caller) bool { return may(caller.Role, mayTake) })
		if i >= 0 {
			return list[i], nil
		}
	}
	return staff.Caller{ID: "ticket:" + h.visit.Token, Role: staff.Citizen}, nil
}

// rated is the answer to a rating. It does not say of whom: a device may not know.
type rated struct {
	ID      string `json:"id"`
	Counter string `json:"counter"`
	Service string `json:"service"`
	Level   int    `json:"level"`
	Source  string `json:"source"`
}

func ratedOf(tx *queue.Transaction) rated {
	if tx == nil {
		return rated{}
	}
	return rated{ID: tx.ID, Counter: tx.Counter, Service: tx.Service, Level: tx.Level, Source: tx.Source}
}
