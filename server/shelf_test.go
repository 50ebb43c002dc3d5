package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
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
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		askProcedures(t, base, "/api/v1/procedures?q=tha+dieu", &found)
		if found.Total == 1 && found.Items[0].Code == "9.999999" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the import is not shown: %+v", found)
		}
	}
}
