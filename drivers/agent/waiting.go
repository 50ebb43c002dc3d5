package agent

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"
)

// waitingPage is shown when there is nothing else: a first start without the
// server, or a machine that is not enrolled. It asks again by itself.
var waitingTemplate = template.Must(template.New("waiting").Parse(`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="3">
<title>{{.Waiting.VI}}</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 1.5rem; padding: 2rem;
  background: #FBF8F1; color: #17231F; font: 1.5rem/1.4 "Be Vietnam Pro", "Noto Sans", sans-serif; text-align: center }
h1 { margin: 0; font-size: 2.5rem; color: #0F5A50 }
p { margin: 0 }
[lang=en] { color: #4A5651 }
strong { font-size: 5rem; letter-spacing: .1em; color: #0B3B36 }
</style>
</head>
<body>
<main>
<h1>{{.Waiting.VI}}</h1>
<p lang="en">{{.Waiting.EN}}</p>
{{if .Code}}<p>{{.Pairing.VI}} · <span lang="en">{{.Pairing.EN}}</span></p>
<p><strong>{{.Code}}</strong></p>
<p>{{.How.VI}}</p>
<p lang="en">{{.How.EN}}</p>
{{else}}<p>{{.Why.VI}}</p>
<p lang="en">{{.Why.EN}}</p>
{{end}}</main>
</body>
</html>
`))

func (a *Agent) waitingPage(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodHead {
		return
	}
	_ = waitingTemplate.Execute(w, map[string]any{"Code": a.line.shown(), "Waiting": words["waiting"], "Why": words["waiting_why"],
		"Pairing": words["pairing"], "How": words["pairing_how"]}) // a page that has gone needs no answer
}

// serveScans streams scans to the kiosk's page as server-sent events.
func (a *Agent) serveScans(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	scans, leave := a.scans.listen()
	defer leave()
	out := http.NewResponseController(w)
	alive := time.NewTicker(15 * time.Second) // finds pages that have gone
	defer alive.Stop()
	_, err := fmt.Fprint(w, "retry: 1000\n\n")
	for err == nil && out.Flush() == nil {
		select {
		case <-r.Context().Done():
			return
		case <-alive.C:
			_, err = fmt.Fprint(w, ": here\n\n")
		case s := <-scans:
			body, _ := json.Marshal(s) // strings alone
			_, err = fmt.Fprintf(w, "data: %s\n\n", body)
		}
	}
}
