package agent

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"net/http/httputil"
	"strings"
	"time"

	"motcua/server/queue"
)

// errAway stands for the answer of something before the server that cannot reach it.
var errAway = errors.New("agent: the server is away")

// reverse is the way to the server and back. Nothing of the browser's that tells
// who it is goes on, and no cookie comes back: the key is the agent's.
func (p *proxy) reverse() *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(p.agent.server) // and the Host with it
			for _, name := range []string{"Origin", "Referer", "Cookie", "Authorization", "Forwarded",
				"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
				r.Out.Header.Del(name)
			}
			key := p.agent.keys.get().Key
			if strings.HasPrefix(r.In.URL.Path, "/api/") || r.In.URL.Path == "/live" {
				r.Out.Header.Set("Authorization", "Bearer "+key)
			}
			if r.In.URL.Path == "/live" {
				values := r.Out.URL.Query()
				values.Set("key", key)
				r.Out.URL.RawQuery = values.Encode()
			}
		},
		Transport:     p.agent.Client.Transport,
		FlushInterval: -1,
		ModifyResponse: func(answer *http.Response) error {
			kind := answer.Header.Get("Content-Type")
			if (answer.StatusCode == http.StatusBadGateway || answer.StatusCode == http.StatusGatewayTimeout) &&
				!strings.HasPrefix(kind, "application/problem+json") {
				return errAway
			}
			answer.Header.Del("Set-Cookie")
			p.away.set(time.Time{})
			if path := answer.Request.URL.Path; answer.StatusCode == http.StatusOK {
				p.agent.face.seen(path)
			}
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if r.Context().Err() == nil {
				p.away.set(p.agent.Clock.Now().Add(time.Second))
			}
			if r.URL.Path == "/live" || strings.HasPrefix(r.URL.Path, "/api/") {
				answerProblem(w, r, http.StatusServiceUnavailable, "server_away", "server_away")
				return
			}
			p.kept(w, r)
		},
		ErrorLog: log.New(quietly{}, "", 0), // sockets end; that is no news, and its words name addresses
	}
}

type quietly struct{}

func (quietly) Write(b []byte) (int, error) { return len(b), nil }

// answerProblem is an RFC 9457 problem like the server's.
func answerProblem(w http.ResponseWriter, r *http.Request, status int, code, word string) {
	lang, title := language(r), words[word].VI
	if lang == "en" {
		title = words[word].EN
	}
	body, err := json.Marshal(struct {
		Type   string     `json:"type"`
		Title  string     `json:"title"`
		Status int        `json:"status"`
		Code   queue.Code `json:"code"`
	}{"urn:motcua:problem:" + code, title, status, queue.Code(code)})
	if err != nil {
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json; charset=utf-8")
	h.Set("Content-Language", lang)
	h.Set("Cache-Control", "no-store")
	if status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // a page that has gone needs no answer
}

// language is vi unless the browser prefers en.
func language(r *http.Request) string {
	header := strings.ToLower(r.Header.Get("Accept-Language"))
	en, vi := strings.Index(header, "en"), strings.Index(header, "vi")
	if en >= 0 && (vi < 0 || en < vi) {
		return "en"
	}
	return "vi"
}
