package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sample"
	"motcua/server/store/storetest"
)

// sampledHall runs a demo with so many made-up days until stop is called.
func sampledHall(t *testing.T, data string, days int) (url string, stop func()) {
	t.Helper()
	addr := storetest.FreeAddr(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	var out bytes.Buffer
	go func() {
		ended <- run(ctx, []string{"demo", "--devices=false", "--sample", fmt.Sprint(days), "--addr", addr, "--data", data}, &out, &out)
	}()
	url = "http://" + addr
	until(t, "the demo", func() bool {
		r, err := http.Get(url + "/readyz")
		if err == nil {
			r.Body.Close()
		}
		return err == nil
	})
	return url, func() {
		cancel()
		if status := <-ended; status != 0 {
			t.Errorf("the demo ended with %d: %s", status, out.String())
		}
	}
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func readSampled(t *testing.T, data string) (s sampled) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(data, sampleFile))
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A demo's made-up history is whole although the demo was ended while it was being
// written, says what it is, and leaves the day itself alone. Later starts add none.
func TestDemoHistory(t *testing.T) {
	data := t.TempDir()
	_, stop := sampledHall(t, data, 14)
	stop() // in the middle, or before it began
	planned := readSampled(t, data)
	url, stop := sampledHall(t, data, 14)
	until(t, "the whole history", func() bool { return readSampled(t, data).Done })
	taken := takenIn(t, url, planned.From, planned.To, true)
	if want := madeUp(t, planned.From, planned.To); taken != want || want == 0 {
		t.Errorf("the reports know of %v visits, %d were made up", taken, want)
	}
	today := planned.To.Add(1)
	if n := takenIn(t, url, today, today, false); n != 0 {
		t.Errorf("the demo began with %v visits today", n)
	}
	_, compared := ask(t, "GET", fmt.Sprintf("%s/api/v1/reports/compare?from=%s&to=%s", url, planned.From, planned.To), "")
	if list, _ := compared["branches"].([]any); len(list) != 20 {
		t.Errorf("%d halls are compared", len(list))
	}
	stop()
	url, stop = sampledHall(t, data, 40)
	if again := takenIn(t, url, planned.From.Add(-60), planned.To, true); again != taken || readSampled(t, data) != (sampled{planned.From, planned.To, true}) {
		t.Errorf("another start made %d visits of %d", again, taken)
	}
	stop()
}

// takenIn asks for a report of the demo's own hall.
func takenIn(t *testing.T, url string, from, to queue.Day, made bool) int {
	t.Helper()
	status, r := ask(t, "GET", fmt.Sprintf("%s/api/v1/reports?branch=hoabinh&from=%s&to=%s", url, from, to), "")
	if status != http.StatusOK || r["sample"] != made {
		t.Fatalf("%d %v", status, r["sample"])
	}
	total := r["total"].(map[string]any)
	if told := total["told"].(map[string]any)["of"].(float64); made != (told > 0) {
		t.Errorf("%v visits were told their wait", told)
	}
	return int(total["taken"].(float64))
}

// madeUp counts the visits that the generator makes.
func madeUp(t *testing.T, from, to queue.Day) int {
	t.Helper()
	codes, err := sampleCodes()
	if err != nil {
		t.Fatal(err)
	}
	visits := map[string]bool{}
	for _, events := range sample.Days(queue.DemoSettings(), from, to, sample.Options{Seed: sampleSeed, Kind: sample.Ward, Procedures: codes}) {
		for _, e := range events {
			if e.Visit != nil {
				visits[e.Visit.ID] = true
			}
		}
	}
	return len(visits)
}

// A demo that is told to makes nothing up.
func TestDemoWithoutHistory(t *testing.T) {
	data := t.TempDir()
	_, stop := sampledHall(t, data, 0)
	stop()
	if _, err := os.Stat(filepath.Join(data, sampleFile)); err == nil {
		t.Error("days were planned")
	}
}
