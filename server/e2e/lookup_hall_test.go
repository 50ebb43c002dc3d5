package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

const complaintsPortal = "https://pakn.dichvucong.gov.vn/hoabinh"

// published gives the hall something to say in every part.
func published(s *queue.Settings) {
	s.Hall.Portal = complaintsPortal
	s.Hall.Complaints = queue.ContactSetting{Name: queue.Text{VI: "Bộ phận tiếp công dân", EN: "Citizens' desk"}, Address: queue.Text{VI: "Số 1 đường Hòa Bình"},
		Phone: "0204 1234 567", Email: "pakn@hoabinh.example.vn", Hours: queue.Text{VI: "Sáng thứ Hai đến thứ Sáu", EN: "Weekday mornings"}}
	s.Hall.Tariff = queue.TariffSetting{Basis: "QĐ 12/2024/QĐ-UBND", Rows: []queue.TariffRow{
		{Name: queue.Text{VI: "Gửi kết quả trong phường"}, Price: queue.Text{VI: "15.000 đồng"}},
		{Name: queue.Text{VI: "Gửi kết quả trong tỉnh"}, Price: queue.Text{VI: "26.500 đồng"}}}}
}

// notices opens "Thông tin niêm yết".
func (h *hall) notices(t *testing.T, as size) *screen {
	t.Helper()
	s := h.lookup(t, "", as)
	s.press("[data-act=hall]", "")
	s.isOn("hall")
	return s
}

// part opens one part of it, looks at it and goes back.
func (s *screen) part(name, selector, text string) {
	s.t.Helper()
	s.press("[data-part="+name+"]", "")
	s.isOn(name)
	s.sees(selector, text)
	s.holdsIn(name)
	s.clean(name)
	s.shot("hall-" + name)
}

// holdsIn fails the test when something reaches over the edge of the screen's work.
func (s *screen) holdsIn(name string) {
	s.t.Helper()
	over := eval[[]string](s, `(() => {
  const end = document.querySelector('.bottom').getBoundingClientRect().top + 1;
  return [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility() && !e.closest('[hidden]'))
    .filter((e) => { const b = e.getBoundingClientRect(); return b.height > 0 && (b.bottom > end || b.right > innerWidth + 1); })
    .map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
})()`)
	if len(over) > 0 {
		s.shot(name + "-over")
		s.t.Errorf("%s reaches over the edge: %s", name, strings.Join(over, "; "))
	}
}

// TestLookupPublishes: every part of the public notices, in both shapes.
func TestLookupPublishes(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(published)
	h.catalogueChange(t)
	for shape, as := range map[string]size{"wide": lookWide, "tall": lookTall} {
		t.Run(shape, func(t *testing.T) {
			s := h.notices(t, as)
			s.until("the parts that are asked for", `document.querySelector('[data-part=changes]') && document.querySelector('[data-part=counts]')`, patience)
			s.holdsIn("hall")
			s.inSight("hall")
			back := func() {
				s.press("[data-way=back]", "")
				s.isOn("hall")
			}
			s.part("complaints", ".contact", "0204 1234 567")
			s.sees(".portal", vi("l.portal.formal"))
			s.until("the code to load", `document.querySelector('img.qr').naturalWidth > 0`, patience)
			if !isCodeOf(t, eval[string](s, `fetch(document.querySelector('img.qr').src).then((r) => r.text())`), complaintsPortal) {
				t.Error("the code does not lead to the portal")
			}
			back()
			s.part("changes", ".kind", vi("l.changes.changed"))
			back()
			s.part("conduct", ".item", "Đón tiếp người dân")
			back()
			s.part("days", ".day.golden", "Thứ Ba và Thứ Năm")
			back()
			s.part("tariff", ".item", "26.500 đồng")
			s.sees(".lead", "QĐ 12/2024/QĐ-UBND")
			back()
			s.part("counts", ".figures", vi("l.counts.in"))
			back()

			s.press("[data-part=fees]", "")
			s.isOn("feefields")
			s.shot("hall-feefields")
			s.press("main .field", "Hộ tịch")
			s.isOn("fees")
			s.until("the fees", `document.querySelectorAll('.item.fee').length > 2`, patience)
			s.holdsIn("fees")
			s.inSight("hall-fees")
			first := s.text(".item.fee strong")
			s.press(".turn button:last-child", "")
			s.until("the next page", fmt.Sprintf(`document.querySelector('.item.fee strong').textContent !== %q`, first), patience)
			s.press(".turn button:first-child", "")
			s.sees(".item.fee strong", first)
			s.press(".item.fee", first)
			s.isOn("record")
		})
	}
}

// catalogueChange imports a procedure with another result, as an update of the
// catalogue does.
func (h *hall) catalogueChange(t *testing.T) {
	t.Helper()
	raw, err := os.ReadFile("../catalogue/sample.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var record map[string]any
	if err := json.Unmarshal(raw[:bytes.IndexByte(raw, '\n')], &record); err != nil {
		t.Fatal(err)
	}
	record["agency"] = "Ủy ban nhân dân phường"
	var told map[string]any
	status := h.ask(http.MethodPost, "demo-admin", "/api/v1/catalogue/imports?file=moi.jsonl&decision=Q%C4%90+99%2FQ%C4%90-UBND", record, &told)
	if status != http.StatusCreated {
		t.Fatalf("importing a change: status %d %v", status, told)
	}
}

// TestLookupModes: the parts with most on them, large, low, and in English.
func TestLookupModes(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(published)
	for shape, as := range map[string]size{"wide": lookWide, "tall": lookTall} {
		t.Run(shape, func(t *testing.T) {
			s := h.notices(t, as)
			for _, mode := range []string{"text", "reach", "lang"} {
				s.press("[data-mode="+mode+"]", "")
			}
			s.until("English", `document.documentElement.lang === 'en'`, patience)
			s.holdsIn("hall, large and low")
			s.shot("large-hall")
			for _, name := range []string{"complaints", "days"} {
				s.part(name, "h1", "")
				s.press("[data-way=back]", "")
				s.isOn("hall")
			}
			s.press("[data-way=home]", "")
			s.isOn("first")
			s.press("[data-act=dossier]", "")
			s.isOn("dossier")
			s.holdsIn("the pad, large and low")
			s.clean("the pad, large and low")
			s.shot("large-dossier")
			s.scan(fileLate)
			s.isOn("file")
			s.holdsIn("a dossier, large and low")
			s.clean("a dossier, large and low")
			s.shot("large-file")
			s.press("[data-way=home]", "")
			s.isOn("first")
			s.press("[data-act=tell]", "")
			s.isOn("topics")
			s.holdsIn("topics, large and low")
			s.shot("large-topics")
			s.press("[data-topic=time]", "")
			s.isOn("write")
			s.holdsIn("writing, large and low")
			s.shot("large-write")
		})
	}
}

// TestLookupSuggestion: written by touch it lies in the head's inbox, with the phone
// number masked; the phone gets a page of its own.
func TestLookupSuggestion(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(published)
	for shape, as := range map[string]size{"wide": lookWide, "tall": lookTall} {
		s := h.lookup(t, "", as)
		s.press("[data-act=tell]", "")
		s.isOn("topics")
		s.holdsIn("topics")
		s.inSight("tell-" + shape)
		s.press("[data-topic=time]", "")
		s.isOn("write")
		for _, letter := range "cho" {
			s.press(".key", string(letter))
		}
		s.key(" lau, goi 0912") // more figures at once would be a scan
		s.key("345678")
		s.sees(".draft", "cho lau, goi 0912345678")
		s.holdsIn("writing")
		s.inSight("tell-write-" + shape)
		s.press(".btn.go", vi("l.tell.send"))
		s.isOn("thanks")
		s.inSight("tell-thanks-" + shape)
		if s.holds("0912345678") {
			t.Error("the text is still in the page")
		}
	}
	var inbox struct {
		Items []struct{ Text, Topic string }
	}
	if status := h.ask(http.MethodGet, "demo-admin", branchPath+"/suggestions", nil, &inbox); status != http.StatusOK || len(inbox.Items) != 2 {
		t.Fatalf("the inbox holds %v (status %d)", inbox, status)
	}
	if x := inbox.Items[0]; x.Topic != "time" || !strings.Contains(x.Text, "cho lau") || strings.Contains(x.Text, "0912345678") {
		t.Errorf("the inbox holds %+v", x)
	}

	s := h.lookup(t, "", lookWide)
	s.press("[data-act=tell]", "")
	s.isOn("topics")
	s.press(".btn", vi("l.tell.phone"))
	s.isOn("tellphone")
	s.until("the code", `document.querySelector('img.qr').naturalWidth > 0`, patience)
	s.inSight("tell-phone")
	s.press("[data-way=back]", "")
	s.press("[data-topic=formal]", "")
	s.isOn("formal")
	s.sees(".portal", vi("l.portal.formal"))
}

// TestLookupSlides: after a minute without touch the playlist is shown; what is
// missing is passed over, and the touch that ends it does nothing else.
func TestLookupSlides(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.upload(t, "anh.png", picture(t))
	h.settings(func(s *queue.Settings) {
		s.Hall.Playlist = []queue.SlideSetting{
			{Text: queue.Text{VI: "Nộp hồ sơ trực tuyến: không phải đi lại, không phải chờ", EN: "File online: no travelling, no waiting"}, Seconds: 3},
			{File: "mat.png", Text: queue.Text{VI: "Tệp đã mất"}, Seconds: 3},
			{File: "anh.png", Text: queue.Text{VI: "Gương người tốt, việc tốt"}, Seconds: 3},
			{Text: queue.Text{VI: "Chưa đến ngày"}, From: "2099-01-01", Seconds: 10},
		}
	})
	s := h.lookup(t, "", lookWide)
	s.pardon(`mat\.png`)
	search := s.aim(".ask", "")
	s.moveClock(61 * time.Second)
	s.sees(".slide.sentence", "Nộp hồ sơ trực tuyến")
	s.inSightStill("slide-sentence")
	s.until("the picture", `document.querySelector('.slide.picture img')?.naturalWidth > 0`, 25*time.Second)
	s.sees(".slide figcaption", "Gương người tốt")
	s.shot("slide-picture")
	s.pressAt(search) // the key lies under it, and does not hear of it
	s.until("the slides to end", `!document.querySelector('.slides')`, patience)
	time.Sleep(600 * time.Millisecond) // as long as the click of that touch may take
	s.isOn("first")
	s.pressAt(search)
	s.isOn("search")

	tall := h.lookup(t, "", lookTall)
	tall.pardon(`mat\.png`)
	tall.moveClock(61 * time.Second)
	tall.sees(".slide.sentence", "Nộp hồ sơ trực tuyến")
	tall.shot("slide-tall")
}

func (s *screen) inSightStill(name string) {
	s.t.Helper()
	s.clean(name)
	s.shot(name)
}

func (h *hall) upload(t *testing.T, name string, raw []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPut, h.url+"/api/v1/media/"+name, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer demo-admin")
	r.Header.Set("Idempotency-Key", "upload-"+name)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		t.Fatalf("uploading %s: status %d", name, answer.StatusCode)
	}
}

// picture is a plain landscape, as a hall may upload one.
func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 640, 360))
	for y := range 360 {
		for x := range 640 {
			img.Set(x, y, color.RGBA{uint8(40 + y/3), uint8(110 + x/8), uint8(200 - y/3), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
