package dossier

import (
	"slices"
	"testing"
	"time"

	"motcua/server/queue"
)

// week works from Monday to Friday, 07:30 to 17:00, but not on one Wednesday.
func week() queue.Calendar {
	var c queue.Calendar
	for day := 1; day <= 5; day++ {
		c.Week = append(c.Week, queue.WeekDay{Day: day})
	}
	c.Halves = []queue.Half{{ID: "am", From: "07:30", To: "11:30"}, {ID: "pm", From: "13:00", To: "17:00"}}
	c.Holidays = []queue.Holiday{{From: "2026-11-25"}}
	return c
}

func code(n string) string { return "H15.50.05.13-261008-" + n }

func filled(t *testing.T) *Store {
	s := open(t)
	counts(t, s.csv(t, "Mã hồ sơ,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày hẹn lại,Ngày có kết quả,Ngày trả kết quả,Trung tâm\n"+
		code("0001")+",Đang xử lý,20/11/2026,23/11/2026 08:00,,,,\n"+ // late since this morning
		code("0002")+",Đang xử lý,10/11/2026,18/11/2026,,,,\n"+ // three working days late
		code("0003")+",Đang xử lý,10/11/2026,18/11/2026,23/11/2026,,,\n"+ // today is its new day
		code("0004")+",Tiếp nhận,23/11/2026,24/11/2026,,,,\n"+ // tomorrow
		code("0005")+",Tiếp nhận,23/11/2026,26/11/2026,,,,\n"+ // after the holiday: two working days
		code("0006")+",Chờ bổ sung,01/11/2026,10/11/2026,,,,\n"+ // waits for the citizen
		code("0007")+",Có kết quả,10/11/2026,24/11/2026,,23/11/2026,,\n"+
		code("0008")+",Đã trả,01/11/2026,06/11/2026,,05/11/2026,06/11/2026,\n"+
		code("0009")+",Đã trả,01/10/2026,06/10/2026,,09/10/2026,09/10/2026,\n"+
		code("0010")+",Đang xử lý,10/11/2026,18/11/2026,,,,kia\n"), 10, 0, 0)
	return s
}

func TestLists(t *testing.T) {
	s := filled(t)
	names := func(list []Listed, err error) []string {
		must(t, err)
		var out []string
		for _, l := range list {
			out = append(out, l.Code[len(l.Code)-1:]+":"+string(rune('0'+l.Days)))
		}
		return out
	}
	if got := names(s.Overdue(ctx, "sanh", week(), monday)); !slices.Equal(got, []string{"2:3", "1:0"}) {
		t.Errorf("overdue %q", got)
	}
	if got := names(s.Soon(ctx, "sanh", week(), 1, monday)); !slices.Equal(got, []string{"3:0", "4:1"}) {
		t.Errorf("soon %q", got)
	}
	if got := names(s.Soon(ctx, "sanh", week(), 2, monday)); !slices.Equal(got, []string{"3:0", "4:1", "5:2"}) {
		t.Errorf("soon in two days %q", got)
	}
	for since, want := range map[queue.Day]Counts{
		"2026-11-23": {Received: 2, Resolved: 1, Pending: 6, Overdue: 2},
		"2026-11-01": {Received: 8, Resolved: 2, Pending: 6, Overdue: 2},
	} {
		if got, err := s.Count(ctx, "sanh", since, monday); err != nil || got != want {
			t.Errorf("since %s: %+v, %v; want %+v", since, got, err, want)
		}
	}
}

func TestJudge(t *testing.T) {
	s := filled(t)
	for n, want := range map[string]Verdict{"0001": TooLate, "0003": TooLate, "0004": Unknown, "0006": Unknown, "0007": Kept, "0008": Kept,
		"0009": TooLate, "0099": Unknown} {
		if got, err := s.Judge(ctx, code(n), monday); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", n, got, err, want)
		}
	}
}

func TestPurge(t *testing.T) {
	s := filled(t)
	there := func(n string) bool {
		d, err := s.Get(ctx, code(n))
		must(t, err)
		return d != nil
	}
	purge := func(now time.Time, want int) {
		t.Helper()
		if n, err := s.Purge(ctx, now); err != nil || n != want {
			t.Errorf("%d deleted, %v; want %d", n, err, want)
		}
	}
	purge(monday, 0)
	purge(time.Date(2027, 1, 8, 9, 0, 0, 0, queue.Zone), 1)
	if there("0009") || !there("0008") {
		t.Error("the one returned in October goes, the one of November stays")
	}
	// An export that still lists it does not bring it back.
	counts(t, s.csv(t, "Mã hồ sơ,Trạng thái,Ngày trả kết quả\n"+code("0009")+",Đã trả,09/10/2026\n",
		func(o *Options) { o.Now = time.Date(2027, 1, 9, 9, 0, 0, 0, queue.Zone) }), 0, 1, 0)
	if there("0009") {
		t.Error("it is back")
	}
	purge(time.Date(2027, 3, 1, 9, 0, 0, 0, queue.Zone), 1)
	purge(monday.Add(KeepUntouched-time.Hour), 0)
	purge(monday.Add(KeepUntouched+time.Hour), 8)
}

func TestSample(t *testing.T) {
	s := open(t)
	must(t, s.Sample(ctx, "sanh", monday))
	list, err := s.Overdue(ctx, "sanh", queue.Calendar{Always: true}, monday)
	must(t, err)
	if len(list) == 0 {
		t.Error("none is late")
	}
	for _, code := range SampleCodes() {
		if d := s.known(t, code); !s.Knows(d, SampleDigits) {
			t.Errorf("%s has no digits", code)
		}
	}
	reports, err := s.Imports(ctx, 5)
	must(t, err)
	if len(reports) != 1 || reports[0].Accepted != len(sample) || reports[0].Bad != 0 {
		t.Errorf("%+v", reports)
	}
}

func TestSteps(t *testing.T) {
	s := filled(t)
	ids := func(n string) string {
		out := ""
		for _, step := range s.known(t, code(n)).Steps() {
			out += string(step.ID[:3])
			if step.At != "" {
				out += "!"
			}
		}
		return out
	}
	for n, want := range map[string]string{"0002": "rec!pro!rearet", "0006": "rec!prosup!rearet", "0008": "rec!prorea!ret!"} {
		if got := ids(n); got != want {
			t.Errorf("%s: %s, want %s", n, got, want)
		}
	}
}

// The report of an import outlives the name of its file.
func TestNamesOfFilesGo(t *testing.T) {
	s := open(t)
	s.csv(t, "Mã hồ sơ,Trạng thái\n"+a+",Tiếp nhận\n", func(o *Options) { o.File = "Nguyễn Văn A.csv" })
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{KeepFiles - time.Hour, "Nguyễn Văn A.csv"}, {KeepFiles + time.Hour, ""}} {
		_, err := s.Purge(ctx, monday.Add(step.after))
		must(t, err)
		list, err := s.Imports(ctx, 10)
		must(t, err)
		if len(list) != 1 || list[0].Accepted != 1 || list[0].File != step.want {
			t.Errorf("after %v: %+v", step.after, list)
		}
	}
	var left int
	must(t, s.db.QueryRow("SELECT count(*) FROM imports WHERE file || report LIKE '%Nguyễn%'").Scan(&left))
	if left != 0 {
		t.Error("the name is still kept")
	}
}
