package api

import (
	"context"
	"regexp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

// listAccounts lists the people an administrator looks after, sorted by name.
func (s *Server) listAccounts(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	list := slices.DeleteFunc(s.Staff.Accounts(), func(a staff.Account) bool { return !caller.MayBranch(a.Branch) })
	return c.JSON(fiber.Map{"accounts": listed(list)})
}

// accountFor finds the account of the request's address for who looks after it. An
// administrator of one branch has no say over people of another, nor of all.
func (s *Server) accountFor(c *fiber.Ctx) (staff.Caller, staff.Account, error) {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return caller, staff.Account{}, err
	}
	account, ok := s.Staff.Account(param(c, "account"))
	if !ok || !caller.MayBranch(account.Branch) {
		return caller, account, refuse(codeUnknownAccount, "")
	}
	return caller, account, nil
}

// madeAccount shows a password that was made for somebody, this once.
type madeAccount struct {
	staff.Account
	Password string `json:"password,omitempty"`
}

// makeAccount adds somebody. Without a password in the request one is made, which must
// be changed at the first login.
func (s *Server) makeAccount(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	var password string
	account := staff.Account{Renew: true}
	if err := s.accountInput(c, caller, &account, fields{"password": &password, "renew": &account.Renew}); err != nil {
		return err
	}
	if slices.ContainsFunc(s.Staff.Accounts(), func(a staff.Account) bool { return a.Login == account.Login }) && !s.madeBefore(named) {
		return refuse(codeLoginTaken, "")
	}
	rules := s.peopleRules(account.Branch)
	given := password == ""
	if given {
		account.Renew = true
		if password, err = s.Staff.OneTimePassword(rules.LeastLength(account.Role == staff.Admin)); err != nil {
			return err
		}
	} else if err := staff.CheckPassword(account.Login, password, rules.LeastLength(account.Role == staff.Admin)); err != nil {
		return peopleRefusal(err)
	}
	made, again, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		if err := s.note(c, lineOf(c, caller, audit.AccountMake, account.Branch, account.Login), nil, standingOf(account)); err != nil {
			return nil, err
		}
		fresh, err := s.Staff.AddAccount(ctx, account, password, rules)
		answer := madeAccount{Account: fresh}
		if given {
			answer.Password = password
		}
		return answer, peopleRefusal(err)
	})
	if err != nil {
		return err
	}
	return c.Status(created(queue.Result{Again: again})).JSON(made)
}

// madeBefore tells whether this request has its answer already.
func (s *Server) madeBefore(named queue.Command) bool {
	_, ok := s.made.find(named.Request)
	return ok
}

// putAccount changes what the request names of an account, and leaves the rest.
func (s *Server) putAccount(c *fiber.Ctx) error {
	s.editing.Lock()
	defer s.editing.Unlock()
	caller, old, err := s.accountFor(c)
	if err != nil {
		return err
	}
	account := old
	account.Services = slices.Clone(old.Services)
	if err := s.accountInput(c, caller, &account, fields{"off": &account.Off}); err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, caller, audit.AccountSave, account.Branch, account.Login), standingOf(old), standingOf(account)); err != nil {
		return err
	}
	seat, sat := s.Staff.SeatOf(old.ID)
	err = s.people(func(ctx context.Context) (err error) {
		account, err = s.Staff.SaveAccount(ctx, account)
		return err
	})
	if err != nil {
		return err
	}
	if sat { // a new name stands at the counter at once, and who may not sit any more is gone from it
		now := account
		if _, sits := s.Staff.SeatOf(account.ID); !sits {
			now = staff.Account{}
		}
		s.leftBehind(seat, s.tellSeat(seat.Branch, seat.Counter, now, by(caller)))
	}
	return c.JSON(account)
}

// standing is what an account allows, for the audit log.
type standing struct {
	Name     string     `json:"name"`
	Title    queue.Text `json:"title,omitzero"`
	Role     staff.Role `json:"role"`
	Branch   string     `json:"branch,omitempty"`
	Services []string   `json:"services,omitempty"`
	Off      bool       `json:"off,omitempty"`
}

func standingOf(a staff.Account) standing {
	return standing{a.Name, a.Title, a.Role, a.Branch, a.Services, a.Off}
}

// loginShape is what a name to log in is made of.
var loginShape = regexp.MustCompile(`^[a-z0-9._-]{2,40}$`)

// accountInput reads what a body says of an account, beside more, and checks the whole.
func (s *Server) accountInput(c *fiber.Ctx, caller staff.Caller, a *staff.Account, more fields) error {
	into := fields{"login": &a.Login, "name": &a.Name, "title": &a.Title, "photo": &a.Photo, "role": &a.Role, "branch": &a.Branch,
		"services": &a.Services}
	for name, to := range more {
		into[name] = to
	}
	if err := decode(c.Body(), into); err != nil {
		return err
	}
	var k checker
	k.that(loginShape.MatchString(a.Login), "login")
	k.text("name", &a.Name, 80)
	k.that(a.Name != "", "name")
	k.text("title", &a.Title.VI, 80)
	k.text("title", &a.Title.EN, 80)
	k.that(a.Photo == "" || len(a.Photo) <= queue.LongestMediaName && queue.MediaName.MatchString(a.Photo), "photo")
	k.that(slices.Contains(staff.PersonRoles, a.Role), "role")
	k.word("branch", &a.Branch, maxID)
	k.that(a.Branch != "" || a.Role == staff.Reader || a.Role == staff.Admin, "branch")
	k.that(len(a.Services) <= 100, "services")
	for i := range a.Services {
		k.word("services", &a.Services[i], maxID)
	}
	if password, ok := more["password"].(*string); ok {
		k.text("password", password, staff.LongestPassword)
	}
	if k.err != nil {
		return k.err
	}
	if !caller.MayBranch(a.Branch) {
		return refuse(codeForbidden, clip(a.Branch))
	}
	return s.fitsPerson(a)
}

// fitsPerson refuses a branch and services that do not exist. Who is no clerk calls
// nobody, and so has no list of services.
func (s *Server) fitsPerson(a *staff.Account) error {
	if a.Role != staff.Clerk {
		a.Services = nil
	}
	return s.branchHas(a.Branch, a.Services, queue.UnknownService, func(set *queue.Settings, id string) bool {
		_, ok := set.Service(id)
		return ok
	})
}

// givenPassword is a password made for somebody, shown this once.
type givenPassword struct {
	Password string `json:"password"`
}

// givePassword makes a new password that must be changed at the next login.
func (s *Server) givePassword(c *fiber.Ctx) error {
	caller, account, err := s.accountFor(c)
	if err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	rules := s.peopleRules(account.Branch)
	made, _, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		password, err := s.Staff.OneTimePassword(rules.LeastLength(account.Role == staff.Admin))
		if err != nil {
			return nil, err
		}
		if err := s.note(c, lineOf(c, caller, audit.AccountPassword, account.Branch, account.Login), nil, nil); err != nil {
			return nil, err
		}
		return givenPassword{password}, peopleRefusal(s.Staff.SetPassword(ctx, account.ID, password, true, rules))
	})
	if err != nil {
		return err
	}
	return c.JSON(made)
}

func (s *Server) unlockAccount(c *fiber.Ctx) error {
	return s.onAccount(c, audit.AccountUnlock, func(ctx context.Context, id string) error { return s.Staff.Unlock(ctx, id) })
}

// logoutAccount ends every session of somebody.
func (s *Server) logoutAccount(c *fiber.Ctx) error {
	return s.onAccount(c, audit.AccountLogout, func(ctx context.Context, id string) error { return s.Staff.EndSessions(ctx, id) })
}

// onAccount does what may be done twice, and answers nothing.
func (s *Server) onAccount(c *fiber.Ctx, action audit.Action, do func(ctx context.Context, id string) error) error {
	caller, account, err := s.accountFor(c)
	if err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil {
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, caller, action, account.Branch, account.Login), nil, nil); err != nil {
		return err
	}
	if err := s.people(func(ctx context.Context) error { return do(ctx, account.ID) }); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// dropFactor takes away the second step of somebody who has lost the phone.
func (s *Server) dropFactor(c *fiber.Ctx) error {
	caller, account, err := s.accountFor(c)
	if err != nil {
		return err
	}
	return s.withoutFactor(c, caller, account)
}
