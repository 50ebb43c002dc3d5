package api_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/server/queue"
)

const (
	onePicture = "\x89PNG\r\n\x1a\n....."
	oneFilm    = "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00"
)

func TestMedia(t *testing.T) {
	h := newHall(t, options{demo: true})
	put := func(name, key, body string) answer { return h.send("PUT", "/api/v1/media/"+name, key, body) }
	if a := put("sen.png", "demo-admin", onePicture); a.status != 201 || a.text("type") != "image/png" || a.text("kind") != "picture" {
		t.Fatalf("%d %s\n%s", a.status, a.raw, h.log.String())
	}
	if a := put("sen.png", "demo-admin", onePicture+"more"); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	for _, key := range []string{"demo-desk", "demo-kiosk", "demo-display"} {
		expect(t, put("a.png", key, onePicture), 403, "forbidden")
		expect(t, h.get("/api/v1/media", key), 403, "forbidden")
		expect(t, h.send("DELETE", "/api/v1/media/sen.png", key, ""), 403, "forbidden")
	}
	expect(t, put("a.png", "", onePicture), 401, "unauthorized")
	expect(t, put("a.svg", "demo-admin", `<svg xmlns="http://www.w3.org/2000/svg"><script>`), 422, "media_kind")
	expect(t, put("a.png", "demo-admin", "<html>"), 422, "media_kind")
	expect(t, put("a.png", "demo-admin", ""), 422, "media_kind")
	for _, name := range []string{"..%2fa.png", ".a.png", "a%20b.png", "a", "%E1%BA%A3.png", strings.Repeat("a", 90) + ".png"} {
		expect(t, put(name, "demo-admin", onePicture), 400, "bad_parameter")
	}
	if entries, _ := os.ReadDir(h.folder); len(entries) != 1 {
		t.Errorf("%d files are left in the folder", len(entries))
	}
	// What somebody copied by hand is listed, and can go.
	must(t, os.WriteFile(filepath.Join(h.folder, "Ảnh đẹp.png"), []byte(onePicture), 0o600))
	if a := h.get("/api/v1/media", "demo-admin"); len(a.body["items"].([]any)) != 2 || !strings.Contains(a.raw, `"problem":"name"`) {
		t.Errorf("%s", a.raw)
	}
	if a := h.send("DELETE", "/api/v1/media/%E1%BA%A2nh%20%C4%91%E1%BA%B9p.png", "demo-admin", ""); a.status != 204 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.send("DELETE", "/api/v1/media/..%2fstaff.db", "demo-admin", ""), 404, "not_found")
	expect(t, h.send("DELETE", "/api/v1/media/none.png", "demo-admin", ""), 404, "not_found")
	if a := h.send("DELETE", "/api/v1/media/sen.png", "demo-admin", ""); a.status != 204 {
		t.Errorf("%d %s", a.status, a.raw)
	}
}

// What the playlist names stays, and so does the photo of a clerk.
func TestMediaInUse(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) {
		s.Hall.Playlist = append(s.Hall.Playlist, queue.SlideSetting{File: "sen.png"})
		s.Counters[1].Photo = "lan.png"
	}})
	for _, name := range []string{"sen.png", "lan.png", "other.png"} {
		if a := h.send("PUT", "/api/v1/media/"+name, "demo-admin", onePicture); a.status != 201 {
			t.Fatalf("%s: %d %s", name, a.status, a.raw)
		}
	}
	for _, name := range []string{"sen.png", "lan.png"} {
		expect(t, h.send("DELETE", "/api/v1/media/"+name, "demo-admin", ""), 409, "media_in_use")
		if a := h.get("/media/"+name, ""); a.status != 200 {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	if a := h.send("DELETE", "/api/v1/media/other.png", "demo-admin", ""); a.status != 204 {
		t.Errorf("what nobody shows: %d %s", a.status, a.raw)
	}
}

// Films come in parts, and a part of another film is never mixed in.
func TestMediaRanges(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := oneFilm + strings.Repeat("0123456789", 600_000)
	must(t, os.WriteFile(filepath.Join(h.folder, "phim.mp4"), []byte(body), 0o600))
	must(t, os.WriteFile(filepath.Join(h.folder, "trang.png"), []byte("<html><script>alert(1)</script>"), 0o600))
	whole := h.get("/media/phim.mp4", "")
	tag := whole.header.Get("ETag")
	if whole.status != 200 || whole.raw != body || whole.header.Get("Content-Type") != "video/mp4" || tag == "" ||
		whole.header.Get("Accept-Ranges") != "bytes" || whole.header.Get("X-Content-Type-Options") != "nosniff" || whole.header.Get("Content-Security-Policy") == "" {
		t.Fatalf("%d, %d bytes, %v", whole.status, len(whole.raw), whole.header)
	}
	last := len(body) - 1
	for _, c := range []struct {
		span     string
		status   int
		from, to int
	}{
		{"bytes=0-9", 206, 0, 9}, {"bytes=5-5", 206, 5, 5}, {"bytes=0-", 206, 0, 4<<20 - 1}, {"bytes=4194304-", 206, 4 << 20, last},
		{"bytes=-10", 206, last - 9, last}, {"bytes=100-99999999", 206, 100, 100 + 4<<20 - 1}, {"bytes=-99999999", 206, 0, 4<<20 - 1},
		{"bytes=5-1", 200, 0, last}, {"bytes=a-b", 200, 0, last}, {"lines=1-2", 200, 0, last}, {"bytes=0-1,4-5", 200, 0, last}, {"bytes=-0", 200, 0, last},
	} {
		a := h.get("/media/phim.mp4", "", "Range", c.span)
		if a.status != c.status || a.raw != body[c.from:c.to+1] {
			t.Errorf("%s: %d, %d bytes, %s", c.span, a.status, len(a.raw), a.header.Get("Content-Range"))
		}
	}
	if a := h.get("/media/phim.mp4", "", "Range", "bytes=99999999-"); a.status != 416 || !strings.HasPrefix(a.header.Get("Content-Range"), "bytes */6") {
		t.Errorf("%d %v", a.status, a.header)
	}
	if a := h.get("/media/phim.mp4", "", "Range", "bytes=0-9", "If-Range", `"old"`); a.status != 200 || a.raw != body {
		t.Errorf("a part of another film: %d", a.status)
	}
	if a := h.get("/media/phim.mp4", "", "Range", "bytes=0-9", "If-Range", tag); a.status != 206 {
		t.Errorf("%d", a.status)
	}
	if a := h.get("/media/phim.mp4", "", "If-None-Match", tag); a.status != 304 || a.raw != "" {
		t.Errorf("%d", a.status)
	}
	if a := h.send("HEAD", "/media/phim.mp4", "", ""); a.status != 200 || a.raw != "" || a.header.Get("Content-Length") == "" {
		t.Errorf("%d %v", a.status, a.header)
	}
	for _, name := range []string{"trang.png", "none.mp4", "..%2fstaff.db", "%2e%2e/staff.db", ""} {
		if a := h.get("/media/"+name, ""); a.status != 404 {
			t.Errorf("%q: %d %.50s", name, a.status, a.raw)
		}
	}
}
