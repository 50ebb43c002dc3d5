package crash

import (
	"net"
	"testing"
	"time"
)

// TestStopWithSilentConnections: a browser opens connections in advance and
// says nothing on them; a stop does not wait for them.
func TestStopWithSilentConnections(t *testing.T) {
	p := newProgram(t, t.TempDir())
	p.start()
	for range 3 {
		c, err := net.Dial("tcp", p.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	time.Sleep(300 * time.Millisecond) // for the server to take them; nothing tells when it has
	began := time.Now()
	p.stop()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the stop took %v", took)
	}
}
