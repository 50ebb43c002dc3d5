package api_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

// Clips are served with their type; a name that leads elsewhere is not there.
func TestSpeech(t *testing.T) {
	h := newHall(t, options{demo: true})
	for path, kind := range map[string]string{"/web/speech/vi/clips.json": "application/json", "/web/speech/vi/a.opus": "audio/ogg"} {
		a := h.get(path, "")
		if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), kind) || !strings.Contains(a.raw, path[len("/web/speech/"):]) {
			t.Errorf("%s: %d %s %q", path, a.status, a.header.Get("Content-Type"), a.raw)
		}
		if again := h.get(path, "", "If-None-Match", a.header.Get("ETag")); again.status != 304 {
			t.Errorf("%s: %d with its own ETag", path, again.status)
		}
	}
	for _, path := range []string{"/web/speech/vi/none.opus", "/web/speech/", "/web/speech/vi/%2e%2e/a.opus", "/web/speech/..%2fvi/a.opus"} {
		expect(t, h.get(path, ""), 404, "not_found")
	}
}

// testSpeech has one clip and its index, in Vietnamese.
func testSpeech(name string) ([]byte, error) {
	if name != "vi/clips.json" && name != "vi/a.opus" {
		return nil, fs.ErrNotExist
	}
	return []byte("this is " + name), nil
}

// parrot gives back what it shall say, as sound.
type parrot struct{ name string }

func (p parrot) Name() string { return p.name }

func (p parrot) Say(_ context.Context, lang, text string) ([]byte, error) {
	if text == "đứt" {
		return nil, errors.New("the program broke")
	}
	return []byte(lang + ":" + text), nil
}

func TestSay(t *testing.T) {
	h := newHall(t, options{demo: true, voice: parrot{"parrot"}})
	ask := func(key, lang, text string) answer {
		return h.post("/api/v1/speech", key, fmt.Sprintf(`{"lang":%q,"text":%q}`, lang, text))
	}
	a := ask("demo-display", "vi", "Giấy chứng sinh")
	if a.status != 200 || a.raw != "vi:Giấy chứng sinh" || a.header.Get("Content-Type") != "audio/wav" || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %q %v", a.status, a.raw, a.header)
	}
	expect(t, ask("demo-display", "fr", "Papier"), 400, "bad_parameter")
	expect(t, ask("demo-display", "vi", strings.Repeat("a", 601)), 400, "bad_parameter")
	expect(t, ask("demo-display", "vi", "đứt"), 409, "no_voice")
	expect(t, ask("demo-device", "vi", "Một"), 403, "forbidden")
	expect(t, ask("", "vi", "Một"), 401, "unauthorized")

	silent := newHall(t, options{demo: true, voice: parrot{}})
	expect(t, silent.post("/api/v1/speech", "demo-kiosk", `{"lang":"vi","text":"Một"}`), 409, "no_voice")
}
