package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"motcua/server/sheet"
)

// excel makes a file as an official keeps it; a cell may be nil.
func excel(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	var b bytes.Buffer
	table := sheet.Table{Name: "Danh mục", Titles: []string{"DANH MỤC THỦ TỤC HÀNH CHÍNH"}, Headings: []sheet.Heading{{Name: "Mã TTHC"}, {Name: "Tên TTHC"},
		{Name: "Lĩnh vực"}, {Name: "Thời hạn giải quyết"}, {Name: "Phí, lệ phí"}, {Name: "Ghi chú"}, {Name: "Số quyết định"}}, Rows: rows}
	if err := sheet.Write(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// chooses gives the form a file, as choosing it in the dialogue does.
func (s *screen) chooses(name string, content []byte) {
	s.t.Helper()
	eval[any](s, fmt.Sprintf(`(() => {
  const raw = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0)), all = new DataTransfer(), input = document.querySelector('#import-file');
  all.items.add(new File([raw], %q));
  input.files = all.files;
  input.dispatchEvent(new Event('change', {bubbles: true}));
  return 0;
})()`, base64.StdEncoding.EncodeToString(content), name))
}

// fills puts text into the field that a label names.
func (s *screen) fills(label, text string) {
	s.t.Helper()
	eval[any](s, fmt.Sprintf(`(() => {
  const at = [...document.querySelectorAll('label')].filter((l) => l.checkVisibility() && l.textContent.trim().startsWith(%q))[0];
  const field = at.querySelector('input, textarea, select');
  field.value = %q;
  for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true}));
  return 0;
})()`, label, text))
}

// procedures opens the catalogue's part of the administrator's page.
func (h *hall) procedures(t *testing.T, lang string, as size) *screen {
	t.Helper()
	a := h.open(t, "/admin/#/procedures", as)
	a.until("the catalogue", `document.querySelector('.procedures .versions tbody tr')`, patience)
	inEnglish(a, lang, ".lang")
	a.until("the catalogue", `document.querySelector('.procedures .facts span') && document.querySelector('.procedures .versions tbody tr')`, patience)
	return a
}

// TestImportByHand: a file is chosen, checked, applied, seen at once by who looks a
// procedure up, and taken back.
func TestImportByHand(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.procedures(t, "vi", adminSize)
	a.sees(".sample", vi("a.p.sample"))
	a.shot("before")
	file := excel(t, []any{"9.000001", "Xác nhận nhà ở ven sông", "Xây dựng", "3 ngày làm việc", "Miễn phí", "", "12/QĐ-UBND"},
		[]any{"9.000002", "Cấp giấy phép chợ nổi", "Thương mại", "5 ngày", "20.000 đồng", "", ""})
	a.chooses("chợ nổi.xlsx", file)
	a.fills(vi("a.p.decision"), "12/QĐ-UBND")
	a.fills(vi("a.p.effective"), "31/11/2026")
	a.press(".importing .go", vi("a.p.check"))
	a.sees(".word.fault", vi("a.p.e.day"))
	a.fills(vi("a.p.effective"), "1/11/2026")
	a.press(".importing .go", vi("a.p.check"))
	a.sees(".word", vi("a.p.found.good", "n", "2"))
	a.sees(".plan [role=tab][aria-selected=true] b", "2")
	a.sees(".plan tbody th", "9.000001")
	a.clean("checked")
	a.shot("checked")
	if status := h.ask("GET", "demo-kiosk", "/api/v1/procedures/9.000001", nil, nil); status != http.StatusNotFound {
		t.Errorf("checking a file has changed the catalogue: %d", status)
	}
	a.press(".result .go", vi("a.p.apply"))
	a.sees(".result .acts button", vi("a.p.undo.of", "file", "chợ nổi.xlsx"))
	h.wait("the look-up to show it", patience, func() bool {
		return h.ask("GET", "demo-kiosk", "/api/v1/procedures/9.000001", nil, nil) == http.StatusOK
	})
	a.sees(".versions tbody td", "12/QĐ-UBND")
	a.sees(".changes tbody th", "9.000002")
	a.shot("applied")
	a.press(".result .acts button", "")
	a.sees("dialog p", vi("a.p.undo.q", "file", "chợ nổi.xlsx", "n", "2"))
	a.press("dialog .danger", vi("a.p.undo.yes"))
	a.sees(".said", vi("a.p.undone", "file", "chợ nổi.xlsx", "n", "2"))
	a.sees(".versions tbody td", vi("a.p.state.undone"))
	h.wait("the look-up to forget it", patience, func() bool {
		return h.ask("GET", "demo-kiosk", "/api/v1/procedures/9.000001", nil, nil) == http.StatusNotFound
	})
}

// TestImportBroken: each mistake is told by its cell, nothing can be applied, and
// the tables of the result are walked through with the arrow keys.
func TestImportBroken(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, lang string) {
		h := startHall(t)
		a := h.procedures(t, lang, adminSize)
		a.chooses("hỏng.xlsx", excel(t, []any{"1.0012", "Một thủ tục", "Hộ tịch", "5", "20000"}, []any{"9.000003", nil, "Hộ tịch"},
			[]any{"9.000004", "Thủ tục khác", nil, "3 ngày", "Miễn phí", "Mức lệ phí do Hội đồng nhân dân tỉnh quyết định"}))
		a.press(".importing .go", "")
		place := map[string]string{"vi": "Dòng 3, cột A", "en": "Row 3, column A"}[lang]
		a.sees(".plan tbody th", place)
		a.sees(".plan tbody td", "1.001200")
		if eval[bool](a, `!!document.querySelector('.result .go')`) {
			t.Error("a broken file can be applied")
		}
		eval[any](a, `document.querySelector('[role=tab][aria-selected=true]').focus(); 0`)
		a.key(kb.ArrowRight)
		a.until("the warnings", `document.activeElement.id === 'plan-warning' && document.querySelectorAll('.plan tbody tr').length > 0`, patience)
		a.clean("broken")
		a.shot("broken")
		a.chooses("bài.docx", []byte("x"))
		if lang == "vi" {
			a.sees(".word.fault", vi("a.p.e.kind"))
		}
		if !eval[bool](a, `document.querySelector('.importing .go').disabled`) {
			t.Error("a file of a strange kind can be sent")
		}
		if wide := eval[int64](a, `document.documentElement.scrollWidth`); wide > adminSize.w {
			t.Errorf("the page is %d px wide", wide)
		}
	})
}

// TestOwnFee: what the province takes is entered with its resolution, refused
// without one, and shown to who looks the procedure up.
func TestOwnFee(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	for _, as := range []size{adminSize, handSize} {
		a := h.procedures(t, "vi", as)
		a.fills(vi("a.p.find"), "khai sinh")
		a.until("what was found", `document.querySelector('.own li button')`, patience)
		code := eval[string](a, `document.querySelector('.own li button').dataset.code`)
		a.press(".own li button", "")
		a.until("the form", `document.querySelector('dialog[open] .fields')`, patience)
		a.fills(vi("a.p.own.fee"), fmt.Sprintf("%d đồng", as.w))
		a.fills(vi("a.p.own.resolution"), "")
		a.press("dialog .go", vi("a.p.own.save"))
		a.sees("dialog .fault", vi("a.p.own.e.resolution"))
		a.clean("own")
		a.shot(fmt.Sprintf("own-%d", as.w))
		a.fills(vi("a.p.own.resolution"), "NQ 01/2026/NQ-HĐND")
		a.fills(vi("a.p.own.words"), "giấy đẻ")
		a.press("dialog .go", vi("a.p.own.save"))
		a.sees(".said", vi("a.p.own.saved", "code", code))
		h.wait("the fee to be shown", patience, func() bool {
			var p struct {
				Own   struct{ Fee string }
				Plain struct {
					Fees []struct{ Text, Resolution string }
				}
			}
			h.ask("GET", "demo-kiosk", "/api/v1/procedures/"+code, nil, &p)
			return p.Own.Fee == fmt.Sprintf("%d đồng", as.w) && len(p.Plain.Fees) > 0 && strings.Contains(p.Plain.Fees[0].Resolution, "01/2026")
		})
		a.clean("page")
		a.shot(fmt.Sprintf("page-%d", as.w))
		if wide := eval[int64](a, `document.documentElement.scrollWidth`); wide > as.w {
			t.Errorf("the page is %d px wide on %d: %s", wide, as.w, eval[string](a, `[...document.querySelectorAll('main *')].filter((e) => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + '.' + e.className).join(' ')`))
		}
	}
}

// TestPostingList: the list is on A4 with the state's letterhead, its head comes
// again on every page, and it ends with where to complain.
func TestPostingList(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	p := h.open(t, "/posting/", adminSize)
	p.sees(".nation b", vi("a.post.nation"))
	p.sees(".sheet .sample", vi("a.p.sample"))
	p.sees(".complaints h2", vi("a.post.complaints"))
	var held struct {
		Total  int
		Fields []struct{ Name string }
	}
	h.ask("GET", "demo-kiosk", "/api/v1/catalogue", nil, &held)
	if n := eval[int](p, `document.querySelectorAll('.sheet tbody tr').length`); n != held.Total || n == 0 {
		t.Errorf("%d rows for %d procedures", n, held.Total)
	}
	if n := eval[int](p, `document.querySelectorAll('.sheet thead .again').length`); n != len(held.Fields) {
		t.Errorf("%d tables for %d fields", n, len(held.Fields))
	}
	p.clean("the list")
	p.shot("screen")
	whole := p.pages()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if eval[bool](p, `document.querySelector('.tools').checkVisibility()`) {
		t.Error("the buttons are printed")
	}
	p.shot("print")
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen"})
	p.press("summary", "")
	p.press(".acts button", vi("a.post.none"))
	p.sees(".sheet .none", vi("a.post.empty"))
	p.press("fieldset label", held.Fields[0].Name)
	p.until("one field", `document.querySelectorAll('.sheet table').length === 1`, patience)
	if one := p.pages(); whole < 3 || one < 1 || one >= whole {
		t.Errorf("all fields are %d pages, one is %d", whole, one)
	}
}

// pages prints the page and counts the sheets of paper.
func (s *screen) pages() int {
	s.t.Helper()
	pdf, err := chromedp.Run(s.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		s.t.Fatalf("%s: print: %v", s.name, err)
	}
	s.store("print.pdf", pdf)
	return bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page ")) + bytes.Count(pdf, []byte("/Type /Page/"))
}
