package crash

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/queue"
)

// wall is a screen of the hall, as a socket.
type wall struct {
	t    *testing.T
	conn *websocket.Conn
}

func (l *load) screen(query string) *wall {
	l.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+l.p.addr+"/live?branch="+demo.ID+"&"+query, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { conn.Close() })
	return &wall{l.t, conn}
}

// says waits for the tick that tells the trouble, or that there is none any more.
func (w *wall) says(want queue.Code) {
	w.t.Helper()
	if err := w.conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		w.t.Fatal(err)
	}
	for {
		_, raw, err := w.conn.ReadMessage()
		if err != nil {
			w.t.Fatalf("no tick that says %q: %v", want, err)
		}
		var m struct {
			Type    string
			Trouble queue.Code
		}
		if err := json.Unmarshal(raw, &m); err != nil {
			w.t.Fatal(err)
		}
		if m.Type == "tick" && m.Trouble == want {
			return
		}
	}
}
