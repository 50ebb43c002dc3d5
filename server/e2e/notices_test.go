package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// standingNotice is what the tests read of a notice.
type standingNotice struct{ ID, Kind, By string }

// announce makes a notice as a machine or an administrator would.
func (h *hall) announce(key string, body map[string]any) standingNotice {
	h.t.Helper()
	var n standingNotice
	if status := h.ask("POST", key, branchPath+"/notices", body, &n); status != http.StatusCreated {
		h.t.Fatalf("telling %v: status %d", body, status)
	}
	return n
}

// told lists the notices that stand.
func (h *hall) told() []standingNotice {
	h.t.Helper()
	var list struct{ Items []standingNotice }
	if status := h.ask("GET", "demo-admin", branchPath+"/notices", nil, &list); status != http.StatusOK {
		h.t.Fatalf("listing the notices: status %d", status)
	}
	return list.Items
}

// ended waits until none stands.
func (h *hall) ended() {
	h.t.Helper()
	h.wait("every notice to be ended", patience, func() bool { return len(h.told()) == 0 })
}

// overhear makes the page keep what the hall tells a kiosk of notices.
const overhear = `new Promise((ready) => {
  window.heard = [];
  const line = new WebSocket('ws://' + location.host + '/live?branch=hoabinh&view=kiosk');
  line.onmessage = (m) => {
    const {type, event} = JSON.parse(m.data);
    if (type === 'snapshot') ready(0);
    if (event?.kind === 'notice.changed') heard.push(event.notice.kind + ' ' + (event.note ?? ''));
  };
})`

// countTones makes the page count the notes it plays.
const countTones = `(() => {
  window.tones = 0;
  window.OscillatorNode = class extends OscillatorNode { constructor(...a) { super(...a); tones++; } };
  return 0;
})()`

// TestNoticesHelp: who asks for help at a kiosk is on every desk within a second
// with sound and title, one touch answers for all, and the kiosk hears of it.
func TestNoticesHelp(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	key := h.pairAgent(t, "Máy 1")
	d, other, k := h.desk(t, "1"), h.desk(t, "2"), h.kiosk(t, "")
	eval[int](k, overhear)
	eval[int](d, countTones)
	start := time.Now()
	h.announce(key, map[string]any{"kind": "help"})
	d.until("the call for help", found(".alerts .help", upTo("d.alert.come")), 10*time.Second)
	took := time.Since(start)
	t.Logf("a call for help was on the desk after %v", took.Round(time.Millisecond))
	if took > 10*time.Second {
		t.Errorf("a call for help took %v", took)
	}
	words := d.text(".alerts .help span")
	if !strings.HasPrefix(words, strings.Split(vi("d.alert.help", "name", "Máy 1"), " (")[0]) {
		t.Errorf("the desk says %q", words)
	}
	if got := eval[string](d, `document.title`); got != vi("d.title.help", "name", "Máy 1") {
		t.Errorf("the title is %q", got)
	}
	if n := eval[int](d, `tones`); n != 0 {
		t.Errorf("%d notes before anybody touched the page", n)
	}
	d.shot("help")
	other.sees(".alerts .help", "Máy 1")
	d.press(".alerts button", vi("d.alert.come"))
	for _, s := range []*screen{d, other} {
		s.until("no alert", `!document.querySelector('.alerts li')`, patience)
		s.until("the title back", `!document.title.includes('Máy 1')`, patience)
	}
	h.ended()
	k.until("the kiosk to hear that somebody comes", `heard.join() === 'help ,help ended'`, patience)

	// Now that the clerk has touched the page it may sound, once for each call.
	h.announce(key, map[string]any{"kind": "help"})
	d.sees(".alerts .help", "Máy 1")
	if n := eval[int](d, `tones`); n != 2 {
		t.Errorf("%d notes for a call, want 2", n)
	}
	d.press(".top .mute", "")
	// By keys alone: the alert takes the focus, and gives it on when it is answered.
	d.walk(vi("d.alert.come"))
	d.key("\r")
	d.until("no alert", `!document.querySelector('.alerts li')`, patience)
	if got := eval[string](d, `document.activeElement.id`); got != "big" {
		t.Errorf("the focus is on %q after the last alert, want the big button", got)
	}
	h.announce(key, map[string]any{"kind": "help"})
	d.sees(".alerts .help", "Máy 1")
	if n := eval[int](d, `tones`); n != 2 {
		t.Errorf("%d notes on a quiet desk, want no more than 2", n)
	}
}

// TestNoticesPace: what kiosks notice about hurried or greedy visitors is told in
// words, the newest first, and marked as seen.
func TestNoticesPace(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	one, two := h.pairAgent(t, "Máy 1"), h.pairAgent(t, "Máy 2")
	d := h.desk(t, "1")
	h.announce(one, map[string]any{"kind": "pace", "count": 3})
	h.announce(two, map[string]any{"kind": "person", "service": "ho-tich"})
	d.sees(".alerts .person", "Máy 2")
	d.sees(".alerts .pace", strings.Split(vi("d.alert.pace", "name", "Máy 1", "n", "3"), " {")[0])
	service := eval[string](d, `document.querySelector('.queues li span:nth-child(2)').textContent`)
	d.sees(".alerts .person", strings.Split(vi("d.alert.person", "name", "Máy 2", "service", service), " (")[0])
	if first := eval[string](d, `document.querySelector('.alerts li').className`); first != "person" {
		t.Errorf("the first alert is %q, want the newest", first)
	}
	if title := eval[string](d, `document.title`); strings.Contains(title, "Máy") {
		t.Errorf("the title %q is only for calls for help", title)
	}
	d.shot("pace")
	d.press(".alerts button", vi("d.alert.seen"))
	d.until("one alert", `document.querySelectorAll('.alerts li').length === 1`, patience)
	d.press(".alerts button", vi("d.alert.seen"))
	h.ended()
}

// long is a text of so many letters, as people write.
func long(words string, letters int) string {
	return string([]rune(strings.Repeat(words+" ", letters))[:letters-1]) + "."
}

var (
	longVI = long("Khu vực phía đông tòa nhà mất điện, đề nghị quý khách bình tĩnh rời khỏi sảnh theo lối thoát hiểm số hai, không dùng thang máy.", 300)
	longEN = long("The power has failed in the east wing. Please leave the hall calmly by emergency exit two and do not use the lifts.", 300)
)

// emergencyText is the text that a page shows over everything.
const emergencyText = `document.querySelector('body > .emergency .text p')?.textContent`

// writes fills in the administrator's form for a notice and sends it on.
func (s *screen) writes(kind, vi, en string) {
	s.t.Helper()
	s.press("[data-kind="+kind+"]", "")
	s.until("the form", `document.querySelector('dialog.writing[open]')`, patience)
	for lang, text := range map[string]string{"vi": vi, "en": en} {
		if text == "" {
			continue
		}
		eval[any](s, fmt.Sprintf(`document.querySelector('dialog textarea[lang=%s]').focus(); 0`, lang))
		s.do(typed(text))
	}
}

// TestNoticesEmergency: an administrator's words stop the hall and fill every
// screen, survive a restart, and go away when they are ended.
func TestNoticesEmergency(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.verb("1", "open", nil)
	h.take("ho-tich")
	h.verb("1", "call", nil)
	a, d := h.open(t, "/admin/#/devices", adminSize), h.desk(t, "1")
	shown := map[string]*screen{
		"board": h.open(t, "/board/", boardSize), "counter": h.open(t, "/counter/1/", counterSize),
		"wide": h.open(t, "/counter/1/", size{1280, 400, false}), "tablet": h.open(t, "/rate/1/", rateSize),
	}
	a.sees(".telling .none", vi("a.n.none"))
	a.press("[data-kind=emergency]", "")
	a.press("dialog .go", vi("a.n.look"))
	a.sees("dialog .fault", vi("a.n.empty"))
	a.press("dialog .acts button:not(.go)", vi("a.n.no"))
	a.writes("emergency", longVI, longEN)
	a.shot("write")
	a.press("dialog .go", vi("a.n.look"))
	a.sees("dialog .does", vi("a.n.does.emergency"))
	a.shot("sure")
	if got := eval[string](a, `document.activeElement.textContent`); got != vi("a.n.back") {
		t.Errorf("the focus is on %q, want the safe answer", got)
	}
	if n := len(h.told()); n != 0 {
		t.Fatalf("%d notices stand before anybody was sure", n)
	}
	a.press("dialog .danger", vi("a.n.yes.emergency"))
	a.sees(".said", vi("a.n.out"))
	for name, s := range shown {
		s.until("the emergency", emergencyText+" === "+quoted(longVI), 10*time.Second)
		s.whole(name)
		s.shot(name)
	}
	if !eval[bool](shown["board"], `document.querySelector('.emergency [lang=en]').textContent === `+quoted(longEN)) {
		t.Error("the board does not say it in English")
	}
	for _, s := range []*screen{a, d} {
		s.sees(".alarm", longVI)
		if eval[bool](s, `Boolean(document.querySelector('.emergency'))`) {
			t.Errorf("%s: staff cannot work on", s.name)
		}
	}
	a.shot("stands")
	d.shot("desk")
	if status := h.ask("POST", "demo-kiosk", branchPath+"/tickets", map[string]string{"service": "ho-tich"}, nil); status != http.StatusConflict {
		t.Errorf("a number is taken in an emergency: status %d", status)
	}
	d.press("#big", vi("d.serve"))
	d.sees(".cur .state", vi("d.is.serving"))

	// The server comes back, and so does a screen: both still say it.
	for _, s := range append([]*screen{a, d}, shown["board"], shown["counter"], shown["wide"], shown["tablet"]) {
		s.pardon(`WebSocket|ERR_CONNECTION|Failed to load`)
	}
	h.kill()
	h.start()
	h.ready()
	eval[any](shown["tablet"], `location.reload(); 0`)
	shown["tablet"].until("the emergency after a reload", emergencyText+" === "+quoted(longVI), 20*time.Second)
	if status := h.ask("POST", "demo-kiosk", branchPath+"/tickets", map[string]string{"service": "ho-tich"}, nil); status != http.StatusConflict {
		t.Errorf("a number is taken after the restart: status %d", status)
	}

	a.until("a line to the server", `document.querySelector('.strip').hidden`, 20*time.Second)
	a.press(".notices button", vi("a.n.end"))
	a.sees("dialog p", vi("a.n.end.q"))
	a.press("dialog .danger", vi("a.n.end.yes"))
	a.sees(".said", vi("a.n.ended"))
	for name, s := range shown {
		s.until("the page below "+name, `!document.querySelector('.emergency') && !document.querySelector('[inert]')`, 20*time.Second)
	}
	for _, s := range []*screen{a, d} {
		s.until("no strip", `document.querySelector('.alarm').hidden`, 20*time.Second)
	}
	h.take("ho-tich")
}

// whole checks that an emergency lies over all of a display, whole and large.
func (s *screen) whole(name string) {
	s.t.Helper()
	eval[any](s, `document.fonts.ready.then(() => new Promise((r) => requestAnimationFrame(() => r(0))))`)
	s.uncut(name + " in an emergency")
	type found struct {
		Covers bool
		Font   float64
		Filled float64
	}
	got := eval[found](s, `(() => {
  const e = document.querySelector('.emergency'), b = e.getBoundingClientRect(), room = e.querySelector('.room').getBoundingClientRect();
  const corners = [[1, 1], [innerWidth - 2, 1], [1, innerHeight - 2], [innerWidth - 2, innerHeight - 2], [innerWidth / 2, innerHeight / 2]];
  return {
    Covers: b.width >= innerWidth && b.height >= innerHeight && corners.every(([x, y]) => e.contains(document.elementFromPoint(x, y))),
    Font: parseFloat(getComputedStyle(e.querySelector('.text p')).fontSize), Filled: e.querySelector('.text').offsetHeight / room.height,
  };
})()`)
	if !got.Covers {
		s.t.Errorf("%s: something of the page is still to be seen", name)
	}
	if got.Filled > 1.001 || got.Filled < 0.6 {
		s.t.Errorf("%s: the text fills %.0f %% of its room", name, 100*got.Filled)
	}
	if least := float64(min(s.size.w, s.size.h)) / 26; got.Font < least {
		s.t.Errorf("%s: the letters are %.0f px, want %.0f", name, got.Font, least)
	}
}

// TestNoticesShort: a short emergency is as large as a screen bears, in one
// language when there is no other.
func TestNoticesShort(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	board, display := h.open(t, "/board/?lang=en", boardSize), h.open(t, "/counter/1/", counterSize)
	h.announce("demo-admin", map[string]any{"kind": "emergency", "text": map[string]string{"vi": "Cháy. Rời khỏi tòa nhà ngay."}})
	for _, s := range []*screen{board, display} {
		s.until("the emergency", emergencyText+" === 'Cháy. Rời khỏi tòa nhà ngay.'", patience)
		s.uncut("a short emergency")
		s.shot(strings.Trim(strings.ReplaceAll(s.name, "/", "-"), "-?=en"))
		if got, least := s.font(".emergency p"), float64(s.size.w)/13; got < least {
			t.Errorf("%s: the letters are %.0f px, want %.0f", s.name, got, least)
		}
	}
	if eval[bool](board, `document.querySelector('.emergency [lang=en]')?.checkVisibility() ?? false`) {
		t.Error("there is room for an English text that does not exist")
	}
}

// TestNoticesWritten: maintenance for chosen kiosks, a sentence on the board.
func TestNoticesWritten(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.pairAgent(t, "Máy 1")
	h.pairAgent(t, "Máy 2")
	a, board := h.open(t, "/admin/#/devices", adminSize), h.open(t, "/board/", boardSize)
	a.sees(".keys th", "Máy 2")
	a.press("[data-kind=maintenance]", "")
	a.sees("dialog .does", vi("a.n.does.maintenance.all"))
	a.press("dialog fieldset label", "Máy 2")
	a.sees("dialog .does", vi("a.n.does.maintenance", "names", "Máy 2"))
	a.shot("maintenance")
	a.press("dialog .go", vi("a.n.yes.maintenance"))
	a.sees(".notices td b", "Máy 2")
	info := "Chiều thứ Sáu trung tâm tập huấn: quầy 5 và quầy 6 nghỉ từ 15:00, hồ sơ Hộ tịch và Chứng thực nhận tại các quầy còn lại như thường lệ."
	a.writes("info", info, "")
	a.press("dialog .go", vi("a.n.yes.info"))
	a.sees(".notices td", info)
	a.shot("standing")
	for _, part := range []string{"Chiều thứ Sáu trung tâm tập huấn", "như thường lệ."} {
		board.until("the sentence's part "+part, fmt.Sprintf(`document.querySelector('footer p').textContent.includes(%s) || (moveClock(12_000), false)`, quoted(part)), patience*4)
		board.uncut("board with a sentence")
		board.shot("board-" + strings.ReplaceAll(part[:5], " ", ""))
	}
	for range 2 {
		a.press(".notices button", vi("a.n.end"))
		a.sees(".said", vi("a.n.ended"))
	}
	a.sees(".telling .none", vi("a.n.none"))
	h.ended()
}
