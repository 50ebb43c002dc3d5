package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"motcua/server/queue"
)

// adminPictures are those of the administration, for the operating manual.
var adminPictures = []string{
	"login", "admin-start", "admin-ready",
	"admin-queues", "admin-counters", "admin-fault", "admin-review", "admin-priority", "admin-calendar", "admin-holidays",
	"admin-people", "admin-person", "admin-once", "desk-choose", "desk-account",
	"admin-screens", "admin-devices", "admin-key", "admin-settings", "admin-versions", "admin-training", "kiosk-training",
	"admin-today", "admin-today-phone", "admin-reports", "admin-trace", "admin-ratings", "admin-audit", "results",
}

// scaleOfAdmin is how large its pictures are.
const scaleOfAdmin = 0.6

// pictureTheAdministration goes through the parts as those who set a hall up do, and
// those who follow its days.
func pictureTheAdministration(t *testing.T) {
	t.Run("start", pictureTheStart)
	t.Run("queues", pictureTheQueues)
	t.Run("people", pictureThePeople)
	t.Run("machines", pictureTheMachines)
	t.Run("figures", pictureTheFigures)
}

// keepPart keeps a picture of a part that stands still, from where a selector begins.
func (s *screen) keepPart(name, from string) {
	s.t.Helper()
	s.until(name, `document.fonts.status === 'loaded'`, slow)
	eval[any](s, `(() => { const e = `+quoted(from)+` && document.querySelector(`+quoted(from)+`); scrollTo(0, e ? e.getBoundingClientRect().top + scrollY - 24 : 0); return new Promise((done) => setTimeout(() => done(0), 400)); })()`)
	s.keep(name, scaleOfAdmin)
}

// pictureTheStart is what a new hall shows: the login and the assistant.
func pictureTheStart(t *testing.T) {
	h, key := serveHall(t)
	door := h.open(t, "/login", deskSize)
	door.keep("login", scaleOfAdmin)
	a := h.login(t, key, deskSize)
	a.pardon("401|404")
	a.sees(".start-step h2", "Trung tâm")
	a.keepPart("admin-start", "")
	a.press(".start-steps button", vi("st.ready"))
	a.until("the readiness list", `document.querySelectorAll('.ready-list li').length > 10`, slow)
	a.keepPart("admin-ready", "")
}

// pictureTheQueues changes a service, is refused, and looks at what would change.
func pictureTheQueues(t *testing.T) {
	h := startHall(t)
	h.settings(usualHours)
	a := h.open(t, "/admin/#/queues", deskSize)
	a.pardon("422")
	a.sees(".rows > li:first-child .row-name", "Hộ tịch")
	a.keepPart("admin-queues", "")
	a.press(".rows > li:first-child summary", "")
	a.fill("[data-place='services[0].prefix'] input", "A1")
	a.press(".save .go", vi("q.look"))
	a.sees("[data-place='services[0].prefix'] .fault", "in hoa")
	a.keepPart("admin-fault", "")
	a.fill("[data-place='services[0].prefix'] input", "A")
	a.fill("[data-place='services[0].wait_target'] input", "25")
	a.press(".save .go", vi("q.look"))
	a.sees("dialog.review .changes li", "25")
	a.keep("admin-review", scaleOfAdmin)
	a.press("dialog.review .go", vi("a.h.save"))
	a.sees(".state-word.good", vi("a.h.saved"))
	a.press("[role=tab]", vi("q.counters"))
	a.press(".rows > li:nth-child(2) summary", "")
	a.keepPart("admin-counters", "")

	a.goTo("priority")
	a.sees(".example tbody tr:nth-child(2)", vi("q.why.other"))
	a.keepPart("admin-priority", ".rule")

	a.goTo("calendar")
	eval[any](a, `(document.querySelector('.tick input').click(), 0)`) // open by the hours, not always
	a.showDay("9/2/2027", "Thứ Ba, 09/02/2027")
	a.keepPart("admin-calendar", "")
	a.press(".more", vi("cal.suggest"))
	a.until("the year's holidays", `document.querySelectorAll('.suggested li').length > 5`, patience)
	eval[any](a, `(() => { const y = document.querySelector('dialog .year select'); y.value = '2027'; y.dispatchEvent(new Event('change')); return 0 })()`)
	a.sees(".suggested li", "05/02/2027")
	a.keep("admin-holidays", scaleOfAdmin)
}

// pictureThePeople makes an account, and logs in with one of the demo's.
func pictureThePeople(t *testing.T) {
	h := startHall(t)
	d := h.logIn(t, "lan", "demo", "/desk/")
	d.until("the counters", `document.querySelector('.choose [data-counter="2"]')`, slow)
	d.keep("desk-choose", scaleOfAdmin)
	d.press("[data-counter='2']", "")
	d.sees("h1", vi("d.counter", "label", "02"))
	d.press("button.account", "")
	d.until("the own account", `document.querySelector('dialog.own')`, slow)
	d.keep("desk-account", scaleOfAdmin)

	a := h.open(t, "/admin/#/people", deskSize)
	a.sees(".people [data-login=lan]", "Quầy 02")
	a.keepPart("admin-people", "")
	a.press("button.go", vi("pe.add"))
	a.press(".person input", "")
	a.do(typed("Nguyễn Thị Phương"))
	a.until("a login made of the name", `document.querySelectorAll('.person input')[1].value !== ''`, slow)
	a.keep("admin-person", scaleOfAdmin)
	a.press(".person .go", vi("pe.make"))
	a.until("the password", `/^\S{8,}$/.test(document.querySelector('.once .secret')?.textContent ?? '')`, slow)
	a.keep("admin-once", scaleOfAdmin)
}

// asAgent asks something with a key as the program beside the devices does.
func (h *hall) asAgent(key string) {
	h.t.Helper()
	r, err := http.NewRequest("GET", h.url+"/api/v1/me", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("User-Agent", "motcua-agent/0.1.0-dev")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	answer.Body.Close()
}

// pictureTheMachines pairs screens and an agent, makes a key, and keeps the settings.
func pictureTheMachines(t *testing.T) {
	h := startHall(t)
	for name, page := range map[string]string{"Bảng trước cửa": "board", "Máy tra cứu": "lookup"} {
		m := h.asks(t, name, "screen")
		h.ask("POST", "demo-admin", "/api/v1/pairings/"+m.Code+"/approve", map[string]any{"name": name, "branch": "hoabinh", "screen": map[string]any{"page": page}}, nil)
		_, key, _, _ := h.claim(m)
		beat, orders := map[string]any{"instance": "i", "width": 1920, "height": 1080, "page": page}, struct{ Build string }{}
		for range 2 { // the second one shows the pages that the first was told of
			h.ask("PUT", key, "/api/v1/screens/me", beat, &orders)
			beat["build"] = orders.Build
		}
	}
	agent := h.pairAgent(t, "Máy lấy số 1")
	h.report(agent, map[string]any{"device": map[string]any{"id": "printer", "kind": "printer", "state": "paper_low", "profile": "epson-tm-t82", "verified": "manual"}})
	h.report(agent, map[string]any{"device": map[string]any{"id": "keypads:1", "kind": "keypad", "state": "ready", "counter": "1"}})
	h.asAgent(agent)
	h.asks(t, "may-tinh-quay-3", "screen")
	a := h.open(t, "/admin/#/screens", deskSize)
	a.until("the screens", `document.querySelectorAll('[data-screen]').length === 2 && document.querySelector('.pairing')`, slow)
	a.keepPart("admin-screens", "")
	a.goTo("devices")
	a.until("the devices", `document.querySelectorAll('[data-device]').length === 2`, slow)
	a.keepPart("admin-devices", "section:has(.devices)")
	eval[any](a, `(() => { const s = document.querySelector('.make-key select'); s.value = 'desk'; s.dispatchEvent(new Event('change')); return 0 })()`)
	a.press(".make-key fieldset label", "02")
	a.fill(".make-key form input", "Máy quầy 02")
	a.press(".make-key .go", vi("a.keys.give"))
	a.until("the key", `document.querySelector('.make-key .made input')`, patience)
	// A key that was made for the picture is good for nothing; it is covered all the same.
	eval[any](a, `(document.querySelector('.make-key .made input').value = '•'.repeat(43), 0)`)
	a.keepPart("admin-key", ".make-key")

	a.goTo("settings")
	a.until("the form", `document.querySelector('.settings-part .save')`, patience)
	a.keepPart("admin-settings", "")
	h.settings(func(s *queue.Settings) { s.Paper.WiFi = "MotCua" })
	a.goTo("hall")
	a.goTo("settings")
	a.until("the versions", `document.querySelectorAll('.versions details').length > 1`, patience)
	eval[any](a, `(document.querySelector('.versions details').open = true, 0)`)
	a.keepPart("admin-versions", "section:has(.versions), .versions")
	a.goTo("audit")
	a.until("its lines", `document.querySelectorAll('main tbody tr').length > 3`, slow)
	a.keepPart("admin-audit", "")

	a.goTo("training")
	a.press(".begin", "")
	a.until("the practice", `document.querySelector('.crowd')`, slow)
	a.keepPart("admin-training", "")
	k := h.open(t, "/kiosk/?branch=hoabinh-tap", kioskSize)
	k.until("the mark", `document.querySelector('.training-mark')?.checkVisibility() && document.querySelector('.tile, .tiles button')`, slow)
	k.keep("kiosk-training", 0.5)
}

// pictureTheFigures keeps a day with visitors and the reports of days before.
func pictureTheFigures(t *testing.T) {
	h, from, to := madeUp(t, 14)
	for i := range 9 {
		h.take([]string{"ho-tich", "dat-dai", "chung-thuc"}[i%3])
	}
	for _, counter := range []string{"1", "2", "6"} {
		h.verb(counter, "open", nil)
		h.verb(counter, "call", nil)
		h.verb(counter, "serve", nil)
	}
	h.verb("1", "end", nil)
	if status := h.ask("POST", "demo-device", branchPath+"/counters/1/ratings", map[string]any{"level": 4, "source": "tablet"}, nil); status != http.StatusCreated {
		t.Fatalf("a mark: %d", status)
	}
	for _, as := range []size{deskSize, phoneSize} {
		a := h.open(t, "/admin/#/today", as)
		a.until("today", `document.querySelector('.today [data-alert=low]') && document.fonts.status === 'loaded'`, slow)
		if as == phoneSize {
			a.keep("admin-today-phone", 0.8)
			continue
		}
		a.keepPart("admin-today", "")
		a.goTo("ratings")
		a.keepPart("admin-ratings", "")
	}
	r := h.reports(t, "range", from, to, deskSize)
	r.keepPart("admin-reports", "")
	r.press(".headline [data-figure=taken] .trace", "")
	r.until("the visits", `document.querySelectorAll('.tracing tbody tr').length > 0`, slow)
	r.keep("admin-trace", scaleOfAdmin)

	seen, _ := h.telling(t, map[string]any{"GET /results": someResults(true)})
	s := seen.open(t, "/results/", deskSize)
	s.until("the results", fmt.Sprintf(`document.body.innerText.includes(%q)`, "97,6"), slow)
	s.keep("results", scaleOfAdmin)
}
