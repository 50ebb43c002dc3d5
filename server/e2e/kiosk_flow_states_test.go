package e2e

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"motcua/server/queue"
)

var hallZone = time.FixedZone("ICT", 7*3600)

// hallClock writes the hall's hour so many minutes from now. A calendar knows no
// hours beyond its day: see awayFromMidnight.
func hallClock(minutes int) queue.HM {
	then := time.Now().In(hallZone).Add(time.Duration(minutes) * time.Minute)
	return queue.HM(then.Format("15:04"))
}

// awayFromMidnight waits while the hall's day would turn within so many minutes,
// or has turned fewer minutes ago than the test looks back.
func awayFromMidnight(t *testing.T, before, after int) {
	t.Helper()
	now := time.Now().In(hallZone)
	midnight := queue.DayOf(now).Add(1).Start()
	if midnight.Sub(now) < time.Duration(before)*time.Minute {
		time.Sleep(time.Until(midnight))
	}
	if since := time.Since(queue.DayOf(time.Now()).Start()); since < time.Duration(after)*time.Minute {
		time.Sleep(time.Duration(after)*time.Minute - since)
	}
}

// hours are half-days of a calendar that works every day.
func hours(halves ...queue.Half) queue.Calendar {
	c := queue.Calendar{Halves: halves, CloseAt: "23:59"}
	for day := range 7 {
		c.Week = append(c.Week, queue.WeekDay{Day: day})
	}
	return c
}

func half(id string, from, to, cutOff queue.HM) queue.Half {
	return queue.Half{ID: id, Name: queue.Text{VI: id}, From: from, To: to, CutOff: cutOff}
}

// TestKioskClosed reaches every reason for which a hall gives no numbers, by the
// calendar that brings it about.
func TestKioskClosed(t *testing.T) {
	t.Parallel()
	awayFromMidnight(t, 5, 3)
	now := time.Now().In(hallZone)
	today := queue.DayOf(now)
	soon, past, later := hallClock(3), hallClock(-2), hallClock(4)
	tomorrow := today.Add(1).Start().In(hallZone).Format("02/01")
	states := []struct {
		name, heading string
		line          string
		change        func(*queue.Settings)
	}{
		{"before", vi("k.before.h"), vi("k.before.sub", "when", string(soon)), func(s *queue.Settings) {
			s.Calendar = hours(half("am", soon, "23:59", ""))
		}},
		{"lunch", vi("k.lunch.h"), vi("k.lunch.sub", "when", string(soon)), func(s *queue.Settings) {
			s.Calendar = hours(half("am", "00:00", past, ""), half("pm", soon, "23:59", ""))
		}},
		{"morning", vi("k.cutoff.am"), vi("k.closed.sub", "when", string(later)), func(s *queue.Settings) {
			s.Calendar = hours(half("am", "00:00", soon, past), half("pm", later, "23:59", ""))
		}},
		{"cutoff", vi("k.cutoff.h"), tomorrow, func(s *queue.Settings) {
			s.Calendar = hours(half("am", "00:00", "23:59", past))
		}},
		{"holiday", vi("k.holiday.of", "name", "Quốc khánh"), tomorrow, func(s *queue.Settings) {
			s.Calendar = hours(half("am", "00:00", "23:59", ""))
			s.Calendar.Holidays = []queue.Holiday{{From: today, Name: queue.Text{VI: "Quốc khánh", EN: "National Day"}}}
		}},
		{"weekend", vi("k.weekend.h"), upTo("k.weekend.sub"), func(s *queue.Settings) {
			s.Calendar = hours(half("am", "07:30", "23:59", ""))
			s.Calendar.Week = s.Calendar.Week[:0]
			for day := range 6 {
				s.Calendar.Week = append(s.Calendar.Week, queue.WeekDay{Day: (int(now.Weekday()) + 1 + day) % 7})
			}
		}},
		{"closed", vi("k.closed.h"), vi("k.closed.ask"), func(s *queue.Settings) {
			for i := range s.Services {
				s.Services[i].Closed = true
			}
		}},
	}
	for _, state := range states {
		t.Run(state.name, func(t *testing.T) { // one after the other: the hours above hold for minutes
			h := startHall(t)
			h.settings(func(s *queue.Settings) {
				s.Calendar.Golden, s.Calendar.NoSlip = nil, nil
				state.change(s)
			})
			k := h.open(t, "/kiosk/", kioskSize)
			k.isOn("closed")
			k.sees("h1", state.heading)
			k.sees(".words p", state.line)
			k.shot("vi")
			k.press("[data-mode=lang]", "")
			k.until("English", `document.documentElement.lang === 'en'`, patience)
			k.shot("en")
			if booking := eval[bool](k, `Boolean(document.querySelector('.acts'))`); booking != (state.name == "cutoff" || state.name == "morning") {
				t.Errorf("a later half-day is offered: %v", booking)
			}
		})
	}
}

// TestKioskQuota: the last number of a half-day is given elsewhere while somebody
// is asked; then the whole hall is full, and a later half-day can be booked by phone.
func TestKioskQuota(t *testing.T) {
	t.Parallel()
	awayFromMidnight(t, 5, 0)
	h := startHall(t)
	soon, later := hallClock(3), hallClock(4)
	h.settings(func(s *queue.Settings) {
		s.Calendar = hours(half("am", "00:00", soon, ""), half("pm", later, "23:59", ""))
		for _, id := range []string{"ho-tich", "chung-thuc"} {
			serviceIn(s, id).Quota = map[string]int{"am": 1}
		}
		for i := range s.Services {
			s.Services[i].Closed = i > 1
		}
	})
	k := h.kiosk(t, "")
	k.pardon("409")
	k.press(".tile[data-id=ho-tich]", "")
	k.isOn("confirm")
	h.take("ho-tich")
	k.press(".acts button", vi("k.conf.yes"))
	k.isOn("refused")
	field := eval[string](k, `document.querySelector('h1').textContent`)
	if !regexp.MustCompile("^Hết số Hộ tịch.* buổi (sáng|chiều) nay$").MatchString(field) {
		t.Errorf("the heading is %q", field)
	}
	k.sees(".words p", string(later))
	k.shot("field")
	k.press(".acts button", vi("k.err.home"))
	k.isOn("home")
	k.shot("tile")
	k.press(".tile[data-id=ho-tich].shut", "") // its tile still says when there are some again
	k.isOn("refused")
	k.press(".acts button", vi("k.err.home"))
	k.isOn("home")
	h.take("chung-thuc")
	k.isOn("closed")
	k.sees(".words p", string(later))
	k.shot("hall")
	k.press(".acts button", vi("k.book"))
	k.isOn("book")
	k.sees("h1", vi("k.book.h"))
	k.until("the code", `document.querySelector('img.qr').complete && document.querySelector('img.qr').naturalWidth > 0`, patience)
	k.shot("book")
	k.press(".acts button", vi("k.err.home"))
	k.isOn("closed")
}

// TestKioskErrorCode: what nobody foresaw has a code that the help desk can look up.
func TestKioskErrorCode(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.pardon("K5-")
	eval[int](k, `window.real = window.fetch, window.fetch = (u, i) => i?.method === 'POST'
  ? Promise.resolve(new Response('{"code":"internal"}', {status: 500})) : real(u, i), 0`)
	k.press(".tile[data-id=ho-tich]", "")
	k.press(".acts button", vi("k.conf.yes"))
	k.isOn("error")
	k.sees("h1", vi("k.err.h"))
	if line := k.text(".words p:last-of-type"); !regexp.MustCompile(`^Mã: K5-[0-9A-F]{4}$`).MatchString(line) {
		t.Errorf("the code is %q", line)
	}
	k.shot("error")
	eval[int](k, `window.fetch = real, 0`)
	k.press(".acts button", vi("k.err.again"))
	if number, _ := k.issued(); number != "A001" {
		t.Errorf("trying again gave %s", number)
	}
}

// TestKioskWish: who found a procedure on the look-up screens comes back for its
// number; a service that gives none is told of on the first screen.
func TestKioskWish(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.open(t, "/kiosk/?procedure=1.001193&service=chung-thuc&diag=32", kioskSize)
	k.isOn("confirm")
	k.sees("h1", "Chứng thực")
	if search := eval[string](k, `location.search`); search != "?diag=32" {
		t.Errorf("the address keeps %s for the next visitor", search)
	}
	// The wish is this visitor's alone: who leaves without a word is asked, and forgotten.
	k.press(".acts button", vi("k.conf.no"))
	k.isOn("home")
	k.moveClock(46 * time.Second)
	k.until("the question whether anybody is there", `document.querySelector('dialog.idle[open]')`, patience)
	k.press("dialog .btn", vi("k.idle.more"))
	k.press(".tile[data-id=chung-thuc]", "")
	k.isOn("confirm")
	eval[int](k, `window.sent = [], window.real = window.fetch, window.fetch = (u, i) => (sent.push(i?.body ?? ''), real(u, i)), 0`)
	k.press(".acts button", vi("k.conf.yes"))
	k.issued()
	k.until("the procedure to be sent", `sent.some((x) => x.includes('"procedure":"1.001193"'))`, patience)
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	k.press(".tile[data-id=chung-thuc]", "")
	k.press(".acts button", vi("k.conf.yes"))
	k.isOn("ticket")
	if n := eval[int](k, `sent.filter((x) => x.includes('procedure')).length`); n != 1 {
		t.Errorf("%d numbers were taken for the procedure, want 1", n)
	}

	h.settings(func(s *queue.Settings) { serviceIn(s, "dat-dai").Closed = true })
	for service, words := range map[string]string{"dat-dai": vi("k.refused.h", "field", "Đất đai, xây dựng"), "nothing": vi("k.wish.unknown")} {
		k := h.open(t, fmt.Sprintf("/kiosk/?procedure=1&service=%s", service), kioskSize)
		k.isOn("home")
		k.sees(".toast", words)
		k.shot(service)
	}
}
