package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"motcua/server/queue"
)

// TestBoxByPhone: what somebody writes on a phone is read in the inbox without
// their number; once sent the page sends no more, and an old page says so.
func TestBoxByPhone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	var made struct{ Pass string }
	if status := h.ask("POST", "demo-display", branchPath+"/passes", map[string]string{"for": "suggestion"}, &made); status != http.StatusCreated {
		t.Fatalf("no pass: status %d", status)
	}
	phone := h.open(t, "/g/"+made.Pass, phoneSize)
	phone.asks(vi("g.title"))
	phone.clean("empty")
	phone.shot("write")
	phone.press("button.go", vi("g.send"))
	phone.sees("[role=alert]", vi("g.empty"))
	phone.press(".topic", vi("g.topic.facility"))
	phone.press("textarea", "")
	phone.do(typed("Ghế ở cửa sổ bị gãy. Gọi tôi 0912 345 678"))
	// Another language keeps what is written.
	phone.press(".hall button", "English")
	phone.asks(en("g.title"))
	if got := eval[string](phone, `document.querySelector('textarea').value + document.querySelector('[name=topic]:checked').value`); got != "Ghế ở cửa sổ bị gãy. Gọi tôi 0912 345 678facility" {
		t.Errorf("after a change of language: %q", got)
	}
	phone.press(".hall button", "Tiếng Việt")
	phone.clean("written")
	phone.shot("written")
	phone.press("button.go", vi("g.send"))
	phone.asks(vi("g.sent"))
	phone.clean("sent")
	phone.shot("sent")
	phone.do(chromedp.Reload())
	phone.asks(vi("g.sent"))

	inbox := h.open(t, "/admin/#/box", adminSize)
	inbox.press(".mail button", "Ghế ở cửa sổ bị gãy. Gọi tôi [đã che số]")
	inbox.sees("article .words", "[đã che số]")
	inbox.sees("[data-state=seen]", vi("a.b.count", "state", vi("a.b.seen"), "n", "1"))
	inbox.press("article textarea", "")
	inbox.do(typed("Đã báo bảo trì"))
	eval[any](inbox, `(() => { document.querySelector('article select').value = 'done'; return 0 })()`)
	inbox.clean("read")
	inbox.shot("read")
	inbox.press("article .go", vi("a.b.keep"))
	inbox.sees(".kept", vi("a.b.kept", "state", vi("a.b.done")))
	inbox.sees("[data-state=done]", vi("a.b.count", "state", vi("a.b.done"), "n", "1"))
	inbox.press("[data-state=done]", "")
	inbox.press(".mail button", "Ghế ở cửa sổ")
	inbox.until("the note", `document.querySelector('article textarea').value === 'Đã báo bảo trì'`, patience)

	old := h.open(t, "/g/hbAAAAAAAAAAAAAAAAAAAAAA", phoneSize)
	old.pardon("404") // the browser writes what it was answered
	old.asks(vi("g.gone"))
	old.clean("gone")
}

// TestHallTexts: what the hall publishes is refused at the field that is wrong,
// and saved when it is right; a picture comes into the folder and the playlist.
func TestHallTexts(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Counters[1].Clerk = "" })
	a := h.open(t, "/admin/#/hall", adminSize)
	a.pardon("409")
	phone := "[data-place='hall.complaints.phone'] "
	a.press(phone+"input", "")
	a.key(kb.End)
	a.do(typed("abc"))
	a.sees(".state-word", vi("a.h.dirty"))
	a.press(".save .go", vi("q.look"))
	a.sees(phone+".fault", "024 3825 1234")
	a.sees(".save .fault", vi("q.wrong.one"))
	a.until("the focus at the field", `document.activeElement.closest('label')?.dataset.place === 'hall.complaints.phone'`, patience)
	a.clean("refused")
	a.shot("refused")
	for range "abc" {
		a.key(kb.Backspace)
	}
	// The other half of what is wrong now: an office of no name.
	a.press(".more", vi("a.h.office.add"))
	a.press(".save .go", vi("q.look"))
	a.until("the fault at the office's name", `document.querySelector("[data-place='hall.offices[3].contact.name.vi'] .fault").textContent !== ''`, patience)
	a.do(typed("Chi nhánh đăng ký đất đai"))
	a.review()

	// A zone of the hall, and half the loudness in it at noon.
	a.press(".more", vi("a.h.zone.add"))
	a.do(typed("Khu A"))
	a.press("[data-place='board.zones[0].name.vi'] ~ .tick", vi("a.h.zone.counter", "label", "02"))
	a.press(".more", vi("a.h.voice.hours.add"))
	a.press(".tick", vi("a.h.voice.english"))
	a.review()
	a.shot("voice")

	// Who sits at a counter, and that its display may say so.
	a.press(".rows summary", vi("a.h.zone.counter", "label", "02"))
	a.press("[data-place='counters[1].clerk'] input", "")
	a.do(typed("Nguyễn Thị Lan"))
	a.press(".tick", vi("a.h.clerk.shown"))
	a.review()
	a.shot("clerk")
	var now struct{ Settings queue.Settings }
	h.ask(http.MethodGet, "demo-admin", branchPath+"/settings", nil, &now)
	if c := now.Settings.Counters; c[1].Clerk != "Nguyễn Thị Lan" || !c[1].Shown || c[0].Shown {
		t.Errorf("the counters are %+v", c[:2])
	}

	// A picture with a name as people give them, sent as the file field does.
	eval[any](a, `new Promise((done) => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 64, height: 36});
  canvas.getContext('2d').fillRect(8, 8, 48, 20);
  canvas.toBlob((b) => {
    const files = new DataTransfer(), field = document.querySelector('.upload input');
    files.items.add(new File([b], 'Lễ hội Đền 2026.PNG'));
    field.files = files.files;
    field.dispatchEvent(new Event('change'));
    done(0);
  });
})`)
	a.sees(".word", vi("a.h.sent", "name", "Le-hoi-Den-2026.png"))
	a.press(".files button", vi("a.h.file.use"))
	a.until("the picture in the playlist", `[...document.querySelectorAll('.rows .look')].at(-1).naturalWidth === 64`, patience)
	a.shot("playlist")
	a.review()
	a.press(".files .drop", vi("a.h.drop"))
	a.press("dialog .danger", vi("a.h.file.yes"))
	a.sees(".word", vi("e.media_in_use"))

	var saved struct {
		Settings struct {
			Hall struct {
				Offices []struct {
					Contact struct{ Name struct{ VI string } }
				}
				Playlist []struct{ File string }
			}
			Board queue.BoardSetting
		}
	}
	h.ask("GET", "demo-admin", branchPath+"/settings", nil, &saved)
	hall, board := saved.Settings.Hall, saved.Settings.Board
	if len(board.Zones) != 1 || board.Zones[0].Name.VI != "Khu A" || fmt.Sprint(board.Zones[0].Counters) != "[2]" || !board.Voice.English || !board.Voice.On ||
		fmt.Sprint(board.Voice.Hours) != "[{ 11:30 13:30 50}]" {
		t.Errorf("saved: %+v", board)
	}
	if len(hall.Offices) != 4 || hall.Offices[3].Contact.Name.VI != "Chi nhánh đăng ký đất đai" || hall.Playlist[len(hall.Playlist)-1].File != "Le-hoi-Den-2026.png" {
		t.Errorf("saved: %+v", hall)
	}
}

// TestAxeHallAdmin looks at both parts on a laptop and on a phone.
func TestAxeHallAdmin(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	for _, as := range []size{adminSize, handSize} {
		inBothLanguages(t, func(t *testing.T, lang string) {
			words := map[string]string{"text": strings.Repeat("Chờ lâu quá. ", 40), "topic": "time"}
			if status := h.ask("POST", "demo-display", branchPath+"/suggestions", words, nil); status != http.StatusCreated {
				t.Fatalf("no suggestion: status %d", status)
			}
			a := h.open(t, "/admin/#/hall", as)
			a.sees("header .hall", "Trung tâm") // the button's place is settled then
			inEnglish(a, lang, ".lang")
			a.until("the form", `document.querySelector('.hall-form .save')`, patience)
			a.until("folders", `(document.querySelectorAll('.rows details').forEach((d) => { d.open = true }), true)`, patience)
			a.clean("hall")
			if wide := eval[int](a, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("the page is %d px too wide: %s", wide, eval[string](a, `[...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth).slice(0, 5).map((e) => e.outerHTML.slice(0, 120)).join('\n')`))
			}
			a.shot("hall-" + lang)
			eval[any](a, `(() => { location.hash = '#/box'; return 0 })()`)
			a.press(".mail button", "")
			a.sees("article .words", "Chờ lâu")
			a.clean("box")
			if wide := eval[int](a, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("the box is %d px too wide", wide)
			}
			a.shot("box-" + lang)
		})
	}
}
