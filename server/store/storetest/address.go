package storetest

import (
	"fmt"
	"net"
	"os"
	"sync"
	"testing"
)

// Ports of servers that are stopped and started again on the same address. They
// lie below the ports the kernel hands out by itself, so that no connection and no
// other listener takes one while its server is down.
const (
	firstPort = 20000
	lastPort  = 29999
)

var reserving struct {
	sync.Mutex
	next int
}

// Reserve gives an address of this machine that is the caller's own, over all
// test programs that run at once, until release is called. The port is held on a
// second loopback address, which nobody else binds: a claim that ends with the
// process, however it ends.
func Reserve() (addr string, release func(), err error) {
	reserving.Lock()
	defer reserving.Unlock()
	if reserving.next == 0 {
		reserving.next = os.Getpid() * 64
	}
	for range lastPort - firstPort {
		port := firstPort + reserving.next%(lastPort-firstPort+1)
		reserving.next++
		claim, err := net.Listen("tcp", fmt.Sprintf("127.0.0.2:%d", port))
		if err != nil {
			continue
		}
		addr := fmt.Sprintf("127.0.0.1:%d", port)
		l, err := net.Listen("tcp", addr)
		if err != nil {
			claim.Close()
			continue
		}
		l.Close()
		return addr, func() { claim.Close() }, nil
	}
	return "", nil, fmt.Errorf("no free port between %d and %d", firstPort, lastPort)
}

// FreeAddr reserves an address for the time of a test.
func FreeAddr(t testing.TB) string {
	t.Helper()
	addr, release, err := Reserve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	return addr
}
