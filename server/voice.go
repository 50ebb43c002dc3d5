package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"motcua/server/queue"
	"motcua/server/store"
	"motcua/server/voice"
	"motcua/server/web"
	"motcua/server/web/speech"
	"motcua/server/wire"
)

// clipsIn gives what the screens can say by themselves: a hall's own in DATA/speech,
// then the built-in ones.
func clipsIn(data string) *speech.Library {
	return speech.NewLibrary(speech.Folder(filepath.Join(data, "speech")))
}

// checkVoice tells which pieces of sentences no clip says: of the program's own
// texts, which is a fault, and of the halls' names, which is work to be done.
func checkVoice(library *speech.Library, halls []queue.Settings) []finding {
	static, err := fs.Sub(web.FS, "static")
	if err != nil {
		return []finding{{what: "voice: " + err.Error()}}
	}
	var found []finding
	for _, lang := range []string{"vi", "en"} {
		texts, err := speech.Texts(static, lang)
		if err != nil {
			return []finding{{what: "voice: " + err.Error()}}
		}
		found = append(found, checkLanguage(library, lang, texts, halls)...)
	}
	return found
}

func checkLanguage(library *speech.Library, lang string, texts []string, halls []queue.Settings) []finding {
	needed := speech.Needed(lang, texts, nil, speech.North)
	missing, broken := library.Missing(lang, needed)
	if broken != nil {
		return []finding{{what: "voice: " + broken.Error(), help: "mend or remove this clips.json in DATA/speech; until then the built-in clips are used"}}
	}
	if len(missing) > 0 {
		return []finding{{what: fmt.Sprintf("voice %s: %d of %d clips are missing: %s", lang, len(missing), len(needed), few(missing)),
			help: "these words are left out when a screen is read aloud: docs/speech.md"}}
	}
	found := []finding{{ok: true, what: fmt.Sprintf("voice %s: all %d clips are there", lang, len(needed))}}
	var names []string
	for _, set := range halls {
		names = append(names, wire.SpokenNames(set, lang)...)
	}
	if silent, _ := library.Missing(lang, speech.Needed(lang, nil, names, speech.North)); len(silent) > 0 {
		found = append(found, finding{ok: true, what: fmt.Sprintf("voice %s: %d names of this hall are left out when a screen is read aloud (docs/speech.md): %s",
			lang, len(silent), few(silent))})
	}
	return found
}

// checkFree tells whether free text can be read aloud.
func checkFree(named string) finding {
	e, err := voice.Find(named)
	switch {
	case err != nil:
		return finding{what: err.Error(), help: "mend --voice, or leave it out"}
	case e.Name() == "":
		return finding{hint: true, what: "voice: no speech program: procedures and free texts are not read aloud (install espeak-ng, docs/speech.md)"}
	}
	return finding{ok: true, what: "voice: free texts are read aloud by " + e.Name()}
}

// few lists the first of many.
func few(list []string) string {
	const most = 5
	if len(list) > most {
		return strings.Join(list[:most], "; ") + "; …"
	}
	return strings.Join(list, "; ")
}

// hallsOf reads the settings of every branch in a store, beside a running server.
// What cannot be read has been told by another check.
func hallsOf(ctx context.Context, data, address string) []queue.Settings {
	engine, done, err := openCopy(ctx, data, address)
	if err != nil {
		return nil
	}
	defer done()
	s, err := store.New(engine, store.Options{Epoch: newEpoch})
	if err != nil {
		return nil
	}
	branches, err := s.Branches(ctx)
	if err != nil {
		return nil
	}
	var halls []queue.Settings
	for _, branch := range branches {
		var set queue.Settings
		document, _, err := s.Settings(ctx, branch)
		if err == nil && json.Unmarshal(document, &set) == nil {
			halls = append(halls, set)
		}
	}
	return halls
}
