package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// guards are the headers that every answer has, with what must stand in each.
var guards = map[string][]string{
	"Content-Security-Policy":      {"default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"},
	"X-Frame-Options":              {"DENY"},
	"X-Content-Type-Options":       {"nosniff"},
	"Permissions-Policy":           {"autoplay=(self)", "camera=()", "microphone=()", "geolocation=()", "usb=()", "serial=()"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"X-Request-Id":                 {""},
	"Cache-Control":                {""},
}

// guarded tells what an answer's headers lack.
func guarded(h http.Header) error {
	for name, words := range guards {
		value := h.Values(name)
		if len(value) != 1 || value[0] == "" {
			return fmt.Errorf("%s is %q", name, value)
		}
		for _, word := range words {
			if !strings.Contains(value[0], word) {
				return fmt.Errorf("%s lacks %s: %s", name, word, value[0])
			}
		}
	}
	if csp := h.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
		return fmt.Errorf("a policy with a hole: %s", csp)
	}
	// The form of the login must say where it comes from; nothing else does.
	if r := h.Get("Referrer-Policy"); r != "no-referrer" && r != "same-origin" {
		return fmt.Errorf("Referrer-Policy is %q", r)
	}
	if by := h.Get("Server") + h.Get("X-Powered-By"); by != "" {
		return fmt.Errorf("the answer says what made it: %q", by)
	}
	return nil
}

var parameter = regexp.MustCompile(`:[a-z]+`)

// Every route and every page, asked with and without a right and by every method,
// answers with the headers that protect a browser.
func TestEveryAnswerIsGuarded(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true, past: true})
	seen := map[int]bool{}
	try := func(method, path, key string) {
		t.Helper()
		r, err := http.NewRequest(method, h.url+path, nil)
		must(t, err)
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+key)
		}
		a, err := h.client.Do(r)
		must(t, err)
		a.Body.Close()
		seen[a.StatusCode] = true
		if err := guarded(a.Header); err != nil {
			t.Errorf("%s %s (%d): %v", method, path, a.StatusCode, err)
		}
		if a.StatusCode >= 500 {
			t.Errorf("%s %s: %d", method, path, a.StatusCode)
		}
	}
	patterns := h.server.Patterns()
	if len(patterns) < 120 {
		t.Fatalf("only %d routes", len(patterns))
	}
	filled := strings.NewReplacer(":branch", "hoabinh", ":counter", h.counter(0), ":id", h.counter(0), "*", "dom.js")
	for _, p := range patterns {
		method, path, _ := strings.Cut(p, " ")
		path = parameter.ReplaceAllString(filled.Replace(path), "none")
		try(method, path, "")
		try(method, path, "demo-admin")
	}
	for _, path := range []string{"/", "/kiosk", "/kiosk/", "/kiosk/kiosk.js", "/t/x", "/login", "/nothing", "/web/../x", "/readyz"} {
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "TRACE", "PATCH", "NONSENSE"} {
			try(method, path, "")
		}
	}
	try("GET", "/live?branch=hoabinh&view=board&key=demo-display", "")
	for _, status := range []int{200, 304, 308, 400, 401, 404, 405, 426} {
		if status == 304 {
			etag := h.get("/kiosk/", "").header.Get("ETag")
			if err := guarded(h.get("/kiosk/", "", "If-None-Match", etag).header); err != nil {
				t.Errorf("304: %v", err)
			}
		} else if !seen[status] {
			t.Errorf("no answer was %d: this test does not look where it should", status)
		}
	}
}

// What the HTTP library refuses before any handler is guarded too.
func TestRefusedUnheardIsGuarded(t *testing.T) {
	h := newHall(t, options{demo: true})
	for name, c := range map[string]struct {
		says   string
		status int
	}{
		"no request":     {"hello\r\n\r\n", 400},
		"long headers":   {"GET / HTTP/1.1\r\nHost: hall\r\nX: " + strings.Repeat("x", 8<<10) + "\r\n\r\n", 413},
		"long address":   {"GET /" + strings.Repeat("x", 8<<10) + " HTTP/1.1\r\nHost: hall\r\n\r\n", 413},
		"two lengths":    {"POST /login HTTP/1.1\r\nHost: hall\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
		"a bad length":   {"POST /login HTTP/1.1\r\nHost: hall\r\nContent-Length: x\r\n\r\nab", 400},
		"length, chunks": {"POST /login HTTP/1.1\r\nHost: hall\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0},
	} {
		w := h.wire(t)
		w.SetDeadline(time.Now().Add(20 * time.Second))
		fmt.Fprint(w, c.says)
		res, err := http.ReadResponse(w.r, nil)
		if err != nil {
			t.Errorf("%s: no answer: %v", name, err)
			continue
		}
		if res.StatusCode >= 500 || c.status != 0 && res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", name, res.StatusCode, c.status)
		}
		if err := guarded(res.Header); err != nil {
			t.Errorf("%s (%d): %v", name, res.StatusCode, err)
		}
		w.Close()
	}
}
