package staff

import (
	"encoding/base32"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
func TestTOTP(t *testing.T) {
	seed := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471",
		1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := totp(seed, totpAt(time.Unix(at, 0))); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func TestSecondFactor(t *testing.T) {
	ctx, h := t.Context(), newHouse(t)
	a := h.add("lan", Clerk, "b")
	if _, err := h.ConfirmFactor(ctx, a.ID, "000000"); err != ErrNoFactorBegun {
		t.Error(err)
	}
	uri, err := h.BeginFactor(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || !strings.HasSuffix(u.Path, ":lan") {
		t.Fatal(uri, err)
	}
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(u.Query().Get("secret"))
	if err != nil || len(seed) != seedSize {
		t.Fatal(err)
	}
	h.in("lan") // not yet confirmed: nobody is shut out by half a factor
	code := func(steps int64) string { return totp(seed, totpAt(h.clock.now)+steps) }
	if _, err := h.ConfirmFactor(ctx, a.ID, code(-3)); err != ErrFactorWrong {
		t.Error(err)
	}
	recovery, err := h.ConfirmFactor(ctx, a.ID, code(0)[:3]+" "+code(0)[3:])
	if err != nil || len(recovery) != recoveryCodes {
		t.Fatal(recovery, err)
	}
	try := func(code string, want error) {
		t.Helper()
		if _, err := h.login("lan", good, code); err != want {
			t.Errorf("%q: %v, want %v", code, err, want)
		}
	}
	try("", ErrFactorNeeded)
	try(code(0), ErrFactorWrong) // it confirmed the factor: each code counts once
	try(code(1), nil)            // a phone half a minute ahead
	try(code(1), ErrFactorWrong)
	h.clock.now = h.clock.now.Add(10 * time.Minute)
	try(code(2), ErrFactorWrong)
	try(code(-1), nil)
	try(recovery[0], nil)
	try(recovery[0], ErrFactorWrong)
	try(strings.ToLower(recovery[1]), nil)
	h.restart()
	try(recovery[1], ErrFactorWrong)
	for range 3 {
		try("000000", ErrFactorWrong)
	}
	var locked *LockedError
	if _, err := h.login("lan", good, "000000"); !errors.As(err, &locked) {
		t.Errorf("guesses of the code do not lock: %v", err)
	}
	if err := h.EndFactor(ctx, a.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.SetPassword(ctx, a.ID, other, false, queue.PeopleSetting{}); err != nil { // ends the lock
		t.Fatal(err)
	}
	if _, err := h.login("lan", other, ""); err != nil {
		t.Error(err)
	}
}

func TestSeats(t *testing.T) {
	ctx, h := t.Context(), newHouse(t)
	lan, hung := h.add("lan", Clerk, "b"), h.add("hung", Clerk, "b")
	seat, before, err := h.Sit(ctx, lan.ID, "b", "1", false)
	if err != nil || before != nil || seat.Counter != "1" {
		t.Fatal(seat, before, err)
	}
	if again, before, err := h.Sit(ctx, lan.ID, "b", "1", false); err != nil || before != nil || again != seat {
		t.Errorf("%+v %+v %v", again, before, err)
	}
	var taken *SeatTakenError
	if _, _, err := h.Sit(ctx, hung.ID, "b", "1", true); !errors.As(err, &taken) || taken.Seat.Account != lan.ID {
		t.Error(err)
	}
	var elsewhere *SeatElsewhereError
	if _, _, err := h.Sit(ctx, lan.ID, "b", "2", false); !errors.As(err, &elsewhere) || elsewhere.Seat.Counter != "1" {
		t.Error(err)
	}
	if _, _, err := h.Sit(ctx, lan.ID, "c", "2", true); err != ErrOtherBranch {
		t.Error(err)
	}
	if _, before, err := h.Sit(ctx, lan.ID, "b", "2", true); err != nil || before == nil || before.Counter != "1" {
		t.Error(before, err)
	}
	if _, _, err := h.Sit(ctx, hung.ID, "b", "1", false); err != nil {
		t.Errorf("the seat that was left: %v", err)
	}
	h.restart()
	if list := h.Seats("b"); len(list) != 2 || list[0].Account != hung.ID || list[1].Account != lan.ID {
		t.Errorf("%+v", list)
	}
	if was, err := h.Stand(ctx, lan.ID); err != nil || was == nil || was.Counter != "2" {
		t.Error(was, err)
	}
	hung.Role, hung.Branch = Reader, ""
	if _, err := h.SaveAccount(ctx, hung); err != nil {
		t.Fatal(err)
	}
	if list := h.Seats("b"); len(list) != 0 {
		t.Errorf("who has another role still sits: %+v", list)
	}
	if _, _, err := h.Sit(ctx, lan.ID, "b", "1", false); err != nil {
		t.Fatal(err)
	}
	if err := h.ClearSeats(ctx, "b"); err != nil {
		t.Fatal(err)
	}
	h.restart()
	if _, sits := h.SeatOf(lan.ID); sits {
		t.Error("sits over night")
	}
}
