package api_test

import (
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
