package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// socketsJob is what the process that holds the screens' sockets does next.
type socketsJob struct {
	Op    string // open, stuck, unstick, press, await, status
	Addr  string
	Path  string // of /live
	N     int
	Press *pressing // press: what is measured
	Reset *pressing // press: what follows, so that the next press can be
	Gap   time.Duration
	More  int64 // await: events that must come to every socket
	Wait  time.Duration
}

// pressing is one POST.
type pressing struct{ Path, Key, Body string }

// socketsResult says how the sockets are; times are from the press to the last
// of them.
type socketsResult struct {
	Open   int
	Closed int
	Codes  map[int]int // close codes received
	Behind int         // sockets that lack the awaited event
	Took   []time.Duration
	Answer []time.Duration // from the press to its own answer, as far as it was awaited
	Size   int             // bytes of the last event's message
}

// screens holds every socket in one thread, so that it costs little.
type screens struct {
	ep     int
	socks  map[int]*socket
	stuck  []int
	target int64
	behind int
	closed int
	codes  map[int]int
	size   int
	buf    []byte
	events []unix.EpollEvent
	press  *httpConn
}

// socket is one of them.
type socket struct {
	fd   int
	seq  int64 // of the last event or snapshot; -1 before
	rest []byte
}

func socketsRole([]string) error {
	ep, err := unix.EpollCreate1(0)
	if err != nil {
		return err
	}
	s := &screens{ep: ep, socks: map[int]*socket{}, codes: map[int]int{}, buf: make([]byte, 64<<10),
		events: make([]unix.EpollEvent, 512)}
	incoming, failed := make(chan socketsJob), make(chan error, 1)
	go func() {
		for dec := json.NewDecoder(os.Stdin); ; {
			var job socketsJob
			if err := dec.Decode(&job); err != nil {
				failed <- err
				return
			}
			incoming <- job
		}
	}()
	out := json.NewEncoder(os.Stdout)
	for {
		select {
		case job := <-incoming:
			result, err := s.do(job)
			if err == nil {
				err = out.Encode(result)
			}
			if err != nil {
				return err
			}
		case err := <-failed:
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		default:
			s.poll(5 * time.Millisecond)
		}
	}
}

func (s *screens) do(job socketsJob) (r socketsResult, err error) {
	switch job.Op {
	case "open":
		err = s.open(job)
	case "stuck":
		err = s.openStuck(job)
	case "unstick":
		for _, fd := range s.stuck {
			unix.Close(fd)
		}
		s.stuck = nil
	case "press":
		r, err = s.presses(job)
	case "await":
		s.aim(s.highest() + job.More)
		s.until(job.Wait)
	}
	r.Open, r.Closed, r.Codes, r.Size, r.Behind = len(s.socks), s.closed, s.codes, s.size, s.behind
	return r, err
}

// open connects so many sockets and waits for each one's first message.
func (s *screens) open(job socketsJob) error {
	for range job.N {
		fd, rest, err := dialSocket(job.Addr, job.Path, 0)
		if err != nil {
			return err
		}
		if err := unix.SetNonblock(fd, true); err != nil {
			return err
		}
		k := &socket{fd: fd, seq: -1}
		s.socks[fd] = k
		s.feed(k, rest)
		event := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}
		if err := unix.EpollCtl(s.ep, unix.EPOLL_CTL_ADD, fd, &event); err != nil {
			return err
		}
		if len(s.socks)%64 == 0 {
			s.poll(0)
		}
	}
	s.aim(0)
	if s.until(20 * time.Second); s.behind > 0 {
		return fmt.Errorf("%d of %d sockets got no first message", s.behind, len(s.socks))
	}
	return nil
}

// openStuck connects sockets with the smallest buffer and never reads them.
func (s *screens) openStuck(job socketsJob) error {
	for range job.N {
		fd, _, err := dialSocket(job.Addr, job.Path, 2304)
		if err != nil {
			return err
		}
		s.stuck = append(s.stuck, fd)
	}
	return nil
}

// presses measures one press after the other.
func (s *screens) presses(job socketsJob) (r socketsResult, err error) {
	if s.press == nil {
		if s.press, err = dialHTTP(job.Addr); err != nil {
			return r, err
		}
	}
	press, reset := request(job.Press.Path, job.Press.Key, job.Press.Body), []byte(nil)
	if job.Reset != nil {
		reset = request(job.Reset.Path, job.Reset.Key, job.Reset.Body)
	}
	for range job.N {
		took, answer, err := s.one(press)
		if err != nil {
			return r, err
		}
		r.Took, r.Answer = append(r.Took, took), append(r.Answer, answer)
		s.pause(job.Gap)
		if reset == nil {
			continue
		}
		if _, _, err := s.one(reset); err != nil {
			return r, err
		}
		s.pause(job.Gap)
	}
	return r, nil
}

// one presses and waits for the last socket.
func (s *screens) one(press []byte) (took, answered time.Duration, err error) {
	s.aim(s.highest() + 1)
	key := newKey()
	start := time.Now()
	if err := s.press.send(press, key); err != nil {
		return 0, 0, err
	}
	s.until(15 * time.Second)
	took = time.Since(start)
	status, answer, err := s.press.answer()
	switch {
	case err != nil:
		return 0, 0, err
	case status >= 300:
		return 0, 0, fmt.Errorf("press: %d %s", status, answer)
	case s.behind > 0:
		return 0, 0, fmt.Errorf("%d of %d sockets did not get the event within 15 s", s.behind, len(s.socks))
	}
	return took, time.Since(start), nil
}

func (s *screens) pause(gap time.Duration) {
	for end := time.Now().Add(gap); time.Now().Before(end); {
		s.poll(time.Until(end))
	}
}

// highest is the seq that the screens have seen.
func (s *screens) highest() (seq int64) {
	for _, k := range s.socks {
		seq = max(seq, k.seq)
	}
	return seq
}

// aim sets what is waited for and counts who lacks it.
func (s *screens) aim(seq int64) {
	s.target, s.behind = seq, 0
	for _, k := range s.socks {
		if k.seq < seq {
			s.behind++
		}
	}
}

func (s *screens) until(patience time.Duration) {
	for end := time.Now().Add(patience); s.behind > 0 && time.Now().Before(end); {
		s.poll(20 * time.Millisecond)
	}
}

// poll reads what has come, waiting for it so long at most.
func (s *screens) poll(wait time.Duration) {
	ms := int((wait + time.Millisecond - 1) / time.Millisecond)
	n, err := unix.EpollWait(s.ep, s.events, ms)
	if err != nil {
		return // interrupted
	}
	for i := range n {
		if k := s.socks[int(s.events[i].Fd)]; k != nil {
			s.read(k)
		}
	}
}

func (s *screens) read(k *socket) {
	n, err := unix.Read(k.fd, s.buf)
	if err == unix.EAGAIN || err == unix.EINTR {
		return
	}
	if n <= 0 {
		s.drop(k)
		return
	}
	s.feed(k, s.buf[:n])
}

func (s *screens) drop(k *socket) {
	unix.Close(k.fd)
	delete(s.socks, k.fd)
	s.closed++
	if k.seq < s.target {
		s.behind--
	}
}
