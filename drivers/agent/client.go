package agent

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"time"
)

// Limits of a call to the server.
const (
	callPatience = 10 * time.Second
	dialPatience = 2 * time.Second
	longestBody  = 1 << 20
)

// newClient never follows a redirect: the answer of a hotel's log-in page is not
// the server's.
func newClient(trust *tls.Config) *http.Client {
	transport := &http.Transport{
		DialContext:           (&net.Dialer{Timeout: dialPatience, KeepAlive: 15 * time.Second}).DialContext,
		ResponseHeaderTimeout: callPatience,
		TLSClientConfig:       trust,
		TLSHandshakeTimeout:   callPatience,
		MaxIdleConnsPerHost:   8,
		IdleConnTimeout:       time.Minute,
	}
	return &http.Client{Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// refusal is a problem of the server's (RFC 9457), or a bare status.
type refusal struct {
	status int
	code   string // "" when the answer is no problem of ours
}

func (r *refusal) Error() string {
	if r.code == "" {
		return fmt.Sprintf("the server answered %d", r.status)
	}
	return fmt.Sprintf("the server refused: %s (%d)", r.code, r.status)
}

// final tells whether asking again cannot help: the server understood and said
// no. Without a problem's code it was somebody between us and the server.
func (r *refusal) final() bool {
	switch r.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return false
	}
	return r.status >= 400 && r.status < 500 && r.code != ""
}

// finally tells whether err is a refusal that stands.
func finally(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.final()
}

func statusOf(err error) int {
	var r *refusal
	if errors.As(err, &r) {
		return r.status
	}
	return 0
}

// program is how the agent names itself to the server: the list of machines shows it.
func (a *Agent) program() string { return "motcua-agent/" + cmp.Or(a.Version, "unknown") }

// get asks with the agent's own key and reads the answer into v.
func (a *Agent) get(ctx context.Context, path string, v any) error {
	return a.call(ctx, http.MethodGet, path, a.keys.get().Key, "", nil, v)
}

// call sends one request; a refusal is a *refusal. Every answer also tells the
// server's time.
func (a *Agent) call(ctx context.Context, method, path, key, idempotency string, body, v any) error {
	ctx, cancel := context.WithTimeout(ctx, callPatience)
	defer cancel()
	var reader io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		reader = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(ctx, method, a.server.String()+path, reader)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", a.program())
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if idempotency != "" {
		r.Header.Set("Idempotency-Key", idempotency)
	}
	answer, err := a.Client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, longestBody))
	if err != nil {
		return err
	}
	return a.understand(answer, raw, v)
}

func (a *Agent) understand(answer *http.Response, raw []byte, v any) error {
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if at, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		a.hall.roughly(at)
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		r := &refusal{status: answer.StatusCode}
		var problem struct {
			Code string `json:"code"`
		}
		if kind == "application/problem+json" && json.Unmarshal(raw, &problem) == nil {
			r.code = problem.Code
		}
		if r.status == http.StatusUnauthorized && r.code == "" {
			r.status = http.StatusBadGateway // not our server's word: no reason to give the key up
		}
		return r
	}
	if len(raw) > 0 && !strings.HasSuffix(kind, "json") {
		return fmt.Errorf("the answer is %s, not JSON: is this address the server's?", kind)
	}
	if v == nil {
		return nil
	}
	return json.Unmarshal(raw, v)
}
