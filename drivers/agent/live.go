package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/wire"
)

// Limits of the websocket. The server ticks every 10 s.
const (
	silence         = 25 * time.Second
	handshake       = 4 * time.Second
	longestSnapshot = 32 << 20
)

// message is any message of /live.
type message struct {
	Type     string               `json:"type"`
	Epoch    string               `json:"epoch"`
	Seq      int64                `json:"seq"`
	Now      wire.Time            `json:"now"`
	State    wire.State           `json:"state"`
	Event    wire.Event           `json:"event"`
	Services []wire.ServiceFigure `json:"services"`
}

// follow keeps the websocket until ctx ends, enrolling when there is no key.
func (a *Agent) follow(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		if a.keys.get().Key == "" {
			if a.Enrol(ctx) != nil {
				return
			}
			nudge(a.back)
			failures = 0
		}
		err := a.session(ctx)
		if up, _ := a.line.get(); up {
			failures = 0
			a.line.set(false, a.Clock.Now())
		}
		if ctx.Err() != nil || a.keys.get().Key == "" {
			continue
		}
		if failures == 0 {
			a.Log.Warn("no line to the server", "error", err)
		}
		pause := a.pause(failures)
		if statusOf(err) >= 400 && statusOf(err) < 500 { // the wrong role, an unknown branch: a person must help
			a.Log.Warn("the server refuses the line", "error", err)
			pause = afterDeny
		}
		a.wait(ctx, pause, nil)
		failures++
	}
}

// session is one websocket from its first to its last message.
func (a *Agent) session(ctx context.Context) error {
	select {
	case <-a.enrol: // of a key that is gone
	default:
	}
	own := a.keys.get()
	var me Me
	if err := a.get(ctx, "/api/v1/me", &me); err != nil {
		if statusOf(err) == http.StatusUnauthorized {
			a.refused(own)
		}
		return err
	}
	a.me.Store(&me)
	if a.keys.fixed && a.Site.Branch == "" && me.Branch != "" {
		a.keys.adopt(me.Branch)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	conn, err := a.dial(ctx, a.place.get())
	if err != nil {
		if statusOf(err) == http.StatusUnauthorized {
			a.refused(own)
		}
		return err
	}
	go func() { // ends the read when the agent stops or its key is refused
		select {
		case <-ctx.Done():
		case <-a.enrol:
		}
		conn.Close()
	}()
	return a.listenTo(ctx, conn)
}

func (a *Agent) dial(ctx context.Context, at position) (*websocket.Conn, error) {
	dialer := websocket.Dialer{HandshakeTimeout: handshake, ReadBufferSize: 4 << 10, WriteBufferSize: 512, TLSClientConfig: a.Trust}
	values := url.Values{"branch": {a.branch()}, "view": {string(wire.Device)}, "key": {a.keys.get().Key}}
	if at.Epoch != "" {
		values.Set("epoch", at.Epoch)
		values.Set("seq", strconv.FormatInt(at.Seq, 10))
	}
	address := "ws" + strings.TrimPrefix(a.server.String(), "http") + "/live?" + values.Encode()
	conn, answer, err := dialer.DialContext(ctx, address, http.Header{"User-Agent": {a.program()}})
	if err == nil {
		conn.SetReadLimit(longestSnapshot)
		return conn, nil
	}
	if answer != nil && answer.StatusCode >= 400 {
		return nil, &refusal{status: answer.StatusCode, code: "live"}
	}
	return nil, errors.New(hideKey(err.Error(), a.keys.get().Key))
}

// hideKey keeps the key out of logs: errors of the network like to name the address.
func hideKey(text, key string) string {
	if key == "" {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, url.QueryEscape(key), "…"), key, "…")
}

// listenTo reads until the line ends or something in it needs another start.
func (a *Agent) listenTo(ctx context.Context, conn *websocket.Conn) error {
	defer conn.Close()
	alive := func() { _ = conn.SetReadDeadline(time.Now().Add(a.silence)) } // fails only on a closed line, which Read says
	answer := conn.PingHandler()
	conn.SetPingHandler(func(payload string) error { alive(); return answer(payload) })
	first := true
	for {
		alive()
		_, body, err := conn.ReadMessage()
		if err != nil {
			return errors.New(hideKey(err.Error(), a.keys.get().Key))
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("a message of the server cannot be read: %w", err)
		}
		a.line.set(true, a.Clock.Now())
		if first {
			first = false
			a.arrived(ctx, m.Type)
		}
		if err := a.heard(ctx, &m); err != nil {
			return err
		}
	}
}

// arrived is done once for each line, when its first message is there.
func (a *Agent) arrived(ctx context.Context, kind string) {
	a.Log.Info("the server is there")
	nudge(a.back)
	nudge(a.face.wanted)
	a.reportAll()
	go a.fetchDayKey(ctx)
	if kind != "snapshot" && a.signs.wanted() {
		go a.peek(ctx) // missing events do not say what the signs showed before
	}
}

// heard acts on one message. An error drops the line: the event comes again.
func (a *Agent) heard(ctx context.Context, m *message) error {
	// Figures tell when they were made: after a cut the last ones come again, however old.
	if at, err := time.Parse(time.RFC3339, string(m.Now)); err == nil && m.Type != "figures" {
		a.hall.set(at)
	}
	switch m.Type {
	case "snapshot":
		if was := a.place.get(); was.Epoch != "" && (was.Epoch != m.Epoch || was.Seq != m.Seq) {
			a.Log.Warn("the server no longer has the events since we were last there", "from", was.Seq, "to", m.Seq)
		}
		a.place.set(position{m.Epoch, m.Seq})
		a.signs.snapshot(m.Seq, &m.State)
		a.savePlace()
	case "event":
		return a.numbered(ctx, m)
	case "figures":
		a.signs.figures(m.Services)
	case "tick":
		a.savePlace()
	}
	return nil
}

func (a *Agent) numbered(ctx context.Context, m *message) error {
	at := a.place.get()
	if m.Seq <= at.Seq {
		return nil
	}
	if m.Seq > at.Seq+1 {
		return fmt.Errorf("event %d is missing", at.Seq+1)
	}
	kept, err := a.act(ctx, m.Seq, &m.Event)
	if err != nil {
		return err
	}
	at.Seq = m.Seq
	a.place.set(at)
	if kept {
		a.savePlace()
	}
	return nil
}

// savePlace goes on when the disk is full: the position on it is an old one then,
// and a printer knows the jobs it had.
func (a *Agent) savePlace() {
	if err := a.place.save(); err != nil {
		a.Log.Error("the position is not stored", "error", err)
	}
}

// peek gets a snapshot over a short second line, for the signs alone: the main
// line resumes where it was and must not skip an event.
func (a *Agent) peek(ctx context.Context) {
	conn, err := a.dial(ctx, position{})
	if err != nil {
		a.Log.Warn("signs wait for the next change", "error", err)
		return
	}
	defer conn.Close()
	_ = conn.SetReadDeadline(time.Now().Add(a.silence))
	var m message
	if err := conn.ReadJSON(&m); err == nil && m.Type == "snapshot" {
		a.signs.snapshot(m.Seq, &m.State)
	}
}
