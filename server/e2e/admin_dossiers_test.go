package e2e

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/server/dossier"
)

// dossiers opens the dossiers' part of the administrator's page.
func (h *hall) dossiers(t *testing.T, lang string, as size) *screen {
	t.Helper()
	a := h.open(t, "/admin/#/dossiers", as)
	drawn := `document.querySelector('.dossiers .figures dd') && document.querySelector('.overdue tbody tr') && document.querySelector('.reports .report')`
	a.until("the dossiers", drawn, patience)
	inEnglish(a, lang, ".lang")
	a.until("the dossiers", drawn, patience)
	return a
}

// TestAdminDossiers: the overdue are listed with their apology, a file is taken in
// with its bad lines told, and the software gets a key that it can send with.
func TestAdminDossiers(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.dossiers(t, "vi", adminSize)
	late := dossier.SampleCodes()[1]
	a.sees(".overdue tbody th", late)
	a.shot("before")
	a.press(fmt.Sprintf(".overdue tr[data-code=%q] button", late), vi("a.do.sorry"))
	a.until("the words of apology", fmt.Sprintf(`document.querySelector('dialog.sorry textarea').value.includes('xin lỗi ông/bà: hồ sơ %s')`, late), patience)
	a.clean("apology")
	a.shot("apology")
	a.press("dialog.sorry .go", vi("a.do.copy"))
	a.until("the words to be copied or marked", `document.querySelector('dialog.sorry .word').textContent !== ''`, patience)
	a.press("dialog.sorry button", vi("a.do.close"))

	file := "Mã hồ sơ,Họ tên,Trạng thái,Ngày hẹn trả\nH15.50.05.13-261101-7001,Nguyễn Văn A,Đang giải quyết,01/11/2026\nH15.50.05.13-261101-7002,Trần Thị B,Bay mất,01/11/2026\n"
	eval[any](a, fmt.Sprintf(`(() => {
  const raw = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0)), all = new DataTransfer(), input = document.querySelector('#dossier-file');
  all.items.add(new File([raw], 'tháng 11.csv'));
  input.files = all.files;
  input.dispatchEvent(new Event('change', {bubbles: true}));
  return 0;
})()`, base64.StdEncoding.EncodeToString([]byte(file))))
	a.press(".bring button", vi("a.do.check"))
	a.sees(".bring .word", vi("a.do.done.dry", "accepted", "1", "unchanged", "0", "bad", "1"))
	a.press(".bring .go", vi("a.do.send"))
	a.sees(".bring .word", vi("a.do.done", "accepted", "1", "unchanged", "0", "bad", "1"))
	a.sees(".bring .result .hint", "Họ tên")
	a.sees(".bring .result tbody th", "Dòng 3, cột C")
	a.sees(".overdue tbody th", "H15.50.05.13-261101-7001")
	a.sees(".reports summary", "tháng 11.csv")
	if page := a.text("body"); strings.Contains(page, "Nguyễn Văn A") || strings.Contains(page, "Bay mất") {
		t.Error("the page tells what stands in the cells")
	}
	a.clean("imported")
	a.shot("imported")

	a.press(".connect .go", vi("a.do.key.make"))
	a.until("the key", `document.querySelector('.connect .made input')`, patience)
	key := eval[string](a, `document.querySelector('.connect .made input').value`)
	var told struct{ Accepted int }
	items := map[string]any{"items": []any{map[string]string{"code": "H15.50.05.13-261101-7003", "stage": "ready"}}}
	if status := h.ask("POST", key, "/api/v1/dossiers", items, &told); status != http.StatusOK || told.Accepted != 1 {
		t.Errorf("sending with the key: %d, %+v", status, told)
	}
	a.shot("key")
}

// TestDossierFolder: what the software puts into the folder is looked up soon after.
func TestDossierFolder(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	const code = "H15.50.05.13-261101-7009"
	file := filepath.Join(h.data, "dossiers", "in", "xuat.csv")
	if err := os.WriteFile(file, []byte("Mã hồ sơ,Trạng thái\n"+code+",Có kết quả\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Asking for the dossier meanwhile would use up the tries.
	h.wait("the file to be taken in", 6*patience, func() bool {
		reports, err := filepath.Glob(filepath.Join(h.data, "dossiers", "done", "*-xuat.csv.txt"))
		return err == nil && len(reports) == 1
	})
	var d struct{ Degree string }
	if status := h.ask("GET", "demo-display", "/api/v1/dossiers/"+code, nil, &d); status != http.StatusOK || d.Degree != "ready" {
		t.Errorf("status %d, degree %q", status, d.Degree)
	}
}

// TestAxeAdminDossiers looks at the part in both languages, wide and on a phone.
func TestAxeAdminDossiers(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, lang string) {
		h := startHall(t)
		for _, as := range []size{adminSize, handSize} {
			a := h.dossiers(t, lang, as)
			a.clean("dossiers")
			if wide := eval[int64](a, `document.documentElement.scrollWidth`); wide > as.w {
				t.Errorf("the page is %d px wide on %d", wide, as.w)
			}
			a.shot(fmt.Sprintf("dossiers-%d", as.w))
		}
	})
}
