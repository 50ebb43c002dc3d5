package escpos

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"motcua/firmware-config"
)

// usualList is what a server sends of a usual procedure.
const usualList = `{"job":"list-1","visit":"list-1","number":"","service":{"vi":""},"url":"http://10.0.0.5:8080/p/1.001193","code":"",
"checklist":{"procedure":"1.001193","name":"Đăng ký khai sinh",
"papers":[{"name":"Tờ khai đăng ký khai sinh","originals":1},
{"name":"Giấy chứng sinh, hoặc văn bản của người làm chứng khi không có","originals":1,"copies":1},
{"name":"Giấy tờ tùy thân của người đi đăng ký","show":true}],
"times":[{"modes":["direct","online","post"],"text":"1 ngày"}],"fees":[{"modes":["direct","online","post"],"text":"Miễn phí"}],
"counters":["1","2","3"],"late":{"vi":"Hồ sơ nhận sau 15 giờ trả kết quả trong ngày làm việc tiếp theo.","en":"Received after 15:00: the result comes on the next working day."},
"as_of":"2026-07","sample":true,"online":true}}`

// longList has more than there is paper for.
func longList(n int) string {
	var papers []string
	for i := range n {
		papers = append(papers, fmt.Sprintf(`{"name":"Giấy tờ thứ %d chứng minh điều kiện hưởng trợ cấp theo quy định của Nghị định và Thông tư hướng dẫn hiện hành","originals":1,"copies":%d}`, i+1, i%3))
	}
	return `{"checklist":{"procedure":"2.002011","case":"Trường hợp người nộp là tổ chức kinh tế có vốn đầu tư nước ngoài",
"name":"` + strings.Repeat("Chuyển mục đích sử dụng đất đối với hộ gia đình, cá nhân; ", 12) + `","papers":[` + strings.Join(papers, ",") + `],
"times":[{"modes":["direct"],"text":"20 ngày làm việc"},{"modes":["online","post"],"text":"15 ngày làm việc"}],
"fees":[{"modes":["direct"],"by_province":true},{"modes":["online"],"text":"50.000 đồng","resolution":"Nghị quyết 12/2025/NQ-HĐND"}],"counters":[],"office":"Trung tâm Phục vụ hành chính công tỉnh Phú Thọ","sample":false,"late":{"vi":""},"online":false}}`
}

var listGoldens = []struct {
	name, job string
	dots      int
	change    func(*firmware.Printer)
}{
	{"list-vi-576", ``, 576, nil},
	{"list-vi-512", ``, 512, nil},
	{"list-vi-384", ``, 384, nil},
	{"list-en-576", `{"lang":"en"}`, 576, nil},
	{"list-join-576", join, 576, nil},
	{"list-bare-384", `{"url":"","checklist":{"counters":[],"fees":[],"times":[],"papers":[]}}`, 384, nil},
	{"list-long-576", longList(40), 576, nil},
	{"list-long-384", longList(40), 384, func(p *firmware.Printer) { p.QR = "raster" }},
	{"list-tcvn3-576", `{"wifi":"MotCua-Khach"}`, 576, func(p *firmware.Printer) { p.Text = "tcvn3" }},
}

func listOf(t testing.TB, change string) List {
	t.Helper()
	job := jobOf(t, usualList)
	if change != "" {
		merge(t, job, change)
	}
	return ListOf(job)
}

func encodeList(t testing.TB, l List, p *firmware.Printer) Job {
	t.Helper()
	job, err := EncodeList(l, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return job
}

func TestListGoldens(t *testing.T) {
	for _, g := range listGoldens {
		t.Run(g.name, func(t *testing.T) {
			p := profile(g.dots, g.change)
			job := encodeList(t, listOf(t, g.job), p)
			page := printed(t, p, nil, job.Bytes)
			if got, all := page.Image.Bounds().Dy(), job.Rows; all < got || all > got+cutFeed {
				t.Errorf("the job says %d rows, the paper has %d", all, got)
			}
			if p.Text == "raster" {
				l := layList(listOf(t, g.job).cleaned(), p, nil)
				(&writer{prof: p}).ticket(l)
				same(t, page.Image, meant(t, l))
			}
			goldenPNG(t, filepath.Join("testdata", g.name+".png"), page.Image)
		})
	}
}

// However long the record, the paper has an end, and says that there is more.
func TestLongListsEnd(t *testing.T) {
	for _, text := range []string{"raster", "tcvn3"} {
		for _, dots := range []int{384, 512, 576} {
			p := profile(dots, func(p *firmware.Printer) { p.Text = text })
			for _, n := range []int{40, 111} {
				job := encodeList(t, listOf(t, longList(n)), p)
				if mm := float64(job.Rows) * 25.4 / 203; mm > 300 {
					t.Errorf("%s, %d papers at %d dots: %.0f mm of paper", text, n, dots, mm)
				}
			}
			if got := encodeList(t, listOf(t, longList(0)), p).Rows; got < 200 {
				t.Errorf("%s at %d dots: a list without papers has %d rows", text, dots, got)
			}
		}
	}
}

// Every paper stands on the list, or is counted in the sentence about the rest.
func TestNoPaperIsLost(t *testing.T) {
	p := profile(576, func(p *firmware.Printer) { p.Text = "ascii" })
	for _, n := range []int{1, 3, 12, 111} {
		shown, rest := 0, 0
		for _, line := range listText(listOf(t, longList(n)).cleaned(), p) {
			if strings.HasPrefix(line.text, "[ ]") {
				shown++
			}
			if _, err := fmt.Sscanf(line.text, "và %d giấy tờ khác", &rest); err == nil && rest == 0 {
				t.Error("a rest of none")
			}
		}
		if shown+rest != n {
			t.Errorf("of %d papers %d are shown, %d counted", n, shown, rest)
		}
	}
}

func TestScannerReadsTheListsCode(t *testing.T) {
	zbar := tool(t, "zbarimg")
	for _, code := range []string{"native", "raster"} {
		for _, dots := range []int{384, 576} {
			p := profile(dots, func(p *firmware.Printer) { p.QR = code })
			list := listOf(t, "")
			page := printed(t, p, nil, encodeList(t, list, p).Bytes)
			out, err := exec.Command(zbar, "-q", "--raw", photo(t, page.Image)).Output()
			if got := strings.TrimSpace(string(out)); err != nil || got != list.URL {
				t.Errorf("%s at %d dots: read %q, %v", code, dots, got, err)
			}
		}
	}
}

func TestReaderReadsTheList(t *testing.T) {
	for _, dots := range []int{384, 576} {
		p := profile(dots, nil)
		list := listOf(t, `{"url":""}`).cleaned()
		page := printed(t, p, nil, encodeList(t, list, p).Bytes)
		read := wordsOn(t, page.Image)
		slips, all := 0, 0
		for _, want := range []string{list.Title, list.Name, list.Papers[0].Name, list.Papers[1].Name, list.Papers[1].Form, list.Papers[2].Name,
			"Thời hạn: 1 ngày", "Phí, lệ phí: Miễn phí", "Nơi nộp: Quầy 1 – 3", list.Notes[0]} {
			slips, all = slips+slipsIn(want, read), all+len([]rune(want))
		}
		t.Logf("%d dots: %d of %d letters wrong: %s", dots, slips, all, read)
		if slips*100 > all*8 {
			t.Errorf("%d dots: %d of %d letters wrong", dots, slips, all)
		}
	}
}

// A list may keep the line busy for so long, and no longer: a ticket waits behind it.
func TestListSizes(t *testing.T) {
	rows, err := ListSizes()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 6 {
		t.Fatalf("%d rows", len(rows))
	}
	aims := map[string]int{"raster": 36_000, "tcvn3": 2_500}
	for _, r := range rows {
		t.Logf("%3d %-7s %6d bytes %4d rows %6.2f s %6.2f s %6.2f s", r.Dots, r.Name, r.Bytes, r.Rows, r.Seconds[0], r.Seconds[1], r.Seconds[2])
		if r.Bytes > aims[r.Name] {
			t.Errorf("%s at %d dots has %d bytes, the aim is %d", r.Name, r.Dots, r.Bytes, aims[r.Name])
		}
	}
	job := encodeList(t, listOf(t, longList(111)), profile(576, nil))
	t.Logf("the longest: %d bytes, %.1f s at 19200, %.1f s at 115200", len(job.Bytes), Size(len(job.Bytes), 19200), Size(len(job.Bytes), 115200))
}
