package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"motcua/server/queue"
)

// quick is a cost for tests; production's is usualCost.
var quick = Cost{Memory: 8, Time: 1, Threads: 1}

const (
	good  = "bốn con ngựa 4"
	other = "năm con trâu 5"
)

func usual(string) queue.PeopleSetting { return queue.PeopleSetting{} }

type house struct {
	*Staff
	t     *testing.T
	path  string
	clock *clock
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, path: filepath.Join(t.TempDir(), "staff.db"), clock: &clock{time.Date(2026, 11, 23, 7, 0, 0, 0, queue.Zone)}}
	h.Staff = h.open()
	return h
}

func (h *house) open() *Staff {
	h.t.Helper()
	s, err := Open(context.Background(), h.path, Options{Clock: h.clock, Rand: rand.Reader, Cost: quick})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { s.Close() })
	return s
}

func (h *house) restart() {
	h.t.Helper()
	h.Close()
	h.Staff = h.open()
}

func (h *house) add(login string, role Role, branch string) Account {
	h.t.Helper()
	a, err := h.AddAccount(h.t.Context(), Account{Login: login, Name: "Người " + login, Role: role, Branch: branch}, good, queue.PeopleSetting{})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func (h *house) login(login, password, code string) (string, error) {
	secret, _, err := h.LoginPerson(h.t.Context(), login, password, code, usual)
	return secret, err
}

func (h *house) in(login string) string {
	h.t.Helper()
	secret, err := h.login(login, good, "")
	if err != nil {
		h.t.Fatal(err)
	}
	return secret
}

func TestPersonLogsIn(t *testing.T) {
	h := newHouse(t)
	a := h.add("lan", Clerk, "b")
	secret := h.in(" Lan ")
	caller, ok := h.BySession(secret)
	if !ok || caller.Account != a.ID || caller.Role != Clerk || caller.Branch != "b" || !strings.HasPrefix(caller.ID, "session:") {
		t.Fatalf("%v %+v", ok, caller)
	}
	// The same letters, composed otherwise by another keyboard.
	if _, err := h.login("lan", norm.NFD.String(good), ""); err != nil {
		t.Error(err)
	}
	h.restart()
	if again, ok := h.BySession(secret); !ok || again.ID != caller.ID {
		t.Errorf("after a restart: %v %+v", ok, again)
	}
	for _, file := range []string{h.path, h.path + "-wal"} {
		if raw, err := os.ReadFile(file); err == nil && (strings.Contains(string(raw), secret) || strings.Contains(string(raw), good)) {
			t.Errorf("%s holds a secret", filepath.Base(file))
		}
	}
	a.Name, a.Services = "Lan Mới", []string{"a"}
	if _, err := h.SaveAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if caller, ok = h.BySession(secret); !ok || caller.Name != "Lan Mới" || len(caller.Services) != 1 {
		t.Errorf("an open session does not follow: %v %+v", ok, caller)
	}
	a.Off = true
	if _, err := h.SaveAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if _, ok = h.BySession(secret); ok || h.Alive(caller.ID) {
		t.Error("who is put off is still there")
	}
	if _, err := h.login("lan", good, ""); err != ErrWrongLogin {
		t.Errorf("who is put off logs in: %v", err)
	}
}

func TestAccountsAreChecked(t *testing.T) {
	h := newHouse(t)
	lan := h.add("lan", Clerk, "b")
	for field, a := range map[string]Account{
		"login":  {Login: "có dấu", Name: "x", Role: Admin},
		"name":   {Login: "x1", Name: " ", Role: Admin},
		"role":   {Login: "x1", Name: "x", Role: Kiosk},
		"branch": {Login: "x1", Name: "x", Role: Head},
		"title":  {Login: "x1", Name: "x", Role: Admin, Title: queue.Text{VI: strings.Repeat("x", 81)}},
	} {
		_, err := h.AddAccount(t.Context(), a, good, queue.PeopleSetting{})
		var wrong *AccountError
		if !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := h.AddAccount(t.Context(), lan, good, queue.PeopleSetting{}); err != ErrLoginTaken {
		t.Errorf("two of one name: %v", err)
	}
	hung := h.add("hung", Guide, "b")
	hung.Login = "lan"
	if _, err := h.SaveAccount(t.Context(), hung); err != ErrLoginTaken {
		t.Errorf("renamed to another's name: %v", err)
	}
	if a, _ := h.Account(hung.ID); a.Login != "hung" {
		t.Errorf("%+v", a)
	}
	if _, err := h.SaveAccount(t.Context(), Account{ID: "a-none", Login: "xy", Name: "x", Role: Admin}); err != ErrNoAccount {
		t.Error(err)
	}
}

// Five wrong passwords lock for five minutes, the next five for ten; a restart
// forgets nothing, and the right password does not open a lock.
// Many guesses at once count like one after another.
func TestOwnPassword(t *testing.T) {
	ctx, h := t.Context(), newHouse(t)
	a := h.add("lan", Clerk, "b")
	if err := h.ChangePassword(ctx, a.ID, "wrong", other, queue.PeopleSetting{}); err != ErrWrongLogin {
		t.Error(err)
	}
	weak := func(password string, want Weakness) {
		t.Helper()
		var why *PasswordError
		if err := h.ChangePassword(ctx, a.ID, good, password, queue.PeopleSetting{}); !errors.As(err, &why) || why.Why != want {
			t.Errorf("%s: %v", password, err)
		}
	}
	weak(good, UsedLast)
	weak("ngắn 1", TooShort)
	session := h.in("lan")
	second := h.in("lan")
	if err := h.ChangePassword(ctx, a.ID, good, other, queue.PeopleSetting{}); err != nil {
		t.Fatal(err)
	}
	caller, ok := h.BySession(session)
	if !ok {
		t.Fatal("who changes the password is logged out")
	}
	if err := h.EndOtherSessions(ctx, a.ID, caller.ID); err != nil {
		t.Fatal(err)
	}
	if _, ok := h.BySession(second); ok || len(h.Sessions(a.ID)) != 1 {
		t.Error("the other session goes on")
	}
	// Given by an administrator: to be changed, and everybody is out.
	if err := h.SetPassword(ctx, a.ID, "sáu con gà con 6", true, queue.PeopleSetting{}); err != nil {
		t.Fatal(err)
	}
	if _, ok := h.BySession(session); ok {
		t.Error("a session outlives the password")
	}
	for _, used := range []string{good, other, "sáu con gà con 6"} {
		var why *PasswordError
		if err := h.SetPassword(ctx, a.ID, used, false, queue.PeopleSetting{}); !errors.As(err, &why) || why.Why != UsedLast {
			t.Errorf("%s again: %v", used, err)
		}
	}
	_, now, err := h.LoginPerson(ctx, "lan", "sáu con gà con 6", "", usual)
	if err != nil || !now.Renew {
		t.Errorf("%+v %v", now, err)
	}
}

func TestPasswordsGrowOld(t *testing.T) {
	h := newHouse(t)
	h.add("lan", Clerk, "b")
	rules := func(string) queue.PeopleSetting { return queue.PeopleSetting{Days: 90} }
	for _, c := range []struct {
		days int
		want bool
	}{{89, false}, {2, true}} {
		h.clock.now = h.clock.now.Add(time.Duration(c.days) * 24 * time.Hour)
		if _, a, err := h.LoginPerson(t.Context(), "lan", good, "", rules); err != nil || a.Renew != c.want {
			t.Errorf("%+v %v", a, err)
		}
	}
}

func TestPeoplesSessionsEnd(t *testing.T) {
	h := newHouse(t)
	h.add("lan", Clerk, "b")
	h.add("sep", Head, "b")
	clerk, head := h.in("lan"), h.in("sep")
	h.clock.now = h.clock.now.Add(29 * time.Minute)
	if _, ok := h.BySession(head); !ok {
		t.Fatal("ended early")
	}
	h.clock.now = h.clock.now.Add(29 * time.Minute)
	if _, ok := h.BySession(head); !ok {
		t.Fatal("use does not keep it")
	}
	h.clock.now = h.clock.now.Add(28 * time.Minute)
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.restart()
	h.clock.now = h.clock.now.Add(3 * time.Minute)
	if _, ok := h.BySession(head); ok {
		t.Error("an idle session of the head goes on, or a restart kept it")
	}
	if _, ok := h.BySession(clerk); !ok {
		t.Error("a clerk who talks with a visitor is logged out")
	}
	h.clock.now = h.clock.now.Add(14 * time.Hour)
	if _, ok := h.BySession(clerk); ok {
		t.Error("a clerk's session never ends")
	}
}

// The command line writes beside the server: accounts, passwords and what is off count at once.
func TestTwoProcesses(t *testing.T) {
	ctx, h := t.Context(), newHouse(t)
	a := h.add("lan", Clerk, "b")
	session := h.in("lan")
	lent, err := h.Lend(Key{Name: "own", Role: Kiosk})
	if err != nil {
		t.Fatal(err)
	}
	command := h.open()
	if _, err := command.AddAccount(ctx, Account{Login: "moi", Name: "Mới", Role: Admin}, good, queue.PeopleSetting{}); err != nil {
		t.Fatal(err)
	}
	h.in("moi")
	if _, _, err := h.Sit(ctx, a.ID, "b", "1", false); err != nil {
		t.Fatal(err)
	}
	a.Off = true
	if _, err := command.SaveAccount(ctx, a); err != nil {
		t.Fatal(err)
	}
	if err := h.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if seats := h.Seats("b"); len(seats) != 0 {
		t.Errorf("put off by the command line, and still at %+v", seats)
	}
	if _, ok := h.BySession(session); ok {
		t.Error("put off by the command line, and still there")
	}
	if _, ok := h.ByKey(lent); !ok {
		t.Error("the key of this process is forgotten")
	}
	if len(h.Accounts()) != 2 {
		t.Errorf("%+v", h.Accounts())
	}
}

// Whoever alone may do everything can neither be put off nor demoted, be it by a
// key or by an account.
// The demo's people have a password that everybody knows: serve knows none of them,
// even in the demo's own data.

// A password hashed at a lower cost is hashed anew when its holder logs in.
func TestHashesAreRaised(t *testing.T) {
	h := newHouse(t)
	a := h.add("lan", Clerk, "b")
	h.hasher.cost.Time = 2
	for range 2 {
		h.in("lan")
	}
	p, err := h.byID(t.Context(), a.ID)
	if err != nil || !strings.Contains(p.secret.Hash, ",t=2,") || len(h.Sessions(a.ID)) != 2 {
		t.Errorf("%s %v", p.secret.Hash, err)
	}
}

// The command line ends sessions that the server has begun since it looked.
func TestSessionsEndBesideTheServer(t *testing.T) {
	h := newHouse(t)
	a := h.add("lan", Clerk, "b")
	line := h.open()
	secret := h.in("lan")
	if err := line.SetPassword(t.Context(), a.ID, other, true, queue.PeopleSetting{}); err != nil {
		t.Fatal(err)
	}
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, ok := h.BySession(secret); ok {
		t.Error("who had the old password is still inside")
	}
}

// A name in the day's events is somebody's for certain, or stays as it is.
func TestFullName(t *testing.T) {
	h := newHouse(t)
	lan, minh := h.add("lan", Clerk, "a"), h.add("minh", Head, "a")
	if got := h.FullName(minh.Name, lan.ID); got != "Người minh (minh)" {
		t.Errorf("a head at a clerk's counter: %q", got)
	}
	twin := h.add("lannt", Clerk, "a")
	twin.Name = lan.Name
	if _, err := h.SaveAccount(t.Context(), twin); err != nil {
		t.Fatal(err)
	}
	if got := h.FullName(lan.Name, twin.ID); got != "Người lan (lannt)" {
		t.Errorf("who sits there: %q", got)
	}
	if got := h.FullName(lan.Name, ""); got != lan.Name {
		t.Errorf("one of two: %q", got)
	}
	if _, _, err := h.Make(t.Context(), Key{Name: minh.Name, Role: Desk}); err != nil {
		t.Fatal(err)
	}
	if got := h.FullName(minh.Name, ""); got != minh.Name {
		t.Errorf("a person or a machine: %q", got)
	}
}

// A clerk's password may be too short for an administrator.
func TestWhoBecomesAdministrator(t *testing.T) {
	h := newHouse(t)
	a := h.add("lan", Clerk, "b")
	a.Role = Head
	if a, err := h.SaveAccount(t.Context(), a); err != nil || a.Renew {
		t.Errorf("%+v %v", a, err)
	}
	a.Role = Admin
	if a, err := h.SaveAccount(t.Context(), a); err != nil || !a.Renew {
		t.Errorf("%+v %v", a, err)
	}
}
