package e2e

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/chromedp"

	"motcua/server/web"
	"motcua/server/web/languages"
	"motcua/server/web/speech"
)

// language writes files into the folder of a language of the hall's own; the
// running server takes them up.
func (h *hall) language(tag string, files map[string]map[string]string) {
	h.t.Helper()
	for name, texts := range files {
		raw, err := json.MarshalIndent(texts, "", "  ")
		if err == nil {
			err = os.MkdirAll(filepath.Join(h.data, "languages", tag), 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(h.data, "languages", tag, name+".json"), raw, 0o644)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// tay is a few words of a language, enough to see where they come from.
var tay = map[string]map[string]string{
	"language": {"name": "Tày"},
	"kiosk":    {"k.home.q": "Vằn nảy slíu hết lăng?", "k.conf.yes": "Au số", "k.lang.q": "Lựa tiểng"},
	"phone":    {"p.soon.plain": "Slắp thâng.", "p.area": "Tỉ thả"},
	"board":    {"t.now": "Xỉnh"},
	"names":    {"Hộ tịch, khai sinh, kết hôn": "Hộ tịch, lục đếch"},
}

// TestThirdLanguage: a folder with a few sentences is a language at the kiosk, on
// the phone and on the board; what it lacks is Vietnamese.
func TestThirdLanguage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.language("tyz", tay)
	k := h.kiosk(t, "")
	k.until("the names of the others on the key", `[...document.querySelectorAll('[data-mode=lang] b[lang]')].map((b) => b.lang + b.textContent).join() === 'enEnglish,tyzTày'`, patience)
	k.press("[data-mode=lang]", "")
	k.sees("dialog.langs h2", vi("k.lang.q"))
	k.shot("choice")
	k.press("dialog .btn", "Tày")
	k.sees("h1", tay["kiosk"]["k.home.q"])
	k.until("the page to name its language", `document.documentElement.lang === 'tyz'`, patience)
	k.sees("[data-mode=help]", vi("k.help")) // not translated
	k.press(".tile", "Hộ tịch, lục đếch")
	k.isOn("confirm")
	k.press(".acts .btn", "Au số")
	k.isOn("ticket")
	k.shot("ticket")
	token := eval[string](k, `document.querySelector('.slip .qr').src.split('/tickets/')[1].split('/')[0]`)

	// The next visitor begins in Vietnamese, by keys too.
	k.press(".acts .btn.go", "")
	k.sees("h1", vi("k.home.q"))
	k.key("l")
	k.sees("dialog.langs h2", vi("k.lang.q"))
	k.key("2")
	k.sees("h1", en("k.home.q"))
	k.key("l")
	k.sees("dialog.langs h2", en("k.lang.q"))
	k.moveClock(46 * time.Second) // whoever left while choosing
	k.sees("dialog.idle h2", en("k.idle.h"))
	k.moveClock(31 * time.Second)
	k.sees("h1", vi("k.home.q"))
	k.until("no question", `!document.querySelector('dialog[open]')`, patience)

	phone := h.open(t, "/t/"+token, phoneSize)
	phone.sees("dt", "Tỉ thả")
	phone.sees(".service", "Hộ tịch, lục đếch")
	phone.until("the page to name its language", `document.documentElement.lang === 'tyz'`, patience)
	phone.press("[data-act=lang]", "Tiếng Việt")
	phone.sees("dt", vi("p.area"))
	board := h.open(t, "/board/?lang=tyz", boardSize)
	board.until("the board in the language", `document.documentElement.lang === 'tyz' && document.title`, patience)
}

// TestThirdVoice: clips in the language's own folder are read; a language without
// any is read in Vietnamese.
func TestThirdVoice(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.language("tyz", tay)
	h.language("nut", map[string]map[string]string{"language": {"name": "Nùng"}, "kiosk": {"k.home.q": "Hăn lăng?"}})
	index, err := speech.ReadIndex(speech.BuiltIn(), "vi")
	if err != nil {
		t.Fatal(err)
	}
	sound, err := fs.ReadFile(speech.BuiltIn(), "vi/"+index["1"].File)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(h.data, "speech", "tyz")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{"clips.json": []byte(`{"Vằn nảy slíu hết lăng?": {"file": "hoi.opus"}}`), "hoi.opus": sound} {
		if err := os.WriteFile(filepath.Join(folder, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for lang, file := range map[string]string{"Tày": "/web/speech/tyz/hoi.opus", "Nùng": "/web/speech/vi/clips.json"} {
		k := h.kiosk(t, "")
		k.until("the languages", `document.querySelector('[data-mode=lang] b[lang]')`, patience)
		k.press("[data-mode=lang]", "")
		k.press("dialog .btn", lang)
		k.until("the language", `document.documentElement.lang !== 'vi'`, patience)
		k.listenTo()
		k.until("the clip "+file, `window.ear.fetched.includes('`+file+`')`, patience)
		k.hears(lang)
	}
}

var placeOf = regexp.MustCompile(`\{\w+\}`)

// longest is a text as long as a further language may make it, with letters as
// high as Vietnamese has them.
func longest(vi, en string) string {
	rest := []string{"Ễng", "ẩng", "nữỗi", "sặng", "khuyễn"}
	length := func(s string) int { return utf8.RuneCountInString(placeOf.ReplaceAllString(s, "00")) }
	want := max(length(vi)*14/10, length(en))
	all := vi
	for i := 0; ; i++ {
		next := all + " " + rest[i%len(rest)]
		if length(next) > want || languages.TooLong(next, vi) && length(next) > length(en) {
			return all
		}
		all = next
	}
}

// longestTables are all visitors' tables at their longest.
func longestTables(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{"language": {"name": "Tiễng dài nhẩt", "short": "Tiễng dài"}}
	for _, screen := range []string{"kiosk", "phone", "rate", "common", "book"} {
		raw, err := fs.ReadFile(web.FS, "static/i18n/"+screen+".vi.json")
		texts := map[string]string{}
		if err == nil {
			err = json.Unmarshal(raw, &texts)
		}
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range texts {
			if strings.ContainsFunc(placeOf.ReplaceAllString(text, ""), func(r rune) bool { return r > 'A' }) {
				texts[key] = longest(text, en(key))
			}
		}
		all[screen] = texts
	}
	if !slices.Contains(strings.Fields(all["kiosk"]["k.done.sub"]), "Ễng") {
		t.Fatalf("nothing became longer: %s", all["kiosk"]["k.done.sub"])
	}
	return all
}

// TestLongestTexts measures the kiosk's screens in a language whose sentences are
// all as long as they may be.
func TestLongestTexts(t *testing.T) {
	t.Parallel()
	styles := []string{"zxx normal", "zxx text"}
	for _, g := range []glass{glasses[0], glasses[1], glasses[4]} {
		t.Run(g.String(), func(t *testing.T) {
			t.Parallel()
			h := startHall(t)
			h.language("zxx", longestTables(t))
			h.language("tyz", tay)
			h.verb("1", "open", nil)
			for range 12 {
				h.take("ho-tich")
			}
			k := h.open(t, fmt.Sprintf("/kiosk/?diag=%v", g.inches), size{g.w, g.h, true})
			k.isOn("home")
			k.until("the languages", `document.querySelector('[data-mode=lang] b[lang]')`, patience)
			look := func(state string) {
				k.t.Helper()
				k.measure(g, state, styles)
				k.shot(strings.ReplaceAll(state, " ", "-"))
			}
			look("home")
			k.press("[data-mode=lang]", "")
			k.until("the question", `document.querySelector('dialog.langs[open]')`, patience)
			look("languages")
			k.press("dialog.langs .acts:last-child .btn", "")
			k.press(".tile.pri", "")
			k.isOn("groups")
			look("groups")
			k.press(".acts .btn", "")
			k.isOn("home")
			k.press(".tile:not(.pri)", "")
			k.isOn("confirm")
			look("confirm")
			k.press(".acts .btn.go", "")
			k.isOn("ticket")
			look("ticket")
			k.press(".acts .btn.go", "")
			k.isOn("home")
			h.closeAll()
			k.isOn("closed")
			look("closed")
		})
	}
}

// TestLongestTextsOnThePhone shows every state of a ticket in that language.
func TestLongestTextsOnThePhone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.language("zxx", longestTables(t))
	for _, as := range []size{phoneSize, {320, 568, true}} {
		seen, f := h.frontOf(t)
		f.noLive = true
		f.ticket = someTicket(`{}`)
		phone := seen.open(t, "/t/hbXXXXXXXXXXXXXXXXXXXXXX", as)
		phone.pardon(`WebSocket connection`)
		phone.sees("h1", vi("p.wait.h"))
		eval[any](phone, `sessionStorage.setItem('lang', 'zxx'); 0`)
		for _, state := range phoneStates {
			f.set(func() { f.ticket = someTicket(state.change) })
			phone.do(chromedp.Reload())
			phone.until("the state", `document.documentElement.lang === 'zxx' && document.querySelector('.card h1')`, patience)
			phone.fitsPhone(state.name)
			phone.shot(state.name)
		}
	}
}
