package dossier

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/sheet"
)

const a, b, c = "H15.50.05.13-261008-0001", "H15.50.05.13-261008-0002", "000.00.16.H40-200915-0003"

func TestImportTable(t *testing.T) {
	s := open(t)
	r := s.csv(t, "DANH SÁCH HỒ SƠ\n\nSTT;Mã hồ sơ;Họ và tên;Trạng thái;Ngày tiếp nhận;Ngày hẹn trả;Nơi trả kết quả;4 số cuối CCCD;Mã TTHC\n"+
		"1;"+a+";Nguyễn Văn A;Đang giải quyết;20/11/2026 08:15;24/11/2026;Quầy 6;0456;1.004873.000.00.00.H61\n"+
		"2;"+b+";Trần Thị B;dang xu ly;20-11-2026;24.11.2026;;001099012345;\n")
	counts(t, r, 2, 0, 0)
	if !slices.Equal(r.Ignored, []string{"Họ và tên"}) {
		t.Errorf("ignored %q", r.Ignored)
	}
	d := s.known(t, a)
	if d.Branch != "sanh" || d.Stage != Processing || d.Procedure != "1.004873" || d.Received != "2026-11-20T08:15:00+07:00" ||
		d.Due != "2026-11-24" || d.Collect != "Quầy 6" || !s.Knows(d, "0456") || s.Knows(d, "0457") {
		t.Errorf("%+v", d)
	}
	if !s.Knows(s.known(t, b), "2345") || s.Knows(nil, "2345") {
		t.Error("the last four of the whole number count, and an unknown dossier knows none")
	}
}

// Nothing about a person reaches the disk: neither columns that are not ours nor
// the digits themselves.
func TestNoPersonOnDisk(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	s.csv(t, "Mã hồ sơ,Trạng thái,Họ tên,Số điện thoại,4 số cuối CCCD,Lời xin lỗi\n"+
		a+",Tiếp nhận,NGUYENSECRET,0987654321,9047,Gọi 0912 345 678 hoặc a.b@x.vn\n"+
		"sai,NGUYENWRONG,x,y,z,t\n")
	must(t, s.Close())
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		for _, secret := range []string{"NGUYENSECRET", "NGUYENWRONG", "0987654321", "9047", "0912 345 678", "a.b@x.vn"} {
			if e.Name() != KeyFile && bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s holds %q", e.Name(), secret)
			}
		}
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", e.Name(), info.Mode())
		}
	}
}

func TestEveryBadLineIsTold(t *testing.T) {
	s := open(t)
	r := s.csv(t, "Mã hồ sơ,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày hẹn lại,4 số cuối,Mã thủ tục,Trung tâm,Hẹn lại lần 2\n"+
		a+",Tiếp nhận,20/11/2026,24/11/2026,,1234,,,\n"+
		",Tiếp nhận,,,,,,,\n"+
		"H15-1,Tiếp nhận,,,,,,,\n"+
		b+",,,,,,,,\n"+
		b+",Bay mất,,,,,,,\n"+
		b+",Tiếp nhận,31/02/2026,1/2/26,,,,,\n"+
		b+",Tiếp nhận,20/11/2026,19/11/2026,,,,,\n"+
		b+",Tiếp nhận,20/11/2026,24/11/2026,23/11/2026,,,,\n"+
		b+",Tiếp nhận,,,25/11/2026,,,,\n"+
		b+",Tiếp nhận,,,,12,1-2,xa,\n"+
		b+",Tiếp nhận,20/11/2026,24/11/2026,26/11/2026,,,,27/11/2026\n")
	counts(t, r, 1, 0, 10)
	var got []string
	for _, p := range r.Refused {
		got = append(got, p.Where.VI+" "+p.Kind)
	}
	want := []string{"Dòng 3 no_code", "Dòng 4, cột A code", "Dòng 5 no_stage", "Dòng 6, cột B stage", "Dòng 7, cột C date", "Dòng 7, cột D date",
		"Dòng 8 due_before", "Dòng 9 again_early", "Dòng 10 no_due", "Dòng 11, cột G procedure", "Dòng 11, cột F digits", "Dòng 11, cột H branch",
		"Dòng 12, cột I again_twice"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	text := r.Text()
	if !strings.Contains(text, "Dòng 6, cột B ("+b+"): Trạng thái không có trong danh sách") || strings.Contains(text, "Bay mất") {
		t.Error(text)
	}
}

func TestSameFileTwiceAndOlderStates(t *testing.T) {
	s := open(t)
	first := "Mã hồ sơ,Trạng thái,Ngày hẹn trả\n" + a + ",Đang giải quyết,24/11/2026\n"
	counts(t, s.csv(t, first), 1, 0, 0)
	r := s.csv(t, first)
	counts(t, r, 0, 1, 0)
	if !r.Again {
		t.Error("not known as the same file")
	}
	counts(t, s.csv(t, "Mã hồ sơ,Trạng thái\n"+a+",Có kết quả\n"), 1, 0, 0)
	if d := s.known(t, a); d.Stage != Ready || d.Due != "2026-11-24" {
		t.Errorf("what the second file does not speak of is lost: %+v", d)
	}
	counts(t, s.csv(t, first, func(o *Options) { o.Now = monday.Add(time.Hour) }), 0, 1, 0)                                   // the same bytes
	counts(t, s.csv(t, first+"\n\n", func(o *Options) { o.Now = monday.Add(time.Hour) }), 0, 1, 0)                            // a copy: no way back from a result
	counts(t, s.csv(t, "Mã hồ sơ,Trạng thái\n"+a+",Đã trả\n", func(o *Options) { o.AsOf = monday.Add(-time.Hour) }), 0, 1, 0) // made before
	if d := s.known(t, a); d.Stage != Ready {
		t.Errorf("stage %s", d.Stage)
	}
	dated := func(stage, updated string) Report {
		return s.csv(t, "Mã hồ sơ,Trạng thái,Cập nhật lúc\n"+a+","+stage+","+updated+"\n", func(o *Options) { o.Now = monday.Add(48 * time.Hour) })
	}
	counts(t, dated("Đang xử lý", "24/11/2026 10:00"), 1, 0, 0) // it says itself that it is newer
	counts(t, dated("Đã trả", "24/11/2026 09:59"), 0, 1, 0)
	counts(t, dated("Đã trả", "24/11/2026 10:01"), 1, 0, 0)
	if d := s.known(t, a); d.Stage != Returned || d.At[Returned] != "2026-11-24T10:01:00+07:00" {
		t.Errorf("%+v", d)
	}
}

func TestReappointedOnce(t *testing.T) {
	s := open(t)
	line := func(again string) Report {
		return s.csv(t, "Mã hồ sơ,Trạng thái,Ngày hẹn trả,Ngày hẹn lại\n"+a+",Đang giải quyết,20/11/2026,"+again+"\n")
	}
	counts(t, line(""), 1, 0, 0)
	d := s.known(t, a)
	if !d.Late(monday) || d.Judge(monday) != TooLate {
		t.Error("the day has passed")
	}
	if said := Apology(d, true).VI; !strings.Contains(said, "20/11/2026") {
		t.Error(said)
	}
	counts(t, line("25/11/2026"), 1, 0, 0)
	counts(t, line("27/11/2026"), 0, 0, 1)
	d = s.known(t, a)
	if d.Reappointed != "2026-11-25" || d.Late(monday) || !d.Late(monday.AddDate(0, 0, 3)) {
		t.Errorf("%+v", d)
	}
	if said := Apology(d, false).VI; !strings.Contains(said, "25/11/2026") || !strings.Contains(said, "chỉ hẹn lại một lần") {
		t.Error(said)
	}
	if Apology(d, true) == Apology(d, false) {
		t.Error("the second delay is told like the first")
	}
}

func TestPush(t *testing.T) {
	s := open(t)
	o := usual("")
	r := s.push(t, o, map[string]any{"code": a, "stage": "ready", "name": "NGUYEN", "digits": "0001", "ready_at": "2026-11-23T08:00:00+07:00"},
		map[string]any{"code": b, "stage": 7}, map[string]any{"code": c, "stage": map[string]any{}, "branch": "kia"})
	counts(t, r, 1, 0, 2)
	if r.Refused[0].Line != 2 || r.Refused[0].Code != b || r.Refused[0].Field != "stage" || r.Refused[1].Where.VI != "Dòng 3, mục stage" {
		t.Errorf("%+v", r.Refused)
	}
	if !slices.Equal(r.Ignored, []string{"name"}) || !s.Knows(s.known(t, a), "0001") {
		t.Errorf("%+v", r)
	}
	o.Only = "kia"
	counts(t, s.push(t, o, map[string]any{"code": a, "stage": "returned", "branch": "kia"}), 0, 0, 1)  // another's
	counts(t, s.push(t, o, map[string]any{"code": c, "stage": "received", "branch": "sanh"}), 0, 0, 1) // for another
	counts(t, s.push(t, o, map[string]any{"code": c, "stage": "received", "branch": "kia"}), 1, 0, 0)
}

func TestDryRunChangesNothing(t *testing.T) {
	s := open(t)
	counts(t, s.csv(t, "Mã hồ sơ,Trạng thái\n"+a+",Tiếp nhận\n", func(o *Options) { o.Dry = true }), 1, 0, 0)
	if empty, err := s.Empty(ctx); err != nil || !empty {
		t.Error("something was kept", err)
	}
}

func TestExcelDatesAndTemplate(t *testing.T) {
	s := open(t)
	var book bytes.Buffer
	must(t, sheet.Write(&book, sheet.Table{Name: "Hồ sơ", Headings: []sheet.Heading{{Name: "Mã hồ sơ"}, {Name: "Trạng thái"}, {Name: "Ngày hẹn trả"}},
		Rows: [][]any{{a, "Tiếp nhận", time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)}, {b, "Tiếp nhận", 46350.0}}}))
	r, err := s.Import(ctx, &book, usual("a.xlsx"))
	must(t, err)
	counts(t, r, 2, 0, 0)
	if one, two := s.known(t, a).Due.Day(), s.known(t, b).Due; one != "2026-11-24" || two != "2026-11-24" {
		t.Errorf("%s, %s", one, two)
	}
	var empty bytes.Buffer
	must(t, Template(&empty))
	r, err = s.Import(ctx, &empty, usual("mau.xlsx"))
	must(t, err)
	if len(r.Refused) != 1 || r.Refused[0].Kind != "empty" || len(r.Ignored) > 0 {
		t.Errorf("%+v", r)
	}
}

// A new key opens nothing old: hashes made with another are gone, and the same
// file brings them back.
func TestLostKey(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	file := "Mã hồ sơ,Trạng thái,4 số cuối\n" + a + ",Tiếp nhận,1234\n"
	s.csv(t, file)
	must(t, s.Close())
	must(t, os.Remove(filepath.Join(dir, KeyFile)))
	s = openIn(t, dir)
	if d := s.known(t, a); d.HasDigits() || s.Knows(d, "1234") {
		t.Error("an old hash is left")
	}
	counts(t, s.csv(t, file), 1, 0, 0)
	if !s.Knows(s.known(t, a), "1234") {
		t.Error("the digits did not come back")
	}
}

func FuzzImport(f *testing.F) {
	f.Add("a.csv", "Mã hồ sơ,Trạng thái,Ngày hẹn trả\nH15.50.05.13-261008-0001,Tiếp nhận,24/11/2026\n")
	f.Add("a.jsonl", `{"code":"H15.50.05.13-261008-0001","stage":"ready","digits":"1234","updated":"2026-11-23"}`)
	f.Add("a.jsonl", `{"code":null,"stage":[],"":{}}`)
	s := open(f)
	f.Fuzz(func(t *testing.T, name, text string) {
		r, err := s.Import(ctx, strings.NewReader(text), usual(name))
		if err != nil {
			t.Fatal(err)
		}
		if r.Accepted+r.Unchanged == 0 && r.Bad == 0 && r.OK() {
			t.Fatal("nothing taken, nothing told")
		}
		_ = r.Text()
	})
}

// A file that is too large is refused whole: its beginning alone would look complete.
func TestTooLargeFile(t *testing.T) {
	s := open(t)
	line := `{"code":"` + a + `","stage":"received"}` + "\n"
	r, err := s.Import(ctx, io.MultiReader(strings.NewReader(line), strings.NewReader(strings.Repeat("\n", sheet.MaxFile))), usual("a.jsonl"))
	must(t, err)
	if r.Accepted != 0 || r.OK() || len(r.Refused) != 1 || r.Refused[0].Kind != "file_large" {
		t.Errorf("%+v", r)
	}
}

// However many fields a file has that are not read, the report stays small.
func TestManyIgnoredFields(t *testing.T) {
	var items []map[string]any
	for i := range 300 {
		items = append(items, map[string]any{"code": a, "stage": "received", fmt.Sprint("field", i): "x"})
	}
	if r := open(t).push(t, usual(""), items...); len(r.Ignored) != mostIgnored || r.Accepted != 1 {
		t.Errorf("%d ignored, %d accepted", len(r.Ignored), r.Accepted)
	}
}
