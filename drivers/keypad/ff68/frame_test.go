package ff68

import (
	"bytes"
	"slices"
	"testing"
)

func TestBytes(t *testing.T) {
	call := Frame{Addr: 3, Cmd: 1, Data: "\x0C"}
	if got, want := call.Bytes(), []byte{0xFF, 0x68, 3, 3, 0x68, 3, 1, 0x0C, 0x10, 0x16}; !bytes.Equal(got, want) {
		t.Errorf("% x, want % x", got, want)
	}
	if call.Reply() != call {
		t.Error("a key is acknowledged by its own frame")
	}
	mark := Frame{Addr: 5, Cmd: CmdMark, Data: "\x02"}
	reply := mark.Reply().Bytes()
	sent := mark.Bytes()
	if reply[6] != CmdStart || reply[8] != sent[8]-0x10 {
		t.Errorf("a mark % x is answered by % x", sent, reply)
	}
}

func TestFind(t *testing.T) {
	one, two := Frame{Addr: 3, Cmd: 1, Data: "\x06\x0F"}, Frame{Addr: 200, Cmd: 0x11, Data: "\x01"}
	a, b := one.Bytes(), two.Bytes()
	wrong := bytes.Clone(a)
	wrong[len(wrong)-2]++
	cases := map[string]struct {
		line []byte
		want []Frame
		left int // bytes kept at the end
	}{
		"two in a row":            {slices.Concat(a, b), []Frame{one, two}, 0},
		"noise around":            {slices.Concat([]byte{0, 0xFF, 0x16}, a, []byte{0x68, 0xFF, 0xFF}, b, []byte{1}), []Frame{one, two}, 0},
		"half of one before":      {slices.Concat(a[:4], b), []Frame{two}, 0},
		"half of one after":       {slices.Concat(a, b[:6]), []Frame{one}, 6},
		"wrong sum":               {slices.Concat(wrong, b), []Frame{two}, 0},
		"lengths that differ":     {slices.Concat([]byte{0xFF, 0x68, 3, 4, 0x68}, b), []Frame{two}, 0},
		"a frame inside a longer": {slices.Concat([]byte{0xFF, 0x68, 16, 16, 0x68, 1, 1}, b), []Frame{two}, 0},
	}
	for name, c := range cases {
		line := c.line
		var got []Frame
		for {
			f, skip, done := Find(line)
			line = line[skip:]
			if !done {
				break
			}
			got = append(got, f)
		}
		if !slices.Equal(got, c.want) || len(line) != c.left {
			t.Errorf("%s: %+v with %d bytes left", name, got, len(line))
		}
	}
}

// FuzzFF68: whatever came before, a frame that is repeated is found, and nothing is
// held back for ever.
func FuzzFF68(f *testing.F) {
	f.Add([]byte{0xFF, 0x68, 3, 3, 0x68, 3, 1, 0x0C, 0x10, 0x16}, byte(1), byte(0x11), []byte{3})
	f.Add([]byte{0xFF, 0x68, 16, 16, 0x68}, byte(9), byte(1), []byte{6, 0x0F})
	f.Add([]byte{0xFF}, byte(0xFF), byte(0x68), []byte{0xFF, 0x68, 3})
	f.Fuzz(func(t *testing.T, noise []byte, addr, cmd byte, data []byte) {
		want := Frame{Addr: addr, Cmd: cmd, Data: string(data)}
		if len(data) > longest-2 || bytes.Contains(want.Bytes()[1:], []byte{lead, start}) {
			return // a frame that looks like the begin of another may hide the next
		}
		// Noise can look like a frame that swallows others; it is never longer than the longest.
		line := slices.Concat(noise, bytes.Repeat(want.Bytes(), 5))
		found := false
		for {
			got, skip, done := Find(line)
			if skip < 0 || skip > len(line) || done && skip == 0 {
				t.Fatalf("skips %d of %d bytes", skip, len(line))
			}
			line = line[skip:]
			if !done {
				break
			}
			found = found || got == want
		}
		if !found {
			t.Fatalf("%+v is not found behind %x", want, noise)
		}
		if len(line) >= longest+extra {
			t.Fatalf("%d bytes are held back", len(line))
		}
	})
}
