package panel

import (
	"bytes"
	"testing"

	"motcua/server/queue"
)

func TestText(t *testing.T) {
	const calling, paused, closed = queue.CounterCalling, queue.CounterPaused, queue.CounterClosed
	cases := []struct {
		s       Sign
		n       int
		letters bool
		want    string
	}{
		{Sign{Number: "A012", State: calling}, 4, true, "A012"},
		{Sign{Number: "a012", State: calling}, 6, true, "  A012"},
		{Sign{Number: "A012", State: calling}, 4, false, " 012"},
		{Sign{Number: "AB1012", State: calling}, 3, true, "012"},
		{Sign{Number: "Đ-07", State: calling}, 4, true, " -07"},
		{Sign{State: paused}, 4, false, "----"},
		{Sign{State: closed, Waiting: 3}, 4, true, "    "},
		{Sign{Number: "A012"}, 0, true, ""},
	}
	for _, c := range cases {
		if got := c.s.Text(c.n, c.letters); got != c.want {
			t.Errorf("%+v on %d places: %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

func TestDesk(t *testing.T) {
	cases := []struct {
		s    Sign
		n    int
		want string
	}{
		{Sign{Number: "A012", Waiting: 7}, 8, "  7 A012"},
		{Sign{Number: "A012", Waiting: 12345}, 6, "999012"},
		{Sign{Waiting: 7}, 6, "  7   "},
		{Sign{Number: "A012", Waiting: 7}, 4, "A012"},
		{Sign{Waiting: 7}, 4, "   7"},
		{Sign{Waiting: -1}, 2, " 0"},
	}
	for _, c := range cases {
		if got := c.s.Desk(c.n, true); got != c.want {
			t.Errorf("%+v on %d places: %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

func TestBlinks(t *testing.T) {
	for want, all := range map[bool][]Sign{
		true:  {{Number: "1", State: queue.CounterCalling}, {Number: "1", State: queue.CounterServing, Blink: true}},
		false: {{State: queue.CounterCalling}, {Number: "1", State: queue.CounterServing}, {Blink: true}},
	} {
		for _, s := range all {
			if s.Blinks() != want {
				t.Errorf("%+v blinks: %v", s, !want)
			}
		}
	}
}

func TestEncoders(t *testing.T) {
	if got := Digits("7 A01"); got != [6]byte{0x0A, 7, 0x0A, 0x0A, 0, 1} {
		t.Errorf("digits % x", got)
	}
	if got := Display(3, "  7012").Bytes(); !bytes.Equal(got, []byte{0xFF, 0x68, 8, 8, 0x68, 3, 2, 0x0A, 0x0A, 7, 0, 1, 2, 0x23, 0x16}) {
		t.Errorf("frame % x", got)
	}
	r := Registers("A0", true)
	if len(r) != 9 || r[0] != 'A' || r[1] != '0' || r[2] != ' ' || r[7] != ' ' || r[8] != 0xFF {
		t.Errorf("registers %x", r)
	}
	for want, got := range map[string][]byte{
		"03A012\r":  ASCII(3, "A012", false, true),
		"12BA012\r": ASCII(12, "A012", true, true),
		"12SA012\r": ASCII(12, "A012", true, false),
	} {
		if string(got) != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
