package hub

import (
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// TestStalledClientsHoldNobodyUp: whoever publishes does not wait for a client,
// however many of them take nothing of what they are sent.
func TestStalledClientsHoldNobodyUp(t *testing.T) {
	const events, stalled = 500, 50
	state, settings := queue.NewState("e1"), queue.DemoSettings()
	h := New(Options{Clock: queue.SystemClock, View: func(_ string, fn func(*queue.State, *queue.Settings)) bool {
		fn(state, &settings)
		return true
	}})
	h.Reset("hall", "e1", 0, nil)
	attach := func() *Client {
		c, err := h.Attach("hall", wire.Board, nil)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for range stalled {
		var buf []byte
		attach().Take(&buf) // its snapshot, and never again
	}
	healthy, buf := attach(), []byte{}
	healthy.Take(&buf)

	published := make(chan struct{})
	go func() {
		defer close(published)
		for seq := int64(1); seq <= events; seq++ {
			h.Append("hall", queue.Event{Seq: seq, Kind: queue.DeviceChanged, At: queue.MillisOf(time.Now())})
			h.Flush("hall")
		}
	}()
	patience := time.After(5 * time.Second)
	for healthy.behind.Load() < events {
		select {
		case <-healthy.Ready():
			healthy.Take(&buf)
		case <-patience:
			t.Fatalf("a healthy client has %d of %d events", healthy.behind.Load(), events)
		}
	}
	select {
	case <-published:
	case <-patience:
		t.Fatal("the publisher still waits")
	}
}
