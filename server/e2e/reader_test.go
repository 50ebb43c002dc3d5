package e2e

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"

	"motcua/server/store/storetest"
)

// serveHall starts the program as a hall runs it, where nobody has a session before
// logging in; it gives the first administrator's key.
func serveHall(t *testing.T) (*hall, string) {
	t.Helper()
	browser(t)
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	h := &hall{t: t, addr: storetest.FreeAddr(t), data: t.TempDir()}
	h.url = "http://" + h.addr
	h.cmd = exec.Command(path, "serve", "--addr", h.addr, "--data", h.data, "--log", "error")
	h.cmd.Stderr, h.cmd.SysProcAttr = &h.logs, diesWithUs
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.kill)
	key := ""
	for lines := bufio.NewScanner(out); key == "" && lines.Scan(); {
		_, key, _ = strings.Cut(lines.Text(), "keep it safe: ")
	}
	if key == "" {
		t.Fatalf("no first key: %s", h.logs.String())
	}
	h.ready()
	return h, key
}

// login opens the page that a key leads to.
func (h *hall) login(t *testing.T, key string, as size) *screen {
	t.Helper()
	s := h.open(t, "/login", as)
	s.until("the field", `document.querySelector('#key')`, slow)
	// It lies folded away: people log in with names.
	eval[bool](s, `(() => { const e = document.querySelector('#key'); e.closest('details').open = true; e.focus(); return true })()`)
	s.do(typed(key + "\r"))
	return s
}

// An administrator makes a key that only reads; who logs in with it sees today and
// the reports, and nothing that changes something.
func TestReaderSeesFiguresOnly(t *testing.T) {
	t.Parallel()
	h, first := serveHall(t)
	admin := h.login(t, first, size{w: 1366, h: 768})
	admin.until("the list of parts", `document.querySelectorAll('nav a').length > 5`, slow)
	admin.press("nav a[href='#/devices']", "")
	admin.until("the form of keys", `document.querySelector('.connect form input')`, slow)
	// By its focus: the page still grows while the first answers come in.
	eval[bool](admin, `(document.querySelector('.connect form input').focus(), true)`)
	admin.do(typed("Thanh tra\r"))
	admin.until("the key, shown once", `document.querySelector('.connect .made input')?.value`, slow)
	admin.until("the key in the list", `document.querySelector('.keys')?.innerText.includes('Thanh tra')`, slow)
	admin.clean("a key that only reads was made")
	eval[bool](admin, `(document.querySelector('.connect').scrollIntoView(), true)`)
	admin.shot("admin-reader-key")
	secret := eval[string](admin, `document.querySelector('.connect .made input').value`)

	reader := h.login(t, secret, size{w: 1366, h: 768})
	reader.until("the reports", `location.hash.startsWith('#/reports') && document.querySelector('main .rp')`, slow)
	if n := eval[int](reader, `document.querySelectorAll('nav a').length`); n != 3 {
		t.Errorf("a reader sees %d parts", n)
	}
	reader.shot("reader-reports")
	reader.press("nav a[href='#/today']", "")
	reader.until("today", `document.querySelector('main .today') && document.fonts.status === 'loaded'`, slow)
	reader.shot("reader-today")
	reader.pardon("401|403") // whose right this browser has, asked at the start; the settings are not a reader's
}
