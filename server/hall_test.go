package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/store/storetest"
)

// demoHall runs the demo in this process until stop is called, which gives its status.
func demoHall(t *testing.T, data string) (url string, stop func() int) {
	t.Helper()
	addr := storetest.FreeAddr(t)
	ctx, cancel := context.WithCancel(t.Context())
	status := make(chan int, 1)
	var out bytes.Buffer
	go func() { status <- run(ctx, []string{"demo", "--sample=0", "--addr", addr, "--data", data}, &out, &out) }()
	url = "http://" + addr
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if r, err := http.Get(url + "/readyz"); err == nil {
			r.Body.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the demo did not start: %s", out.String())
		}
	}
	return url, func() int { cancel(); return <-status }
}

func ask(t *testing.T, method, url, body string) (int, map[string]any) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer demo-admin")
	r.Header.Set("Idempotency-Key", rand.Text())
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(raw, &answer); err != nil {
		t.Fatalf("%s %s: %s", method, url, raw)
	}
	return a.StatusCode, answer
}

// TestBranchesAreApart: a branch made while the hall runs works at once, has
// numbers of its own, and is there after a restart.
func TestBranchesAreApart(t *testing.T) {
	data := t.TempDir()
	url, stop := demoHall(t, data)
	second := queue.DemoSettings()
	second.ID, second.Tag = "binhminh", "bm"
	document, err := json.Marshal(map[string]any{"version": 0, "settings": second})
	if err != nil {
		t.Fatal(err)
	}
	branches := url + "/api/v1/branches/"
	take := `{"service":"` + second.Services[0].ID + `"}`
	if status, a := ask(t, "POST", branches+"binhminh/tickets", take); status != 404 {
		t.Fatalf("before it is made: %d %v", status, a)
	}
	if status, a := ask(t, "PUT", branches+"binhminh/settings", string(document)); status != 201 {
		t.Fatalf("made: %d %v", status, a)
	}
	clash := bytes.Replace(document, []byte(`"binhminh"`), []byte(`"other"`), 1)
	if status, a := ask(t, "PUT", branches+"other/settings", string(clash)); status != 422 {
		t.Errorf("a tag that is taken: %d %v", status, a)
	}
	for _, branch := range []string{"hoabinh", "binhminh"} {
		if status, a := ask(t, "POST", branches+branch+"/tickets", take); status != 201 || a["number"] != "A001" {
			t.Errorf("%s: %d %v", branch, status, a)
		}
	}
	if status := stop(); status != 0 {
		t.Errorf("stopped with status %d", status)
	}
	url, stop = demoHall(t, data)
	defer stop()
	if status, a := ask(t, "POST", url+"/api/v1/branches/binhminh/tickets", take); status != 201 || a["number"] != "A002" {
		t.Errorf("after a restart: %d %v", status, a)
	}
}
