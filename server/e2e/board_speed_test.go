package e2e

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
)

// watchNumbers notes when each number is first on the glass: after the frame in
// which it came into the page.
const watchNumbers = `(() => {
  window.onGlass = {};
  const found = () => [...document.querySelectorAll('.n, .many li > .num, td.num:first-child, .called-number')].map((e) => e.textContent).filter((x) => x && !(x in onGlass));
  new MutationObserver(() => {
    const fresh = found();
    if (fresh.length === 0) return;
    for (const x of fresh) onGlass[x] = 0;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { for (const x of fresh) onGlass[x] = Date.now(); };
      channel.port2.postMessage(0);
    });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  return 0;
})()`

// boardAim is how soon 95 of 100 calls are to be on the board.
const boardAim = 100 * time.Millisecond

// TestBoardSpeed: from the call to the glass. What is asserted is ten times the aim.
func TestBoardSpeed(t *testing.T) { boardSpeed(t, 40) }

// TestBoardSpeedSoak is what `make bench` prints.
func TestBoardSpeedSoak(t *testing.T) { boardSpeed(t, 1000) }

func boardSpeed(t *testing.T, calls int) {
	h := startHall(t)
	s := h.open(t, "/board/", boardSize)
	s.watchesNumbers(1)
	sent := h.paced(calls, 30*time.Millisecond, func(i int) int { return i%10 + 1 }, func(number string, _ int) { s.hasShown(number) })
	ours := s.glassWaits("hero", sent, 10*boardAim)
	var beside []time.Duration
	for _, made := range sent {
		beside = append(beside, made.took)
	}
	for i, share := range []float64{0.5, 0.95, 0.99} {
		aim := boardAim * []time.Duration{1, 1, 3}[i]
		yardstick(t, fmt.Sprintf("call at the desk to the board's glass, p%.0f of %d", 100*share, len(ours)), quantile(ours, share), quantile(beside, share), "the answer to the same request", aim)
	}
}

// TestFourPages: three forms of the board and a counter's display, on a machine a
// sixth as fast, keep up with a call every two seconds.
func TestFourPages(t *testing.T) {
	t.Parallel()
	fourPages(t, 6)
}

// TestFourPagesSoak is two minutes of it.
func TestFourPagesSoak(t *testing.T) { fourPages(t, 60) }

func fourPages(t *testing.T, calls int) {
	h := startHall(t)
	display := h.open(t, "/counter/1/", counterSize)
	pages := map[string]*screen{"counter": display}
	for _, form := range boardForms {
		if form.name == "hero" || form.name == "grid" || form.name == "portrait" {
			pages[form.name] = h.open(t, "/board/"+form.query, form.as)
		}
	}
	for _, s := range pages {
		s.watchesNumbers(6)
	}
	// Every second call is to the counter that has a display.
	sent := h.paced(calls, 2*time.Second, func(i int) int { return 1 + i%2*(1+i/2%9) }, func(number string, counter int) {
		for _, s := range pages {
			if s != display || counter == 1 {
				s.hasShown(number)
			}
		}
	})
	for name, s := range pages {
		here := maps.Clone(sent)
		if s == display {
			maps.DeleteFunc(here, func(_ string, made madeCall) bool { return made.counter != 1 })
		}
		s.glassWaits(name, here, 5*time.Second)
	}
}

// watchesNumbers makes a page note its numbers, on a machine so many times slower.
func (s *screen) watchesNumbers(slower float64) {
	s.t.Helper()
	s.until("the page", `document.querySelector('.canvas footer p, footer')?.textContent || document.querySelector('.words')?.textContent`, patience)
	eval[any](s, watchNumbers)
	if slower > 1 {
		call(s, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slower})
	}
}

// madeCall is when and where a number was called.
type madeCall struct {
	at      time.Time
	took    time.Duration // until the server had answered
	counter int
}

// hasShown waits until a number has been on the glass.
func (s *screen) hasShown(number string) {
	s.t.Helper()
	s.until(number+" on the glass", fmt.Sprintf(`onGlass[%q] > 0`, number), 4*patience)
}

// paced calls visitor after visitor, the i-th to the counter that is named. Nobody is
// sent away before the call was seen.
func (h *hall) paced(calls int, pause time.Duration, to func(i int) int, seen func(number string, counter int)) map[string]madeCall {
	h.t.Helper()
	for i := 1; i <= 10; i++ {
		h.verb(fmt.Sprint(i), "open", nil)
	}
	sent, busy := map[string]madeCall{}, map[int]string{}
	for i := range calls {
		counter := to(i)
		id := fmt.Sprint(counter)
		if busy[counter] != "" {
			seen(busy[counter], counter)
			h.verb(id, "serve", nil)
			h.verb(id, "end", nil)
		}
		number := h.take("ho-tich").Number
		busy[counter] = number
		start := time.Now()
		h.verb(id, "call", nil)
		sent[number] = madeCall{start, time.Since(start), counter}
		time.Sleep(pause)
	}
	for counter, number := range busy {
		seen(number, counter)
	}
	return sent
}

// glassWaits reads when the numbers came and how long that took: all of them, and
// the later ones no later than the first.
func (s *screen) glassWaits(page string, sent map[string]madeCall, limit time.Duration) []time.Duration {
	s.t.Helper()
	glass := eval[map[string]float64](s, `onGlass`)
	var waits []time.Duration
	for _, number := range slices.SortedFunc(maps.Keys(sent), func(a, b string) int { return sent[a].at.Compare(sent[b].at) }) {
		if at := glass[number]; at > 0 {
			waits = append(waits, time.UnixMilli(int64(at)).Sub(sent[number].at))
		}
	}
	first, last := slices.Sorted(slices.Values(waits[:len(waits)/2])), slices.Sorted(slices.Values(waits[len(waits)/2:]))
	slices.Sort(waits)
	share := func(of []time.Duration, share float64) time.Duration {
		return of[min(len(of)-1, int(share*float64(len(of))))].Round(time.Millisecond)
	}
	s.t.Logf("%s: %d of %d calls, from the request to the glass p50 %v, p95 %v, p99 %v; the second half p95 %v", page, len(waits), len(sent), share(waits, .5), share(waits, .95), share(waits, .99), share(last, .95))
	if len(waits) != len(sent) || share(waits, .95) > limit {
		s.t.Errorf("%s: %d of %d calls came, 95 of 100 within %v", page, len(waits), len(sent), share(waits, .95))
	}
	if share(last, .5) > share(first, .5)+limit/2 {
		s.t.Errorf("%s: calls pile up: half of the first came within %v, of the last within %v", page, share(first, .5), share(last, .5))
	}
	return waits
}
