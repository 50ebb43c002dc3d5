package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"sync/atomic"
	"time"
)

// A lean HTTP client: what the load generator does not spend is left to the
// server, which shares the machine with it.

// keySize is the length of every idempotency key.
const keySize = 24

// keySlot marks where the key goes in a request's bytes.
var keySlot = bytes.Repeat([]byte{'#'}, keySize)

// request builds a POST with room for an idempotency key.
func request(path, key, body string) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"+
		"Idempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s", path, key, keySlot, len(body), body)
}

var keys atomic.Int64

// keyPrefix makes keys of one process differ from those of all others.
var keyPrefix = fmt.Sprintf("%06x%06x", os.Getpid()&0xffffff, time.Now().UnixMilli()&0xffffff)

// newKey gives a key nobody has used.
func newKey() string { return fmt.Sprintf("%s%012x", keyPrefix, keys.Add(1)) }

// httpConn is one connection that is kept.
type httpConn struct {
	c    net.Conn
	r    *bufio.Reader
	body []byte
}

func dialHTTP(addr string) (*httpConn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &httpConn{c: c, r: bufio.NewReaderSize(c, 8192)}, nil
}

func (h *httpConn) close() { h.c.Close() }

// post sends a request with a key and reads the answer, which is good until the
// next one.
func (h *httpConn) post(request []byte, key string) (int, []byte, error) {
	if err := h.send(request, key); err != nil {
		return 0, nil, err
	}
	return h.answer()
}

// send puts the key into the request and writes it.
func (h *httpConn) send(request []byte, key string) error {
	if at := bytes.Index(request, []byte("Idempotency-Key: ")); at >= 0 {
		copy(request[at+len("Idempotency-Key: "):], key)
	}
	_, err := h.c.Write(request)
	return err
}

var errAnswer = errors.New("not an HTTP answer")

func (h *httpConn) answer() (int, []byte, error) {
	line, err := h.r.ReadSlice('\n')
	if err != nil {
		return 0, nil, err
	}
	if len(line) < 12 {
		return 0, nil, errAnswer
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return 0, nil, errAnswer
	}
	length := 0
	for {
		line, err := h.r.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		if len(line) <= 2 {
			break
		}
		if name := "content-length:"; len(line) > len(name) && bytes.EqualFold(line[:len(name)], []byte(name)) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(name):]))); err != nil {
				return 0, nil, errAnswer
			}
		}
	}
	if cap(h.body) < length {
		h.body = make([]byte, length+1024)
	}
	h.body = h.body[:length]
	_, err = io.ReadFull(h.r, h.body)
	return status, h.body, err
}

// numberOf finds the ticket's number in an answer; "" if it has none.
func numberOf(answer []byte) string {
	const name = `"number":"`
	at := bytes.Index(answer, []byte(name))
	if at < 0 {
		return ""
	}
	rest := answer[at+len(name):]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return ""
	}
	return string(rest[:end])
}

// put makes a PUT of a POST.
func put(request []byte) []byte { return append([]byte("PUT"), request[len("POST"):]...) }
