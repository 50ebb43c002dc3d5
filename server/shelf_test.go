package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/queue"
)

type procedures struct {
	Total int
	Items []struct {
		Code, Name, Field string
		Services          []string
	}
}

func askProcedures(t *testing.T, base, path string, out any) int {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer demo-kiosk")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(out); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode
}

// TestDemoFindsProcedures: the demo holds its sample catalogue, finds without
// accents, tells the service, gives the whole record, and shows an import of
// another process by itself.
func TestDemoFindsProcedures(t *testing.T) {
	data := t.TempDir()
	base, stop := demoHall(t, data)
	defer stop()

	var found procedures
	if status := askProcedures(t, base, "/api/v1/procedures?q="+url.QueryEscape("khai sinh")+"&limit=3", &found); status != http.StatusOK || len(found.Items) == 0 {
		t.Fatalf("%d %+v", status, found)
	}
	if x := found.Items[0]; x.Code != "1.001193" || !slices.Equal(x.Services, []string{"ho-tich"}) {
		t.Errorf("first comes %+v", x)
	}
	var whole struct {
		Code      string
		Sample    bool
		Documents []any
		Services  []string
	}
	if status := askProcedures(t, base, "/api/v1/procedures/1.001193", &whole); status != http.StatusOK || !whole.Sample || len(whole.Documents) == 0 || len(whole.Services) != 1 {
		t.Errorf("%d %+v", status, whole)
	}
	var all procedures
	askProcedures(t, base, "/api/v1/procedures?limit=50", &all)
	if all.Total < 80 || len(all.Items) != 50 {
		t.Errorf("%d of %d without a question", len(all.Items), all.Total)
	}
	var nothing struct{ Code string }
	if status := askProcedures(t, base, "/api/v1/procedures/9.999999", &nothing); status != http.StatusNotFound || nothing.Code != "unknown_procedure" {
		t.Errorf("%d %+v", status, nothing)
	}

	file := filepath.Join(t.TempDir(), "more.jsonl")
	if err := os.WriteFile(file, []byte(`{"code":"9.999999","name":"Đăng ký thả diều ở bãi sông","field":"Hộ tịch"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out := motcua(t, "import", "procedures", file, "--data", data); status != 0 {
		t.Fatal(out)
	}
	soon(t, "the import is shown", func() bool {
		askProcedures(t, base, "/api/v1/procedures?q=tha+dieu", &found)
		return found.Total == 1 && found.Items[0].Code == "9.999999"
	})
	soon(t, "the branch is told of both editions", func() bool {
		return strings.Contains(askText(t, base+"/metrics"), `motcua_events_total{branch="hoabinh",kind="catalogue.changed"} 2`)
	})
	if state := firstMessage(t, base); !strings.Contains(state, `"lookup":true`) {
		t.Errorf("kiosks do not learn that there is something to look up: %.300s", state)
	}
	if err := os.WriteFile(filepath.Join(data, synonymsFile), []byte("chơi gió\t>\tthả diều\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	soon(t, "the hall's own words are found", func() bool {
		askProcedures(t, base, "/api/v1/procedures?limit=1&q="+url.QueryEscape("chơi gió"), &found)
		return len(found.Items) == 1 && found.Items[0].Code == "9.999999"
	})
}

// TestToldOnceOverRestarts: a server that comes back with the same catalogue does
// not tell of it again.
func TestToldOnceOverRestarts(t *testing.T) {
	data := t.TempDir()
	for range 2 {
		base, stop := demoHall(t, data)
		soon(t, "the catalogue is shown", func() bool {
			var all procedures
			askProcedures(t, base, "/api/v1/procedures", &all)
			return all.Total > 0
		})
		stop()
	}
	if status, out := motcua(t, "export", "--data", data, "--branch", "hoabinh", "--day", string(queue.DayOf(time.Now()))); status != 0 || strings.Count(out, "catalogue.changed") != 1 {
		t.Errorf("status %d, told %d times", status, strings.Count(out, "catalogue.changed"))
	}
}

// soon waits until something holds.
func soon(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not so: " + what)
		}
	}
}

// firstMessage is the snapshot that a kiosk gets.
func firstMessage(t *testing.T, base string) string {
	t.Helper()
	socket, answer, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(base, "http")+"/live?branch=hoabinh&view=kiosk&key=demo-kiosk", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	defer socket.Close()
	_, message, err := socket.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	return string(message)
}

func askText(t *testing.T, address string) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer demo-admin")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
