package e2e

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const (
	birth     = "1.001193" // of the sample: registering a birth, in two cases
	birthName = "Đăng ký khai sinh"
)

// scanned reads the QR code at an address as a phone's camera does: off a picture.
func (s *screen) scanned(path string) string {
	s.t.Helper()
	zbar, err := exec.LookPath("zbarimg")
	if err != nil {
		missing(s.t, "zbarimg is not installed: apt-get install zbar-tools")
	}
	data := eval[string](s, fmt.Sprintf(`(async () => {
  const image = new Image();
  image.src = %q;
  await image.decode();
  const c = document.createElement('canvas');
  c.width = c.height = 400;
  c.getContext('2d').drawImage(image, 0, 0, 400, 400);
  return c.toDataURL('image/png');
})()`, path))
	png, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(data, "data:image/png;base64,"))
	if err != nil {
		s.t.Fatalf("%s: %.100s", path, data)
	}
	file := filepath.Join(s.t.TempDir(), "code.png")
	if err := os.WriteFile(file, png, 0o600); err != nil {
		s.t.Fatal(err)
	}
	out, err := exec.Command(zbar, "-q", "--raw", file).Output()
	if err != nil {
		s.t.Fatalf("%s is not to be read: %v", path, err)
	}
	return strings.TrimSpace(string(out))
}

// TestProcedureOnThePhone: the code of a look-up screen opens the page in the case
// that was chosen there; what is ready stays ticked; another case has its own boxes.
func TestProcedureOnThePhone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	screen := h.open(t, "/kiosk/", kioskSize)
	url := screen.scanned("/api/v1/procedures/" + birth + "/link.svg?case=2")
	if want := h.url + "/p/" + birth + "?case=2"; url != want {
		t.Fatalf("the code says %q, want %q", url, want)
	}
	phone := h.open(t, strings.TrimPrefix(url, h.url), phoneSize)
	phone.sees("h1", birthName)
	phone.sees(".cases summary", "Trẻ sinh ở nơi khác")
	phone.sees(".sample", vi("pr.sample"))
	phone.sees(".facts dt", vi("pr.fee"))
	phone.sees(".facts dd", "Quầy")
	phone.fitsPhone("a case")
	phone.clean("a case")
	phone.shot("page")
	eval[any](phone, `document.fonts.ready.then(() => 0)`)
	if got := eval[int](phone, `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((n, e) => n + e.transferSize, 0)`); got < 10_000 || got > phoneBudget {
		t.Errorf("the page loads %d bytes, at most %d", got, phoneBudget)
	} else {
		t.Logf("%d bytes of %d", got, phoneBudget)
	}

	n := eval[int](phone, `document.querySelectorAll('.bring li').length`)
	phone.press(".bring label", "Tờ khai đăng ký khai sinh")
	phone.sees(".bring .sub", vi("pr.ready", "n", "1", "all", fmt.Sprint(n)))
	phone.do(chromedp.Reload())
	phone.sees(".bring .sub", vi("pr.ready", "n", "1", "all", fmt.Sprint(n)))
	phone.press(".cases summary", "")
	phone.press(".cases label", "Trẻ sinh tại bệnh viện")
	phone.until("the other case, nothing ticked", `!document.querySelector('.bring :checked') && document.querySelector('.cases summary').textContent.includes('bệnh viện')`, patience)
	phone.until("the address to say which", `location.search === '?case=1'`, patience)
	phone.press(".whole summary", "")
	phone.sees(".whole dt", vi("pr.o.documents"))
	phone.clean("the official text")
	phone.shot("official")
	phone.press("[data-act=lang]", "")
	phone.sees("h2", en("pr.bring"))
	phone.clean("in English")
	phone.fitsPhone("in English")
	phone.shot("english")

	gone := h.open(t, "/p/9.999999", phoneSize)
	gone.pardon(`404`)
	gone.sees("h1", vi("pr.unknown"))
	gone.clean("an unknown one")
	gone.shot("unknown")
}

// longestRecord is one as long as the longest there are.
func longestRecord() string {
	var cases []string
	for c := range 20 {
		var papers []string
		for p := range 5 {
			papers = append(papers, fmt.Sprintf(`{"name":"%s số %d","originals":%d,"copies":1}`, strings.Repeat("Bản chính hoặc bản sao có chứng thực giấy tờ về quyền sử dụng đất theo quy định tại Điều 137 Luật Đất đai; ", 3), p, p%2))
		}
		cases = append(cases, fmt.Sprintf(`{"case":"Trường hợp %d: %s","items":[%s]}`, c+1, strings.Repeat("người nộp hồ sơ là tổ chức kinh tế ", 6), strings.Join(papers, ",")))
	}
	name := strings.Repeat("Chuyển mục đích sử dụng đất trồng lúa, ", 27)
	return `{"code":"2.002011","name":"` + name + `","field":"Đất đai","steps":"` + strings.Repeat(`- Bước tiếp theo\n`, 200) +
		`","channels":[{"mode":"direct","time":"20 Ngày làm việc","fee":"","note":"Phí do Hội đồng nhân dân tỉnh quyết định"}],"documents":[` + strings.Join(cases, ",") + "]}\n"
}

// TestProcedureLongest: the longest record breaks nothing on the narrowest phone,
// nor in letters twice as large.
func TestProcedureLongest(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	r, err := http.NewRequest("POST", h.url+"/api/v1/catalogue/imports?file=long.jsonl", strings.NewReader(longestRecord()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer demo-admin")
	r.Header.Set("Idempotency-Key", "long")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Fatalf("the import: %s", answer.Status)
	}
	h.wait("the record to be shown", slow, func() bool {
		return h.ask("GET", "", "/p/2.002011/record.json", nil, nil) == http.StatusOK
	})
	for _, as := range []struct {
		name string
		size size
		font int64
	}{{"390", phoneSize, 16}, {"320 double", size{320, 568, true}, 32}} {
		t.Run(as.name, func(t *testing.T) {
			phone := h.open(t, "/p/2.002011?case=20", as.size)
			call(phone, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: as.font}})
			phone.do(chromedp.Reload())
			phone.sees(".cases summary", "Trường hợp 20")
			phone.sees(".facts dd", vi("pr.province"))
			phone.fitsPhone("closed")
			phone.press(".cases summary", "")
			phone.fitsPhone("the cases")
			phone.clean("the cases")
			phone.shot("long")
		})
	}
}

// TestTicketNamesItsProcedure: who took the number for a procedure finds on the
// ticket's page what to bring.
func TestTicketNamesItsProcedure(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	var x ticket
	if status := h.ask("POST", "demo-kiosk", branchPath+"/tickets", map[string]string{"service": "ho-tich", "procedure": birth}, &x); status != http.StatusCreated {
		t.Fatal(status)
	}
	phone := h.open(t, "/t/"+x.Token, phoneSize)
	phone.sees(".papers b", vi("p.papers"))
	phone.fitsPhone("with papers")
	phone.clean("with papers")
	phone.shot("ticket")
	phone.press(".papers a", birthName)
	phone.sees(".bring h2", vi("pr.bring"))
}
