package catalogue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sheet"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, queue.Zone)

func openTest(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newTest(t *testing.T) *Store {
	return openTest(t, filepath.Join(t.TempDir(), "catalogue.db"))
}

func imports(t *testing.T, s *Store, file string, data []byte, change func(*ImportOptions)) *Plan {
	t.Helper()
	o := ImportOptions{File: file, Now: noon}
	if change != nil {
		change(&o)
	}
	plan, err := s.Import(t.Context(), bytes.NewReader(data), o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// counts puts a plan into a line: added, changed, unchanged, withdrawn, errors.
func counts(p *Plan) string {
	return fmt.Sprint(p.Added, p.Changed, p.Unchanged, p.Withdrawn, p.Errors)
}

// fixture makes n procedures of some fields as JSON lines.
func fixture(n, fields int, change func(i int, p *Procedure)) []byte {
	var b bytes.Buffer
	for i := range n {
		p := Procedure{Code: fmt.Sprintf("1.%06d", i*7+10), Name: fmt.Sprintf("Thủ tục số %d", i), Field: fmt.Sprintf("Lĩnh vực %d", i%fields),
			Levels: []string{"Cấp xã"}, AsOf: "2026-07", Results: []string{"Giấy chứng nhận"},
			Channels:  []Channel{{Mode: "direct", Time: "3 Ngày làm việc", Fee: "Miễn phí"}},
			Documents: []DocumentGroup{{Items: []Document{{Name: "Tờ khai", Originals: 1}}}}}
		if change != nil {
			change(i, &p)
		}
		line, err := json.Marshal(p)
		if err != nil {
			panic(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// The full national file, when it is there; continuous integration must have it.
func TestWholeFileTwiceAtFullSize(t *testing.T) {
	path := os.Getenv("MOTCUA_CATALOGUE")
	if path == "" && os.Getenv("CI") == "true" {
		t.Fatal("MOTCUA_CATALOGUE must name the full catalogue")
	}
	want := 2642
	var data []byte
	if path == "" {
		t.Log("MOTCUA_CATALOGUE is not set: a made-up file takes the full one's place")
		path, data = "x.jsonl", fixture(want, 140, nil)
	} else {
		var err error
		if data, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	s := newTest(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	told := 0
	first := imports(t, s, path, data, func(o *ImportOptions) { o.Progress = func(n int) { told = n } })
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if first.Added != want || first.Errors != 0 || first.Version != 1 || told != want/progressEvery*progressEvery {
		t.Fatalf("first import: %s, %d problems, progress %d", counts(first), len(first.Problems), told)
	}
	start = time.Now()
	second := imports(t, s, path, data, func(o *ImportOptions) { o.Complete = true })
	t.Logf("%d procedures: first import %v, second %v; process holds %d MB", want, took.Round(time.Millisecond),
		time.Since(start).Round(time.Millisecond), after.Sys>>20)
	if counts(second) != fmt.Sprint(0, 0, want, 0, 0) || second.Version != 0 {
		t.Errorf("second import: %s, version %d", counts(second), second.Version)
	}
	if took > time.Minute {
		t.Errorf("the import took %v", took)
	}
	all, err := s.All(t.Context())
	if err != nil || len(all) != want {
		t.Fatalf("%d procedures, %v", len(all), err)
	}
	for _, p := range all {
		if again := cleaned(p); !reflect.DeepEqual(again, p) {
			t.Fatalf("%s is not clean", p.Code)
		}
	}
}

func TestSmallHallsAndUndo(t *testing.T) {
	s := newTest(t)
	ctx := t.Context()
	if plan := imports(t, s, "ward.jsonl", fixture(254, 12, nil), func(o *ImportOptions) { o.DryRun = true }); counts(plan) != "254 0 0 0 0" || plan.Version != 0 {
		t.Errorf("dry run: %s", counts(plan))
	}
	if n, err := s.Version(ctx); n != 0 || err != nil {
		t.Errorf("a dry run made edition %d, %v", n, err)
	}
	imports(t, s, "ward.jsonl", fixture(254, 12, nil), func(o *ImportOptions) { o.Decision = "1610/QĐ-UBND" })
	first, _ := s.All(ctx)
	changed := fixture(144, 11, func(i int, p *Procedure) {
		p.Field = fmt.Sprintf("Lĩnh vực %d", i%12)
		if i == 3 {
			p.Name, p.Channels[0].Fee = "Tên mới", "8.000 đồng"
		}
		if i == 5 {
			p.Code = "9.000000"
		}
	})
	plan := imports(t, s, "new.jsonl", changed, func(o *ImportOptions) { o.Complete = true })
	if counts(plan) != "1 1 142 111 0" || !slices.Equal(plan.Change[0].Parts, []string{"channels", "name"}) {
		t.Errorf("second import: %s %+v", counts(plan), plan.Change)
	}
	if all, _ := s.All(ctx); len(all) != 144 {
		t.Errorf("%d are shown, want 144", len(all))
	}
	gone, err := s.Get(ctx, plan.Withdraw[0].Code)
	if err != nil || !gone.Withdrawn {
		t.Errorf("a withdrawn procedure: %+v %v", gone.Withdrawn, err)
	}
	feed, err := s.Changes(ctx, 1, 1000)
	if err != nil || len(feed) != 113 || feed[0].Version != 2 {
		t.Errorf("%d changes, %v", len(feed), err)
	}
	versions, err := s.Versions(ctx)
	if err != nil || len(versions) != 2 || versions[0].Withdrawn != 111 || versions[1].Decision != "1610/QĐ-UBND" || !versions[0].At.Equal(noon) {
		t.Errorf("versions: %+v %v", versions, err)
	}
	if v, err := s.Undo(ctx); err != nil || v.ID != 2 {
		t.Errorf("undo: %+v %v", v, err)
	}
	if again, _ := s.All(ctx); !reflect.DeepEqual(again, first) {
		t.Error("undo did not bring the version before back")
	}
	if n, _ := s.Version(ctx); n != 3 {
		t.Errorf("edition %d after two imports and an undo", n)
	}
	imports(t, s, "back.jsonl", fixture(1, 1, func(_ int, p *Procedure) { p.Code = "8.000000" }), nil)
	for range 2 {
		if _, err := s.Undo(ctx); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Undo(ctx); !errors.Is(err, ErrNoUndo) {
		t.Errorf("undo of nothing: %v", err)
	}
	if all, _ := s.All(ctx); len(all) != 0 {
		t.Errorf("%d left after all was undone", len(all))
	}
}

func TestWithdrawnComesBack(t *testing.T) {
	s := newTest(t)
	imports(t, s, "a.jsonl", fixture(3, 1, nil), nil)
	imports(t, s, "b.jsonl", fixture(2, 1, nil), func(o *ImportOptions) { o.Complete = true })
	plan := imports(t, s, "a.jsonl", fixture(3, 1, nil), nil)
	if counts(plan) != "0 1 2 0 0" || !slices.Equal(plan.Change[0].Parts, []string{"withdrawn"}) {
		t.Errorf("%s %+v", counts(plan), plan.Change)
	}
	if p, err := s.Get(t.Context(), plan.Change[0].Code); err != nil || p.Withdrawn {
		t.Errorf("%+v %v", p.Withdrawn, err)
	}
	if _, err := s.Get(t.Context(), "7.777777"); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown code: %v", err)
	}
}

func TestRawIsKeptAndPartsAFileDoesNotNameStay(t *testing.T) {
	s := newTest(t)
	imports(t, s, "a.jsonl", fixture(2, 1, nil), nil)
	table := func(fee string) []byte {
		return []byte("\ufeffDANH MỤC\r\nMã TTHC;Tên TTHC;Thời hạn giải quyết (ngày làm việc);Phí, lệ phí\r\n1.000010;Thủ  tục số 0;3;" + fee + "\r\n")
	}
	plan := imports(t, s, "b.csv", table("Miễn phí"), nil)
	if counts(plan) != "0 1 0 0 0" || !slices.Equal(plan.Change[0].Parts, []string{"channels"}) { // 3 ngày làm việc, written otherwise
		t.Errorf("%s %+v", counts(plan), plan.Change)
	}
	p, err := s.Get(t.Context(), "1.000010")
	if err != nil || p.Field != "Lĩnh vực 0" || len(p.Documents) != 1 || p.AsOf != "2026-07" || p.Channels[0].Term != (Term{3, UnitWorkingDay}) {
		t.Errorf("%+v %v", p, err)
	}
	raw, err := s.Raw(t.Context(), "1.000010")
	if err != nil || !strings.Contains(raw, `"Tên TTHC":"Thủ  tục số 0"`) {
		t.Errorf("raw %s %v", raw, err)
	}
	if plan := imports(t, s, "b.csv", table("Miễn phí"), nil); counts(plan) != "0 0 1 0 0" {
		t.Errorf("the same table again: %s", counts(plan))
	}
}

func TestStale(t *testing.T) {
	s := newTest(t)
	imports(t, s, "a.jsonl", fixture(4, 1, func(i int, p *Procedure) { p.AsOf = []string{"2026-07", "2026-08-02", "", "1/6/2026"}[i] }), nil)
	for day, want := range map[queue.Day]int{"2026-06-01": 0, "2026-07-31": 1, "2026-08-01": 2, "2026-08-03": 3, "2026-11-23": 3, "2026-11-24": 4} {
		list, err := s.Stale(t.Context(), day)
		if err != nil || len(list) != want {
			t.Errorf("before %s: %+v %v, want %d", day, list, err, want)
		}
	}
}

// What another process imports is seen by the one that runs.
func TestAnotherProcessIsSeen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalogue.db")
	serving, importing := openTest(t, path), openTest(t, path)
	before, _ := serving.Version(t.Context())
	imports(t, importing, "a.jsonl", fixture(5, 1, nil), func(o *ImportOptions) {
		o.Progress = nil
	})
	after, err := serving.Version(t.Context())
	if err != nil || after <= before {
		t.Errorf("edition %d after %d, %v", after, before, err)
	}
	if all, _ := serving.All(t.Context()); len(all) != 5 {
		t.Errorf("%d procedures", len(all))
	}
}

// A process killed in the middle of an import leaves the catalogue as it was.
func TestKilledInTheMiddle(t *testing.T) {
	if path := os.Getenv("CATALOGUE_TEST_CHILD"); path != "" {
		s := openTest(t, path)
		imports(t, s, "b.jsonl", fixture(500, 1, func(_ int, p *Procedure) { p.Name += " mới" }), func(o *ImportOptions) {
			o.Progress = func(n int) {
				if n == 400 {
					fmt.Println("half")
					select {}
				}
			}
		})
		return
	}
	path := filepath.Join(t.TempDir(), "catalogue.db")
	s := openTest(t, path)
	imports(t, s, "a.jsonl", fixture(300, 1, nil), nil)
	child := exec.Command(os.Args[0], "-test.run=^TestKilledInTheMiddle$")
	child.Env = append(os.Environ(), "CATALOGUE_TEST_CHILD="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 4)
	_, readErr := out.Read(said)
	if all, err := s.All(t.Context()); err != nil || len(all) != 300 { // read while the other writes
		t.Errorf("%d procedures during the import, %v", len(all), err)
	}
	child.Process.Kill()
	child.Wait()
	if readErr != nil || string(said) != "half" {
		t.Fatalf("the child said %q, %v", said, readErr)
	}
	again := openTest(t, path)
	all, err := again.All(t.Context())
	if n, _ := again.Version(t.Context()); err != nil || len(all) != 300 || n != 1 || strings.HasSuffix(all[0].Name, "mới") {
		t.Errorf("%d procedures, edition %d, first %q, %v", len(all), n, all[0].Name, err)
	}
	if plan := imports(t, again, "a.jsonl", fixture(300, 1, nil), nil); counts(plan) != "0 0 300 0 0" {
		t.Errorf("after the kill: %s", counts(plan))
	}
}

func TestDamagedFilesAreTold(t *testing.T) {
	s := newTest(t)
	var template bytes.Buffer
	if err := WriteTemplate(&template); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		code string
	}{
		"a.xlsx": {[]byte("no"), "file"}, "b.xlsx": {template.Bytes()[:200], "file"}, "c.jsonl.gz": {[]byte("no"), "file"},
		"d.jsonl": {nil, "empty"}, "e.csv": {[]byte("a;b\n1;2\n"), "no_header"}, "f.xlsx": {template.Bytes(), "empty"},
		"g.jsonl": {[]byte("{\"code\": 1\n[1]\nnull"), "bad_json"}, "h.jsonl": {bytes.Repeat([]byte("x"), maxLine+2), "file"},
	} {
		plan := imports(t, s, name, test.data, nil)
		if plan.Errors == 0 || plan.Version != 0 || plan.Problems[0].Code != test.code || strings.Contains(plan.Problems[0].VI+plan.Problems[0].EN, "%!") {
			t.Errorf("%s: %+v", name, plan.Problems)
		}
	}
	if _, err := s.Import(t.Context(), strings.NewReader(""), ImportOptions{File: "x.doc", Now: noon}); !errors.Is(err, ErrKind) {
		t.Errorf("a .doc: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := s.Import(ctx, bytes.NewReader(fixture(3, 1, nil)), ImportOptions{File: "a.jsonl", Now: noon}); err == nil {
		t.Error("a cancelled import went through")
	}
}

func TestTemplateIsReadBack(t *testing.T) {
	var b bytes.Buffer
	if err := WriteTemplate(&b); err != nil {
		t.Fatal(err)
	}
	var l *layout
	for row, err := range sheet.Read(&b) {
		if err != nil {
			t.Fatal(err)
		}
		if found, problems, ok := layoutOf(row); ok {
			l = found
			if len(problems) != 0 {
				t.Errorf("headings of the template: %+v", problems)
			}
		}
	}
	if l == nil || len(l.columns) != 13 {
		t.Errorf("layout %+v", l)
	}
}
