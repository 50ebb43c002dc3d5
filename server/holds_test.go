package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/sqlite"
	"motcua/server/staff"
)

const (
	citizen   = "001099012345" // an identity number
	telephone = "0912345678"
)

// used is a hall in whose day one citizen did everything that a citizen can do.
func used(t *testing.T, data string) (h *steppedHall, dayKey []byte) {
	t.Helper()
	h = newSteppedHall(t, data, &stepped{at: afternoon})
	var key struct{ Key []byte }
	h.get("demo-admin", "day-key", &key)
	digest := staff.DayHash(key.Key, citizen)
	for path, body := range map[string]string{
		"tickets":     `{"service":"ho-tich","person":"` + digest + `"}`,
		"suggestions": `{"text":"Gọi tôi số 0912 345 678, căn cước 001099012345, cảm ơn"}`,
	} {
		if status, got := h.post("demo-kiosk", path, body); status != http.StatusCreated {
			t.Fatal(path, status, got)
		}
	}
	told := `{"items":[{"code":"H15.50.05.13-261120-0001","stage":"processing","received":"2026-11-20","due":"2026-11-24",` +
		`"digits":"001099012345","citizen_name":"Nguyễn Văn A","phone":"0912345678"}]}`
	if status, got := ask(t, http.MethodPost, h.url+"/api/v1/dossiers", told); status != http.StatusOK || got["accepted"] != 1.0 {
		t.Fatal(status, got)
	}
	for _, verb := range []string{"open", "next", "serve", "end"} {
		if status, got := h.at("1", verb); status != http.StatusOK {
			t.Fatal(verb, status, got)
		}
	}
	h.post("demo-device", "counters/1/ratings", `{"level":1,"source":"keypad"}`)
	return h, key.Key
}

func (h *steppedHall) get(key, path string, v any) {
	h.t.Helper()
	_, raw, _ := fetched(h.t, http.DefaultClient, h.url+"/api/v1/branches/hoabinh/"+path, key)
	if err := json.Unmarshal(raw, v); err != nil {
		h.t.Fatalf("%s: %s", path, raw)
	}
}

// everywhere is all that a data directory holds.
func everywhere(t *testing.T, data string) []byte {
	t.Helper()
	var all bytes.Buffer
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		all.Write(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

// A citizen took a number with a card, wrote a suggestion with two numbers in it, and has
// a dossier. Asked what is held, the answer is: nothing; until midnight a digest that
// nobody can compute afterwards, since its key is gone from every file.
func TestNothingIsHeld(t *testing.T) {
	data := t.TempDir()
	h, key := used(t, data)
	written := base64.StdEncoding.EncodeToString(key)
	if !bytes.Contains(everywhere(t, data), []byte(written)) {
		t.Fatal("the test does not see the key where it is")
	}
	status, said := motcua(t, "doctor", "--data", data, "--holds", citizen) // beside the running server
	if status != 0 || !strings.Contains(said, "nothing is held") || !strings.Contains(said, "queue.db, table journal holds today's digest") ||
		!strings.Contains(said, "1 dossiers could belong") || strings.Contains(said, citizen) {
		t.Errorf("%d %s", status, said)
	}
	if status, said := motcua(t, "doctor", "--data", data, "--holds", "+84 912.345.678"); status != 0 || strings.Contains(said, "digest of it") {
		t.Errorf("%d %s", status, said)
	}
	h.clock.set(time.Date(2026, 11, 23, 17, 0, 1, 0, time.UTC)) // a second after midnight
	for deadline := time.Now().Add(60 * time.Second); bytes.Contains(everywhere(t, data), []byte(written)); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the day's key outlives the day")
		}
	}
	h.end()
	all := everywhere(t, data)
	for what, bytesOf := range map[string][]byte{"the key": key, "the key, written": []byte(written), "the number": []byte(citizen), "the telephone number": []byte(telephone)} {
		if bytes.Contains(all, bytesOf) {
			t.Errorf("%s stands in the data directory", what)
		}
	}
	if status, said := motcua(t, "doctor", "--data", data, "--holds", citizen); status != 0 || !strings.Contains(said, "nothing is held") || strings.Contains(said, "today's digest") {
		t.Errorf("after midnight: %d %s", status, said)
	}
}

// The search sees a number wherever one could stand.
func TestHoldsSees(t *testing.T) {
	data := t.TempDir()
	db, err := sqlite.Open(t.Context(), filepath.Join(data, "some.db-schema-1"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	packed.WriteByte(1)
	packed.Write(flated(t, "x"+citizen+"y"))
	for _, s := range []string{"CREATE TABLE words(text TEXT)", "CREATE TABLE numbers(n INTEGER)", "CREATE TABLE packed(body BLOB)"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		table string
		value any
	}{{"words", "gọi " + telephone}, {"words", "84912345678"}, {"numbers", 912345678}, {"packed", packed.Bytes()}} {
		if _, err := db.Exec("INSERT INTO "+row.table+" VALUES(?)", row.value); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	put := func(name string, raw []byte) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(data, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(data, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("media/note.txt", []byte("Số 0912 345-678."))
	var gz bytes.Buffer
	z := gzip.NewWriter(&gz)
	io.WriteString(z, `{"x":"`+citizen+`"}`)
	z.Close()
	put("archive/day.jsonl.gz", gz.Bytes())
	var sheet bytes.Buffer
	zw := zip.NewWriter(&sheet)
	w, err := zw.Create("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "<t>001 099 012 345</t>")
	zw.Close()
	put("dossiers/list.xlsx", sheet.Bytes())
	put("harmless.txt", []byte("09123456  78x 0 9 1 2 91 234 5679 2026-11-23"))
	for number, want := range map[string][]string{
		telephone: {"some.db-schema-1, table words holds it (2)", "some.db-schema-1, table numbers holds it (1)", "media/note.txt holds it (1)"},
		citizen:   {"some.db-schema-1, table packed holds it (1)", "archive/day.jsonl.gz holds it (1)", "dossiers/list.xlsx holds it (1)"},
	} {
		status, said := motcua(t, "doctor", "--data", data, "--holds", number)
		if status != 1 || strings.Contains(said, "harmless") || strings.Contains(said, "nothing is held") {
			t.Errorf("%d %s", status, said)
		}
		for _, w := range want {
			if !strings.Contains(said, w) {
				t.Errorf("%q is missing in\n%s", w, said)
			}
		}
	}
	for _, wrong := range []string{"1234567", "12345678901234", "abc", "0912x45678"} {
		if status, said := motcua(t, "doctor", "--data", data, "--holds", wrong); status != 2 || strings.Contains(said, wrong) {
			t.Errorf("%s: %d %s", wrong, status, said)
		}
	}
}

// flated packs a text as the store packs its snapshots.
func flated(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
