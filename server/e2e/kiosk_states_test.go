package e2e

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// kioskState is one screen of the kiosk in one state, and how it is come by.
type kioskState struct {
	name  string        // of its picture and of its tree for screen readers
	clock string        // the hour that stands on it, with a date where it is not the usual Monday
	on    bool          // goes on from the state before; otherwise from a page just opened
	way   func(v *tour) // leads there and waits until what makes the state is seen
	after func(v *tour) // puts the hall right again
}

// kioskStates are all of them, by the hall they are found in.
var kioskStates = []struct {
	hall   string
	start  func(v *tour, t *testing.T)
	states []kioskState
}{
	{"quiet", startQuiet, []kioskState{
		{name: "home", way: func(v *tour) { v.k.sees("h1", vi("k.home.q")) }},
		{name: "help-sent", on: true, way: func(v *tour) {
			v.k.press("[data-mode=help]", "")
			v.k.sees(".toast", vi("k.help.sent"))
		}},
		{name: "help-coming", on: true, way: func(v *tour) {
			v.h.endNotice("demo-desk", v.h.standing("help")[0])
			v.k.sees(".toast", vi("k.help.coming"))
		}},
		{name: "priority-groups", way: func(v *tour) {
			v.k.press(".tile.pri", "")
			v.k.sees("h1", vi("k.pri.q"))
		}},
		{name: "priority-services", on: true, way: func(v *tour) {
			v.k.press(".tile", "75")
			v.k.sees("h1", vi("k.pri.service"))
		}},
		{name: "idle", on: true, way: func(v *tour) {
			v.k.moveClock(46 * time.Second)
			v.k.sees("dialog.idle h2", vi("k.idle.h"))
		}},
		{name: "confirm", way: func(v *tour) {
			v.k.press(".tile[data-id=ho-tich]", "")
			v.k.sees(".acts .go", vi("k.conf.yes"))
		}},
		{name: "issuing", on: true, way: func(v *tour) {
			v.answers(`new Promise(() => {})`)
			v.k.press(".acts .go", "")
			v.k.sees("h1", vi("k.issue.h"))
		}},
		{name: "ticket-screen-only", way: func(v *tour) {
			v.k.takeByTouch("Hộ tịch")
			v.k.sees("h1", vi("k.done.h0"))
			v.code()
		}},
		{name: "cancel-question", on: true, way: func(v *tour) {
			v.k.press(".acts button", vi("k.done.undo"))
			v.k.sees("h1", upTo("k.undo.q"))
		}},
		{name: "cancelled", on: true, way: func(v *tour) {
			v.k.press(".acts button", vi("k.undo.yes"))
			v.k.sees("h1", upTo("k.undo.done"))
		}},
		{name: "ticket-priority", way: func(v *tour) {
			v.k.press(".tile.pri", "")
			v.k.press(".tile", "75")
			v.k.press(".tile[data-id=ho-tich]", "")
			v.k.sees(".slip .chip", "75")
			v.code()
		}},
		{name: "error", way: func(v *tour) {
			v.asks(`Promise.resolve(new Response('{"code":"internal"}', {status: 500}))`)
			v.k.sees("h1", vi("k.err.h"))
		}},
		{name: "too-many", way: func(v *tour) {
			v.asks(`Promise.resolve(new Response('{"code":"too_many_tickets"}', {status: 409}))`)
			v.k.sees("h1", vi("k.again.h"))
		}},
		{name: "refused", way: func(v *tour) {
			v.asks(`Promise.resolve(new Response('{"code":"service_closed"}', {status: 409}))`)
			v.k.sees("h1", vi("k.refused.h", "field", "Hộ tịch, khai sinh, kết hôn"))
		}},
		{name: "languages", way: func(v *tour) {
			v.k.press("[data-mode=lang]", "Nùng") // once it knows of them
			v.k.sees("dialog.langs h2", vi("k.lang.q"))
		}},
	}},
	{"busy", startBusy, []kioskState{
		{name: "home-special-day", way: func(v *tour) {
			v.k.sees(".bulletin li", "Quầy 05")
			v.k.sees(".bulletin li", upTo("k.golden"))
			v.k.sees(".bulletin li", upTo("k.noslip"))
		}},
		{name: "group", way: func(v *tour) {
			v.k.press(".tile.many", "")
			v.k.sees("h1", "Nhà đất và xây dựng")
		}},
		{name: "confirm-notes", clock: "15:12", way: func(v *tour) {
			v.k.press(".tile[data-id=ho-tich]", "")
			v.k.sees(".notes li", "15 giờ")
			v.k.sees(".online figcaption", vi("k.online"))
			v.k.until("the code", `document.querySelector('.online img').naturalWidth > 0`, patience)
		}},
		{name: "ticket-pace", way: func(v *tour) {
			v.k.takeByTouch("Chứng thực")
			v.k.press(".acts .go", "")
			v.k.isOn("home")
			v.k.takeByTouch("Chứng thực")
			v.k.sees(".slip .note", vi("k.again"))
			v.code()
		}},
	}},
	{"times", startTimes, []kioskState{
		{name: "before-opening", clock: "07:24", way: shut("k.before.h", func(s *queue.Settings, at hourOf) {
			s.Calendar = hours(half("am", at(6), "23:59", ""))
		})},
		{name: "lunch", clock: "13:24", way: shut("k.lunch.h", func(s *queue.Settings, at hourOf) {
			s.Calendar = hours(half("am", "00:00", at(-2), ""), half("pm", at(6), "23:59", ""))
		})},
		{name: "cut-off-morning", clock: "11:02", way: shut("k.cutoff.am", func(s *queue.Settings, at hourOf) {
			s.Calendar = hours(half("am", "00:00", at(20), at(-2)), half("pm", at(148), "23:59", ""))
		})},
		{name: "cut-off", clock: "16:32", way: shut("k.cutoff.h", func(s *queue.Settings, at hourOf) {
			s.Calendar = hours(half("am", at(-540), "23:59", at(-2)))
		})},
		{name: "holiday", way: shut("k.holiday.of", func(s *queue.Settings, at hourOf) {
			s.Calendar = hours(half("am", at(-72), "23:59", ""))
			s.Calendar.Holidays = []queue.Holiday{{From: queue.DayOf(time.Now()), Name: queue.Text{VI: "Quốc khánh", EN: "National Day"}}}
		})},
		{name: "weekend", clock: "2026-11-28 08:42", way: shut("k.weekend.h", func(s *queue.Settings, at hourOf) {
			s.Calendar = hours(half("am", at(-72), "23:59", ""))
			s.Calendar.Week = s.Calendar.Week[:0]
			for day := range 5 { // from the day after tomorrow
				s.Calendar.Week = append(s.Calendar.Week, queue.WeekDay{Day: (int(time.Now().In(hallZone).Weekday()) + 2 + day) % 7})
			}
		})},
		{name: "closed", way: shut("k.closed.h", func(s *queue.Settings, _ hourOf) {
			s.Calendar = hours(half("am", "00:00", "23:59", ""))
			for i := range s.Services {
				s.Services[i].Closed = true
			}
		})},
		// Late in the morning: at night, what is left of the day must reach an afternoon.
		{name: "full-field", clock: "11:50", way: func(v *tour) {
			v.full()
			v.k.pardon("409")
			v.k.press(".tile[data-id=ho-tich]", "")
			v.k.isOn("confirm")
			v.h.take("ho-tich")
			v.k.press(".acts .go", "")
			v.k.sees("h1", "Hết số Hộ tịch")
			v.k.sees(".words p", upTo("k.full.pm"))
		}},
		{name: "home-full-field", on: true, way: func(v *tour) {
			v.k.press(".acts button", vi("k.err.home"))
			v.k.sees(".tile.shut small", vi("k.tile.full.am"))
		}},
		{name: "full-hall", clock: "11:50", on: true, way: func(v *tour) {
			v.h.take("chung-thuc")
			v.k.sees("h1", vi("k.full.all.am"))
		}},
		{name: "book", on: true, clock: "10:12", way: func(v *tour) {
			v.k.press(".acts button", vi("k.book"))
			v.k.sees("h1", vi("k.book.h"))
			v.code()
		}},
	}},
	{"told", startQuiet, []kioskState{
		{name: "maintenance", way: func(v *tour) {
			v.tells("maintenance", nil)
			v.k.sees("h1", vi("k.maint.h"))
		}, after: endTold},
		{name: "emergency", way: func(v *tour) {
			v.tells("emergency", evacuation)
			v.k.isOn("emergency")
			v.k.sees("h1", evacuation["vi"])
		}, after: endTold},
		{name: "ticket-emergency", way: func(v *tour) {
			v.k.takeByTouch("Hộ tịch")
			v.tells("emergency", evacuation)
			v.k.sees("#strip", evacuation["vi"])
			v.code()
		}, after: endTold},
		{name: "home-look-up", way: func(v *tour) {
			v.lookup()
			v.k.sees(".acts .btn", vi("k.find"))
			v.k.sees(".acts .btn", vi("k.dossier"))
		}},
		{name: "line-lost", on: true, way: func(v *tour) {
			v.h.kill()
			v.k.sees("#strip", vi("k.off.strip"))
		}},
		{name: "paused", on: true, way: func(v *tour) {
			v.k.moveClock(10 * time.Second)
			v.k.sees("h1", vi("k.off.h"))
		}, after: func(v *tour) {
			v.h.start()
			v.h.ready()
		}},
		{name: "line-lost-taking", way: func(v *tour) {
			v.k.press(".tile[data-id=ho-tich]", "")
			at := v.k.aim(".acts .go", "")
			v.k.pace()
			v.h.kill()
			v.k.pressAt(at)
			v.k.isOn("issuing")
			v.k.moveClock(10 * time.Second)
			v.k.isOn("error")
			v.k.sees("h1", vi("k.off.h"))
		}},
		{name: "line-back", on: true, way: func(v *tour) {
			v.h.start()
			v.h.ready()
			v.k.until("the words that it works", found("h1", vi("k.back.h")), 10*backWithin)
		}},
	}},
	{"printer", func(v *tour, t *testing.T) { v.h = startDevices(t) }, []kioskState{
		{name: "ticket-printing", way: func(v *tour) {
			eval[any](v.k, `window.noPaperYet = true`)
			v.k.takeByTouch("Hộ tịch")
			v.k.sees("h1", vi("k.print.h"))
			v.code()
		}},
		{name: "ticket", way: func(v *tour) {
			v.k.takeByTouch("Chứng thực")
			v.k.until("the paper", found("h1", vi("k.done.h")), slow)
			v.k.sees(".acts button", vi("k.done.reprint"))
			v.code()
		}},
		{name: "home-no-paper", way: func(v *tour) { v.trouble("paper_out", "paper_out", "k.out.strip") }},
		{name: "ticket-no-paper", on: true, way: func(v *tour) { v.without("k.out.h") }, after: func(v *tour) {
			v.h.act("printer", "reload", "")
			v.h.device("printer", "ready")
		}},
		{name: "home-printer-fault", way: func(v *tour) { v.trouble("cover", "cover_open", "k.fault.strip") }},
		{name: "ticket-printer-fault", on: true, way: func(v *tour) { v.without("k.fault.h") }},
	}},
	{"scanner", startScanner, []kioskState{
		{name: "home-scanner", way: func(v *tour) {
			v.k.invites()
			v.k.sees(".scan button", vi("k.booked"))
		}},
		{name: "home-card", on: true, way: func(v *tour) { v.k.scanCard(v.pc, youngCard) }},
		{name: "home-card-priority", on: true, way: func(v *tour) {
			v.pc.scan(oldCard)
			v.k.sees(".scan", vi("k.scan.pri", "group", "Người từ 75 tuổi"))
		}},
		{name: "home-card-foreign", way: func(v *tour) {
			v.k.invites()
			v.pc.scan(insurance)
			v.k.sees(".scan", vi("k.scan.foreign"))
		}},
		{name: "booked", way: func(v *tour) {
			v.k.press(".scan button", vi("k.booked"))
			v.k.sees("h1", vi("k.booked.q"))
			v.k.do(typed("ACD"))
			v.k.until("three letters", `document.querySelector('.code').textContent === 'ACD'`, patience)
		}},
		{name: "seen", way: func(v *tour) { v.types(v.x.Code, "seen") }},
		{name: "booked-unknown", way: func(v *tour) { v.types("ACDEFG", "refused") }},
		{name: "booked-over", way: func(v *tour) {
			if status := v.h.ask("POST", "demo-kiosk", branchPath+"/bookings/"+v.booking+"/arrive", struct{}{}, nil); status/100 != 2 {
				v.k.t.Fatalf("arriving: status %d", status)
			}
			v.types(v.booking, "refused")
			v.k.sees("h1", vi("k.booked.over"))
		}},
	}},
}

var evacuation = map[string]string{
	"vi": "Mời mọi người ra khỏi sảnh theo lối cửa chính. Không dùng thang máy.",
	"en": "Please leave the hall by the main door. Do not use the lift.",
}

// startQuiet is an ordinary morning.
func startQuiet(v *tour, t *testing.T) {
	v.h = startHall(t)
	for _, counter := range []string{"1", "2", "3", "6"} {
		v.h.verb(counter, "open", nil)
	}
	for range 5 {
		v.h.take("ho-tich")
	}
	v.h.take("chung-thuc")
}

// startBusy is a hall with all it can have to say on one day.
func startBusy(v *tour, t *testing.T) {
	startQuiet(v, t)
	v.h.settings(func(s *queue.Settings) {
		s.Calendar.Golden = []queue.Special{{Weekdays: everyDay, Services: []string{"chung-thuc"}, Promise: &queue.Promise{Unit: queue.CalendarDays}}}
		s.Calendar.NoSlip = []queue.Special{{Weekdays: everyDay, Services: []string{"ho-tich"}}}
		s.Groups = []queue.GroupSetting{{ID: "dat", Name: queue.Text{VI: "Nhà đất và xây dựng", EN: "Land and construction"}, Services: []string{"dat-dai", "kinh-doanh"}}}
		s.Pace.Kiosk, s.Pace.Seconds = 2, 60
		civil := serviceIn(s, "ho-tich")
		civil.Online = "https://dichvucong.gov.vn/p/home"
		civil.Late = queue.LateNote{From: "00:00", Text: queue.Text{VI: "Hồ sơ nộp sau 15 giờ được trả kết quả vào ngày làm việc tiếp theo.", EN: "What is filed after 15:00 is returned on the next working day."}}
	})
	v.tells("info", map[string]string{"vi": "Quầy 05 chuyển sang phòng bên.", "en": "Counter 05 is in the room next door."})
}

func startTimes(v *tour, t *testing.T) {
	awayFromMidnight(t, 5, 3)
	v.h = startHall(t)
	v.h.settings(func(s *queue.Settings) { s.Calendar.Golden, s.Calendar.NoSlip = nil, nil })
}

func startScanner(v *tour, t *testing.T) {
	startQuiet(v, t)
	v.x, v.booking = v.h.take("ho-tich"), v.h.book("ho-tich")
	v.pc = startScanPC(t, v.h, "Máy lấy số 1")
}

// addLanguage gives the hall one more language, as its administrator would.
func (h *hall) addLanguage(tag, name string) {
	h.t.Helper()
	path, err := program()
	if err != nil {
		h.t.Fatal(err)
	}
	if out, err := exec.Command(path, "language", "new", tag, "--data", h.data, "--name", name).CombinedOutput(); err != nil {
		h.t.Fatalf("adding a language: %v\n%s", err, strings.TrimSpace(string(out)))
	}
}
