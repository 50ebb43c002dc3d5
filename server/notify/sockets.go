package notify

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// firstHanded is the number of the first socket that is handed over (man 3 sd_listen_fds).
const firstHanded = 3

// Socket is a listening socket that the service manager handed over.
type Socket struct {
	net.Listener
	Name string // as it was kept under; "" from a socket unit without a name
}

// Handed gives the listening sockets that were handed over at the start, with
// os.Getenv. LISTEN_PID names whom they are meant for: a child must not take its
// parent's. It may be called once; the numbers are no good afterwards.
func Handed(getenv func(string) string) ([]Socket, error) {
	n, err := strconv.Atoi(getenv("LISTEN_FDS"))
	if err != nil || n <= 0 || getenv("LISTEN_PID") != strconv.Itoa(os.Getpid()) {
		return nil, nil // nobody handed anything over to us
	}
	names := strings.Split(getenv("LISTEN_FDNAMES"), ":")
	var list []Socket
	for i := range n {
		syscall.CloseOnExec(firstHanded + i)
		f := os.NewFile(uintptr(firstHanded+i), "handed over")
		l, err := net.FileListener(f)
		f.Close() // the listener has a number of its own
		if err != nil {
			for _, s := range list {
				s.Close()
			}
			return nil, fmt.Errorf("socket %d of the service manager: %w", firstHanded+i, err)
		}
		s := Socket{Listener: l}
		if i < len(names) {
			s.Name = names[i]
		}
		list = append(list, s)
	}
	return list, nil
}

// Store gives the manager a listening socket to keep under a name. While one program
// ends and the next one starts, whoever connects waits in it instead of being
// refused; the next one is handed it (man 3 sd_notify, FDSTORE). The manager lets go
// of it when the service is stopped for good.
func (m Manager) Store(name string, l net.Listener) error {
	tcp, ok := l.(*net.TCPListener)
	if m.address == "" || !ok {
		return nil
	}
	raw, err := tcp.SyscallConn() // not its File, whose number would make it wait where it must not
	if err != nil {
		return err
	}
	var said error
	err = raw.Control(func(fd uintptr) { said = m.send("FDSTORE=1\nFDNAME="+name, syscall.UnixRights(int(fd))) })
	return errors.Join(err, said)
}

// Drop lets the manager close what it keeps under a name.
func (m Manager) Drop(name string) error {
	if name == "" {
		return nil
	}
	return m.say("FDSTOREREMOVE=1\nFDNAME=" + name)
}
