package crash

import (
	"bytes"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// proxy stands between a client and a redis-server. It passes requests on, and
// at chosen moments swallows the reply: the server has done what it was asked,
// and the client learns nothing but that the connection broke.
type proxy struct {
	addr string
	to   string
	l    net.Listener

	asked  atomic.Int64 // scripts that went through to the server
	cuts   atomic.Int64
	length atomic.Int64 // of the last reply

	// choose says how many bytes of the n-th reply go through before the
	// connection breaks; negative, or no function, lets the reply pass.
	choose atomic.Pointer[func(n int64) int]
	n      atomic.Int64

	mu    sync.Mutex
	conns map[net.Conn]bool
}

func newProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{addr: l.Addr().String(), to: to, l: l, conns: map[net.Conn]bool{}}
	var running sync.WaitGroup
	running.Go(func() { p.accept(&running) })
	t.Cleanup(func() {
		l.Close()
		p.closeAll()
		running.Wait()
	})
	return p
}

func (p *proxy) accept(running *sync.WaitGroup) {
	for {
		client, err := p.l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.to)
		if err != nil {
			client.Close()
			continue
		}
		p.note(client, server)
		running.Go(func() { p.requests(client, server) })
		running.Go(func() { p.replies(client, server) })
	}
}

func (p *proxy) note(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		p.conns[c] = true
	}
}

func (p *proxy) closeAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		c.Close()
	}
}

func (p *proxy) requests(client, server net.Conn) {
	defer server.Close()
	buf := make([]byte, 1<<16)
	for {
		n, err := client.Read(buf)
		if n > 0 {
			p.asked.Add(int64(bytes.Count(bytes.ToLower(buf[:n]), []byte("\r\nevalsha\r\n"))))
			if _, err := server.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (p *proxy) replies(client, server net.Conn) {
	defer client.Close()
	buf := make([]byte, 1<<16)
	for {
		n, err := server.Read(buf)
		if n > 0 {
			p.length.Store(int64(n))
			if keep := p.chosen(); keep >= 0 {
				p.cuts.Add(1)
				_, _ = client.Write(buf[:min(keep, n)])
				return
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (p *proxy) chosen() int {
	if choose := p.choose.Load(); choose != nil {
		return (*choose)(p.n.Add(1))
	}
	return -1
}

// cutNext swallows the next reply behind so many of its bytes.
func (p *proxy) cutNext(keep int) {
	next := p.n.Load() + 1
	choose := func(n int64) int {
		if n == next {
			return keep
		}
		return -1
	}
	p.choose.Store(&choose)
}
