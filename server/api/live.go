package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"runtime/debug"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/websocket/v2"

	"motcua/server/hub"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// Limits of a socket. The HTTP server's own deadlines do not hold for sockets.
const (
	readLimit     = 4 << 10
	readPatience  = 60 * time.Second // without a pong
	writePatience = 5 * time.Second
	goodbye       = time.Second // for the peer to answer a close frame
)

// subscription is a checked request for /live.
type subscription struct {
	branch string
	view   wire.View
	at     *hub.Place
	ticket holder
	agent  string // name of the agent's key, on the device view
	caller string // of whoever it was allowed to; a session of theirs may end
	key    string // id of their key, which is in use while the socket is
	use    staff.Use
}

// live upgrades a request once everything about it has been checked: after the
// upgrade there is no problem to answer with.
func (s *Server) live() fiber.Handler {
	upgrade := websocket.New(s.socket, websocket.Config{
		Origins:         []string{"*"}, // checked before, by the contract's rule; the library's own refuses an empty one
		ReadBufferSize:  512,
		WriteBufferSize: 256,
		WriteBufferPool: &sync.Pool{},
	})
	return func(c *fiber.Ctx) error {
		if !s.mayConnect(c) {
			return refuse(codeOriginRefused, "")
		}
		sub, err := s.subscribe(c)
		if err != nil {
			return err
		}
		if !websocket.IsWebSocketUpgrade(c) {
			return refuse(codeUpgrade, "")
		}
		c.Locals("subscription", sub)
		return upgrade(c)
	}
}

var epochShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,32}$`)

var liveViews = map[wire.View]bool{wire.Board: true, wire.Kiosk: true, wire.Lookup: true, wire.Desk: true,
	wire.Counter: true, wire.Rate: true, wire.Ticket: true, wire.Floor: true, wire.Device: true}

// subscribe checks what a client asks for and whether it may have it.
func (s *Server) subscribe(c *fiber.Ctx) (sub subscription, err error) {
	values := map[string]string{}
	for _, name := range []string{"branch", "view", "counter", "key", "token", "epoch", "seq"} {
		if values[name], err = queryOf(c, name, maxKey); err != nil {
			return sub, err
		}
	}
	sub.branch, sub.view = values["branch"], wire.View(values["view"])
	if !liveViews[sub.view] {
		return sub, refuse(queue.BadParameter, "view")
	}
	if sub.at, err = placeOf(c, values["epoch"], values["seq"]); err != nil {
		return sub, err
	}
	if sub.view == wire.Ticket {
		return sub, s.subscribeTicket(c, &sub, values["token"])
	}
	if err := s.authoriseView(c, &sub, values["key"], values["counter"]); err != nil {
		return sub, err
	}
	return sub, nil
}

func (s *Server) authoriseView(c *fiber.Ctx, sub *subscription, key, counter string) error {
	list, err := s.callers(c, key)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return s.keyless(c)
	}
	allowed := false
	for _, caller := range list {
		if maySee(caller.Role, sub.view) && caller.MayBranch(sub.branch) &&
			(counter == "" || caller.MayCounter(counter)) {
			allowed, sub.caller, sub.key, sub.use = true, caller.ID, caller.Key, s.useOf(c)
			if caller.Role == staff.Agent && sub.view == wire.Device {
				sub.agent = caller.Name
				s.firstUse(caller)
			}
		}
	}
	if !allowed {
		return refuse(codeForbidden, string(sub.view))
	}
	set, err := s.known(sub.branch)
	if err != nil {
		return err
	}
	if _, ok := set.Counter(counter); !ok && counter != "" {
		return refuse(queue.UnknownCounter, clip(counter))
	}
	return nil
}

// subscribeTicket finds the ticket of a phone; its token is the key.
func (s *Server) subscribeTicket(c *fiber.Ctx, sub *subscription, token string) error {
	if token == "" {
		return refuse(queue.BadParameter, "token")
	}
	ctx, cancel := s.life()
	defer cancel()
	h, err := s.holderOf(ctx, token)
	if queue.CodeOf(err) == queue.UnknownTicket {
		return s.miss(c, wrongToken, queue.UnknownTicket)
	}
	if err == nil && sub.branch != "" && sub.branch != h.branch {
		return refuse(queue.UnknownTicket, "")
	}
	sub.branch, sub.ticket = h.branch, h
	return err
}

// placeOf reads where a client says it stands; nil when it says nothing.
func placeOf(c *fiber.Ctx, epoch, seq string) (*hub.Place, error) {
	args := c.Context().QueryArgs()
	if !args.Has("epoch") && !args.Has("seq") {
		return nil, nil
	}
	n, err := strconv.ParseInt(seq, 10, 64)
	if err != nil || n < 0 {
		return nil, refuse(queue.BadParameter, "seq")
	}
	if !epochShape.MatchString(epoch) {
		return nil, refuse(queue.BadParameter, "epoch")
	}
	return &hub.Place{Epoch: epoch, Seq: n}, nil
}

// socket serves one client. It returns only when its writer has ended: the
// library hands the connection's wrapper to the next client as soon as it does.
func (s *Server) socket(conn *websocket.Conn) {
	defer func() {
		if p := recover(); p != nil { // else the process would end
			s.Metrics.Panic()
			s.Log.Error("panic in a socket", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	sub, ok := conn.Locals("subscription").(subscription)
	if !ok {
		return
	}
	client, err := s.attach(sub)
	if err != nil {
		return
	}
	defer client.Detach()
	if sub.agent != "" {
		s.agents.come(sub.branch, sub.agent)
		defer s.agents.leave(sub.branch, sub.agent)
	}
	line := &line{raw: conn.NetConn(), client: client, gone: make(chan struct{})}
	line.bound()
	var writer sync.WaitGroup
	writer.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				s.Metrics.Panic()
				s.Log.Error("panic in a socket's writer", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			}
		}()
		line.write()
	})
	defer waitForWriter(&writer)
	defer line.end()
	s.read(conn, line, sub)
}

// waitForWriter is replaced by a planted bug, to see that a test finds it.
var waitForWriter = (*sync.WaitGroup).Wait

func (s *Server) attach(sub subscription) (*hub.Client, error) {
	if sub.view != wire.Ticket {
		return s.Push.Hub.Attach(sub.branch, sub.view, sub.at)
	}
	info, version := s.info(sub.ticket)
	return s.Push.Hub.AttachPhone(sub.branch, sub.ticket.visit.Token, info, version, sub.ticket.today)
}

// read takes what the client says until it is gone. Answers to pings and closes
// go through the writer like everything else. With every answer to our own pings it
// looks whether the caller's session still is one, and notes that its key is in use.
func (s *Server) read(conn *websocket.Conn, line *line, sub subscription) {
	client, pace := line.client, &pace{clock: s.Clock}
	conn.SetReadLimit(readLimit)
	line.alive()
	conn.SetPongHandler(func(string) error {
		line.alive()
		if !s.Staff.Alive(sub.caller) {
			client.End(hub.CloseSession, "session over")
		}
		sub.use.At = s.Clock.Now()
		s.Staff.Used(sub.key, sub.use)
		return nil
	})
	conn.SetPingHandler(func(payload string) error {
		if pace.ok() {
			client.Pong([]byte(payload))
		} else {
			client.End(hub.ClosePolicy, "too many messages")
		}
		return nil
	})
	conn.SetCloseHandler(func(int, string) error { client.End(websocket.CloseNormalClosure, ""); return nil })
	for {
		kind, body, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if code, reason := heard(client, pace, kind, body); code != 0 {
			client.End(code, reason)
		}
	}
}

// heard acts on one message; a code says how to close.
func heard(client *hub.Client, pace *pace, kind int, body []byte) (code int, reason string) {
	if !pace.ok() {
		return hub.ClosePolicy, "too many messages"
	}
	if kind != websocket.TextMessage {
		return hub.CloseBinary, "text only"
	}
	if !utf8.Valid(body) {
		return hub.CloseInvalid, "not UTF-8"
	}
	place, err := readRequest(body)
	if err != nil {
		return hub.ClosePolicy, "unknown message"
	}
	client.Resume(place)
	return 0, ""
}

var errMessage = errors.New("live: unknown message")

// readRequest reads the one message a client may send.
func readRequest(body []byte) (hub.Place, error) {
	var m wire.Request
	if err := decode(body, fields{"type": &m.Type, "epoch": &m.Epoch, "seq": &m.Seq}); err != nil {
		return hub.Place{}, err
	}
	if m.Type != "resume" || !epochShape.MatchString(m.Epoch) || m.Seq < 0 || !json.Valid(body) {
		return hub.Place{}, errMessage
	}
	return hub.Place{Epoch: m.Epoch, Seq: m.Seq}, nil
}
