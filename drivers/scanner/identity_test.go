package scanner

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const card = "001090000001|012345678|Nguyễn Văn A|01011990|Nam|Tổ 1, Phường X, Hà Nội|15042021"

func date(d, m, y int) Date { return Date{Year: y, Month: m, Day: d} }

// mangle reads UTF-8 as CP1252, as a scanner in the wrong mode does. The five bytes
// that CP1252 leaves free become control signs there, as on Windows.
func mangle(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		r := charmap.Windows1252.DecodeByte(c)
		if r == utf8.RuneError {
			r = rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// latin1 does the same by Latin-1, which has control signs where CP1252 has letters.
func latin1(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteRune(rune(c))
	}
	return b.String()
}

func TestReadIdentity(t *testing.T) {
	born := date(1, 1, 1990)
	for _, c := range []struct {
		name, text string
		born       Date
	}{
		{"2021", card, born},
		{"2021, no old number", "001090000001||Nguyễn Văn A|01011990|Nam|Tổ 1|15042021", born},
		{"with its end", "\ufeff" + card + "\r\n\t", born},
		{"without the old number's place", "001090000001|Nguyễn Văn A|01011990|Nam|Tổ 1|15042021", born},
		{"2024, eleven pieces", "001090000001||Nguyễn Văn A|01011990|Nam|Tổ 1|15042024||Nguyễn Văn B|Trần Thị C|", born},
		{"a prefix nobody knows", "999999999999||Nguyễn Văn A|01011990|Nam|Tổ 1|15042021", born},
		{"slashes", "001090000001||Nguyễn Văn A|1/01/1990|Nam|Tổ 1|15/04/2021", born},
		{"year alone", "001090000001||Nguyễn Văn A|1945|Nam|Tổ 1|15042021", date(0, 0, 1945)},
		{"day and month 00", "001090000001||Nguyễn Văn A|00001945|Nam|Tổ 1|15042021", date(0, 0, 1945)},
		{"day 00", "001090000001||Nguyễn Văn A|00071945|Nam|Tổ 1|15042021", date(0, 7, 1945)},
		{"decomposed", norm.NFD.String(card), born},
		{"CP1252", mangle(card), born},
		{"Latin-1", latin1(card), born},
		{"with a mangled mark", latin1("\ufeff" + card), born},
		{"with a letter lost for good", "001090000001||Nguyễn V\ufffdn A|01011990|Nam|Tổ 1|15042021", born},
	} {
		id, ok := ReadIdentity(c.text)
		if !ok || id.Number != c.text[strings.IndexAny(c.text, "09"):][:12] || id.Born != c.born {
			t.Errorf("%s: ok=%v, born on day %d month %d year %d", c.name, ok, id.Born.Day, id.Born.Month, id.Born.Year)
		}
		if Classify(c.text) != Person {
			t.Errorf("%s: classified as %s", c.name, Classify(c.text))
		}
	}
}

func TestNoIdentity(t *testing.T) {
	for _, text := range []string{
		"", "001090000001", "||||||", strings.ReplaceAll(card, "|", ";"),
		"00109000000|012345678|Nguyễn Văn A|01011990|Nam|Hà Nội|15042021",   // eleven digits
		"0010900000012|012345678|Nguyễn Văn A|01011990|Nam|Hà Nội|15042021", // thirteen
		"００１０９０００００１２||Nguyễn Văn A|01011990|Nam|Hà Nội|15042021",           // digits of another width
		"001090000001||Nguyễn Văn A|01011990|Nam",                           // five fields
		"001090000001||01011990|Nam|Hà Nội|15042021",                        // no name
		"001090000001||Nguyễn Văn A||Nam|Hà Nội|15042021",                   // no birth: not the day of issue
		"001090000001||Nguyễn Văn A||?|Hà Nội|15042021",
		"001090000001||Nguyễn Văn A|Nam|15042021|Hà Nội",
		"001090000001||Nguyễn Văn A|30021990|Nam|Hà Nội|15042021",            // no such day
		"001090000001||Nguyễn Văn A|01131990|Nam|Hà Nội|15042021",            // no such month
		"001090000001|12345|Nguyễn Văn A|01011990|Nam|Hà Nội|15042021",       // no such old number
		"001090000001|4e677579e1bb856e|01/01/1990|1|48c3a0204ee1bb9969|01-1", // insurance card under the new number
		strings.Repeat("001090000001|", 1000),
	} {
		if _, ok := ReadIdentity(text); ok {
			t.Errorf("%.60q is an identity", text)
		}
	}
}

func TestAge(t *testing.T) {
	on := func(d, m, y int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		born Date
		on   time.Time
		want int
	}{
		{date(20, 11, 1966), on(19, 11, 2026), 59},
		{date(20, 11, 1966), on(20, 11, 2026), 60},
		{date(0, 0, 1966), on(30, 12, 2026), 59},
		{date(0, 0, 1966), on(31, 12, 2026), 60},
		{date(0, 2, 1966), on(27, 2, 2026), 59},
		{date(0, 2, 1966), on(28, 2, 2026), 60},
		{date(29, 2, 2020), on(28, 2, 2026), 5},
		{date(29, 2, 2020), on(1, 3, 2026), 6},
		{date(20, 11, 2026), on(20, 11, 2026), 0},
		{date(21, 11, 2026), on(20, 11, 2026), -1},
		{date(1, 1, 2100), on(20, 11, 2026), -1},
	} {
		if got := Age(c.born, c.on); got != c.want {
			t.Errorf("born %d-%d-%d, on %s: %d, want %d", c.born.Year, c.born.Month, c.born.Day, c.on.Format(time.DateOnly), got, c.want)
		}
	}
}

func TestHash(t *testing.T) {
	// Computed with another program: HMAC-SHA256, key 32 bytes of 0x0b.
	key := bytes.Repeat([]byte{0x0b}, 32)
	a := Hash(key, "001090000001")
	if len(a) != 43 || a != "LkuYA40dyAto-9U8jfVqXB_5n4S9KUNvokFDpAzinVs" {
		t.Errorf("hash %s", a)
	}
	if a == Hash(key, "001090000002") || a == Hash(key[:31], "001090000001") {
		t.Error("another number or another day has the same hash")
	}
}

// No way of printing shows what a card says.
func TestIdentityIsNeverPrinted(t *testing.T) {
	id, ok := ReadIdentity(card)
	if !ok {
		t.Fatal("the card was not read")
	}
	scan := Scan{Text: card, At: start}
	type holder struct {
		ID   Identity
		Scan *Scan
		Born Date
	}
	h := holder{id, &scan, id.Born}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("a", "id", id, "scan", scan, "born", id.Born, "h", h)
	slog.New(slog.NewTextHandler(&log, nil)).Info("a", "id", id, "scan", scan, "born", id.Born, "h", h)
	outputs := []string{log.String()}
	for _, v := range []any{id, &id, id.Born, scan, &scan, h, []Identity{id}, map[string]Identity{"a": id}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%T"} {
			outputs = append(outputs, fmt.Sprintf(verb, v))
		}
		j, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		outputs = append(outputs, string(j))
	}
	x, err := xml.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	outputs = append(outputs, string(x), id.String(), id.GoString(), fmt.Sprint(id), fmt.Errorf("bad %v", id).Error())
	for _, out := range outputs {
		for _, secret := range []string{"001090000001", "303031303930", "1990", "Nguy", "7c6", "1090000001"} {
			if strings.Contains(out, secret) {
				t.Errorf("printed: %s", out)
			}
		}
	}
	for _, got := range []string{fmt.Sprintf("%v", id), fmt.Sprintf("%+v", id), fmt.Sprintf("%#v", id)} {
		if got != "identity" {
			t.Errorf("prints as %q", got)
		}
	}
}

func FuzzIdentity(f *testing.F) {
	f.Add(card)
	f.Add("001090000001||Nguyễn Văn A|00001945|Nam|Tổ 1|15042024||Nguyễn Văn B|Trần Thị C|")
	f.Add(latin1(card))
	f.Add("DN4010112345678|4e677579e1bb856e2056c4836e2041|01/01/1990|1|48c3a0|01-001|01/01/2026|-|")
	f.Add("https://hall.example/t/hbAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("H15.50.05.13-261008-0975|1.001193|001090000001")
	f.Add("VNEID|x")
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := ReadIdentity(text)
		if ok && (!twelve.MatchString(id.Number) || !strings.Contains(text, id.Number) || id.Born.Year == 0 || !id.Born.possible()) {
			t.Fatal("a card that cannot be")
		}
		kind, value := Parse(text)
		if ok != (kind == Person) && kind != Ticket && kind != Code {
			t.Fatalf("identity %v, kind %s", ok, kind)
		}
		switch kind {
		case Ticket, Code, Dossier:
			if value == "" || len(value) > 64 || strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r > '~' || r == '|' }) {
				t.Fatalf("%s with value %q", kind, value)
			}
		default:
			if value != "" {
				t.Fatalf("%s gave %q away", kind, value)
			}
		}
		_ = Age(id.Born, start)
	})
}
