package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"motcua/server/queue"
)

// TestSettingsPage: how people are addressed changes the hall's screens, an earlier
// version comes back, and the file of one hall says what it would change here.
func TestSettingsPage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/settings", adminSize)
	a.until("the form", `document.querySelector('.settings-part .save')`, patience)
	eval[any](a, `(() => { const s = document.querySelector("[data-place=address] select"); s.value = 'quý khách'; s.dispatchEvent(new Event('input', {bubbles: true})); return 0 })()`)
	a.sees(".example", "Mời quý khách đến quầy 03")
	// A logo, sent as the file field does.
	eval[any](a, `new Promise((done) => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 64, height: 64}), c = canvas.getContext('2d');
  c.arc(32, 32, 30, 0, 7);
  c.fill();
  canvas.toBlob((b) => {
    const files = new DataTransfer(), field = document.querySelector('.logo input');
    files.items.add(new File([b], 'Biểu trưng.png'));
    field.files = files.files;
    field.dispatchEvent(new Event('change'));
    done(0);
  });
})`)
	a.sees(".logo .word", vi("set.logo.sent"))
	a.review()
	a.sees(".versions b", vi("set.version", "n", "2"))
	a.shot("saved")
	if s := h.saved(); s.Address != "quý khách" || s.Brand.Logo != "Bieu-trung.png" {
		t.Errorf("saved: %q, %+v", s.Address, s.Brand)
	}

	k := h.open(t, "/kiosk/?branch=hoabinh", kioskSize)
	k.sees("h1", "Quý khách cần làm thủ tục gì hôm nay?")
	k.until("the logo", `document.querySelector('.seal img')?.naturalWidth === 64`, patience)
	k.shot("kiosk")

	for path, at := range map[string]string{"/board/?branch=hoabinh": "header > img.logo", "/lookup/?branch=hoabinh": ".bar > img.logo", "/t/" + h.take("ho-tich").Token: ".hall img.logo"} {
		as := boardSize
		if strings.HasPrefix(path, "/t/") {
			as = phoneSize
		}
		b := h.open(t, path, as)
		b.until("the logo", `document.querySelector('`+at+`')?.naturalWidth === 64`, patience)
		if as == phoneSize {
			b.sees("main", "Sắp đến lượt quý khách")
		}
		b.shot("logo-" + strings.Trim(path[:3], "/"))
	}

	// What the hall keeps is said from its settings, and is all that is printed.
	a.sees(".privacy-notice td", vi("set.priv.visit.keep", "events", "24", "visits", "60"))
	call(a, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	a.shot("print")
	if shown := eval[string](a, `[...document.querySelectorAll('header, nav, form, .versions, .privacy-notice')].filter((e) => e.getClientRects().length > 0).map((e) => e.className).join()`); shown != "privacy-notice" {
		t.Errorf("printed: %q", shown)
	}
	call(a, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})

	eval[any](a, `fetch('`+branchPath+`/settings/file').then((r) => r.blob()).then((b) => { window.kept = new File([b], 'cai-dat.zip'); return 0; })`)

	// Back to the first version, after seeing what that changes.
	eval[any](a, `(() => { for (const d of document.querySelectorAll('.versions details')) d.open = true; return 0 })()`)
	a.press(".versions button", vi("set.version.back", "n", "1"))
	a.sees("dialog.review .changes", "quý khách")
	a.press("dialog.review .go", vi("a.h.save"))
	a.sees(".settings-part .word", vi("set.version.done", "n", "1"))
	if s := h.saved(); s.Address != "" || s.Brand.Logo != "" {
		t.Errorf("after going back: %q, %+v", s.Address, s.Brand)
	}

	eval[any](a, `(() => {
  const files = new DataTransfer(), field = document.querySelector('.upload input[accept*=zip]');
  files.items.add(window.kept);
  field.files = files.files;
  field.dispatchEvent(new Event('change'));
  return 0;
})()`)
	a.press(".settings-part button", vi("set.file.check"))
	a.sees(".result", "Trung tâm Phục vụ hành chính công")
	a.shot("file")
	a.press(".settings-part button", vi("set.file.apply"))
	a.sees(".settings-part .word", vi("set.file.done"))
	if s := h.saved(); s.Brand.Logo != "Bieu-trung.png" {
		t.Errorf("after the file: %+v", s.Brand)
	}
}

// TestAxeSettings looks at the page on a laptop and on a phone.
func TestAxeSettings(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Paper.Notes = []queue.Text{{VI: "Số có giá trị trong ngày."}} })
	for _, as := range []size{adminSize, handSize} {
		inBothLanguages(t, func(t *testing.T, lang string) {
			a := h.open(t, "/admin/#/settings", as)
			a.sees("header .hall", "Trung tâm")
			inEnglish(a, lang, ".lang")
			a.until("everything", `document.querySelector('.settings-part .save') && document.querySelector('.versions summary') && document.querySelector('.privacy-notice td')`, patience)
			a.until("folders", `(document.querySelectorAll('.rows details').forEach((d) => { d.open = true }), true)`, patience)
			a.clean("settings")
			if wide := eval[int](a, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("the page is %d px too wide: %s", wide, eval[string](a, `[...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth).slice(0, 5).map((e) => e.outerHTML.slice(0, 120)).join('\n')`))
			}
			a.shot("settings-" + lang)
		})
	}
}
