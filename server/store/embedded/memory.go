package embedded

import (
	"bufio"
	"errors"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"

	"motcua/server/store"
)

// memory is the state: a miniredis without a port, and one Lua interpreter
// kept beside it. miniredis' own EVAL makes a new interpreter for every call,
// which is most of its cost.
//
// Only the exported Server().Dispatch with an ordinary peer is used. Such a
// peer takes miniredis' lock for each command; that a whole script is one
// atomic step is ensured by mu, which every reader takes too.
type memory struct {
	mu   sync.Mutex
	mr   *miniredis.Miniredis
	db   *miniredis.RedisDB
	srv  *server.Server
	peer *server.Peer
	out  replyBuffer
	lua  *interpreter
	// wrote is true when the running script has run a writing command.
	wrote bool
	// broken is true when miniredis itself failed; it may hold its lock for ever.
	broken bool
	// closed is true when its engine is: who waited for its lock comes too late.
	closed bool
}

// replyBuffer takes a reply's bytes; its space is used again for the next one.
type replyBuffer struct{ b []byte }

func (r *replyBuffer) Write(p []byte) (int, error) {
	r.b = append(r.b, p...)
	return len(p), nil
}

// maxKeptReply is the size above which a reply's space is given back.
const maxKeptReply = 1 << 20

func newMemory() (*memory, error) {
	m := &memory{mr: miniredis.NewMiniRedis()}
	// Dial starts the server without a listener; the connection itself is not
	// needed. It fails only for a server that was closed before.
	conn, err := m.mr.Dial()
	if err != nil {
		return nil, err
	}
	conn.Close()
	// No command we allow depends on the time; a fixed one proves it, and
	// spares a clock reading at every access.
	m.mr.SetTime(time.Unix(1, 0))
	m.db = m.mr.DB(0)
	m.srv = m.mr.Server()
	m.peer = server.NewPeer(bufio.NewWriterSize(&m.out, 4096))
	m.lua = newInterpreter(m)
	return m, nil
}

// run runs one call as one atomic step. When half is true the script failed
// after it had begun to write (or miniredis failed): the memory is of no use
// any more, and stays locked so that nobody reads it, until retire.
func (m *memory) run(s *store.Script, r *record) (reply []string, err error, half bool) {
	m.mu.Lock()
	m.wrote = false
	reply, err = m.lua.run(s, r.keys, r.arg)
	if m.broken && err == nil {
		err = scriptError(s, errBroken) // the script caught it
	}
	if half = err != nil && (m.wrote || m.broken); !half {
		m.mu.Unlock()
	}
	return reply, err, half
}

var errBroken = errors.New("miniredis failed while it ran a command")

// dispatch runs one command and gives its reply in the wire format, valid
// until the next one. The caller holds mu.
func (m *memory) dispatch(args []string) []byte {
	if cap(m.out.b) > maxKeptReply {
		m.out.b = nil
	}
	m.out.b = m.out.b[:0]
	if m.broken {
		panic(errBroken) // it may hold its lock for ever: never enter it again
	}
	m.broken = true // unless the next two lines come back
	m.srv.Dispatch(m.peer, args)
	m.peer.Flush()
	m.broken = false
	return m.out.b
}

// retire ends a memory that has been replaced; those who wait for its lock
// find that out and take the new one.
func (m *memory) retire() {
	m.close()
	m.mu.Unlock()
}

// close ends it; the caller holds mu, if anybody else can know it.
func (m *memory) close() {
	m.closed = true
	m.lua.close()
	if !m.broken {
		m.mr.Close()
	}
}
