package e2e

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// freeSpeech notes from now on what the page asks the server's speech program to say.
const freeSpeech = `(() => {
  const fetchAs = window.fetch;
  window.asked = [];
  window.fetch = (path, init, ...more) => {
    if (String(path) === '/api/v1/speech') asked.push(JSON.parse(init.body).text);
    return fetchAs(path, init, ...more);
  };
  return 0;
})()`

// read waits until reading has begun and nothing more is asked for, and gives what
// the server was asked to say since the last time.
func (s *screen) freelyRead(what string) []string {
	s.t.Helper()
	s.hears(what)
	eval[any](s, `(async () => {
  let n = -1;
  while (n !== asked.length + ear.fetched.length) {
    n = asked.length + ear.fetched.length;
    await new Promise((done) => setTimeout(done, 250));
  }
})().then(() => 0)`)
	return eval[[]string](s, `asked.splice(0)`)
}

// TestLookupReadsAloud: what the screens themselves say comes from clips, what a
// procedure says from the server's speech program, each sentence once; a dossier
// is read from clips alone, so that its code goes nowhere. It ends with the visitor.
func TestLookupReadsAloud(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("espeak-ng"); err != nil {
		missing(t, "espeak-ng is not installed: apt-get install espeak-ng")
	}
	h := startHall(t)
	s := h.lookup(t, "", lookupSize)
	s.listenTo()
	eval[any](s, freeSpeech)
	if got := s.freelyRead("the first screen"); len(got) > 0 {
		t.Errorf("the first screen asks the server to say %q", got)
	}
	if lacks := eval[[]string](s, `ear.missing`); len(lacks) > 0 {
		t.Errorf("no clip says %q", lacks)
	}

	s.press("[data-event=mat-nguoi-than]", "")
	s.isOn("list")
	s.press(".row[data-code='1.000656']", "")
	s.isOn("record")
	s.until("the papers", `document.querySelector('.papers li')`, patience)
	asked := s.freelyRead("the record")
	t.Logf("%d texts of the record: %q", len(asked), asked)
	for _, want := range []string{"Đăng ký khai tử", "Giấy báo tử", "Tờ khai đăng ký khai tử"} {
		if !slices.ContainsFunc(asked, func(x string) bool { return strings.Contains(x, want) }) {
			t.Errorf("%q was not asked for among %q", want, asked)
		}
	}
	once := slices.Compact(slices.Sorted(slices.Values(asked)))
	if len(once) != len(asked) || len(asked) > 20 {
		t.Errorf("%d texts in %d requests", len(once), len(asked))
	}

	eval[any](s, `ear.missing.length = 0, 0`)
	s.scan(fileAtWork)
	s.isOn("file")
	if got := s.freelyRead("the dossier"); len(got) > 0 {
		t.Errorf("of a dossier the server was asked to say %q", got)
	}
	if lacks := eval[[]string](s, `ear.missing`); len(lacks) > 0 {
		t.Errorf("no clip says %q", lacks)
	}
	s.moveClock(31 * time.Second)
	s.isOn("first")
	s.until("silence", `ear.level() < 0.001`, patience)
	if pressed := eval[string](s, `document.querySelector('[data-mode=read]').getAttribute('aria-pressed')`); pressed != "false" {
		t.Errorf("reading is on for the next visitor: %s", pressed)
	}
}
