package api

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// screenCookie holds a screen's session beside those of people: a browser on a wall
// keeps what it is, whoever logs in there.
const screenCookie = cookiePrefix + "screen"

// screenKey gives the key of the screen that asks.
func (s *Server) screenKey(c *fiber.Ctx) (staff.Key, error) {
	k, ok := staff.Key{}, false
	if key := bearer(c); key != "" {
		k, ok = s.Staff.KeyOf(key)
	} else if secret := strings.Clone(c.Cookies(screenCookie)); secret != "" && len(secret) <= 100 {
		if !s.ownOrigin(c) {
			return k, refuse(codeOriginRefused, "")
		}
		k, ok = s.Staff.KeyBySession(secret)
	}
	if !ok {
		return k, s.keyless(c)
	}
	if k.Screen.Page == "" {
		return k, refuse(codeForbidden, "screen")
	}
	return k, nil
}

// beginScreen gives a screen that shows its key a session for years, so that no key
// ever stands in an address.
func (s *Server) beginScreen(c *fiber.Ctx) error {
	if wait := s.limits.over(wrongKey, counted(c)); wait > 0 {
		return s.tooMany(wrongKey, wait)
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	k, ok := s.Staff.KeyOf(bearer(c))
	if !ok {
		return s.miss(c, wrongKey, codeUnauthorized)
	}
	_, secret, ok, err := s.Staff.LoginScreen(ctx, bearer(c))
	if err != nil {
		return err
	}
	if !ok {
		return refuse(codeForbidden, "screen")
	}
	s.firstUse(staff.Caller{ID: "key:" + k.ID})
	c.Cookie(&fiber.Cookie{Name: screenCookie, Value: secret, Path: "/", HTTPOnly: true,
		SameSite: fiber.CookieSameSiteLaxMode, Secure: c.Secure(), MaxAge: int(staff.ScreenLife.Seconds())})
	return c.JSON(fiber.Map{"role": roleOf(k)})
}

// screenBeat hears how a screen is, and answers with what it is to do: at once when
// that is new to it, and after some seconds when not.
func (s *Server) screenBeat(c *fiber.Ctx) error {
	k, err := s.screenKey(c)
	if err != nil {
		return err
	}
	in, err := beatInput(c.Body())
	if err != nil {
		return err
	}
	use := s.useOf(c)
	use.Program = in.Build
	s.Staff.Used(k.ID, use)
	o, wake := s.screens.hear(k, in)
	if in.Wait == 0 || in.Bye || wake == nil || o.Version != in.Seen {
		return c.JSON(o)
	}
	timer := time.NewTimer(min(time.Duration(in.Wait)*time.Second, screenHold))
	defer timer.Stop()
	select {
	case <-wake:
	case <-timer.C:
	case <-s.screens.ended:
	}
	if now, ok := s.screenOf(k.ID); ok {
		k = now // it may be another one by now
	}
	return c.JSON(s.screens.now(k))
}

func beatInput(body []byte) (beat, error) {
	var in beat
	if err := decode(body, fields{"instance": &in.Instance, "seen": &in.Seen, "wait": &in.Wait, "build": &in.Build,
		"page": &in.Page, "width": &in.Width, "height": &in.Height, "audio": &in.Audio, "frame": &in.Frame,
		"spoken": &in.Spoken, "bye": &in.Bye}); err != nil {
		return in, err
	}
	var k checker
	k.word("instance", &in.Instance, maxID)
	k.that(in.Instance != "", "instance")
	k.that(in.Wait >= 0, "wait")
	k.word("build", &in.Build, maxID)
	k.word("page", &in.Page, maxID)
	k.that(in.Width >= 0 && in.Width < 100_000, "width")
	k.that(in.Height >= 0 && in.Height < 100_000, "height")
	k.that(in.Frame >= 0, "frame")
	k.that(slices.Contains([]string{"", "on", "refused"}, in.Audio), "audio")
	k.that(len(in.Spoken) <= mostSpoken, "spoken")
	for i := range in.Spoken {
		k.text("spoken", &in.Spoken[i], 100)
		k.that(in.Spoken[i] != "", "spoken")
	}
	return in, k.err
}

func (s *Server) screenOf(id string) (staff.Key, bool) {
	list := s.Staff.Screens()
	i := slices.IndexFunc(list, func(k staff.Key) bool { return k.ID == id })
	if i < 0 {
		return staff.Key{}, false
	}
	return list[i], true
}

// screenInfo is a screen as its administrator sees it.
type screenInfo struct {
	ID string `json:"id"`
	screenRole
	State string    `json:"state"`
	Seen  wire.Time `json:"seen,omitempty"` // its last beat
	Build string    `json:"build,omitempty"`
	// Address is where its last beat came from.
	Address string `json:"address,omitempty"`
	Old     bool   `json:"old,omitempty"`   // it shows pages of another build than the server's
	Shows   string `json:"shows,omitempty"` // the page it shows
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
	Audio   string `json:"audio,omitempty"`
	Frame   int    `json:"frame"` // ms from its last frame to its last beat
	Speaks  bool   `json:"speaks"`
}

// list gives what is known of these screens.
func (b *wall) list(keys []staff.Key) []screenInfo {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := []screenInfo{}
	for _, k := range keys {
		st := b.of(k)
		in := st.last
		info := screenInfo{ID: k.ID, screenRole: roleOf(k), State: b.stateOf(st), Seen: wire.TimeOf(st.seen), Build: in.Build,
			Old: in.Build != "" && in.Build != b.build, Shows: in.Page, Width: in.Width, Height: in.Height, Audio: in.Audio,
			Frame: in.Frame, Speaks: b.zone(k).speaker == k.ID}
		out = append(out, info)
	}
	return out
}

func (s *Server) listScreens(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayManage)
	if err != nil {
		return err
	}
	keys := slices.DeleteFunc(s.Staff.Screens(), func(k staff.Key) bool { return k.Branch != branch })
	list := s.screens.list(keys)
	for i := range list {
		s.recall(&list[i])
	}
	return c.JSON(fiber.Map{"build": s.screens.build, "screens": list})
}

// recall adds what the book of keys knows of a screen, also from before the server's start.
func (s *Server) recall(info *screenInfo) {
	use := s.Staff.LastUse(info.ID)
	info.Address = use.Address
	if info.Seen == "" {
		info.Seen = wire.TimeOf(use.At)
	}
}

// managed finds the screen of the request's path for who may manage it.
func (s *Server) managed(c *fiber.Ctx) (staff.Caller, staff.Key, error) {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return caller, staff.Key{}, err
	}
	k, ok := s.screenOf(param(c, "screen"))
	if !ok || !oversees(caller, k) {
		return caller, k, refuse(codeUnknownKey, "")
	}
	return caller, k, nil
}

// askScreen makes a screen show its name, or load its page anew.
func (s *Server) askScreen(c *fiber.Ctx) error {
	caller, k, err := s.managed(c)
	if err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil { // asking twice asks the same
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	order := param(c, "order")
	if order != "blink" && order != "reload" {
		return refuse(codeNotFound, "")
	}
	if err := s.note(c, lineOf(c, caller, audit.ScreenOrder, k.Branch, k.Name), nil, map[string]string{"order": order}); err != nil {
		return err
	}
	switch order {
	case "blink":
		s.screens.tell(k, func(st *screenState) { st.blink = s.Clock.Now().Add(blinkFor) })
	case "reload":
		s.screens.tell(k, func(st *screenState) { st.reload = true })
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// putScreen gives a screen another role; it becomes that by itself.
func (s *Server) putScreen(c *fiber.Ctx) error {
	caller, k, err := s.managed(c)
	if err != nil {
		return err
	}
	var name string
	v, err := screenInput(c.Body(), fields{"name": &name})
	if err != nil {
		return err
	}
	var check checker
	check.text("name", &name, 80)
	if check.err != nil {
		return check.err
	}
	if err := s.fitsScreen(staff.ScreenKey(name, k.Branch, v)); err != nil {
		return err
	}
	to := staff.ScreenKey(name, k.Branch, v)
	if err := s.note(c, lineOf(c, caller, audit.ScreenSave, k.Branch, k.Name), grantOf(k), grantOf(to)); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	next, err := s.Staff.Assign(ctx, k.ID, name, v)
	if errors.Is(err, staff.ErrNotFound) {
		return refuse(codeUnknownKey, "")
	}
	if err != nil {
		return err
	}
	if next.Name != k.Name || !slices.Equal(next.Counters, k.Counters) {
		s.forgetScreen(k, "admin")
	}
	s.screens.assign(next)
	info := s.screens.list([]staff.Key{next})[0]
	s.recall(&info)
	return c.JSON(info)
}

// screenInput reads a screen's role, beside other members of the same object.
func screenInput(body []byte, more fields) (staff.Screen, error) {
	var v staff.Screen
	into := fields{"page": &v.Page, "layout": &v.Layout, "zone": &v.Zone, "counter": &v.Counter, "sound": &v.Sound}
	for name, to := range more {
		into[name] = to
	}
	if err := decode(body, into); err != nil {
		return v, err
	}
	var k checker
	k.that(v.Role() != "", "page")
	k.word("layout", &v.Layout, maxID)
	k.word("zone", &v.Zone, maxID)
	k.word("counter", &v.Counter, maxID)
	k.that(v.AtCounter() == (v.Counter != ""), "counter")
	k.that(v.Page == "board" || !v.Sound && v.Layout == "", "sound") // boards alone speak
	return v, k.err
}

// fitsScreen refuses a screen for a branch, a counter or a zone that is not there.
func (s *Server) fitsScreen(k staff.Key) error {
	if k.Branch == "" {
		return refuse(queue.BadParameter, "branch")
	}
	if err := s.fitsHall(k); err != nil {
		return err
	}
	set, err := s.known(k.Branch)
	if err != nil {
		return err
	}
	if k.Screen.Zone != "" && !slices.ContainsFunc(set.Board.Zones, func(z queue.ZoneSetting) bool { return z.ID == k.Screen.Zone }) {
		return refuse(queue.BadParameter, "zone")
	}
	return nil
}

// screenGrant is the key that an approval with a screen's role gives.
func (s *Server) screenGrant(raw json.RawMessage, k staff.Key) (staff.Key, error) {
	v, err := screenInput(raw, nil)
	if err != nil {
		return k, err
	}
	k = staff.ScreenKey(k.Name, k.Branch, v)
	return k, s.fitsScreen(k)
}
