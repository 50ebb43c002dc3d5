package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/fasthttp/websocket"
)

// A large hall: screens and desks follow everything, phones their own ticket.
const (
	memoryScreens = 50
	memoryDesks   = 40
	memoryPhones  = 500
	aimMemory     = 150e6
	aimAgent      = 30e6
)

// memory weighs the server: at rest, then with a large hall's screens and phones.
func memory(b *bench) error {
	h, err := b.embedded()
	if err != nil {
		return err
	}
	defer h.end()
	rest, err := h.weight()
	if err != nil {
		return err
	}
	open := func(n int, view string) error {
		for range n {
			line, _, err := websocket.DefaultDialer.DialContext(b.ctx, "ws://"+h.addr+"/live?branch="+branchID+"&"+view, nil)
			if err != nil {
				return err
			}
			go func() { // ends with the server
				for {
					if _, _, err := line.ReadMessage(); err != nil {
						line.Close()
						return
					}
				}
			}()
		}
		return nil
	}
	if err := open(memoryScreens, "view=board&key="+displayKey); err != nil {
		return err
	}
	if err := open(memoryDesks, "view=desk&key="+deskKey); err != nil {
		return err
	}
	for range memoryPhones {
		raw, err := h.call(kioskKey, takePath, takeBody)
		if err != nil {
			return err
		}
		var ticket struct{ Token string }
		if err := json.Unmarshal(raw, &ticket); err != nil {
			return err
		}
		if err := open(1, "view=ticket&token="+ticket.Token); err != nil {
			return err
		}
	}
	full, err := h.weight()
	if err != nil {
		return err
	}
	b.table.add(row{what: "memory of the server at rest", ours: megabytes(rest), aim: "< 150 MB", ok: rest < aimMemory})
	b.table.add(row{what: fmt.Sprintf("with %d screens, %d desks, %d phones", memoryScreens, memoryDesks, memoryPhones), ours: megabytes(full),
		limit: megabytes(full-rest) + " for them and their tickets", aim: "< 150 MB", ok: full < aimMemory})
	return nil
}

// weight is what the server has in use when nothing has happened for a while.
func (h *hall) weight() (float64, error) {
	time.Sleep(5 * time.Second)
	n, err := rss(h.pid())
	return float64(n), err
}

func megabytes(bytes float64) string { return fmt.Sprintf("%.0f MB", bytes/1e6) }
