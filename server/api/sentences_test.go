package api

import (
	"encoding/json"
	"io/fs"
	"os"
	"testing"
)

// A refusal that the screens word in another way than the interface looks like two
// refusals to whoever reads a log beside a screen.
func TestSentencesAreThoseOfTheScreens(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		texts := map[string]string{}
		for _, table := range []string{"common.", "account."} {
			raw, err := fs.ReadFile(os.DirFS("../web/static/i18n"), table+lang+".json")
			if err == nil {
				err = json.Unmarshal(raw, &texts)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		both := 0
		for code, text := range sentences {
			screen, has := texts["e."+string(code)]
			if !has {
				continue
			}
			both++
			if said := text.In(lang); said != screen {
				t.Errorf("%s (%s): the interface says %q, the screens say %q", code, lang, said, screen)
			}
		}
		if both < 40 {
			t.Errorf("%s: %d refusals were compared", lang, both)
		}
	}
}
