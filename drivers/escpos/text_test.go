package escpos

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"motcua/drivers/sim/paper"
	"motcua/firmware-config"
)

// letters are all of the alphabet that have a mark.
const letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"

func TestEveryLetterHasAPlace(t *testing.T) {
	for _, r := range letters + strings.ToUpper(letters) {
		l, ok := tcvn3[r]
		if !ok || l.upper != (strings.ToUpper(string(r)) == string(r)) {
			t.Errorf("%c: %+v %v", r, l, ok)
		}
		if plain := ascii(string(r)); len(plain) != 1 || plain == "?" || strings.ToUpper(plain) == plain != l.upper {
			t.Errorf("%c without its marks is %q", r, plain)
		}
	}
	if len(tcvn3) != 2*len([]rune(letters)) {
		t.Errorf("%d letters in the tables", len(tcvn3))
	}
}

// The bytes of a word with capitals: the page changes within it and back.
func TestPagesChangeWithinAWord(t *testing.T) {
	w := &writer{prof: profile(576, nil)}
	w.tcvn3("Đường ĐỒ", false, false)
	want := []byte("\x1bt\x1f\xa7\x1bt\x1e\xad\xeang \x1bt\x1f\xa7\xe5")
	if !bytes.Equal(w.bytes, want) {
		t.Errorf("got % x\nwant % x", w.bytes, want)
	}
}

// The interpreter reads back from its own table what the encoder wrote with this one.
func TestTextIsReadBack(t *testing.T) {
	p := profile(576, func(p *firmware.Printer) { p.Text, p.Lower, p.Upper = "tcvn3", 27, 28 })
	ticket := TicketOf(jobOf(t, `{"copy":1}`))
	ticket.Service, ticket.Notes = letters, []string{strings.ToUpper(letters)}
	var page *paper.Page
	m := paper.New(paper.Options{Dots: 576, DPI: 203, Chinese: true, Lower: 27, Upper: 28, Cut: func(p *paper.Page) { page = p }})
	job := encode(t, ticket, p, nil)
	if _, err := m.Write(job.Bytes); err != nil || page == nil || len(page.Errors) > 0 || page.Wrapped > 0 {
		t.Fatalf("%v %+v", err, page)
	}
	all := strings.Join(page.Texts, "")
	for _, want := range []string{ticket.Copy, ticket.Hall, ticket.Number, letters, strings.ToUpper(letters),
		"Trước ông/bà: 4 người", "08:42 21/11/2026 - Máy 1"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not on the paper: %q", want, page.Texts)
		}
	}
	if !slices.Contains(page.QR, ticket.URL) {
		t.Errorf("codes %q", page.QR)
	}
}

func TestWrapColumns(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"", 5, ""},
		{"ab cd ef", 5, "ab cd|ef"},
		{"abcdefg hi", 3, "abc|def|g|hi"},
		{"ab", 0, "a|b"},
	} {
		if got := strings.Join(wrapColumns(c.text, c.columns), "|"); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}
