package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

// Limits that make bench prints, here at ten times their value: only a defect
// reaches them, a slow machine does not.
const (
	burstP95 = 10 * 250 * time.Millisecond // 200 takes at once
	callP99  = 10 * 150 * time.Millisecond // a call while 20 counters press
)

// press sends one POST and gives its status and how long it took.
func press(client *http.Client, url, key, body string) (int, time.Duration) {
	r, err := http.NewRequest("POST", url, strings.NewReader(body))
	if err != nil {
		return 0, 0
	}
	r.Header.Set("Authorization", "Bearer demo-admin")
	r.Header.Set("Idempotency-Key", key)
	start := time.Now()
	a, err := client.Do(r)
	if err != nil {
		return 0, 0
	}
	a.Body.Close()
	return a.StatusCode, time.Since(start)
}

func percentile(t *testing.T, took []time.Duration, of int) time.Duration {
	t.Helper()
	if len(took) == 0 {
		t.Fatal("nothing was measured")
	}
	slices.Sort(took)
	return took[(len(took)-1)*of/100]
}

// TestRush: two hundred visitors press at once, then all counters call them.
func TestRush(t *testing.T) {
	url, stop := demoHall(t, t.TempDir())
	defer stop()
	branch := url + "/api/v1/branches/hoabinh"
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 200}, Timeout: 20 * time.Second}
	set := queue.DemoSettings()

	took := make([]time.Duration, 200)
	status := make([]int, 200)
	var all sync.WaitGroup
	for i := range took {
		all.Add(1)
		go func() {
			defer all.Done()
			status[i], took[i] = press(client, branch+"/tickets", fmt.Sprint("rush-", i), `{"service":"`+set.Services[0].ID+`"}`)
		}()
	}
	all.Wait()
	for i, s := range status {
		if s != 201 {
			t.Fatalf("take %d: status %d", i, s)
		}
	}
	if p := percentile(t, took, 95); p > burstP95 {
		t.Errorf("200 takes at once: p95 %v, at most %v", p, burstP95)
	}
	calls := callAll(t, client, branch, set)
	if len(calls) != 200 {
		t.Errorf("%d visits were called, 200 waited", len(calls))
	}
	if p := percentile(t, calls, 99); p > callP99 {
		t.Errorf("a call: p99 %v, at most %v", p, callP99)
	}
}

// callAll lets every counter call and serve until nobody waits; it gives how
// long each call took. A visit called twice would make them more than there were.
func callAll(t *testing.T, client *http.Client, branch string, set queue.Settings) []time.Duration {
	var mu sync.Mutex
	var calls []time.Duration
	var all sync.WaitGroup
	for _, c := range set.Counters {
		all.Add(1)
		go func() {
			defer all.Done()
			at := func(verb string, n int) (int, time.Duration) {
				return press(client, branch+"/counters/"+c.ID+"/"+verb, fmt.Sprint(c.ID, verb, n), "{}")
			}
			at("open", 0)
			for n := 0; ; n++ {
				status, took := at("next", n)
				if status == 409 {
					return
				}
				if status != 200 {
					t.Errorf("counter %s: status %d", c.ID, status)
					return
				}
				mu.Lock()
				calls = append(calls, took)
				mu.Unlock()
				at("serve", n)
			}
		}()
	}
	all.Wait()
	return calls
}
