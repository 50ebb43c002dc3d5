package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

const filePath = settingsPath + "/file"

// A hall's settings go on a stick into another hall, which stays itself; there and
// back nothing is lost.
func TestManyHallsAlike(t *testing.T) {
	model := newHall(t, options{demo: true, shelf: true})
	model.send("PUT", "/api/v1/media/anh.png", "demo-admin", png)
	code := model.firstProcedure()
	model.send("PUT", "/api/v1/procedures/"+code+"/own", "demo-admin", `{"on_the_spot":true,"words":["giấy hồng"]}`)
	must(t, os.WriteFile(filepath.Join(model.folder, "..", "synonyms.tsv"), []byte("giấy hồng\t>\ttình trạng hôn nhân\n"), 0o600))
	model.change(func(s *queue.Settings) {
		s.Name.VI, s.Policy.N, s.Paper.WiFi = "Hội sở mẫu", 4, "Mạng mẫu"
		s.Hall.Playlist = []queue.SlideSetting{{File: "anh.png"}}
		s.Counters[0].Clerk = "Nguyễn Văn Mẫu"
	})
	sent := model.get(filePath, "demo-admin")
	if sent.status != 200 || sent.header.Get("Content-Type") != "application/zip" || !strings.Contains(sent.header.Get("Content-Disposition"), "cai-dat-hoabinh-2026-11-23.zip") {
		t.Fatal(sent.status, sent.header)
	}

	other := newHall(t, options{demo: true, shelf: true})
	other.send("PUT", "/api/v1/media/anh.png", "demo-admin", png+"another") // its own picture of that name stays
	other.change(func(s *queue.Settings) { s.Counters[0].Clerk = "Trần Thị Khác" })
	before, version := other.settings()
	dry := other.post(filePath+"?dry=1", "demo-admin", sent.raw)
	if dry.status != 200 || dry.body["done"] != false || dry.body["refusal"] != nil || len(dry.list("problems")) != 0 || len(dry.list("changes")) == 0 {
		t.Fatal(dry.raw)
	}
	if now, v := other.settings(); v != version || now.Policy.N != before.Policy.N {
		t.Fatal("a dry run has changed something")
	}
	if m := dry.list("media"); len(m) != 1 || m[0]["state"] != "renamed" || m[0]["as"] == "anh.png" {
		t.Error(dry.raw)
	}
	if p, w := dry.list("procedures"), dry.list("texts"); len(p) != 1 || p[0]["name"] != code || len(w) != 1 || w[0]["state"] != "new" {
		t.Error(dry.raw)
	}
	expect(t, other.post(fmt.Sprintf("%s?version=%d", filePath, version-1), "demo-admin", sent.raw), 409, "settings_conflict")
	_, own, err := other.staff.Make(t.Context(), staff.Key{Name: "one hall's", Role: staff.Admin, Branch: "hoabinh"})
	must(t, err)
	if a := other.post(filePath+"?dry=1", own, sent.raw); a.status != 200 || len(a.list("texts")) != 0 || len(a.list("procedures")) != 1 {
		t.Errorf("who administers one hall changes the words of all: %s", a.raw)
	}
	done := other.post(fmt.Sprintf("%s?version=%d", filePath, version), "demo-admin", sent.raw)
	if done.status != 200 || done.body["done"] != true || done.body["version"] != float64(version+1) {
		t.Fatal(done.raw)
	}
	now, _ := other.settings()
	if now.ID != before.ID || now.Tag != before.Tag || now.Name != before.Name || now.Paper.WiFi != before.Paper.WiFi || now.Counters[0].Clerk != "Trần Thị Khác" {
		t.Errorf("the hall is another now: %s %s %s", now.ID, now.Name.VI, now.Counters[0].Clerk)
	}
	if now.Policy.N != 4 || len(now.Hall.Playlist) != 1 || now.Hall.Playlist[0].File != dry.list("media")[0]["as"] {
		t.Errorf("%+v", now.Hall.Playlist)
	}
	if a := other.get("/media/"+now.Hall.Playlist[0].File, ""); a.raw != png {
		t.Error("the picture did not come")
	}
	if a := other.get("/media/anh.png", ""); a.raw != png+"another" {
		t.Error("the hall's own picture was replaced")
	}
	if a := other.get("/api/v1/procedures/"+code+"/own", "demo-admin"); a.body["on_the_spot"] != true {
		t.Error(a.raw)
	}
	if raw, err := os.ReadFile(filepath.Join(other.folder, "..", "synonyms.tsv")); err != nil || !strings.Contains(string(raw), "giấy hồng") {
		t.Error(err)
	}

	// Once more: nothing is left to change, and no version is made of it.
	again := other.post(filePath, "demo-admin", sent.raw)
	if again.status != 200 || len(again.list("changes")) != 0 || again.list("media")[0]["state"] != "same" || len(again.list("procedures")) != 0 {
		t.Error(again.raw)
	}
	if _, v := other.settings(); v != version+1 {
		t.Error("a version was made of nothing")
	}
	// With all, the hall takes the other's name, too; never its id and tag.
	if a := other.post(filePath+"?all=1", "demo-admin", sent.raw); a.status != 200 {
		t.Fatal(a.raw)
	}
	if now, _ = other.settings(); now.Name.VI != "Hội sở mẫu" || now.Counters[0].Clerk != "Nguyễn Văn Mẫu" || now.ID != before.ID || now.Tag != before.Tag {
		t.Errorf("%s %s", now.Name.VI, now.Counters[0].Clerk)
	}
	if lines := other.get("/api/v1/audit?action=settings.import", "demo-admin").list("items"); len(lines) != 3 || lines[0]["object"] != "hoabinh 2026-11-23" {
		t.Error(lines)
	}
}

// A file in which a queue is gone where somebody waits is refused, and nothing of it
// is taken over.
func TestFileAsksTheHall(t *testing.T) {
	h := newHall(t, options{demo: true})
	file := h.get(filePath, "demo-admin").raw
	h.addWanted()
	dry := h.post(filePath+"?dry=1", "demo-admin", file)
	if r, _ := dry.body["refusal"].(object); r == nil || r["code"] != "settings_in_use" {
		t.Error(dry.raw)
	}
	expect(t, h.post(filePath, "demo-admin", file), 409, "settings_in_use")
}

// What is no file of ours is refused with a code, and changes nothing.
func TestForeignFiles(t *testing.T) {
	h := newHall(t, options{demo: true})
	good := h.get(filePath, "demo-admin").raw
	_, version := h.settings()
	for name, test := range map[string]struct {
		file string
		code string
	}{
		"nothing":          {"", "file_foreign"},
		"a sheet":          {remade(t, good, map[string]string{"manifest.json": "", "xl/workbook.xml": "<x/>"}), "file_foreign"},
		"a newer one":      {remade(t, good, map[string]string{"manifest.json": `{"kind":"motcua-settings","format":2,"product":"9.0"}`}), "file_newer"},
		"an altered one":   {remade(t, good, map[string]string{"settings.json": `{"id":"hoabinh"}`}), "file_damaged"},
		"one with more":    {remade(t, good, map[string]string{"../../etc/passwd": "x"}), "file_foreign"},
		"half of one":      {good[:len(good)/2], "file_foreign"},
		"one with a head":  {"#!/bin/sh\n" + good, "file_damaged"},
		"a wrong manifest": {remade(t, good, map[string]string{"manifest.json": `{"kind":"motcua-settings","format":1,"files":[{"name":"languages/../x.json","size":1,"sha256":"00"}]}`}), "file_foreign"},
	} {
		a := h.post(filePath, "demo-admin", test.file)
		if a.status != 422 || a.code() != test.code {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	expect(t, h.post(filePath, "demo-desk", good), 403, "forbidden")
	expect(t, h.get(filePath, "demo-desk"), 403, "forbidden")
	if _, now := h.settings(); now != version {
		t.Error("something was taken over")
	}
}

// remade is an archive with some entries in place of its own; empty ones go.
func remade(t *testing.T, file string, other map[string]string) string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name string, content []byte) {
		e, err := w.Create(name)
		must(t, err)
		_, err = e.Write(content)
		must(t, err)
	}
	for _, f := range r.File {
		if _, changed := other[f.Name]; changed {
			continue
		}
		e, err := f.Open()
		must(t, err)
		content, err := io.ReadAll(e)
		must(t, err)
		put(f.Name, content)
	}
	for name, content := range other {
		if content != "" {
			put(name, []byte(content))
		}
	}
	must(t, w.Close())
	return b.String()
}

// Who hangs up in the middle of a large file leaves nobody writing it.
func TestFileIsGivenUp(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.send("PUT", "/api/v1/media/anh.png", "demo-admin", png+strings.Repeat("\x00\x01", 8<<20))
	h.change(func(s *queue.Settings) { s.Hall.Playlist = []queue.SlideSetting{{File: "anh.png"}} })
	if a := h.get(filePath, "demo-admin"); len(a.raw) < 16<<20 {
		t.Fatalf("%d bytes", len(a.raw))
	}
	conn, err := net.Dial("tcp", h.host)
	must(t, err)
	_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer demo-admin\r\n\r\n", filePath, h.host)
	must(t, err)
	_, err = io.ReadFull(conn, make([]byte, 64<<10))
	must(t, err)
	must(t, conn.Close())
	stacks := make([]byte, 4<<20)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if !bytes.Contains(stacks[:runtime.Stack(stacks, true)], []byte("hallfile.(*Export).Write")) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the file is still being written")
		}
	}
}
