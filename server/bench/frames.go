package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"strconv"

	"golang.org/x/sys/unix"
)

// Opcodes of RFC 6455.
const (
	opText  = 1
	opClose = 8
	opPing  = 9
)

// feed takes what a socket has got: whole frames, and the beginning of the next.
func (s *screens) feed(k *socket, data []byte) {
	if len(k.rest) > 0 {
		data = append(k.rest, data...)
	}
	for {
		op, payload, size := cut(data)
		if size == 0 {
			break
		}
		s.heard(k, op, payload)
		data = data[size:]
	}
	k.rest = nil
	if len(data) > 0 {
		k.rest = append([]byte(nil), data...)
	}
}

// cut takes the first frame off; size is 0 when it is not complete.
func cut(data []byte) (op byte, payload []byte, size int) {
	if len(data) < 2 {
		return 0, nil, 0
	}
	head, length := 2, int(data[1]&0x7f)
	switch length {
	case 126:
		if head = 4; len(data) < head {
			return 0, nil, 0
		}
		length = int(binary.BigEndian.Uint16(data[2:]))
	case 127:
		if head = 10; len(data) < head {
			return 0, nil, 0
		}
		length = int(binary.BigEndian.Uint64(data[2:]))
	}
	if len(data) < head+length {
		return 0, nil, 0
	}
	return data[0] & 0x0f, data[head : head+length], head + length
}

func (s *screens) heard(k *socket, op byte, payload []byte) {
	switch op {
	case opText:
		s.message(k, payload)
	case opPing:
		_, _ = unix.Write(k.fd, []byte{0x8a, 0x80, 0, 0, 0, 0}) // an empty pong, masked with noughts
	case opClose:
		if len(payload) >= 2 {
			s.codes[int(binary.BigEndian.Uint16(payload))]++
		}
	}
}

// message notes how far a numbered message brings the socket.
func (s *screens) message(k *socket, payload []byte) {
	event := bytes.HasPrefix(payload, []byte(`{"type":"event"`))
	if !event && !bytes.HasPrefix(payload, []byte(`{"type":"snapshot"`)) {
		return
	}
	head := payload[:min(len(payload), 120)]
	at := bytes.Index(head, []byte(`"seq":`))
	if at < 0 {
		return
	}
	digits := head[at+6:]
	end := bytes.IndexAny(digits, ",}")
	if end < 0 {
		return
	}
	seq, err := strconv.ParseInt(string(digits[:end]), 10, 64)
	if err != nil {
		return
	}
	if event {
		s.size = len(payload)
	}
	if k.seq < s.target && seq >= s.target {
		s.behind--
	}
	k.seq = seq
}

// dialSocket connects and asks for the upgrade; rest is what came behind the
// answer. buffer, if not 0, is the socket's receive buffer.
func dialSocket(addr, path string, buffer int) (fd int, rest []byte, err error) {
	to, err := net.ResolveTCPAddr("tcp4", addr)
	if err != nil {
		return 0, nil, err
	}
	if fd, err = unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0); err != nil {
		return 0, nil, err
	}
	if buffer > 0 {
		if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUF, buffer); err != nil {
			return 0, nil, err
		}
	}
	where := &unix.SockaddrInet4{Port: to.Port}
	copy(where.Addr[:], to.IP.To4())
	if err := unix.Connect(fd, where); err != nil {
		return 0, nil, fmt.Errorf("connect: %w", err)
	}
	ask := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YmVuY2hiZW5jaGJlbmNoYg==\r\n\r\n", path, addr)
	if _, err := unix.Write(fd, []byte(ask)); err != nil {
		return 0, nil, err
	}
	var got []byte
	buf := make([]byte, 4096)
	for {
		n, err := unix.Read(fd, buf)
		if err != nil || n == 0 {
			return 0, nil, fmt.Errorf("upgrade: %w, %q", err, got)
		}
		got = append(got, buf[:n]...)
		head, rest, whole := bytes.Cut(got, []byte("\r\n\r\n"))
		if !whole {
			continue
		}
		if !bytes.HasPrefix(head, []byte("HTTP/1.1 101")) {
			return 0, nil, fmt.Errorf("upgrade refused: %q", got)
		}
		return fd, rest, nil
	}
}
