package staff

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

// The hash says how it was made: another cost later does not shut anybody out.
func TestHashHasItsCost(t *testing.T) {
	old := newHasher(Options{Rand: rand.Reader, Cost: quick})
	text, err := old.make(t.Context(), good)
	if err != nil || !strings.HasPrefix(text, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Fatal(text, err)
	}
	usual := newHasher(Options{Rand: rand.Reader})
	if usual.cost != (Cost{Memory: 19456, Time: 2, Threads: 1}) {
		t.Errorf("production hashes with %+v", usual.cost)
	}
	if !usual.same(text, good) || usual.same(text, good+" ") {
		t.Error("a hash of another cost")
	}
}

// A name nobody has takes as long as one that somebody has: the same work is done.
func TestNobodyTakesAsLong(t *testing.T) {
	h := newHasher(Options{Rand: rand.Reader, Cost: Cost{Memory: 1024, Time: 1, Threads: 1}})
	text, err := h.make(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	least := func(f func()) time.Duration {
		best := time.Hour
		for range 10 {
			start := time.Now()
			f()
			best = min(best, time.Since(start))
		}
		return best
	}
	somebody, nobody := least(func() { h.same(text, "wrong") }), least(func() { h.nobody("wrong") })
	if somebody > 10*nobody || nobody > 10*somebody {
		t.Errorf("somebody %v, nobody %v", somebody, nobody)
	}
}

func TestMostHashing(t *testing.T) {
	h := newHasher(Options{Rand: rand.Reader, Cost: quick})
	release := make(chan struct{})
	for range mostHashing {
		begun := make(chan struct{})
		go h.alone(t.Context(), func() error { close(begun); <-release; return nil })
		<-begun
	}
	done := make(chan error, 1)
	go func() { done <- h.alone(t.Context(), func() error { return nil }) }()
	select {
	case <-done:
		t.Error("one more is hashed at the same time")
	case <-time.After(20 * time.Millisecond):
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func FuzzParseHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=255$AAAAAAAAAAAAAAAAAAAAAA$AAAA")
	f.Add("$argon2i$v=19$m=8,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, text string) {
		c, salt, sum, err := parseHash(text)
		if err != nil {
			return
		}
		if !c.bearable() || hashText(c, salt, sum) != text {
			t.Errorf("%q is read as %+v", text, c)
		}
	})
}

func FuzzPasswordRules(f *testing.F) {
	for _, p := range []string{"", "a", good, "12345678", "Matkhau@123", strings.Repeat("ữ", 129), "\xff\xfe abcdefg"} {
		f.Add("lan", p)
	}
	f.Fuzz(func(t *testing.T, login, password string) {
		err := CheckPassword(login, password, 8)
		if err == nil && (len(password) < 8 || kinds(password) < 2 && bytes.ContainsAny([]byte(password), "a1")) {
			t.Errorf("%q is taken", password)
		}
	})
}

func TestPasswordRules(t *testing.T) {
	for password, want := range map[string]Weakness{
		"bốn con ngựa 4": "", "Xe-đạp-xanh-mướt": "", "t0i-di-cho-hoa": "",
		"ngắn 1": TooShort, strings.Repeat("xy1 ", 33): TooLong,
		"12345678": Common, "matkhau": TooShort, "Matkhau@2026": Common, "MatKhau123": Common, "password1": Common,
		"P@ssw0rd": Common, "motcua2026": Common, "Vietnam1": Common, "abababab": Common, "qwertyuiop": Common,
		"nguyenlan.2": LikeLogin, "xin-NGUYENLAN": LikeLogin, "chuyendibien": OneKind, "58203917462": OneKind,
	} {
		if got := weakness("nguyenlan", password, 8); got != want {
			t.Errorf("%s: %q, want %q", password, got, want)
		}
	}
	if n := len(common); n < 150 {
		t.Errorf("only %d common passwords", n)
	}
}
