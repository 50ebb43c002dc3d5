package e2e

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"motcua/server/web"
)

// texts are the tables of all screens by language, as the pages load them.
var texts = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{"vi": {}, "en": {}}
	files, err := fs.Glob(web.FS, "static/i18n/*.json")
	if err != nil {
		panic(err) // a constant pattern
	}
	for _, file := range files {
		raw, err := fs.ReadFile(web.FS, file)
		if err != nil {
			panic(err)
		}
		table := all[strings.Split(file, ".")[1]]
		if err := json.Unmarshal(raw, &table); err != nil {
			panic(fmt.Errorf("%s: %w", file, err))
		}
	}
	return all
})

// vi is the Vietnamese sentence of a key with its places filled in; en the English.
func vi(key string, places ...string) string { return sentence("vi", key, places) }
func en(key string, places ...string) string { return sentence("en", key, places) }

func sentence(lang, key string, places []string) string {
	s, ok := texts()[lang][key]
	if !ok {
		panic("no text " + key)
	}
	for i := 0; i+1 < len(places); i += 2 {
		s = strings.ReplaceAll(s, "{"+places[i]+"}", places[i+1])
	}
	return s
}

// upTo is the beginning of a sentence, up to its first place.
func upTo(key string) string {
	s, _, _ := strings.Cut(vi(key), "{")
	return strings.TrimSpace(s)
}
