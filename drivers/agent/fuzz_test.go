package agent

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever a page's file says, what is fetched because of it is a file of the
// kiosk's pages on our own server.
func FuzzReferences(f *testing.F) {
	f.Add("/kiosk/", "text/html", `<script src="/kiosk/k.js"></script><link href='/web/../api/v1/keys'>`)
	f.Add("/kiosk/k.css", "text/css", `url(../../etc/x) url("//evil.example/web/a") url(data:x) url(fonts/a.woff2?x#y)`)
	f.Add("/web/a.js", "text/javascript", `import './b.js'; import "../kiosk/c.js"; '/web/%2e%2e/api'`)
	f.Fuzz(func(t *testing.T, path, kind, body string) {
		for _, ref := range references(path, &faceFile{Header: map[string]string{"Content-Type": kind}, body: []byte(body)}) {
			if mirrored(ref) && (strings.Contains(ref, "..") || !strings.HasPrefix(ref, "/kiosk/") && !strings.HasPrefix(ref, "/web/")) {
				t.Errorf("%q", ref)
			}
		}
	})
}

// A message of the server, however damaged, ends the line at worst.
func FuzzMessage(f *testing.F) {
	f.Add(`{"type":"snapshot","epoch":"e","seq":3,"now":"2026-11-23T08:00:00.000+07:00","state":{"counters":[{"id":"1"}]}}`)
	f.Add(`{"type":"event","seq":1,"event":{"kind":"ticket.taken","at":"x","machine":"Máy 1","visit":{"id":"v"},"counter":{"id":"1"}}}`)
	f.Add(`{"type":"event","seq":1,"event":{"kind":"device.changed","note":"print","device":null}}`)
	f.Add(`{"type":"figures","services":[{"id":"a","waiting":-1}]}`)
	o := Options{Server: "http://127.0.0.1:1", Key: "k", Site: site(), Data: f.TempDir()}
	b := &bench{printer: &fakePrinter{}, bus: &fakeBus{}}
	m := b.makers()
	m.driver = func(_ *Agent, d *device) (showing, error) { d.printer = nil; return nil, nil } // nothing to fetch
	a, err := newAgent(o, m)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var m message
		if json.Unmarshal([]byte(text), &m) == nil && m.Event.Kind != "day.opened" {
			_ = a.heard(t.Context(), &m) // an error drops the line
		}
	})
}

// Names of any device make keys that the server takes, and cut words stay words.
func FuzzNames(f *testing.F) {
	f.Add("keypads:4")
	f.Add(strings.Repeat("ề", 70) + "x")
	f.Fuzz(func(t *testing.T, name string) {
		key := "press." + keyWord(name) + ".4294967295.65535"
		for _, c := range []byte(key) {
			if c <= ' ' || c > '~' {
				t.Fatalf("%q", key)
			}
		}
		if len(key) > 128 {
			t.Errorf("%d characters", len(key))
		}
		if utf8.ValidString(name) && !utf8.ValidString(clipped(name)) {
			t.Errorf("%q", clipped(name))
		}
		if len(clipped(name)) > mostDetail {
			t.Errorf("%d bytes", len(clipped(name)))
		}
	})
}
