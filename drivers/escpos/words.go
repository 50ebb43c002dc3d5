package escpos

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed words.json
var wordsFile []byte

// wordTables holds the ticket's fixed words by language. The file is part of the
// program, so an unreadable one is a fault of the build.
var wordTables = sync.OnceValue(func() map[string]map[string]string {
	tables := map[string]map[string]string{}
	if err := json.Unmarshal(wordsFile, &tables); err != nil {
		panic("escpos: words.json: " + err.Error())
	}
	return tables
})

// words gives the table of a language, Vietnamese for one that is not known.
func words(lang string) map[string]string {
	if table, ok := wordTables()[lang]; ok {
		return table
	}
	return wordTables()["vi"]
}

// addressed says a text to people as the hall addresses them: "ông/bà" unless it says otherwise.
func addressed(text, person string) string {
	if person == "" {
		return text
	}
	return strings.ReplaceAll(text, "ông/bà", person)
}

// fill puts values into the holes of a text: fill("{n} người", "n", "4").
func fill(text, hole, value string) string {
	return strings.ReplaceAll(text, "{"+hole+"}", value)
}
