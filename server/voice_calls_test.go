package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/server/queue"
)

// The doctor says which piece of a call a further language lacks.
func TestDoctorOfCalls(t *testing.T) {
	data := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(data, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set := queue.DemoSettings()
	if found := checkCalls(data, []queue.Settings{set}); len(found) > 0 {
		t.Errorf("a hall without: %v", found)
	}
	set.Board.Voice.Also = []string{"tyz"}
	write("languages/tyz/language.json", `{"name": "Tày"}`)
	write("languages/tyz/board.json", `{"t.voice.call": "Xỉnh số {number} mà quầy {counter}"}`)
	var entries []string
	for _, c := range callPieces(set, map[string]string{"t.voice.call": "Xỉnh số {number} mà quầy {counter}"}) {
		if c.Key != "mà quầy," {
			entries = append(entries, `"`+c.Key+`": {"file": "a.opus"}`)
		}
	}
	write("speech/tyz/a.opus", "x")
	write("speech/tyz/clips.json", "{"+strings.Join(entries, ",")+"}")
	found := checkCalls(data, []queue.Settings{set})
	if len(found) != 1 || found[0].ok || !strings.Contains(found[0].what, "mà quầy,") {
		t.Errorf("one is missing: %+v", found)
	}
	write("speech/tyz/clips.json", "{"+strings.Join(append(entries, `"mà quầy,": {"file": "a.opus"}`), ",")+"}")
	if found = checkCalls(data, []queue.Settings{set}); len(found) != 1 || !found[0].ok {
		t.Errorf("all are there: %+v", found)
	}
}
