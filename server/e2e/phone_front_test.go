package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// front stands between a phone and the hall, as the odd box of a network does:
// it can refuse websockets, be away, or tell of a ticket in any state.
type front struct {
	mu     sync.Mutex
	away   bool
	noLive bool
	ticket map[string]any // answered in place of any ticket
	asked  int            // how often the ticket was read
}

// frontOf gives a hall seen through a front.
func (h *hall) frontOf(t *testing.T) (*hall, *front) {
	t.Helper()
	target, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	f := &front{}
	pass := httputil.NewSingleHostReverseProxy(target)
	pass.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	server := newTestServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !f.answer(w, r) {
			pass.ServeHTTP(w, r)
		}
	}))
	return &hall{t: t, url: server}, f
}

// answer tells whether it has answered in the hall's place.
func (f *front) answer(w http.ResponseWriter, r *http.Request) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	reads := r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/api/v1/tickets/")
	if reads {
		f.asked++
	}
	switch {
	case f.away:
		w.WriteHeader(http.StatusBadGateway)
	case f.noLive && r.URL.Path == "/live":
		w.WriteHeader(http.StatusForbidden)
	case f.ticket != nil && reads:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(f.ticket) // the phone may have gone
	default:
		return false
	}
	return true
}

func (f *front) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *front) reads() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

// someTicket is a ticket as the server tells of it, with fields changed.
func someTicket(change string) map[string]any {
	const usual = `{"id":"261123-A012","number":"A012","service":"ho-tich","state":"waiting","ahead":7,"estimate":{"low":18,"high":34},
"token":"hbXXXXXXXXXXXXXXXXXXXXXX","code":"K7M2QX","url":"http://h/t/hbX","issued_at":"2026-11-23T08:42:10.000+07:00","calls":0,
"branch":"hoabinh","branch_name":{"vi":"Trung tâm Phục vụ hành chính công","en":"Public Administrative Service Centre"},
"service_name":{"vi":"Hộ tịch, khai sinh, kết hôn","en":"Civil status, births, marriages"},"area":["01","02","03"],"behind":5}`
	made := map[string]any{}
	for _, raw := range []string{usual, change} {
		if err := json.Unmarshal([]byte(raw), &made); err != nil {
			panic(fmt.Errorf("%s: %w", raw, err)) // constants of the tests
		}
	}
	return made
}

// phoneStates are all that the page can have to say.
var phoneStates = []struct{ name, change string }{
	{"waiting", `{}`},
	{"waiting-bare", `{"estimate":null,"area":null,"behind":0,"ahead":3}`},
	{"waiting-hours", `{"estimate":{"low":130,"high":180},"ahead":24,"number":"AB1024"}`},
	{"waiting-notes", `{"promise":{"vi":"Trả kết quả trong buổi","en":"Result within this half-day"},
"late":{"vi":"Hồ sơ nhận sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo.","en":"Filed after 15:00: the result comes on the next working day."},
"notes":[{"vi":"Số có giá trị trong ngày.","en":"Valid today only."},{"vi":"Xin chuẩn bị sẵn căn cước.","en":"Please have your identity card ready."}]}`},
	{"soon", `{"ahead":2,"estimate":{"low":4,"high":9}}`},
	{"again", `{"ahead":0,"estimate":{"low":1,"high":3},"again":true,"area":["03"]}`},
	{"moved", `{"ahead":4,"moved":true,"area":["05","06"]}`},
	{"called", `{"state":"called","counter":"3","counter_label":"03","calls":1,"ahead":0,"estimate":null}`},
	{"called-again", `{"state":"called","counter":"3","counter_label":"03","calls":2,"ahead":0,"estimate":null}`},
	{"serving", `{"state":"serving","counter":"3","counter_label":"03","ahead":0,"estimate":null}`},
	{"parked", `{"state":"parked","counter":"3","counter_label":"03","ahead":0,"estimate":null}`},
	{"missed", `{"state":"no_show","until":"2099-11-23T11:30:00.000+07:00","ahead":0,"estimate":null}`},
	{"missed-open", `{"state":"no_show","ahead":0,"estimate":null}`},
	{"done", `{"state":"ended","ended_at":"2026-11-23T09:10:00.000+07:00","estimate":null,"rate":{"tx":"261123-A012.1","from":"2026-11-23T09:10:00.000+07:00","rated":false},
"levels":[{"id":"4","name":{"vi":"Rất hài lòng","en":"Very satisfied"}},{"id":"3","name":{"vi":"Hài lòng","en":"Satisfied"}},{"id":"2","name":{"vi":"Bình thường","en":"Neutral"}},{"id":"1","name":{"vi":"Không hài lòng","en":"Not satisfied"}}],"reasons":[{"id":"wait","name":{"vi":"Chờ lâu","en":"Long wait"}}]}`},
	{"cancelled", `{"state":"cancelled","estimate":null}`},
	{"expired", `{"state":"expired","estimate":null}`},
	{"emergency", `{"notice":{"vi":"Có báo cháy. Mời mọi người ra cửa chính và đi theo hướng dẫn.","en":"Fire alarm. Please leave by the main door and follow the staff."}}`},
}
