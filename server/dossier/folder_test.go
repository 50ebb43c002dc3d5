package dossier

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"motcua/server/queue"
)

// drop is a folder whose clock stands and whose looks are made by the test.
type drop struct {
	*Folder
	t   *testing.T
	now time.Time
	log strings.Builder
}

func newDrop(t *testing.T) *drop {
	d := &drop{t: t, now: monday}
	d.Folder = &Folder{Dir: filepath.Join(t.TempDir(), "dossiers"), Store: open(t), Branch: "sanh",
		Branches: func() []string { return []string{"sanh", "kia"} }, Clock: queue.ClockFunc(func() time.Time { return d.now })}
	d.Log = slog.New(slog.NewTextHandler(&d.log, nil))
	must(t, d.Prepare())
	return d
}

func (d *drop) put(name, text string) {
	d.t.Helper()
	path := filepath.Join(d.Dir, "in", name)
	must(d.t, os.MkdirAll(filepath.Dir(path), 0o700))
	must(d.t, os.WriteFile(path, []byte(text), 0o600))
	must(d.t, os.Chtimes(path, d.now, d.now))
}

func (d *drop) looks(n int) {
	for range n {
		d.Look(ctx)
	}
}

func (d *drop) names(folder string) string {
	entries, err := os.ReadDir(filepath.Join(d.Dir, folder))
	must(d.t, err)
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return strings.Join(names, " ")
}

const head = "Mã hồ sơ,Trạng thái\n"

func TestFolderWaitsUntilAFileIsWhole(t *testing.T) {
	d := newDrop(t)
	d.put("a.csv", head)
	d.looks(2)
	d.put("a.csv", head+a+",Tiếp nhận\n") // it grows
	d.looks(2)
	if d.names("done")+d.names("failed") != "" {
		t.Fatal("taken while it was being written")
	}
	d.looks(1)
	if got := d.names("done"); got != "20261123-090000-a.csv 20261123-090000-a.csv.txt" || d.names("in") != "" {
		t.Fatalf("done: %q", got)
	}
	if d.Store.known(t, a).Branch != "sanh" {
		t.Error("not of the usual branch")
	}
}

func TestFolderTellsBadLines(t *testing.T) {
	d := newDrop(t)
	d.put("Nguyễn Văn A.csv", head+a+",Tiếp nhận\n"+b+",Bay mất\n")
	d.put("xau.csv", "không có gì\n")
	d.put("anh.png", "x")
	d.put("~$a.xlsx", "x")
	d.put("b.csv.part", head)
	d.put("kia/c.csv", head+c+",Tiếp nhận\n")
	d.put("la/c.csv", head+c+",Tiếp nhận\n") // no such branch
	d.looks(3)
	raw, err := os.ReadFile(filepath.Join(d.Dir, "done", "20261123-090000-Nguyễn Văn A.csv.txt"))
	must(t, err)
	if !strings.Contains(string(raw), "Dòng 3, cột B ("+b+"): Trạng thái không có") || !strings.Contains(string(raw), "Dòng lỗi: 1") {
		t.Errorf("report: %s", raw)
	}
	if got := d.names("failed"); !strings.Contains(got, "xau.csv.txt") || !strings.Contains(got, "anh.png.txt") {
		t.Errorf("failed: %q", got)
	}
	if got := d.names("in"); got != "b.csv.part ~$a.xlsx" {
		t.Errorf("left: %q", got)
	}
	if d.Store.known(t, c).Branch != "kia" {
		t.Error("the folder of a branch does not count")
	}
	if strings.Contains(d.log.String(), "Nguy") {
		t.Errorf("the log names the file: %s", d.log.String())
	}
}

func TestFolderKeepsNames(t *testing.T) {
	d := newDrop(t)
	for _, stage := range []string{"Tiếp nhận", "Đang xử lý"} {
		d.put("a.csv", head+a+","+stage+"\n")
		d.looks(3)
	}
	if got := d.names("done"); strings.Count(got, ".csv.txt") != 2 {
		t.Errorf("done: %q", got)
	}
}

func TestFolderForgets(t *testing.T) {
	d := newDrop(t)
	d.put("a.csv", head+a+",Tiếp nhận\n")
	d.looks(3)
	d.now = d.now.Add(KeepFiles - time.Hour)
	d.clean(ctx)
	if d.names("done") == "" {
		t.Error("gone too early")
	}
	d.now = d.now.Add(2 * time.Hour)
	d.clean(ctx)
	if got := d.names("done"); got != "" {
		t.Errorf("left: %q", got)
	}
	if d.Store.known(t, a) == nil {
		t.Error("the dossier went with its file")
	}
}

// A name as long as a disk allows has no room for the time before it. The file must
// not stay for ever: it holds what we do not keep.
func TestFolderMovesLongNames(t *testing.T) {
	d := newDrop(t)
	d.put(strings.Repeat("ạ", 82)+"12345.csv", head+a+",Tiếp nhận\n") // 255 bytes
	d.looks(3)
	if d.names("in") != "" {
		t.Errorf("left: %s", d.log.String())
	}
	if got := d.names("done"); strings.Count(got, ".csv.txt") != 1 || strings.Count(got, ".csv") != 2 || !utf8.ValidString(got) {
		t.Errorf("done: %q", got)
	}
}

// What goes wrong is told without the file's name.
func TestFolderErrorsNameNoFile(t *testing.T) {
	d := newDrop(t)
	must(t, os.RemoveAll(filepath.Join(d.Dir, "done")))
	must(t, os.WriteFile(filepath.Join(d.Dir, "done"), nil, 0o600)) // nothing can be moved there
	d.put("Nguyễn Văn A.csv", head+a+",Tiếp nhận\n")
	d.looks(3)
	if said := d.log.String(); !strings.Contains(said, "could not be moved away") || strings.Contains(said, "Nguy") {
		t.Errorf("%s", said)
	}
}
