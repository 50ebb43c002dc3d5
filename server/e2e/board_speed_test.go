package e2e

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
)

// watchNumbers notes when each number is first on the glass: after the frame in
// which it came into the page.
const watchNumbers = `(() => {
  window.onGlass = {};
  const found = () => [...document.querySelectorAll('.n, .many .num, td.num:first-child, .called-number')].map((e) => e.textContent).filter((x) => x && !(x in onGlass));
  new MutationObserver(() => {
    const fresh = found();
    if (fresh.length === 0) return;
    for (const x of fresh) onGlass[x] = 0;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { for (const x of fresh) onGlass[x] = Date.now(); };
      channel.port2.postMessage(0);
    });
  }).observe(document.querySelector('.canvas'), { subtree: true, childList: true, characterData: true });
  return 0;
})()`

// TestBoardSpeed: from the call to the glass. What is asserted is ten times the aim.
func TestBoardSpeed(t *testing.T) {
	boardSpeed(t, 40, 1, 30*time.Millisecond, time.Second)
}

// TestBoardSpeedSoak is a call every two seconds on four boards, on a machine a
// sixth as fast: it must keep up.
func TestBoardSpeedSoak(t *testing.T) {
	boardSpeed(t, 30, 6, 2*time.Second, 5*time.Second)
}

// boardSpeed makes calls on one board, or on every form of it on a slow machine.
func boardSpeed(t *testing.T, calls int, slower float64, pause, limit time.Duration) {
	h := startHall(t)
	forms := boardForms[:1]
	if slower > 1 {
		forms = boardForms[:4]
	}
	var all []*screen
	for _, form := range forms {
		s := h.open(t, "/board/"+form.query, form.as)
		s.until("the board", `document.querySelector('.canvas footer p')?.textContent`, patience)
		eval[any](s, watchNumbers)
		if slower > 1 {
			call(s, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slower})
		}
		all = append(all, s)
	}
	for i := 1; i <= 10; i++ {
		h.verb(fmt.Sprint(i), "open", nil)
	}
	sent := map[string]time.Time{}
	for i := range calls {
		counter := fmt.Sprint(i%10 + 1)
		if i >= 10 {
			h.verb(counter, "serve", nil)
			h.verb(counter, "end", nil)
		}
		number := h.take("ho-tich").Number
		sent[number] = time.Now()
		h.verb(counter, "call", nil)
		time.Sleep(pause)
	}
	for i, s := range all {
		s.boardWaits(forms[i].name, sent, limit)
	}
}

// boardWaits reads when the numbers came and how long that took.
func (s *screen) boardWaits(form string, sent map[string]time.Time, limit time.Duration) {
	s.t.Helper()
	s.until("the last number", fmt.Sprintf(`Object.values(onGlass).filter((at) => at > 0).length >= %d`, len(sent)), 4*patience)
	var waits []time.Duration
	for number, at := range eval[map[string]float64](s, `onGlass`) {
		if start, ok := sent[number]; ok {
			waits = append(waits, time.UnixMilli(int64(at)).Sub(start))
		}
	}
	slices.Sort(waits)
	at := func(share float64) time.Duration {
		return waits[min(len(waits)-1, int(share*float64(len(waits))))].Round(time.Millisecond)
	}
	s.t.Logf("%s: %d calls, from the request to the glass p50 %v, p95 %v, p99 %v", form, len(waits), at(.5), at(.95), at(.99))
	if len(waits) != len(sent) || at(.95) > limit {
		s.t.Errorf("%s: %d of %d calls came, 95 of 100 within %v", form, len(waits), len(sent), at(.95))
	}
}
