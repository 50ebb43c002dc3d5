package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"syscall"
	"time"

	"motcua/server/notify"
)

// sockets is where the server listens. The service manager keeps them over a
// restart, so that an upgrade in working hours refuses nobody: whoever connects
// between two programs waits for the second one.
type sockets struct {
	keeper  notify.Manager
	handed  []notify.Socket // by the program before, or by a socket unit
	dropped bool
	log     *slog.Logger
}

// openSockets takes what was handed over for the addresses of the configuration. Of
// anything else it lets go: whoever connected there would wait for ever.
func openSockets(c *config, keeper notify.Manager, log *slog.Logger) (*sockets, error) {
	handed, err := notify.Handed(os.Getenv)
	if err != nil {
		return nil, err
	}
	s := &sockets{keeper: keeper, log: log}
	for _, have := range handed {
		if same(have.Addr(), c.Addr) || c.TLSFrom != "" && same(have.Addr(), c.TLSFrom) {
			s.handed = append(s.handed, have)
			continue
		}
		s.dropped = true
		log.Info("no longer listening", "address", have.Addr().String())
		if err := errors.Join(have.Close(), keeper.Drop(have.Name)); err != nil {
			log.Error("a socket was not let go of", "error", err)
		}
	}
	return s, nil
}

// letGo is how long a manager may take to close a socket that stands in the way of another.
const letGo = 5 * time.Second

// listen opens the address, with the socket that was handed over for it if there is one.
func (s *sockets) listen(name, addr string) (net.Listener, error) {
	i := slices.IndexFunc(s.handed, func(have notify.Socket) bool { return same(have.Addr(), addr) })
	if i >= 0 {
		l := s.handed[i].Listener
		s.handed = slices.Delete(s.handed, i, i+1)
		return l, nil
	}
	l, err := net.Listen("tcp", addr)
	for waited := time.Duration(0); s.dropped && errors.Is(err, syscall.EADDRINUSE) && waited < letGo; waited += notify.Retry {
		time.Sleep(notify.Retry)
		l, err = net.Listen("tcp", addr)
	}
	if err != nil {
		return nil, err
	}
	if err := s.keeper.Store(name, l); err != nil {
		s.log.Warn("the service manager does not keep the socket: a restart refuses who comes meanwhile", "error", err)
	}
	return l, nil
}

// same tells whether a socket is what net.Listen would open for addr.
func same(have net.Addr, addr string) bool {
	at, ok := have.(*net.TCPAddr)
	want, err := net.ResolveTCPAddr("tcp", addr)
	if !ok || err != nil || at.Port != want.Port {
		return false
	}
	if want.IP == nil || want.IP.IsUnspecified() {
		return at.IP.IsUnspecified()
	}
	return at.IP.Equal(want.IP)
}

// listen opens the server's address; demo keeps to this machine.
func (c *config) listen(s *sockets) (net.Listener, error) {
	if c.demo && !loopback(c.Addr) {
		return nil, fmt.Errorf("demo answers on this machine only: %s is not a loopback address (serve is for a hall)", c.Addr)
	}
	return s.listen("server", c.Addr)
}

func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
