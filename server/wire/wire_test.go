package wire

import (
	"encoding/json"
	"strings"
	"testing"

	"motcua/server/queue"
)

var visit = queue.Visit{ID: "261123-A001", Number: "A001", Service: "a", State: queue.Called, Priority: "NCT", Queue: "a",
	Order: "1795000000000.000001", Token: "hbTOKEN", Code: "ABC234", Taken: "1795000000000", Called: "1795000060000",
	Counter: "1", Calls: 1}

func golden(t *testing.T, v any, want string) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw) != want {
		t.Errorf("got\n%s\nwant\n%s", raw, want)
	}
}

// The messages word for word: screens and agents of other versions read them.
func TestGoldenMessages(t *testing.T) {
	e := queue.Event{Seq: 7, Kind: queue.TicketCalled, At: "1795000060000", Day: "2026-11-23", By: "quầy 1", Verb: queue.Next,
		Visit: &visit, Counter: &queue.Counter{ID: "1", State: queue.CounterCalling, Visit: visit.ID, Number: "A001",
			Since: "1795000060000", LastTx: "261123-A000.1", LastAt: "1795000059000"}}
	golden(t, EventMessage{Type: "event", Seq: 7, Event: EventFor(Board, &e)},
		`{"type":"event","seq":7,"event":{"kind":"ticket.called","at":"2026-11-18T18:07:40.000+07:00","verb":"next",`+
			`"visit":{"id":"261123-A001","number":"A001","service":"a","state":"called","counter":"1","calls":1,"called":"2026-11-18T18:07:40.000+07:00"},`+
			`"counter":{"id":"1","state":"calling","visit":"261123-A001","number":"A001","since":"2026-11-18T18:07:40.000+07:00",`+
			`"rate":{"tx":"261123-A000.1","from":"2026-11-18T18:07:39.000+07:00","rated":false}}}}`)
	hidden := queue.Event{Kind: queue.TicketPriorityChanged, At: "1795000060000", Visit: &visit, Was: "NCT", Reason: "x"}
	golden(t, EventFor(Board, &hidden), `{"kind":"other","at":"2026-11-18T18:07:40.000+07:00"}`)
	golden(t, Tick{Type: "tick", Now: TimeOf(visit.Taken.Time())}, `{"type":"tick","now":"2026-11-18T18:06:40.000+07:00"}`)
	golden(t, TicketOf("b", "http://h", &visit, 2, &Interval{3, 9}),
		`{"id":"261123-A001","number":"A001","service":"a","state":"called","ahead":2,"estimate":{"low":3,"high":9},"token":"hbTOKEN",`+
			`"code":"ABC234","url":"http://h/t/hbTOKEN","issued_at":"2026-11-18T18:06:40.000+07:00","priority":"NCT","counter":"1","calls":1,"branch":"b"}`)
}

// A list of what to bring, word for word: agents of other versions read it.
func TestGoldenChecklist(t *testing.T) {
	golden(t, PrintJob{Job: "list-1", Visit: "list-1", Lang: "vi", Area: []string{}, URL: "http://h/p/1.001193", IssuedAt: "x",
		Checklist: &Checklist{Procedure: "1.001193", Name: "Đăng ký khai sinh", Papers: []ChecklistPaper{{Name: "Tờ khai", Originals: 1}, {Name: "Căn cước", Show: true}},
			Times: []ChecklistTime{{Modes: []string{"direct"}, Text: "1 ngày"}}, Fees: []ChecklistFee{{ByProvince: true}}, Counters: []string{"1"}, Sample: true}},
		`{"job":"list-1","copy":0,"visit":"list-1","number":"","hall":{"vi":""},"service":{"vi":""},"lang":"vi","ahead":0,"estimate":null,"area":[],`+
			`"url":"http://h/p/1.001193","code":"","issued_at":"x","checklist":{"procedure":"1.001193","name":"Đăng ký khai sinh",`+
			`"papers":[{"name":"Tờ khai","originals":1},{"name":"Căn cước","show":true}],"times":[{"modes":["direct"],"text":"1 ngày"}],`+
			`"fees":[{"by_province":true}],"counters":["1"],"sample":true}}`)
	golden(t, TicketInfo{Procedure: &ProcedureRef{Code: "1.001193", Name: "Đăng ký khai sinh"}}.Procedure, `{"code":"1.001193","name":"Đăng ký khai sinh"}`)
}

// A snapshot for the wall holds who is called, and the last calls; one for staff everybody.
func TestSnapshotsByView(t *testing.T) {
	set := queue.DemoSettings()
	set.Counters[0].Clerk = "Nguyễn Văn A"
	s := queue.NewState("e")
	put := func(n int64, state queue.VisitState) {
		v := visit
		v.ID, v.State = "261123-A"+string(rune('0'+n)), state
		v.Number = v.ID[7:]
		if state == queue.Waiting {
			v.Called = ""
		}
		if err := s.Apply(queue.Event{Seq: n, Kind: queue.TicketTaken, Visit: &v}); err != nil {
			t.Fatal(err)
		}
	}
	for i, state := range []queue.VisitState{queue.Waiting, queue.Called, queue.NoShow, queue.Ended} {
		put(int64(i+1), state)
	}
	for view, want := range map[View]int{Board: 3, Kiosk: 3, Desk: 4, Floor: 4} {
		state := StateFor(view, s, &set, Figures{}, Extras{Engine: "embedded"})
		raw, _ := json.Marshal(state)
		if len(state.Visits) != want || len(state.Counters) != len(set.Counters) {
			t.Errorf("%s: %d visits, %d counters", view, len(state.Visits), len(state.Counters))
		}
		for _, secret := range []string{"hbTOKEN", "ABC234"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s holds %s", view, secret)
			}
		}
		for _, inner := range []string{"Nguyễn", "embedded", `"priority":"NCT"`} {
			if strings.Contains(string(raw), inner) != view.Staff() {
				t.Errorf("%s and %s", view, inner)
			}
		}
	}
}

// What a holder may rate: the transaction that ended, not the evening's.
func TestTicketToRate(t *testing.T) {
	set, s := queue.DemoSettings(), queue.NewState("e")
	v := visit
	v.State, v.Tx, v.Ended = queue.Ended, 1, "1795000120000"
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate == nil || info.Rate.Rated || len(info.Levels) != len(set.Rating.Levels) {
		t.Errorf("%+v", info.Rate)
	}
	s.Ratings = append(s.Ratings, queue.Transaction{ID: v.ID + ".1"})
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate == nil || !info.Rate.Rated {
		t.Errorf("%+v", info.Rate)
	}
	v.Reason = "day_closed"
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate != nil {
		t.Errorf("%+v", info.Rate)
	}
	v = visit
	v.State, v.Tx = queue.Serving, 1
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate != nil {
		t.Errorf("%+v", info.Rate)
	}
}

// Notices word for word, and who sees which.
func TestNoticesByView(t *testing.T) {
	all := map[queue.NoticeKind]queue.Notice{}
	s := queue.NewState("e")
	for i, kind := range queue.NoticeKinds {
		n := queue.Notice{ID: string(kind), Kind: kind, By: "SECRET-by", At: queue.Millis("179500000000" + string(rune('0'+i)))}
		all[kind] = n
		if err := s.Apply(queue.Event{Seq: int64(i + 1), Kind: queue.NoticeChanged, Notice: &n}); err != nil {
			t.Fatal(err)
		}
	}
	set := queue.DemoSettings()
	for _, view := range []View{Board, Kiosk, Lookup, Counter, Rate, Device, Desk, Floor} {
		inside := view.Staff() || view == Kiosk
		list := StateFor(view, s, &set, Figures{}, Extras{}).Notices
		if inside && len(list) != 6 || !inside && len(list) != 3 {
			t.Errorf("%s sees %+v", view, list)
		}
		for i := range list[1:] {
			if list[i].At > list[i+1].At {
				t.Errorf("%s: not in order: %+v", view, list)
			}
		}
		for kind, n := range all {
			ended := n
			ended.EndedBy = "SECRET-end"
			e := EventFor(view, &queue.Event{Kind: queue.NoticeChanged, At: "1795000060000", By: "SECRET-who", Note: queue.NoteEnded, Notice: &ended})
			if sees := e.Kind == string(queue.NoticeChanged); sees != (inside || !kind.ForStaff()) || sees != (e.Notice != nil) {
				t.Errorf("%s of %s: %+v", view, kind, e)
			}
			raw, _ := json.Marshal(e)
			if !inside && strings.Contains(string(raw), "SECRET") {
				t.Errorf("%s of %s: %s", view, kind, raw)
			}
			if !inside && kind.ForStaff() && string(raw) != `{"kind":"other","at":"2026-11-18T18:07:40.000+07:00"}` {
				t.Errorf("%s of %s: %s", view, kind, raw)
			}
			if ended.By == "" || s.Notices[n.ID].By == "" {
				t.Fatal("a view changed the record itself")
			}
		}
	}
	fire := queue.Notice{ID: "n1", Kind: queue.NoticeEmergency, Text: queue.Text{VI: "Cháy"}, By: "admin", At: "1795000060000"}
	e := queue.Event{Kind: queue.NoticeChanged, At: fire.At, By: "admin", Verb: queue.Note, Notice: &fire}
	golden(t, EventFor(Board, &e), `{"kind":"notice.changed","at":"2026-11-18T18:07:40.000+07:00","verb":"note",`+
		`"notice":{"id":"n1","kind":"emergency","text":{"vi":"Cháy"},"at":"1795000060000"}}`)
	golden(t, EventFor(Kiosk, &e).Notice, `{"id":"n1","kind":"emergency","text":{"vi":"Cháy"},"by":"admin","at":"1795000060000"}`)
}

// What a kiosk needs of the settings, word for word, on a golden day and another.
func TestBranchForKiosks(t *testing.T) {
	set := queue.DemoSettings()
	set.Services = set.Services[1:3] // certification: no-slip on Fridays; land: golden on Tuesdays and Thursdays
	set.Services[1].Online, set.Services[1].NoConfirm = "https://dichvucong.gov.vn", true
	set.Groups = []queue.GroupSetting{{ID: "g", Name: queue.Text{VI: "Nhóm"}, Services: []string{"chung-thuc", "dat-dai"}}}
	set.Kiosk = queue.KioskSetting{Diagonal: 43, Base: 700}
	set.Calendar.Golden = append(set.Calendar.Golden, queue.Special{Weekdays: []int{2, 1}, Services: []string{"dat-dai"}})
	x := Extras{Lookup: func() bool { return true }}
	info := BranchFor(Kiosk, &set, "2026-11-24", x) // a Tuesday
	golden(t, info.Services[0], `{"id":"chung-thuc","prefix":"B","name":{"vi":"Chứng thực, sao y bản chính","en":"Certification, certified copies"},`+
		`"short":{"vi":"Chứng thực","en":"Certification"},"wait_target":30,"typical":5,`+
		`"late":{"from":"15:00","text":{"vi":"Yêu cầu tiếp nhận sau 15 giờ được trả kết quả trong ngày làm việc tiếp theo.",`+
		`"en":"A request received after 15:00 is returned on the next working day."}},`+
		`"promise":{"vi":"Trả kết quả trong buổi","en":"Result within this half-day"},"no_slip":{"next":"2026-11-27","weekdays":[5]}}`)
	golden(t, info.Services[1], `{"id":"dat-dai","prefix":"C","name":{"vi":"Đất đai, xây dựng","en":"Land, construction"},`+
		`"short":{"vi":"Đất đai","en":"Land"},"wait_target":30,"typical":22,"no_confirm":true,"online":"https://dichvucong.gov.vn",`+
		`"promise":{"vi":"Trả kết quả trong ngày","en":"Result within the day"},"golden":{"today":true,"next":"2026-11-26","weekdays":[1,2,4]}}`)
	golden(t, info.Groups, `[{"id":"g","name":{"vi":"Nhóm"},"services":["chung-thuc","dat-dai"]}]`)
	golden(t, info.Kiosk, `{"diagonal":43,"base":700}`)
	golden(t, info.Pace, `{"per_service":0,"per_day":0,"kiosk":3,"seconds":60}`)
	if !info.Lookup || info.Booking != 6 {
		t.Errorf("%v %d", info.Lookup, info.Booking)
	}
	board := BranchFor(Board, &set, "2026-11-24", x)
	if board.Pace != (queue.PaceSetting{}) || BranchFor(Desk, &set, "2026-11-24", x).Pace != set.Pace {
		t.Errorf("pace on a board: %+v", board.Pace)
	}
	set.Booking.DaysAhead = 0
	before := BranchFor(Kiosk, &set, "", Extras{})
	if before.Booking != 0 || before.Lookup || before.Services[1].Golden != nil || before.Services[0].Promise != (queue.Text{}) {
		t.Errorf("before the first day: %+v", before)
	}
}

func TestPromiseText(t *testing.T) {
	for _, c := range []struct {
		p      queue.Promise
		vi, en string
	}{
		{queue.Promise{}, "", ""},
		{queue.Promise{Unit: queue.HalfDays, Amount: 1}, "Trả kết quả trong buổi", "Result within this half-day"},
		{queue.Promise{Unit: queue.HalfDays, Amount: 3}, "Trả kết quả trong 3 buổi làm việc", "Result within 3 half-days"},
		{queue.Promise{Unit: queue.WorkingDays, Amount: 1.5}, "Trả kết quả trong 1,5 ngày làm việc", "Result within working days: 1.5"},
		{queue.Promise{Unit: queue.CalendarDays}, "Trả kết quả trong ngày", "Result within the day"},
		{queue.Promise{Unit: queue.CalendarDays, Amount: 7}, "Trả kết quả trong 7 ngày", "Result within days: 7"},
		{queue.Promise{Unit: queue.ThisWeek}, "Trả kết quả trong tuần", "Result within this week"},
	} {
		if got := PromiseText(c.p); got.VI != c.vi || got.EN != c.en {
			t.Errorf("%+v: %+v", c.p, got)
		}
	}
}
