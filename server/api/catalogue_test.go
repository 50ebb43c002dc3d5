package api_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/catalogue"
	"motcua/server/queue"
)

// list gives a list of objects of an answer.
func (a answer) list(name string) []object {
	raw, _ := a.body[name].([]any)
	list := make([]object, len(raw))
	for i, x := range raw {
		list[i], _ = x.(object)
	}
	return list
}

func column(list []object, name string) []string {
	var out []string
	for _, x := range list {
		out = append(out, fmt.Sprint(x[name]))
	}
	return out
}

const catalogued = "/api/v1/catalogue"

func TestCatalogueOverview(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	a := h.get(catalogued, "demo-display")
	fields, events := a.list("fields"), a.list("events")
	if a.status != 200 || a.body["edition"] != 1.0 || a.body["total"] != 81.0 || a.body["sample"] != true || !strings.HasPrefix(a.text("updated"), "2026-11-23T09:00:00") {
		t.Fatalf("%d %.300s", a.status, a.raw)
	}
	sum, open := 0.0, true
	for _, f := range fields {
		sum += f["count"].(float64)
		taken := len(f["services"].([]any)) > 0
		if taken && !open {
			t.Errorf("%v stands behind fields nobody takes here", f)
		}
		open = taken
	}
	if sum != 81 || !slices.Equal(fields[0]["services"].([]any), []any{"bao-tro"}) {
		t.Errorf("%v of all in fields, first %v", sum, fields[0])
	}
	if ids := column(events, "id"); len(ids) < 6 || !slices.Equal(ids[:4], []string{"sinh-con", "ket-hon", "mat-nguoi-than", "xay-nha"}) {
		t.Errorf("events %v", ids)
	}
	if none := newHall(t, options{demo: true}).get(catalogued, "demo-display"); none.status != 200 || none.body["total"] != 0.0 {
		t.Errorf("without a catalogue: %d %s", none.status, none.raw)
	}
	expect(t, h.get(catalogued, ""), 401, "unauthorized")
	expect(t, h.get(catalogued+"?branch=nowhere", "demo-display"), 404, "unknown_branch")
}

func TestSearchPages(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	search := func(query string) answer { return h.get("/api/v1/procedures?"+query, "demo-kiosk") }
	whole := column(search("limit=50").list("items"), "code")
	var pages []string
	for offset := 0; offset < 50; offset += 7 {
		pages = append(pages, column(search(fmt.Sprintf("limit=7&offset=%d", offset)).list("items"), "code")...)
	}
	if !slices.Equal(whole, pages[:50]) {
		t.Errorf("pages are not the list:\n%v\n%v", pages, whole)
	}
	q := "q=" + url.QueryEscape("đăng ký")
	best := search(q + "&limit=12")
	second := search(q + "&limit=6&offset=6")
	if !slices.Equal(column(best.list("items"), "code")[6:], column(second.list("items"), "code")) || best.body["total"] != second.body["total"] {
		t.Errorf("the second page of a search: %s", second.raw)
	}
	if end := search(q + "&offset=10000"); len(end.list("items")) != 0 || end.body["total"] != best.body["total"] {
		t.Errorf("beyond the end: %s", end.raw)
	}
	for _, bad := range []string{"offset=10001", "offset=-1", "offset=x", "limit=51", "limit=0", "event=nonsense", "explain=2"} {
		expect(t, search(bad), 400, "bad_parameter")
	}
}

func TestSearchByEvent(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	a := h.get("/api/v1/procedures?event=sinh-con", "demo-kiosk")
	codes := column(a.list("items"), "code")
	if a.status != 200 || len(codes) < 4 || codes[0] != "1.001193" || codes[1] != "2.000986" || int(a.body["total"].(float64)) != len(codes) {
		t.Errorf("%d %.400s", a.status, a.raw)
	}
	a = h.get("/api/v1/procedures?event=sinh-con&field="+url.QueryEscape("Thực hiện chính sách BHXH"), "demo-kiosk")
	if codes := column(a.list("items"), "code"); !slices.Equal(codes, []string{"2.000693"}) {
		t.Errorf("of one field: %v", codes)
	}
	a = h.get("/api/v1/procedures?event=sinh-con&q=bao+hiem", "demo-kiosk")
	if codes := column(a.list("items"), "code"); len(codes) == 0 || slices.Contains(codes, "1.001613") {
		t.Errorf("of a question: %v", codes)
	}
}

// Why an entry was found: what to highlight, and the people's words that were met.
func TestSearchExplains(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	first := func(q string) object {
		items := h.get("/api/v1/procedures?explain=1&limit=1&q="+url.QueryEscape(q), "demo-kiosk").list("items")
		if len(items) != 1 {
			t.Fatalf("%q finds %v", q, items)
		}
		return items[0]
	}
	birth := first("khai sinh")
	mark := birth["marks"].([]any)[0].([]any)
	name := []rune(birth["name"].(string))
	if got := string(name[int(mark[0].(float64)):int(mark[1].(float64))]); got != "khai sinh" || birth["said"] != "" {
		t.Errorf("marked %q, said %v", got, birth["said"])
	}
	alone := first("giấy độc thân")
	if alone["said"] != "giấy độc thân" || alone["code"] != "1.004873" || alone["why"].(object)["rule"] != "synonym" {
		t.Errorf("%v", alone)
	}
	if listed := first(""); len(listed["marks"].([]any)) != 0 || listed["why"].(object)["rule"] != "" {
		t.Errorf("%v", listed)
	}
	if plain := h.get("/api/v1/procedures?q=khai+sinh", "demo-kiosk"); strings.Contains(plain.raw, `"why"`) {
		t.Errorf("nobody asked why: %s", plain.raw)
	}
}

func TestWholeRecord(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	a := h.get("/api/v1/procedures/1.001193", "demo-kiosk")
	plain := a.body["plain"].(object)
	if a.status != 200 || fmt.Sprint(a.body["services"]) != "[ho-tich]" || len(a.body["counters"].([]any)) < 2 || a.body["own"] != nil ||
		a.body["promise"] != nil || len(a.body["offices"].([]any)) != 0 || !strings.HasPrefix(a.text("changed"), "2026-11-23T09:00") {
		t.Fatalf("%d %.500s", a.status, a.raw)
	}
	if late := a.body["late"].(object); late["from"] != "15:00" || !strings.Contains(late["text"].(object)["vi"].(string), "15 giờ") {
		t.Errorf("late: %v", late)
	}
	if len(plain["cases"].([]any)) == 0 || len(plain["times"].([]any)) == 0 || len(plain["fees"].([]any)) == 0 {
		t.Errorf("plain: %v", plain)
	}
	own := catalogue.Own{Code: "1.000656", Fee: "8.000 đồng", Resolution: "12/2025/NQ-HĐND", OnTheSpot: true, Online: "part", OnlineURL: "https://dvc.example.vn/khai-tu",
		Promise: queue.Promise{Unit: queue.HalfDays, Amount: 1}, Late: queue.LateNote{From: "14:30", Text: queue.Text{VI: "Sau 14 giờ 30 trả hôm sau."}}, Words: []string{"giấy chứng tử cụ"}}
	must(t, h.book.SetOwn(context.Background(), own))
	h.newEdition()
	a = h.get("/api/v1/procedures/1.000656", "demo-kiosk")
	fee := a.body["plain"].(object)["fees"].([]any)[0].(object)
	if fee["text"] != "8.000 đồng" || fee["resolution"] != "12/2025/NQ-HĐND" || fee["by_province"] != nil {
		t.Errorf("the province's own fee: %v", fee)
	}
	if a.body["own"].(object)["on_the_spot"] != true || a.body["promise"].(object)["vi"] != "Trả kết quả trong buổi" ||
		a.body["late"].(object)["from"] != "14:30" || a.body["online"].(object)["level"] != "part" {
		t.Errorf("%.900s", a.raw)
	}
	if found := h.get("/api/v1/procedures?limit=1&q="+url.QueryEscape("giấy chứng tử cụ"), "demo-kiosk").list("items"); len(found) != 1 || found[0]["code"] != "1.000656" {
		t.Errorf("the hall's own words find %v", found)
	}
	expect(t, h.get("/api/v1/procedures/9.999999", "demo-kiosk"), 404, "unknown_procedure")
}

// What nobody here takes is taken somewhere: the nearest is named first.
func TestNearestOffice(t *testing.T) {
	office := func(id string, metres int, o queue.OfficeSetting) queue.OfficeSetting {
		o.ID, o.Metres, o.Contact = id, metres, queue.ContactSetting{Name: queue.Text{VI: id}, Address: queue.Text{VI: "Đường A"}, Phone: "0204 1"}
		return o
	}
	h := newHall(t, options{demo: true, shelf: true, settings: func(s *queue.Settings) {
		s.Hall.Offices = []queue.OfficeSetting{office("somewhere", 0, queue.OfficeSetting{Fields: []string{"Hòa giải ở cơ sở"}}),
			office("far", 9000, queue.OfficeSetting{Levels: []string{"Cấp xã"}}), office("near", 800, queue.OfficeSetting{Procedures: []string{"1.002211"}}),
			office("other", 1, queue.OfficeSetting{Fields: []string{"Thuế"}})}
		for i := range s.Services {
			s.Services[i].Fields = slices.DeleteFunc(s.Services[i].Fields, func(f string) bool { return f == "Hòa giải ở cơ sở" })
			s.Services[i].Procedures = slices.DeleteFunc(s.Services[i].Procedures, func(c string) bool { return c == "1.002211" })
		}
	}})
	a := h.get("/api/v1/procedures/1.002211", "demo-kiosk")
	var names []string
	for _, o := range a.list("offices") {
		names = append(names, o["name"].(object)["vi"].(string))
	}
	if !slices.Equal(names, []string{"near", "far", "somewhere"}) {
		t.Errorf("offices %v: %.400s", names, a.raw)
	}
}

func TestChangesAreNews(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	if a := h.get(catalogued+"/changes", "demo-display"); a.status != 200 || len(a.list("items")) != 0 {
		t.Errorf("what first filled the catalogue is news: %.300s", a.raw)
	}
	day := morning.Add(24 * time.Hour)
	file := `{"code":"1.001193","name":"Đăng ký khai sinh","field":"Hộ tịch","channels":[{"mode":"direct","time":"2 ngày"}]}
{"code":"9.000001","name":"Thả diều","field":"Hộ tịch"}`
	_, err := h.book.Import(context.Background(), strings.NewReader(file), catalogue.ImportOptions{File: "a.jsonl", Now: day, Decision: "88/QĐ-UBND", Effective: "2026-12-01"})
	must(t, err)
	h.newEdition()
	items := h.get(catalogued+"/changes", "demo-display").list("items")
	if len(items) != 2 || items[0]["kind"] != "changed" || items[1]["kind"] != "added" || items[1]["decision"] != "88/QĐ-UBND" || items[1]["effective"] != "2026-12-01" ||
		!slices.Contains(items[0]["parts"].([]any), any("channels")) {
		t.Errorf("%v", items)
	}
	for since, want := range map[string]int{"2026-11-24": 2, "2026-11-25": 0, url.QueryEscape(day.Format(time.RFC3339)): 2, url.QueryEscape(day.Add(time.Hour).Format(time.RFC3339)): 0} {
		if n := len(h.get(catalogued+"/changes?since="+since, "demo-display").list("items")); n != want {
			t.Errorf("since %s: %d", since, n)
		}
	}
	expect(t, h.get(catalogued+"/changes?since=yesterday", "demo-display"), 400, "bad_parameter")
	if n := len(h.get(catalogued+"/changes?limit=1", "demo-display").list("items")); n != 1 {
		t.Errorf("limit 1: %d", n)
	}
}

func TestFeeBoard(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	all := h.get(catalogued+"/fees?limit=50", "demo-display")
	if all.body["total"] != 81.0 {
		t.Fatalf("%.300s", all.raw)
	}
	for _, item := range all.list("items") {
		for _, f := range item["fees"].([]any) {
			if fee := f.(object); fee["by_province"] == true && fee["text"] != nil {
				t.Errorf("%v: %v", item["code"], fee)
			}
		}
	}
	field := "&field=" + url.QueryEscape("Hộ tịch")
	one := h.get(catalogued+"/fees?limit=50"+field, "demo-display")
	if fields := slices.Compact(column(one.list("items"), "field")); !slices.Equal(fields, []string{"Hộ tịch"}) || one.body["total"] != 24.0 {
		t.Errorf("%v of %v", one.body["total"], fields)
	}
	here := h.get(catalogued+"/fees?branch=hoabinh&limit=50", "demo-display")
	if n := here.body["total"].(float64); n == 0 || n > 81 {
		t.Errorf("%v taken here", n)
	}
	if rest := h.get(catalogued+"/fees?limit=50&offset=50", "demo-display"); len(rest.list("items")) != 31 {
		t.Errorf("second page: %d", len(rest.list("items")))
	}
}

// Visits of post, help online and results are counted apart.
func TestKindsAreCounted(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) {
		s.Services[0].Kind = queue.PostService
		s.Services[1].Kind = queue.OnlineService
	}})
	h.take()
	h.take()
	must(t, h.push.Feed.WaitFor(context.Background(), "hoabinh"))
	a := h.get(catalogued+"/kinds?branch=hoabinh", "demo-display")
	for i, want := range []struct {
		kind  string
		today float64
	}{{"post", 2}, {"online_help", 0}} {
		if item := a.list("items")[i]; item["kind"] != want.kind || item["today"] != want.today {
			t.Errorf("%v", item)
		}
	}
	if m := h.get("/metrics", "demo-admin"); !strings.Contains(m.raw, `motcua_visits_total{branch="hoabinh",kind="post",service="`+h.service(0)+`"} 2`) {
		t.Error("the metrics do not count the visits")
	}
}
