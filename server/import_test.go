package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/server/catalogue"
)

func TestImportCommand(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new", "data")
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	two := write("two.csv", "Mã TTHC,Tên TTHC,Lĩnh vực\n1.000001,Một,Hộ tịch\n1.000002,Hai,Hộ tịch\n")
	one := write("one.csv", "Mã TTHC,Tên TTHC,Lĩnh vực\n1.000001,Một mới,Hộ tịch\n")
	bad := write("bad.csv", "Mã TTHC,Tên TTHC,Lĩnh vực\n1.000001,Một,Hộ tịch\n1.00002,Hai,Hộ tịch\n")
	odd := write("odd.doc", "x")
	for _, test := range []struct {
		args   []string
		status int
		says   []string
	}{
		{[]string{"import"}, 2, []string{"motcua import procedures FILE"}},
		{[]string{"import", "--help"}, 0, []string{"motcua import procedures FILE"}},
		{[]string{"import", "procedures", two}, 2, []string{"--data DIR"}},
		{[]string{"import", "people", two, "--data", data}, 2, []string{"motcua import procedures"}},
		{[]string{"import", "procedures", two, "--data", data, "--fast"}, 2, []string{"fast"}},
		{[]string{"import", "procedures", filepath.Join(dir, "none.csv"), "--data", data}, 1, []string{"none.csv"}},
		{[]string{"import", "procedures", odd, "--data", data}, 1, []string{".xlsx, .csv"}},
		{[]string{"import", "procedures", two, "--data", data, "--dry-run"}, 0, []string{"added           2", "dry run"}},
		{[]string{"import", "procedures", "--data", data, two}, 0, []string{"added           2  1.000001, 1.000002", "errors          0", "version 1"}},
		{[]string{"import", "--data=" + data, "procedures", two}, 0, []string{"unchanged       2", "holds all of this"}},
		{[]string{"import", "procedures", bad, "--data", data}, 1, []string{"error    Dòng 3, cột A: ", "Row 3, column A: ", "1.000020", "errors          1", "nothing was imported"}},
		{[]string{"import", "procedures", one, "--data", data, "--complete"}, 0, []string{"changed         1  1.000001 (name)", "withdrawn       1  1.000002"}},
	} {
		status, out := motcua(t, test.args...)
		for _, says := range test.says {
			if status != test.status || !strings.Contains(out, says) {
				t.Errorf("motcua %s: status %d\n%swant %d and %q", strings.Join(test.args, " "), status, out, test.status, says)
			}
		}
	}
	t.Chdir(dir) // a folder may be called what is imported
	if status, out := motcua(t, "import", "--data", "dossiers", "procedures", two); status != 0 || !strings.Contains(out, "added           2") {
		t.Errorf("into a folder called dossiers: %d %s", status, out)
	}
	book, err := catalogue.Open(t.Context(), filepath.Join(data, catalogueFile))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if all, err := book.All(t.Context()); err != nil || len(all) != 1 || all[0].Name != "Một mới" {
		t.Errorf("%+v %v", all, err)
	}
}
