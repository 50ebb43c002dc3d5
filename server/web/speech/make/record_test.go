package main

import (
	"testing"

	"motcua/server/web/speech"
)

// The same words are the same file, other words or another voice are not.
func TestNameOf(t *testing.T) {
	p := &program{}
	a := p.nameOf(speech.Clip{Key: "x", Say: "Lấy số.", Voice: "vi"})
	if a != p.nameOf(speech.Clip{Key: "y", Say: "Lấy số.", Voice: "vi"}) {
		t.Error("the key changes the file")
	}
	if a == p.nameOf(speech.Clip{Say: "Lấy số,", Voice: "vi"}) || a == p.nameOf(speech.Clip{Say: "Lấy số.", Voice: "en"}) {
		t.Error("another tone or voice is the same file")
	}
	if a == (&program{name: "piper"}).nameOf(speech.Clip{Key: "x", Say: "Lấy số.", Voice: "vi"}) {
		t.Error("another program is the same file")
	}
}
