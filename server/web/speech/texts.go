package speech

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// tables are the texts that are spoken: all of the kiosk, of what every screen
// shares the weekdays and the refusals a visitor may meet, and what the hall's
// voice says.
var tables = []struct {
	name  string
	keys  []string // all when empty; a key that ends in a dot stands for those that begin so
	never []string
}{
	{name: "kiosk", never: []string{"k.title"}},
	{name: "common", keys: []string{"u.day.", "e.not_waiting", "e.too_many_tickets", "e.booking_over", "e.unknown_booking",
		"e.unknown_ticket", "e.quota_full", "e.service_closed"}},
	{name: "board", keys: []string{"t.voice."}},
}

// Texts reads the sentences of a language that are spoken from the folder of
// tables (i18n/{table}.{lang}.json below static).
func Texts(static fs.FS, lang string) ([]string, error) {
	return TextsOf(func(table string) (map[string]string, error) {
		b, err := fs.ReadFile(static, "i18n/"+table+"."+lang+".json")
		if err != nil {
			return nil, err
		}
		var texts map[string]string
		if err := json.Unmarshal(b, &texts); err != nil {
			return nil, fmt.Errorf("%s.%s.json: %w", table, lang, err)
		}
		return texts, nil
	})
}

// TextsOf picks the sentences that are spoken from tables read by name.
func TextsOf(read func(table string) (map[string]string, error)) ([]string, error) {
	var list []string
	for _, table := range tables {
		texts, err := read(table.name)
		if err != nil {
			return nil, err
		}
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			if chosen(key, table.keys) && !slices.Contains(table.never, key) {
				list = append(list, texts[key])
			}
		}
	}
	return list, nil
}

func chosen(key string, keys []string) bool {
	return len(keys) == 0 || slices.ContainsFunc(keys, func(k string) bool {
		return key == k || strings.HasSuffix(k, ".") && strings.HasPrefix(key, k)
	})
}
