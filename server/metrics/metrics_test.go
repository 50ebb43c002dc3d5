package metrics

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestHandlerShowsWhatWasCounted(t *testing.T) {
	m := New()
	m.Request("/api/v1/tickets/:token", "GET", 200, time.Millisecond)
	m.Script("take", time.Millisecond, nil)
	m.Script("take", time.Millisecond, errors.New("x"))
	m.Commit(time.Millisecond)
	m.Wait("b", "a", time.Minute)
	m.Serve("b", "a", time.Minute)
	m.Event("b", "ticket.taken")
	m.Visit("b", "post", "buu-chinh")
	m.Push("slow")
	m.Limited("key")
	m.Panic()
	m.Gauge("sockets", "Sockets.", []string{"view"}, func() []Sample { return []Sample{{[]string{"board"}, 3}} })
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`motcua_http_request_seconds_count{method="GET",route="/api/v1/tickets/:token",status="200"} 1`,
		`motcua_script_seconds_count{outcome="error",verb="take"} 1`, `motcua_journal_commit_seconds_count 1`,
		`motcua_wait_seconds_count{branch="b",service="a"} 1`, `motcua_serve_seconds_count{branch="b",service="a"} 1`,
		`motcua_events_total{branch="b",kind="ticket.taken"} 1`, `motcua_push_total{what="slow"} 1`,
		`motcua_visits_total{branch="b",kind="post",service="buu-chinh"} 1`,
		`motcua_limited_total{what="key"} 1`, `motcua_panics_total 1`, `motcua_sockets{view="board"} 3`, "go_goroutines", "process_"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s", want)
		}
	}
}
