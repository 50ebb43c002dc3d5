package crash

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"motcua/server/queue"
)

// TestFullDisk fills the disk under load: presses are refused and told when to
// come back, reading goes on, and with space again everything goes on by itself.
func TestFullDisk(t *testing.T) {
	began := today()
	dir := t.TempDir()
	// More than the reserve below which the server calls itself not ready.
	needed(t, "mount a tmpfs", unix.Mount("tmpfs", dir, "tmpfs", 0, "size=48m"))
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	p := newProgram(t, filepath.Join(dir, "data"))
	p.start()
	l := newLoad(t, p)
	l.begin(6, 4, 10*time.Millisecond)
	time.Sleep(300 * time.Millisecond)

	screens := []*wall{l.screen("view=board&key=demo-display"), l.screen("view=kiosk&key=demo-kiosk"), l.screen("view=desk&key=demo-desk"),
		l.screen("view=ticket&token=" + l.token())}
	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)
	probe := l.untilFull()
	if status, err := p.get("/readyz"); err != nil || status != http.StatusServiceUnavailable {
		t.Errorf("readyz on a full disk: %d, %v", status, err)
	}
	for _, screen := range screens {
		screen.says(queue.StoreFull)
	}
	if status, err := p.get("/healthz"); err != nil || status != http.StatusOK {
		t.Errorf("healthz on a full disk: %d, %v", status, err)
	}
	l.reads(http.StatusOK)

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	freed := time.Now()
	a := l.send(probe)
	if a.status != http.StatusCreated {
		t.Fatalf("with space again: %d %s", a.status, a.body)
	}
	l.presses.Add(1)
	t.Logf("taken again %v after the space came back", time.Since(freed).Round(time.Millisecond))
	for _, screen := range screens {
		screen.says("")
	}
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if status, err := p.get("/readyz"); err == nil && status == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the server is not ready although there is space again")
		}
	}
	l.end()
	finish(t, l, 1)
	p.stop()
	l.verify(openData(t, p.data), began)
}

// token takes one more ticket and gives its token, which is a phone's key.
func (l *load) token() string {
	l.t.Helper()
	a := l.send(press{kind: "take", caller: "demo-kiosk", path: "/branches/" + demo.ID + "/tickets",
		body: fmt.Sprintf(`{"service":%q}`, demo.Services[0].ID), key: "phone"})
	var ticket struct{ Token string }
	if err := json.Unmarshal([]byte(a.body), &ticket); err != nil || a.status != http.StatusCreated {
		l.t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	l.presses.Add(1)
	return ticket.Token
}

// untilFull presses for tickets until one is refused for want of space, and
// looks how. Accepted ones are presses like any other.
func (l *load) untilFull() press {
	l.t.Helper()
	for n := range 20000 {
		p := press{kind: "take", caller: "demo-kiosk", path: "/branches/" + demo.ID + "/tickets",
			body: fmt.Sprintf(`{"service":%q}`, demo.Services[0].ID), key: fmt.Sprint("full-", n)}
		a, header, err := l.ask(p)
		if err != nil {
			l.t.Fatal(err)
		}
		if a.status == http.StatusCreated {
			l.presses.Add(1)
			l.book.acknowledge(p, a)
			continue
		}
		var problem struct{ Code queue.Code }
		if err := json.Unmarshal([]byte(a.body), &problem); err != nil {
			l.t.Fatalf("%d %s: %v", a.status, a.body, err)
		}
		if a.status != http.StatusServiceUnavailable || problem.Code != queue.StoreFull || header.Get("Retry-After") == "" {
			l.t.Fatalf("on a full disk: %d %s, Retry-After %q", a.status, a.body, header.Get("Retry-After"))
		}
		return p
	}
	l.t.Fatal("the disk is full and tickets are still given out")
	return press{}
}

// reads looks that a kiosk can still see the hall.
func (l *load) reads(want int) {
	l.t.Helper()
	r, err := http.NewRequest(http.MethodGet, "http://"+l.p.addr+"/api/v1/branches/"+demo.ID, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer demo-kiosk")
	got, err := quick.Do(r)
	if err != nil {
		l.t.Fatal(err)
	}
	got.Body.Close()
	if got.StatusCode != want {
		l.t.Errorf("reading on a full disk: %d, want %d", got.StatusCode, want)
	}
}

// fill takes all the space there is.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, unix.ENOSPC) {
		t.Fatal(err)
	}
}
