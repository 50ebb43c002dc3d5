package printer

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"motcua/server/queue"
)

func show(as []Answer) (out []string) {
	for _, a := range as {
		out = append(out, fmt.Sprintf("%d:%x", a.Kind, a.Data))
	}
	return out
}

func TestParser(t *testing.T) {
	cases := []struct {
		name, in string
		want     []string
	}{
		{"real-time", "\x12\x16\x1e\x72", []string{"1:12", "1:16", "1:1e", "1:72"}},
		{"automatic", "\x18\x00\x0c\x00", []string{"2:18000c00"}},
		{"automatic, then GS r", "\x10\x00\x00\x00\x00", []string{"2:10000000", "3:00"}},
		{"process id", "\x37\x22" + "0042\x00", []string{"4:30303432"}},
		{"id of the bytes of statuses", "\x37\x22" + "2222\x00\x12", []string{"4:32323232", "1:12"}},
		{"name", "\x5fTM-T82\x00\x12", []string{"5:544d2d543832", "1:12"}},
		{"empty name", "\x5f\x00", []string{"5:"}},
		{"flow control within", "\x18\x13\x00\x11\x0c\x00", []string{"7:", "6:", "2:18000c00"}},
		{"noise, then an answer", "\xff\x80\x12", []string{"1:12"}},
		{"no GS r after noise", "\xff\x00\x00\x00", nil},
		{"cut automatic status, then a whole one", "\x18\x00\x18\x00\x0c\x00", []string{"2:18000c00"}},
		{"id without its end", "\x37\x22" + "004\x01\x12", []string{"1:12"}},
		{"automatic, after a lost beginning", "\x93\x0c\x00\x00\x10\x00\x00\x00", []string{"2:10000000"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var whole, single Parser
			if got := show(whole.Feed([]byte(c.in))); !slices.Equal(got, c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			var got []string
			for _, b := range []byte(c.in) {
				got = append(got, show(single.Feed([]byte{b}))...)
			}
			if !slices.Equal(got, c.want) {
				t.Fatalf("byte by byte: got %v, want %v", got, c.want)
			}
		})
	}
}

func TestSilenceForgets(t *testing.T) {
	var p Parser
	p.Feed([]byte{0xFF, 0x18, 0x00})
	p.Silence()
	if got := show(p.Feed([]byte{0x00})); !slices.Equal(got, []string{"3:00"}) {
		t.Fatalf("got %v", got)
	}
}

// TestStates: the examples of the manuals, through both kinds of status.
func TestStates(t *testing.T) {
	ready := [4]byte{0x12, 0x12, 0x12, 0x12}
	with := func(n int, b byte) [4]byte {
		s := ready
		s[n-1] = b
		return s
	}
	cases := []struct {
		eot  [4]byte
		auto [4]byte
		want queue.DeviceState
	}{
		{ready, [4]byte{0x10}, queue.DeviceReady},
		{with(4, 0x1E), [4]byte{0x10, 0, 0x03}, queue.DevicePaperLow},
		{with(4, 0x72), [4]byte{0x18, 0, 0x0C}, queue.DevicePaperOut},
		{with(2, 0x32), [4]byte{0x18, 0, 0x0F}, queue.DevicePaperOut},
		{with(2, 0x16), [4]byte{0x38}, queue.DeviceCover},
		{with(3, 0x1A), [4]byte{0x18, 0x08}, queue.DeviceCutter},
		{with(3, 0x32), [4]byte{0x18, 0x20}, queue.DeviceError},
		{with(3, 0x52), [4]byte{0x18, 0x40}, queue.DeviceError},
		{with(3, 0x16), [4]byte{0x18, 0x04}, queue.DeviceError},
		{with(1, 0x1A), [4]byte{0x18}, queue.DeviceError},
	}
	p := profileOf("id")
	for _, c := range cases {
		var real condition
		for i, b := range c.eot {
			real.realTime(i+1, b)
		}
		if got, _ := real.state(p); got != c.want {
			t.Errorf("DLE EOT %x is %s, want %s", c.eot, got, c.want)
		}
		if got, _ := autoBackCondition(c.auto[:]).state(p); got != c.want {
			t.Errorf("ASB %x is %s, want %s", c.auto, got, c.want)
		}
	}
	p.NearEnd = false
	if got, _ := (condition{paperLow: true}).state(p); got != queue.DeviceReady {
		t.Errorf("without the sensor: %s", got)
	}
}

// FuzzStatus: any bytes, cut anywhere, give the same answers; after a silence a clean
// answer is always understood.
func FuzzStatus(f *testing.F) {
	for _, s := range []string{"", "\x12", "\x18\x00\x0c\x00", "\x37\x22" + "0001\x00", "\x5fTM\x00", "\x11\x13", "\xff\x00\x37\x5f\x10"} {
		f.Add([]byte(s), uint8(3))
	}
	f.Fuzz(func(t *testing.T, in []byte, at uint8) {
		var one, two Parser
		want := show(one.Feed(in))
		cut := min(int(at), len(in))
		got := append(show(two.Feed(in[:cut])), show(two.Feed(in[cut:]))...)
		if !slices.Equal(got, want) {
			t.Fatalf("cut at %d: %v, whole: %v", cut, got, want)
		}
		if len(one.held) > longestName+2 {
			t.Fatalf("holds %d bytes", len(one.held))
		}
		one.Silence()
		clean := one.Feed([]byte("\x37\x22" + "1234\x00"))
		if len(clean) != 1 || clean[0].Kind != Process || !bytes.Equal(clean[0].Data, []byte("1234")) {
			t.Fatalf("after a silence: %v", show(clean))
		}
	})
}
