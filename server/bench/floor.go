package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// floor is the least a push can be: one thread, one write(2) for each socket,
// the bytes made once.
type floor struct {
	ep, listener int
	size         int
	seq          int64
	screens      []int
	buf          []byte
}

// floorRole serves it: floor BYTES
func floorRole(args []string) error {
	size, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	f := &floor{size: size, buf: make([]byte, 16<<10)}
	if err := f.listen(); err != nil {
		return err
	}
	events := make([]unix.EpollEvent, 256)
	for {
		n, err := unix.EpollWait(f.ep, events, -1)
		if err != nil && err != unix.EINTR {
			return err
		}
		for i := range max(n, 0) {
			if err := f.ready(int(events[i].Fd)); err != nil {
				return err
			}
		}
	}
}

func (f *floor) listen() (err error) {
	if f.listener, err = unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0); err != nil {
		return err
	}
	if err := unix.Bind(f.listener, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return err
	}
	if err := unix.Listen(f.listener, 1024); err != nil {
		return err
	}
	if f.ep, err = unix.EpollCreate1(0); err != nil {
		return err
	}
	if err := f.follow(f.listener); err != nil {
		return err
	}
	name, err := unix.Getsockname(f.listener)
	if err != nil {
		return err
	}
	where := fmt.Sprintf("127.0.0.1:%d", name.(*unix.SockaddrInet4).Port)
	return json.NewEncoder(os.Stdout).Encode(listening{where})
}

func (f *floor) follow(fd int) error {
	return unix.EpollCtl(f.ep, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)})
}

// ready takes a new connection, an upgrade or a press; requests here are small
// and come in one piece.
func (f *floor) ready(fd int) error {
	if fd == f.listener {
		conn, _, err := unix.Accept(fd)
		if err != nil {
			return err
		}
		if err := unix.SetsockoptInt(conn, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1); err != nil {
			return err
		}
		return f.follow(conn)
	}
	n, err := unix.Read(fd, f.buf)
	if err != nil || n <= 0 {
		unix.Close(fd)
		return nil
	}
	switch {
	case bytes.HasPrefix(f.buf[:n], []byte("GET ")):
		hello := append([]byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"), textFrame([]byte(bareFirst))...)
		f.screens = append(f.screens, fd)
		_, err = unix.Write(fd, hello)
	case bytes.HasPrefix(f.buf[:n], []byte("POST ")):
		f.publish()
		_, err = unix.Write(fd, []byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))
	}
	return err
}

func (f *floor) publish() {
	f.seq++
	frame := textFrame(bareEvent(f.seq, f.size))
	for _, fd := range f.screens {
		_, _ = unix.Write(fd, frame)
	}
}

// textFrame is a server's frame around a message under 64 KiB.
func textFrame(payload []byte) []byte {
	if len(payload) < 126 {
		return append([]byte{0x80 | opText, byte(len(payload))}, payload...)
	}
	return append(binary.BigEndian.AppendUint16([]byte{0x80 | opText, 126}, uint16(len(payload))), payload...)
}
