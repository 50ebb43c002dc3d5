package notify_test

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"motcua/server/notify"
)

// TestStore: what the manager keeps goes on listening when the program has closed it.
func TestStore(t *testing.T) {
	address := filepath.Join(t.TempDir(), "notify")
	c := manager(t, address)
	m := notify.FromEnv(env(map[string]string{"NOTIFY_SOCKET": address}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Store("server", l); err != nil {
		t.Fatal(err)
	}
	if err := c.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	text, rights := make([]byte, 200), make([]byte, 200)
	n, k, _, _, err := c.ReadMsgUnix(text, rights)
	if err != nil || string(text[:n]) != "FDSTORE=1\nFDNAME=server" {
		t.Fatalf("%q, %v", text[:n], err)
	}
	messages, err := syscall.ParseSocketControlMessage(rights[:k])
	if err != nil || len(messages) != 1 {
		t.Fatalf("%d messages: %v", len(messages), err)
	}
	files, err := syscall.ParseUnixRights(&messages[0])
	if err != nil || len(files) != 1 {
		t.Fatalf("%v: %v", files, err)
	}
	kept := os.NewFile(uintptr(files[0]), "kept")
	defer kept.Close()
	closed := make(chan error, 1)
	go func() {
		go func() { _, _ = l.Accept() }() // a socket that was made to wait could not be closed under it
		closed <- l.Close()
	}()
	select {
	case err := <-closed:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(patience):
		t.Fatal("the program cannot close its socket any more")
	}
	waits, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal("whoever comes between two programs is refused:", err)
	}
	waits.Close()
	if err := m.Drop("server"); err != nil || heard(t, c) != "FDSTOREREMOVE=1\nFDNAME=server" {
		t.Error(err)
	}
	if err := (notify.Manager{}).Store("server", l); err != nil {
		t.Error("without a manager:", err)
	}
}

// TestHanded: what is meant for another process, or not said at all, is not taken.
func TestHanded(t *testing.T) {
	for _, said := range []map[string]string{{}, {"LISTEN_FDS": "1"}, {"LISTEN_FDS": "1", "LISTEN_PID": strconv.Itoa(os.Getpid() + 1)},
		{"LISTEN_FDS": "x", "LISTEN_PID": strconv.Itoa(os.Getpid())}, {"LISTEN_FDS": "-1", "LISTEN_PID": strconv.Itoa(os.Getpid())}} {
		if list, err := notify.Handed(env(said)); err != nil || len(list) > 0 {
			t.Errorf("%v: %v, %v", said, list, err)
		}
	}
}
