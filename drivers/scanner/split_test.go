package scanner

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"motcua/firmware-config"
)

var start = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

func splitter(t testing.TB, p firmware.Scanner) *Splitter {
	t.Helper()
	s, err := NewSplitter(&p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSplit(t *testing.T) {
	long := strings.Repeat("x", 512)
	for _, c := range []struct {
		name, end, in string
		want          []string
	}{
		{"cr", "cr", "A1\rB2\r", []string{"A1", "B2"}},
		{"lf", "lf", "A1\nB2\n", []string{"A1", "B2"}},
		{"crlf", "crlf", "A1\r\nB2\r\n", []string{"A1", "B2"}},
		{"set wrongly", "crlf", "A1\nB2\r", []string{"A1", "B2"}},
		{"tab", "tab", "A1\tB2\t", []string{"A1", "B2"}},
		{"tab is no end elsewhere", "cr", "A1\tB2\r", nil},
		{"tab behind the code", "cr", "A1\t\r", []string{"A1"}},
		{"nothing", "cr", "\r\r\n\n", nil},
		{"no end yet", "cr", "A1", nil},
		{"wrapped", "cr", "\x02A1\x03\r\x00\x00B2\r", []string{"A1", "B2"}},
		{"byte order mark", "cr", "\ufeffA1\r\x02\ufeffB2\r", []string{"A1", "B2"}},
		{"only wrapping", "cr", "\x02\x03\r\ufeff\r", nil},
		{"Vietnamese", "cr", "Nguyễn Văn A|Nữ\r", []string{"Nguyễn Văn A|Nữ"}},
		{"not UTF-8", "cr", "A\xff1\rB2\r", []string{"B2"}},
		{"half a letter", "cr", "A\xe1\xbb\rB2\r", []string{"B2"}},
		{"control bytes", "cr", "A\x1b[2J\rA\x00B\rA\x7f\rB2\r", []string{"B2"}},
		{"longest", "cr", long + "\r", []string{long}},
		{"longest, wrapped", "cr", "\x02" + long + "\x03\r", []string{long}},
		{"too long", "cr", long + "x\rB2\r", []string{"B2"}},
		{"much too long", "cr", long + long + "tail\rB2\r", []string{"B2"}},
	} {
		got := splitter(t, firmware.Scanner{End: c.end}).Feed([]byte(c.in), start)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSilenceEndsACode(t *testing.T) {
	s := splitter(t, firmware.Scanner{End: "silence", Silence: 40})
	if s.Wait() != 0 {
		t.Errorf("waits %v with nothing at hand", s.Wait())
	}
	if got := s.Feed([]byte("A1"), start); got != nil || s.Wait() != 40*time.Millisecond {
		t.Errorf("before the silence: %q, wait %v", got, s.Wait())
	}
	if got := s.Silent(start); !slices.Equal(got, []string{"A1"}) || s.Wait() != 0 {
		t.Errorf("after the silence: %q, wait %v", got, s.Wait())
	}
	s.Feed(bytes.Repeat([]byte("x"), 2000), start)
	if got := s.Silent(start); got != nil {
		t.Errorf("too long a code came through: %d bytes", len(got[0]))
	}
	if got := s.Silent(start.Add(time.Second)); got != nil || s.Wait() != 0 {
		t.Errorf("silence after silence: %q", got)
	}
}

// A profile that relies on the end byte never takes half a code for a whole one.
func TestHalfACodeIsDropped(t *testing.T) {
	s := splitter(t, firmware.Scanner{End: "crlf"})
	s.Feed([]byte("H15.50.05.13-261008-0975"), start)
	if s.Wait() != abandon {
		t.Errorf("waits %v", s.Wait())
	}
	if got := s.Silent(start); got != nil {
		t.Errorf("half a code came through: %q", got)
	}
	if got := s.Feed([]byte("B2\r\n"), start); !slices.Equal(got, []string{"B2"}) {
		t.Errorf("after half a code: %q", got)
	}
}

func TestRepeats(t *testing.T) {
	s := splitter(t, firmware.Scanner{End: "cr", Repeat: 1500})
	at := start
	for i, c := range []struct {
		after time.Duration
		code  string
		count bool
	}{
		{0, "A1", true},
		{time.Second, "A1", false},
		{time.Second, "A1", false}, // held there: seen again each time
		{1500 * time.Millisecond, "A1", true},
		{0, "B2", true},
		{time.Millisecond, "A1", true},
	} {
		at = at.Add(c.after)
		if got := s.Feed([]byte(c.code+"\r"), at); (len(got) == 1) != c.count {
			t.Errorf("step %d: %q", i, got)
		}
	}
}

func TestProfileErrors(t *testing.T) {
	if _, err := NewSplitter(&firmware.Scanner{End: "beep"}); err == nil {
		t.Error("an unknown end is taken")
	}
	if _, err := New(Options{Profile: &firmware.Scanner{End: "cr", Wake: "0g"}}); err == nil {
		t.Error("a wake sequence that is not hex is taken")
	}
	if s := splitter(t, firmware.Scanner{}); s.silence != silence || s.longest != longest {
		t.Errorf("defaults %v, %d", s.silence, s.longest)
	}
}

// The splitter keeps no code: not in its buffer and not for telling repeats.
func TestSplitterForgets(t *testing.T) {
	s := splitter(t, firmware.Scanner{End: "cr", Repeat: 1500})
	s.Feed([]byte("001090000001|secret\r"), start)
	s.Feed([]byte("001090000001|tail"), start)
	s.Silent(start)
	if held := s.held[:cap(s.held)]; bytes.ContainsAny(held, "0123456789secret") {
		t.Errorf("still held: %q", held)
	}
}

// plain is the rule in one line of thought: cut the whole stream at CR and LF, take
// the pieces that are clean text.
func plain(stream []byte, most int) []string {
	var codes []string
	pieces := bytes.FieldsFunc(stream, func(r rune) bool { return r == '\r' || r == '\n' })
	if n := len(stream); n > 0 && stream[n-1] != '\r' && stream[n-1] != '\n' {
		pieces = pieces[:len(pieces)-1]
	}
	for _, p := range pieces {
		raw := len(p)
		p = bytes.Trim(bytes.TrimPrefix(bytes.Trim(p, frame), []byte(mark)), frame)
		if len(p) > 0 && len(p) <= most && raw <= most+padding && utf8.Valid(p) &&
			!bytes.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			codes = append(codes, string(p))
		}
	}
	return codes
}

// feedInPieces gives the stream as a line might: a few bytes at a time.
func feedInPieces(s *Splitter, stream []byte, random *rand.Rand) []string {
	var codes []string
	for len(stream) > 0 {
		n := min(len(stream), 1+random.IntN(40))
		codes = append(codes, s.Feed(stream[:n], start)...)
		stream = stream[n:]
	}
	return codes
}

// Noise between codes: each code behind an end byte comes through, in order, and
// nothing comes that is not a clean piece of the stream.
func TestNoiseLosesAndInventsNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 15))
	for round := range 300 {
		var stream []byte
		var sent []string
		for i := range 20 {
			noise := make([]byte, random.IntN(700))
			for j := range noise {
				noise[j] = byte(random.Uint32())
			}
			code := fmt.Sprintf("https://hall/t/code-%d-%d", round, i)
			sent = append(sent, code)
			stream = append(append(stream, noise...), "\r\x02"+code+"\x03\r\n"...)
		}
		got := feedInPieces(splitter(t, firmware.Scanner{End: "crlf"}), stream, random)
		if want := plain(stream, longest); !slices.Equal(got, want) {
			t.Fatalf("round %d: got %q, want %q", round, got, want)
		}
		left := sent
		for _, code := range got {
			if len(left) > 0 && code == left[0] {
				left = left[1:]
			}
		}
		if len(left) > 0 {
			t.Fatalf("round %d: lost %q", round, left)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add([]byte("A1\r\nB2\r\n"), uint64(1))
	f.Add([]byte("\x02https://hall/t/abcdefghijklmnopqrstuv\x03\r"), uint64(2))
	f.Add([]byte("\ufeff001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15042021\r\t"), uint64(3))
	f.Add([]byte("\x00\xff\xe1\xbb\r"+strings.Repeat("x", 600)+"\nB2\n"), uint64(4))
	f.Fuzz(func(t *testing.T, stream []byte, seed uint64) {
		got := feedInPieces(splitter(t, firmware.Scanner{End: "cr", Longest: 64}), stream, rand.New(rand.NewPCG(seed, 0)))
		if want := plain(stream, 64); !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}
