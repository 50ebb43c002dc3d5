package api

import (
	"net"
	"sync"
)

// silent is a listener that knows the connections on which nothing was said
// yet. Browsers open some in advance; at a stop the HTTP library would wait for
// their first request until its time is over.
type silent struct {
	net.Listener
	doors *doors
	mu    sync.Mutex
	conns map[*unheard]struct{}
	ended bool // no new ones
	shut  sync.Once
}

func newSilent(l net.Listener, d *doors) *silent {
	return &silent{Listener: l, doors: d, conns: map[*unheard]struct{}{}}
}

// Close stops listening. The HTTP library does it too, later, and it is no mistake.
func (s *silent) Close() (err error) {
	s.shut.Do(func() { err = s.Listener.Close() })
	return err
}

// Accept gives the next connection; one too many of its address is closed.
func (s *silent) Accept() (net.Conn, error) {
	for {
		c, err := s.Listener.Accept()
		if err != nil {
			return nil, err
		}
		leave := s.doors.enter(c)
		if leave == nil {
			_ = c.Close()
			continue
		}
		if u := s.add(c, leave); u != nil {
			return u, nil
		}
		_ = c.Close()
		leave()
	}
}

func (s *silent) add(c net.Conn, leave func()) *unheard {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return nil
	}
	u := &unheard{Conn: c, list: s, leave: leave}
	s.conns[u] = struct{}{}
	return u
}

// hangUp closes the connections on which nothing was said, and takes no more.
func (s *silent) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	for c := range s.conns {
		_ = c.Conn.Close() // its reader finds out
	}
}

func (s *silent) forget(c *unheard) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
}

// unheard is a connection until its first byte, and no more than that after it.
type unheard struct {
	net.Conn
	list  *silent
	leave func() // once it is closed
	heard bool   // the one goroutine that reads knows it
}

// Read takes the connection off the list when something was said, or will never be.
func (c *unheard) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.heard && (n > 0 || err != nil) {
		c.heard = true
		c.list.forget(c)
	}
	return n, err
}

// Close takes it off the list, too.
func (c *unheard) Close() error {
	c.list.forget(c)
	defer c.leave()
	return c.Conn.Close()
}

// SetWriteBuffer passes on what a socket's writer asks of the connection.
func (c *unheard) SetWriteBuffer(bytes int) error {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		return tcp.SetWriteBuffer(bytes)
	}
	return nil
}
