package api

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// formGiven answers an accepted form. It says no more than which transaction it is of.
type formGiven struct {
	ID string `json:"id"`
}

// formInput reads the four answers; where says that they come from a counter's
// tablet or from paper, with the transaction that was rated.
func formInput(body []byte, atCounter bool) (history.Form, error) {
	f := history.Form{Source: "phone"}
	into := fields{"q1": &f.Q1, "q3": &f.Q3, "q4": &f.Q4, "q7": &f.Q7}
	if atCounter {
		f.Source = ""
		into["source"], into["tx"] = &f.Source, &f.Transaction.ID
	}
	if err := decode(body, into); err != nil {
		return f, err
	}
	var k checker
	given := 0
	for name, q := range map[string]*int{"q1": f.Q1, "q3": f.Q3, "q4": f.Q4, "q7": f.Q7} {
		if q != nil {
			given++
			k.that(*q >= 0 && *q <= 2, name)
		}
	}
	k.that(given > 0, "q1, q3, q4 or q7")
	if atCounter {
		k.that(f.Source == "tablet" || f.Source == "paper", "source")
		k.word("tx", &f.Transaction.ID, 64)
		k.that(f.Transaction.ID != "", "tx")
	}
	return f, k.err
}

// formTicket takes the form of a phone, for the last rated transaction of its visit.
func (s *Server) formTicket(c *fiber.Ctx) error {
	h, _, named, err := s.asHolder(c)
	if err != nil {
		return err
	}
	f, err := formInput(c.Body(), false)
	if err != nil {
		return err
	}
	f.Branch = h.branch
	return s.keepForm(c, named, f, func(tx *queue.Transaction) bool { return tx.Visit == h.visit.ID && tx.Source == f.Source })
}

// formCounter takes the form of a counter's tablet, or from paper: with the right,
// and of the transaction, of a rating that was accepted there.
func (s *Server) formCounter(c *fiber.Ctx) error {
	branch, counter := param(c, "branch"), param(c, "counter")
	list, err := s.callers(c, "")
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return s.keyless(c)
	}
	if _, ok := s.raterOf(list, branch, counter, ""); !ok {
		return refuse(codeForbidden, "ratings")
	}
	if err := s.knownCounter(branch, counter); err != nil {
		return err
	}
	f, err := formInput(c.Body(), true)
	if err != nil {
		return err
	}
	caller, ok := s.raterOf(list, branch, counter, f.Source)
	if !ok {
		return refuse(codeForbidden, "ratings from "+clip(f.Source))
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	f.Branch = branch
	err = s.keepForm(c, named, f, func(tx *queue.Transaction) bool {
		return tx.ID == f.Transaction.ID && tx.Counter == counter && tx.Source == f.Source
	})
	if err == nil && f.Source == "paper" && c.Response().StatusCode() == fiber.StatusCreated {
		s.tellAudit(lineOf(c, caller, audit.PaperForm, branch, f.Transaction.ID), nil, map[string]string{"counter": counter})
	}
	return err
}

func (s *Server) knownCounter(branch, counter string) error {
	set, err := s.known(branch)
	if err != nil {
		return err
	}
	if _, ok := set.Counter(counter); !ok {
		return refuse(queue.UnknownCounter, clip(counter))
	}
	return nil
}

// keepForm keeps a form beside the rating of today that it belongs to. The form has
// a day and no moment; nothing of who gave it is kept.
func (s *Server) keepForm(c *fiber.Ctx, named queue.Command, f history.Form, belongs func(*queue.Transaction) bool) error {
	if s.History == nil {
		return refuse(queue.NothingToRate, "")
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, f.Branch); err != nil {
		return err
	}
	found := false
	s.Push.Feed.View(f.Branch, func(st *queue.State, _ *queue.Settings) {
		for i := len(st.Ratings) - 1; i >= 0 && !found; i-- {
			if belongs(&st.Ratings[i]) {
				found, f.Transaction = true, st.Ratings[i]
			}
		}
	})
	if !found {
		return refuse(queue.NothingToRate, "")
	}
	made, again, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		err := s.History.SaveForm(ctx, f)
		if errors.Is(err, history.ErrGiven) {
			return nil, refuse(queue.AlreadyRated, "form")
		}
		return formGiven{f.Transaction.ID}, figuresRefusal(err)
	})
	if err != nil {
		return err
	}
	return c.Status(created(queue.Result{Again: again})).JSON(made)
}

// longestRemark bounds an officer's remark, in characters.
const longestRemark = 500 // as the history keeps it

// remark is what an officer says to the own figures of a month.
type remark struct {
	Branch string    `json:"branch"`
	Clerk  string    `json:"clerk"`
	Month  string    `json:"month"` // 2026-11
	Text   string    `json:"text"`
	By     string    `json:"by"`
	At     wire.Time `json:"at"`
}

// putRemark keeps what an officer says to the own figures of a month.
func (s *Server) putRemark(c *fiber.Ctx) error {
	clerk, err := url.PathUnescape(c.Params("clerk"))
	if err != nil {
		return refuse(queue.BadParameter, "clerk")
	}
	r := remark{Clerk: strings.Clone(clerk), At: wire.TimeOf(s.Clock.Now())}
	list, err := s.callers(c, "")
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return s.keyless(c)
	}
	if !anyMay(list, mayRemark, mayServe) {
		return refuse(codeForbidden, "remark")
	}
	var counter string
	if err := decode(c.Body(), fields{"branch": &r.Branch, "month": &r.Month, "text": &r.Text, "counter": &counter}); err != nil {
		return err
	}
	var k checker
	k.text("clerk", &r.Clerk, maxQuery)
	k.that(r.Clerk != "", "clerk")
	k.word("branch", &r.Branch, maxID)
	k.word("counter", &counter, maxID)
	k.month("month", r.Month)
	r.Text = strings.TrimSpace(strings.Map(onOneLine, r.Text))
	k.text("text", &r.Text, longestRemark)
	if k.err != nil {
		return k.err
	}
	caller, err := s.remarker(list, r, counter)
	if err != nil {
		return err
	}
	if s.History == nil || s.Figures == nil {
		return refuse(codeNotFound, "reports")
	}
	r.By = by(caller)
	ctx, cancel := s.life()
	defer cancel()
	if err := s.knowsClerk(ctx, r); err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, caller, audit.RemarkSave, r.Branch, r.Clerk+" "+r.Month), nil, map[string]string{"text": r.Text}); err != nil {
		return err
	}
	month, _ := strconv.Atoi(strings.ReplaceAll(r.Month, "-", "")) // checked above
	if err := s.History.SaveRemark(ctx, history.Remark{Branch: r.Branch, Clerk: r.Clerk, Month: month, Text: r.Text, By: r.By}); err != nil {
		return figuresRefusal(err)
	}
	return c.JSON(r)
}

// knowsClerk refuses a remark on somebody who has no figures in that month and sits at no
// counter of the settings either.
func (s *Server) knowsClerk(ctx context.Context, r remark) error {
	set, err := s.known(r.Branch)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(set.Counters, func(c queue.CounterSetting) bool { return c.Clerk == r.Clerk }) {
		return nil
	}
	own, err := s.Figures.Own(ctx, r.Branch, r.Clerk, r.Month)
	if err == nil && own.Served == 0 {
		return refuse(codeNotFound, "clerk")
	}
	return figuresRefusal(err)
}

// month checks a month, as "2026-11".
func (k *checker) month(name, value string) {
	_, err := time.Parse("2006-01", value)
	k.that(err == nil, name)
}

func anyMay(list []staff.Caller, rights ...right) bool {
	for _, caller := range list {
		for _, what := range rights {
			if may(caller.Role, what) {
				return true
			}
		}
	}
	return false
}

// remarker finds who may remark on an officer's figures: whoever heads the hall, the
// officer, or the desk of the counter that the settings give that officer.
func (s *Server) remarker(list []staff.Caller, r remark, counter string) (staff.Caller, error) {
	for _, caller := range list {
		if may(caller.Role, mayRemark) && caller.MayBranch(r.Branch) {
			_, err := s.known(r.Branch)
			return caller, err
		}
	}
	for _, caller := range list {
		if caller.Role == staff.Clerk && caller.Name == r.Clerk && caller.MayBranch(r.Branch) {
			return caller, nil
		}
		if caller.Role == staff.Clerk || counter == "" || !may(caller.Role, mayServe) || !caller.MayBranch(r.Branch) || !caller.MayCounter(counter) {
			continue
		}
		set, err := s.known(r.Branch)
		if err != nil {
			return caller, err
		}
		if c, ok := set.Counter(counter); ok && c.Clerk == r.Clerk {
			return caller, nil
		}
	}
	return staff.Caller{}, refuse(codeForbidden, "remark")
}
