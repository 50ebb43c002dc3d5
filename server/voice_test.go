package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"motcua/server/queue"
	"motcua/server/web/speech"
)

// The doctor names what the voice lacks: a hall's own names are work to do, a
// broken folder is a fault.
func TestDoctorOfTheVoice(t *testing.T) {
	told := func(l *speech.Library, halls ...queue.Settings) (string, bool) {
		var lines []string
		ok := true
		for _, f := range checkVoice(l, halls) {
			lines = append(lines, f.what)
			ok = ok && f.ok
		}
		return strings.Join(lines, "\n"), ok
	}
	demo := queue.DemoSettings()
	if text, ok := told(speech.NewLibrary(nil), demo, queue.ProductionSettings("x")); !ok || strings.Contains(text, "left out") {
		t.Errorf("the ready-made halls: %s", text)
	}
	demo.Services[0].Name = queue.Text{VI: "Thuế phường", EN: "Ward taxes"}
	text, ok := told(speech.NewLibrary(nil), demo)
	if !ok || !strings.Contains(text, "voice vi: 1 names") || !strings.Contains(text, "Thuế phường") || !strings.Contains(text, "Ward taxes") {
		t.Errorf("a hall with a name of its own: %v %s", ok, text)
	}
	own := fstest.MapFS{"vi/clips.json": {Data: []byte(`{"Thuế phường":{"file":"t.wav"}}`)}, "vi/t.wav": {Data: []byte("x")}}
	if text, ok := told(speech.NewLibrary(own), demo); !ok || strings.Contains(text, "Thuế phường") {
		t.Errorf("a hall with its own clip: %v %s", ok, text)
	}
	own["vi/clips.json"].Data = []byte("{")
	if text, ok := told(speech.NewLibrary(own), demo); ok || !strings.Contains(text, "vi/clips.json") {
		t.Errorf("a broken folder: %v %s", ok, text)
	}
}
