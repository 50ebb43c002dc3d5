// Package notify tells the service manager how the program is: systemd gives the
// address of a datagram socket in NOTIFY_SOCKET, and how often it wants a sign of
// life in WATCHDOG_USEC (man 3 sd_notify). Started any other way, nothing is said. It
// also keeps listening sockets over a restart, and hands them over in LISTEN_FDS.
package notify

import (
	"context"
	"net"
	"os"
	"strconv"
	"time"
)

// What is said, as the service manager spells it.
const (
	ready    = "READY=1"
	stopping = "STOPPING=1"
	alive    = "WATCHDOG=1"
)

// Manager is who started the program. The zero Manager hears nothing.
type Manager struct {
	address string        // of its socket; a first @ means no file
	every   time.Duration // how long it waits for a sign of life; 0: for ever
}

// FromEnv reads what the service manager said at the start, with os.Getenv.
// WATCHDOG_PID names whom the wait is meant for: a child must not answer for its parent.
func FromEnv(getenv func(string) string) Manager {
	m := Manager{address: getenv("NOTIFY_SOCKET")}
	usec, err := strconv.ParseInt(getenv("WATCHDOG_USEC"), 10, 64)
	pid := getenv("WATCHDOG_PID")
	if err == nil && usec > 0 && (pid == "" || pid == strconv.Itoa(os.Getpid())) {
		m.every = time.Duration(usec) * time.Microsecond
	}
	return m
}

// Listens tells whether anybody does.
func (m Manager) Listens() bool { return m.address != "" }

// Ready says that the program serves.
func (m Manager) Ready() error { return m.say(ready) }

// Stopping says that the program is about to end.
func (m Manager) Stopping() error { return m.say(stopping) }

func (m Manager) say(state string) error { return m.send(state, nil) }

// send says state, with rights to files as the kernel spells them.
func (m Manager) send(state string, rights []byte) error {
	if m.address == "" {
		return nil
	}
	name := m.address
	if name[0] == '@' { // a name of the kernel's, not a file
		name = "\x00" + name[1:]
	}
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Net: "unixgram"}) // of its own no name
	if err != nil {
		return err
	}
	defer c.Close()
	_, _, err = c.WriteMsgUnix([]byte(state), rights, &net.UnixAddr{Name: name, Net: "unixgram"})
	return err
}

// Retry is how often a program that has just started is asked whether it serves.
const Retry = 200 * time.Millisecond

// Keep says ready when probe first succeeds, and from then on gives a sign of life
// thrice in the time the manager waits, each time probe succeeds, until ctx ends.
// A program whose probe hangs or fails is silent, and is started anew. Without a
// manager it returns at once. Failures go to complain: they must not stop a hall.
func (m Manager) Keep(ctx context.Context, probe func(context.Context) error, complain func(error)) {
	if !m.Listens() {
		return
	}
	if !m.first(ctx, probe, complain) || m.every == 0 {
		return
	}
	beat := time.NewTicker(m.every / 3)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
		if err := m.try(ctx, m.every/3, alive, probe); err != nil && ctx.Err() == nil {
			complain(err)
		}
	}
}

// first waits until the program serves. It is false when ctx ended before.
func (m Manager) first(ctx context.Context, probe func(context.Context) error, complain func(error)) bool {
	again := time.NewTicker(Retry)
	defer again.Stop()
	for probe(ctx) != nil {
		select {
		case <-ctx.Done():
			return false
		case <-again.C:
		}
	}
	if err := m.Ready(); err != nil {
		complain(err)
	}
	return true
}

func (m Manager) try(ctx context.Context, within time.Duration, state string, probe func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if err := probe(ctx); err != nil {
		return err
	}
	return m.say(state)
}
