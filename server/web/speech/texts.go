package speech

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// tables are the texts that are spoken: all of the kiosk, of the look-up what it
// says by key, of what every screen shares the weekdays and the refusals a visitor
// may meet, and what the hall's voice says.
var tables = []struct {
	name  string
	keys  []string // all when empty; a key that ends in a dot stands for those that begin so
	never []string
}{
	{name: "kiosk", never: []string{"k.title"}},
	{name: "lookup", keys: lookupSpoken},
	{name: "common", keys: []string{"u.day.", "e.not_waiting", "e.too_many_tickets", "e.booking_over", "e.unknown_booking",
		"e.unknown_ticket", "e.quota_full", "e.service_closed", "e.printer_not_ready"}},
	{name: "board", keys: []string{"t.voice."}},
}

// lookupSpoken is what the look-up says by key, and the short answers of a record. What
// else stands there is read from its text by the server's speech program: a clip for
// each would double what the program weighs.
var lookupSpoken = strings.Fields(`
	l.ask l.away. l.case.q l.counts.pending l.counts.received l.counts.resolved l.fee.free l.fee.province l.fees.which
	l.fields.q l.file.again l.file.away l.file.code l.file.do. l.file.due l.file.how l.file.last l.file.moment l.file.next
	l.file.noscan l.file.overdue l.file.place l.file.processing l.file.q l.file.ready l.file.received l.file.returned
	l.file.short l.file.stale l.file.supplement l.file.verify l.file.wait l.file.where l.file.why l.file.wrong l.hall
	l.hall.changes l.hall.complaints l.hall.conduct l.hall.counts l.hall.days l.hall.fees l.hall.tariff l.home.q
	l.home.read l.list.read l.off. l.official l.paper. l.phone l.phone.h l.phone.sub l.portal.formal l.portal.scan l.print
	l.print.done l.proc.bring l.proc.fee l.proc.time l.proc.where l.search.read l.take l.take.none l.take.which l.tell.anon
	l.tell.attitude l.tell.away l.tell.box l.tell.facility l.tell.formal l.tell.hint l.tell.nophone l.tell.other
	l.tell.procedure l.tell.q l.tell.read l.tell.refused l.tell.scan l.tell.thanks l.tell.time l.tell.until l.tell.wait
	l.term. l.where.`)

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
