package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/server/dossier"
)

func TestImportDossiersCommand(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	file := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(file, []byte("Mã hồ sơ,Họ tên,Trạng thái\nH15.50.05.13-261008-0001,NGUYENSECRET,Tiếp nhận\nxấu,NGUYENSECRET,Tiếp nhận\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args   []string
		status int
		says   []string
	}{
		{[]string{"import", "dossiers", file}, 2, []string{"motcua import dossiers FILE"}},
		{[]string{"import", "dossiers", file, "--data", data}, 2, []string{"--branch"}}, // no hall there to name one
		{[]string{"import", "dossiers", file, "--data", data, "--branch", "sanh", "--dry-run"}, 0, []string{"accepted        1", "dry run", "Họ tên"}},
		{[]string{"import", "dossiers", file, "--data", data, "--branch", "sanh"}, 0, []string{"Dòng 3, cột A: Mã hồ sơ không đúng dạng", "Row 3, column A", "refused         1"}},
		{[]string{"import", "dossiers", file, "--data", data, "--branch", "sanh"}, 0, []string{"unchanged       1", "imported before"}},
		{[]string{"import", "dossiers", filepath.Join(dir, "none.csv"), "--data", data, "--branch", "sanh"}, 1, []string{"none.csv"}},
		{[]string{"import", "--help"}, 0, []string{"motcua import dossiers FILE"}},
	} {
		status, out := motcua(t, test.args...)
		for _, says := range test.says {
			if status != test.status || !strings.Contains(out, says) || strings.Contains(out, "NGUYENSECRET") {
				t.Errorf("motcua %s: status %d\n%swant %d and %q", strings.Join(test.args, " "), status, out, test.status, says)
			}
		}
	}
	store, err := dossier.Open(t.Context(), data, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if d, err := store.Get(t.Context(), "H15.50.05.13-261008-0001"); err != nil || d == nil || d.Branch != "sanh" {
		t.Errorf("%+v, %v", d, err)
	}
}

// Neither the key of the digits nor the software's files are in a backup.
func TestBackupLeavesDossierFiles(t *testing.T) {
	for name, kept := range map[string]bool{"dossiers.db": true, dossier.KeyFile: false, "dossiers": false,
		filepath.Join("dossiers", "in", "a.csv"): false, filepath.Join("dossiers", "done", "a.csv"): false, "dossiers.json": true} {
		if left(name) == kept {
			t.Errorf("%s: kept %v", name, !kept)
		}
	}
}
