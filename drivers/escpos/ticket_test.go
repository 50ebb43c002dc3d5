package escpos

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestWordsAreComplete(t *testing.T) {
	hole := regexp.MustCompile(`\{\w+\}`)
	vi, en := wordTables()["vi"], wordTables()["en"]
	if len(vi) == 0 || len(vi) != len(en) {
		t.Fatalf("%d Vietnamese words, %d English ones", len(vi), len(en))
	}
	for key, text := range vi {
		other := en[key]
		if strings.TrimSpace(text) == "" || strings.TrimSpace(other) == "" {
			t.Errorf("%s is empty", key)
		}
		if !slices.Equal(hole.FindAllString(text, -1), hole.FindAllString(other, -1)) {
			t.Errorf("%s has other holes in English", key)
		}
		// That is a paper of the law, with another meaning.
		if strings.Contains(strings.ToLower(text), "phiếu hẹn") {
			t.Errorf("%s speaks of a Phiếu hẹn", key)
		}
		if clean(text) != text || clean(other) != other {
			t.Errorf("%s is not clean text", key)
		}
	}
}

func TestTicketInWords(t *testing.T) {
	want := Ticket{
		Hall: "Trung tâm Phục vụ hành chính công", Place: "Phường Hòa Bình", Title: "SỐ THỨ TỰ", Number: "A012",
		Service: "Hộ tịch, khai sinh, kết hôn", Priority: "Ưu tiên: Người từ 75 tuổi", Copy: "BẢN IN LẠI",
		Facts: []Fact{{"Trước ông/bà", "4 người", false}, {"Dự kiến", "khoảng 08:55", false}, {"Khu vực chờ", "Quầy 1\u00a0–\u00a03", true}},
		URL:   "http://10.0.0.5:8080/t/hbQ8s7Kz1mXw4Tn2Yc", Code: "K7M2QX", WiFi: "Nối Wi-Fi “Hall” rồi quét mã",
		Missed: "Lỡ lượt: báo bàn hướng dẫn để được gọi lại", Notes: []string{"Số có giá trị trong ngày."},
		Promise: "Trả kết quả trong ngày.", Footer: "08:42 21/11/2026 · Máy 1",
	}
	got := TicketOf(jobOf(t, `{"copy":1,"wifi":"Hall","priority":{"vi":"Người từ 75 tuổi"},
		"notes":[{"vi":"Số có giá trị trong ngày."}],"promise":{"vi":"Trả kết quả trong ngày."}}`))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if f := TicketOf(jobOf(t, `{"person":"quý khách"}`)).Facts[0]; f.Label != "Trước quý khách" {
		t.Errorf("as the hall addresses people: %+v", f)
	}
	en := TicketOf(jobOf(t, `{"lang":"en","person":"quý khách","ahead":0,"area":["7"]}`))
	if en.Title != "YOUR NUMBER" || en.Hall != "Public Administrative Service Centre" || en.Copy != "" || en.WiFi != "" ||
		!reflect.DeepEqual(en.Facts, []Fact{{"Ahead of you", "nobody", false}, {"Expected", "about 08:55", false}, {"Waiting area", "Counters 7", true}}) {
		t.Errorf("in English: %+v", en)
	}
}

func TestExpectedTime(t *testing.T) {
	for _, c := range []struct{ change, want string }{
		{`{"estimate":{"low":9,"high":16}}`, "08:55"}, // 08:42:10 and 12.5 minutes
		{`{"estimate":{"low":0,"high":0}}`, "08:40"},
		{`{"estimate":{"low":900,"high":960}}`, "00:10"},
		{`{"estimate":null}`, ""},
		{`{"issued_at":"yesterday"}`, ""},
		{`{"issued_at":"2026-11-21T08:42:40.000+07:00","estimate":{"low":0,"high":0}}`, "08:45"},
	} {
		if got := expected(jobOf(t, c.change)); got != c.want {
			t.Errorf("%s: %q, want %q", c.change, got, c.want)
		}
	}
}

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		labels []string
		want   string
	}{
		{nil, ""},
		{[]string{"3"}, "3"},
		{[]string{"2", "1"}, "1, 2"},
		{[]string{"3", "1", "2"}, "1 – 3"},
		{[]string{"01", "10", "09", "08", "03"}, "01, 03, 08 – 10"},
		{[]string{"B", "2", "A", "1", "3"}, "1 – 3, A, B"},
	} {
		if got := strings.ReplaceAll(ranges(c.labels), "\u00a0", " "); got != c.want {
			t.Errorf("%v: %q, want %q", c.labels, got, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Hộ tịch", "Hộ tịch"}, // decomposed: o, circumflex, dot below
		{" a\t\n b ", "a b"},
		{"a\x1b@\x10\x04\x01b", "a@b"},
		{"1\u00a0–\u00a03", "1\u00a0–\u00a03"},
		{"a\xffb\u200bc", "abc"},
	} {
		if got := clean(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	for url, kept := range map[string]bool{"http://h/t/x": true, "http://h/ x": false, "http://h/\x10\x04\x01": false, "http://ộ": false} {
		if got := (Ticket{URL: url}).cleaned().URL != ""; got != kept {
			t.Errorf("%q kept: %v", url, got)
		}
	}
}

func TestJoinCode(t *testing.T) {
	for _, c := range []struct{ ssid, key, want string }{
		{"Hall", "", ""},
		{"", "password", ""},
		{"Hall", "-", "WIFI:T:nopass;S:Hall;;"},
		{"Hall", "password", "WIFI:T:WPA;S:Hall;P:password;;"},
		{`a;b,c:d"e\f`, `;,:"\`, `WIFI:T:WPA;S:a\;b\,c\:d\"e\\f;P:\;\,\:\"\\;;`},
		{"Hội trường", "password", ""},
	} {
		if got := joinCode(c.ssid, c.key); got != c.want {
			t.Errorf("%q %q: %s, want %s", c.ssid, c.key, got, c.want)
		}
	}
	// Without an address to open there is nothing to join for.
	if got := TicketOf(jobOf(t, `{"wifi":"Hall","wifi_key":"password","url":""}`)); got.Join != "" || got.WiFi != "" {
		t.Errorf("%+v", got)
	}
	plain := TicketOf(jobOf(t, `{"wifi":"Hall"}`))
	if plain.Join != "" || plain.JoinText != "" || plain.WiFi == "" {
		t.Errorf("%+v", plain)
	}
}
