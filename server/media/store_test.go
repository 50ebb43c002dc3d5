package media

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const (
	png  = "\x89PNG\r\n\x1a\n....."
	mp4  = "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00"
	webm = "\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm"
)

func TestSniff(t *testing.T) {
	for head, want := range map[string]string{
		png: "image/png", "\xff\xd8\xff\xe0": "image/jpeg", "RIFF....WEBPVP8 ": "image/webp", mp4: "video/mp4", webm: "video/webm",
		"\x00\x00\x00\x1cftypavif....": "image/avif", "\x00\x00\x00\x1cftypheic....": "", "\x00\x00\x00\x14ftypqt  ....": "",
		"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska": "",
		"<svg xmlns=": "", "<!doctype html>": "", "GIF89a": "", "MZ": "", "#!/bin/sh": "", "%PDF-1.7": "", "": "", "RIFF": "",
	} {
		if got, _ := sniff([]byte(head)); got != want {
			t.Errorf("%q is %q, want %q", head, got, want)
		}
	}
}

func open(t *testing.T) (*Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "media")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// brokenReader gives some bytes and then fails.
type brokenReader struct {
	io.Reader
	err error
}

func (r brokenReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = r.err
	}
	return n, err
}

func TestPutGetRemove(t *testing.T) {
	s, dir := open(t)
	body := png + strings.Repeat("x", 20<<20)
	item, fresh, err := s.Put("Hoa-sen_1.png", strings.NewReader(body))
	if err != nil || !fresh || item != (Item{Name: "Hoa-sen_1.png", Kind: Picture, Type: "image/png", Size: int64(len(body))}) {
		t.Fatalf("%+v %v %v", item, fresh, err)
	}
	f, err := s.Get("Hoa-sen_1.png")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	f.Close()
	if err != nil || string(got) != body || f.Size != int64(len(body)) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	// The name says png; it is a picture of another sort.
	if item, fresh, err = s.Put("Hoa-sen_1.png", strings.NewReader("\xff\xd8\xff\xe0")); err != nil || fresh || item.Type != "image/jpeg" {
		t.Errorf("%+v %v %v", item, fresh, err)
	}
	if err := s.Remove("Hoa-sen_1.png"); err != nil {
		t.Error(err)
	}
	if err := s.Remove("Hoa-sen_1.png"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	if left := names(t, dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// A file comes whole or not at all, and the one before stays.
func TestPutRefused(t *testing.T) {
	s, dir := open(t)
	if _, _, err := s.Put("a.png", strings.NewReader(png+"first")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the line broke")
	for _, test := range []struct {
		name string
		from io.Reader
		want error
	}{
		{"../a.png", strings.NewReader(png), ErrName}, {".a.png", strings.NewReader(png), ErrName}, {"a", strings.NewReader(png), ErrName},
		{"a b.png", strings.NewReader(png), ErrName}, {"ả.png", strings.NewReader(png), ErrName}, {strings.Repeat("a", 80) + ".png", strings.NewReader(png), ErrName},
		{"a.png", strings.NewReader("<svg>"), ErrKind}, {"a.png", strings.NewReader(""), ErrKind}, {"b.mp4", strings.NewReader("<html><script>"), ErrKind},
		{"a.png", strings.NewReader(mp4), ErrKind}, {"a.mp4", strings.NewReader(png), ErrKind}, {"a.svg", strings.NewReader(png), ErrKind},
		{"a.png", brokenReader{strings.NewReader(png), broken}, broken},
		{"a.png", brokenReader{strings.NewReader(png + strings.Repeat("x", 1000)), broken}, broken},
		{"a.png", brokenReader{strings.NewReader(png + strings.Repeat("x", 1000)), syscall.ENOSPC}, ErrFull},
	} {
		if _, _, err := s.Put(test.name, test.from); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
	s.free = func(string) (int64, error) { return reserve - 1, nil }
	if _, _, err := s.Put("a.png", strings.NewReader(png+strings.Repeat("x", 1000))); !errors.Is(err, ErrFull) {
		t.Errorf("a full disk: %v", err)
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "a.png")); string(got) != png+"first" {
		t.Errorf("%q", got)
	}
}

// What somebody copied by hand shows up, and says why it cannot be used.
func TestFolderFilledByHand(t *testing.T) {
	s, dir := open(t)
	for name, content := range map[string]string{"a.png": png, "Ảnh đẹp.png": png, "run.exe": "MZ", ".hidden.png": png} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.png"), 0o700); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(filepath.Dir(dir), "secret.png")
	if err := errors.Join(os.WriteFile(secret, []byte(png), 0o600), os.Symlink(secret, filepath.Join(dir, "link.png"))); err != nil {
		t.Fatal(err)
	}
	list, err := s.List()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, item := range list {
		got[item.Name] = item.Problem
	}
	if len(got) != 3 || got["a.png"] != "" || got["Ảnh đẹp.png"] != "name" || got["run.exe"] != "kind" {
		t.Errorf("%v", got)
	}
	for _, name := range []string{"run.exe", "link.png", "folder.png", ".hidden.png", "../secret.png", "none.png", "Ảnh đẹp.png"} {
		if f, err := s.Get(name); err == nil {
			f.Close()
			t.Errorf("%s is given out", name)
		}
	}
	if err := s.Remove(strings.Repeat("x", 300)); !errors.Is(err, ErrUnknown) {
		t.Error("longer than any file's name:", err)
	}
	if err := s.Remove("../secret.png"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	if err := s.Remove("Ảnh đẹp.png"); err != nil {
		t.Error(err)
	}
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte(png))
	f.Add([]byte("\x00\x00\x00\x20ftyp"))
	f.Fuzz(func(t *testing.T, head []byte) {
		kind, _ := sniff(head)
		if kind != "" && bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
			t.Errorf("%q is %s", head, kind)
		}
	})
}

// A file that was under way when the machine stopped does not fill the disk for good.
func TestHalfFilesAreSwept(t *testing.T) {
	_, dir := open(t)
	for _, name := range []string{".coming-123", "a.png"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(png), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dir); err != nil {
		t.Fatal(err)
	}
	if left := names(t, dir); len(left) != 1 || left[0] != "a.png" {
		t.Errorf("left: %v", left)
	}
}

// One file that cannot be read hides none of the others.
func TestUnreadableFile(t *testing.T) {
	s, dir := open(t)
	for _, name := range []string{"a.png", "b.png"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(png), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.open = func(path string) (*os.File, error) {
		if filepath.Base(path) == "a.png" {
			return nil, &os.PathError{Op: "open", Path: path, Err: syscall.EACCES}
		}
		return os.Open(path)
	}
	list, err := s.List()
	if err != nil || len(list) != 2 || list[0].Problem != "kind" || list[1].Problem != "" {
		t.Errorf("%+v %v", list, err)
	}
}
