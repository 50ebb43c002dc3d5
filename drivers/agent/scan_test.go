package agent

import (
	"bufio"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/drivers/scanner"
	"motcua/server/queue"
)

const card = "001044000123|012345678|Nguyễn Văn Bảy|02091944|Nam|Số 5, Hàng Bạc, Hà Nội|05052021"

// What a card says goes to the page as group and hash, and nowhere else.
func TestScanLeavesNoTrace(t *testing.T) {
	b := newBench(t)
	home := kiosk(t, b)
	until(t, "the day key", func() bool { return b.a.dayKey.Load() != nil })
	answer, err := http.Get(home + "/agent/scans")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() || lines.Text() != "retry: 1000" {
		t.Fatal("no stream: ", lines.Text())
	}
	want := []string{
		`data: {"kind":"identity","person":"` + scanner.Hash(make([]byte, 32), "001044000123") + `","priority":"NCT"}`,
		`data: {"kind":"unknown"}`,
		`data: {"kind":"ticket","token":"hbABCDEFGHIJKLMNOPQRSTUV"}`,
		`data: {"kind":"dossier","code":"000.00.16.H40-200915-0001"}`,
		`data: {"kind":"foreign"}`,
	}
	for i, text := range []string{card, "001044000123|garbage", "http://hall:8080/t/hbABCDEFGHIJKLMNOPQRSTUV", "000.00.16.h40-200915-0001",
		"DN4797912345678|4e677579e1bb856e|02/09/1944|1|"} {
		b.a.scans.send(b.a.readScan(text))
		for lines.Scan() && lines.Text() == "" {
		}
		if lines.Text() != want[i] {
			t.Errorf("got %s, want %s", lines.Text(), want[i])
		}
	}
	if err := b.press(1); err != nil { // something must be written after the scan
		t.Fatal(err)
	}
	until(t, "the press", func() bool { return len(b.f.got(kindPress)) == 1 })
	b.stop()
	said := b.log.String()
	err = filepath.WalkDir(b.o.Data, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			body, err := os.ReadFile(path)
			said += path + string(body)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.f.mu.Lock()
	defer b.f.mu.Unlock()
	for _, r := range b.f.reports {
		said += string(r.Report.At) + r.Key
	}
	for _, part := range []string{"001044000123", "044000123", "012345678", "Nguyễn", "Bảy", "02091944", "1944", "Hàng Bạc", "05052021", "hbABCDEF",
		scanner.Hash(make([]byte, 32), "001044000123")} {
		if strings.Contains(said, part) {
			t.Errorf("%q was written down", part)
		}
	}
	if !strings.Contains(said, "agent runs") || !strings.Contains(said, "position") {
		t.Error("neither log nor data folder was looked at")
	}
}

// The age is counted by the hall's day; without a day key there is no hash.
func TestCardAge(t *testing.T) {
	b := newBench(t)
	clock := newStepped()
	b.o.Clock = clock
	clock.now = time.Date(2019, 9, 1, 23, 59, 0, 0, queue.Zone)
	a, err := newAgent(b.o, b.makers())
	if err != nil {
		t.Fatal(err)
	}
	if s := a.readScan(card); s != (Scan{Kind: "identity"}) {
		t.Errorf("%+v", s)
	}
	clock.step(2 * time.Minute)
	if s := a.readScan(card); s.Priority != "NCT" {
		t.Errorf("at 75: %+v", s)
	}
}

// A page that does not read holds nobody up, and gets nothing old.
func TestScanFeed(t *testing.T) {
	f := newScanFeed()
	f.send(Scan{Kind: "unknown"}) // nobody is there
	slow, leave := f.listen()
	f.send(Scan{Kind: "code", Code: "A"})
	f.send(Scan{Kind: "code", Code: "B"})
	if s := <-slow; s.Code != "A" {
		t.Error(s)
	}
	select {
	case s := <-slow:
		t.Error("kept for later:", s)
	default:
	}
	leave()
	f.send(Scan{Kind: "code", Code: "C"})
	if len(f.pages) != 0 {
		t.Error("a page that left is still there")
	}
}
