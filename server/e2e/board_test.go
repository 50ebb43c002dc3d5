package e2e

import (
	"fmt"
	"os"
	"testing"

	"motcua/server/queue"
)

var uprightSize = size{1080, 1920, false}

// boardForms are the board's forms on the panels they are made for.
var boardForms = []struct {
	name, query string
	as          size
}{
	{"hero", "", boardSize},
	{"grid", "?layout=grid", boardSize},
	{"media", "?layout=media", boardSize},
	{"portrait", "", uprightSize},
	{"grid-upright", "?layout=grid", uprightSize},
}

// counters gives the hall so many counters; the first half of them are in zone "a".
func (h *hall) counters(n int) {
	h.t.Helper()
	h.settings(func(s *queue.Settings) {
		for i := len(s.Counters) + 1; i <= n; i++ {
			services := []string{"ho-tich", "chung-thuc"}
			if i > n/2 {
				services = []string{"dat-dai", "bao-tro", "cu-tru"}
			}
			s.Counters = append(s.Counters, queue.CounterSetting{ID: fmt.Sprint(i), Label: fmt.Sprintf("%02d", i), Services: services})
		}
		zone := queue.ZoneSetting{ID: "a", Name: queue.Text{VI: "Khu A, tầng 1", EN: "Area A, ground floor"}}
		other := queue.ZoneSetting{ID: "b", Name: queue.Text{VI: "Khu B, tầng 2", EN: "Area B, first floor"}}
		for i := 1; i <= n; i++ {
			if i <= n/2 {
				zone.Counters = append(zone.Counters, fmt.Sprint(i))
			} else {
				other.Counters = append(other.Counters, fmt.Sprint(i))
			}
		}
		s.Board.Zones = []queue.ZoneSetting{zone, other}
		s.Calendar.Golden, s.Calendar.NoSlip = nil, nil // what is special takes turns with the zone's name
	})
}

// busy opens counters from one to another, of so many, and calls a number at each.
func (h *hall) busy(of, from, to int) {
	h.t.Helper()
	for i := from; i <= to; i++ {
		service := "ho-tich"
		if i > 10 && i > of/2 {
			service = []string{"dat-dai", "bao-tro", "cu-tru"}[i%3]
		}
		h.take(service)
		h.verb(fmt.Sprint(i), "open", nil)
	}
	for i := from; i <= to; i++ {
		h.verb(fmt.Sprint(i), "call", nil)
	}
}

// TestBoardPictures keeps every form with 20 and 40 counters, when asked for pictures.
func TestBoardPictures(t *testing.T) {
	if os.Getenv("MOTCUA_SHOTS") == "" {
		return // nobody asked for pictures: it checks nothing
	}
	for _, n := range []int{20, 40} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			h := startHall(t)
			h.counters(n)
			var all []*screen
			for _, form := range boardForms {
				s := h.open(t, "/board/"+form.query, form.as)
				s.until("the page", `document.querySelector('footer p')?.textContent`, patience)
				s.shot(form.name + "-idle")
				all = append(all, s)
			}
			h.busy(n, 1, n-3)
			for i := range 12 {
				h.take([]string{"ho-tich", "dat-dai", "ket-qua", "cu-tru"}[i%4])
			}
			for i, s := range all {
				s.shot(boardForms[i].name + "-burst")
			}
			for i := 1; i < n-4; i++ {
				if i%3 != 0 {
					h.verb(fmt.Sprint(i), "serve", nil)
				}
			}
			h.verb("1", "end", nil)
			h.verb("2", "end", nil)
			h.verb("3", "recall", nil)
			for i, s := range all {
				for range 8 {
					s.moveClock(10_000_000_000)
					s.until("a step", `new Promise((done) => setTimeout(() => done(true), 300))`, patience)
				}
				s.shot(boardForms[i].name + "-calm")
			}
			zone := h.open(t, "/board/?layout=grid&zone=a", boardSize)
			zone.until("a call", `document.querySelector('.cell')`, patience)
			zone.shot("zone")
		})
	}
}
