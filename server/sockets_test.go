package main

import (
	"net"
	"testing"
)

func TestSameAddress(t *testing.T) {
	for _, c := range []struct {
		have, addr string
		want       bool
	}{
		{"[::]:8080", ":8080", true},
		{"[::]:8080", "0.0.0.0:8080", true}, // Go listens on both families for either
		{"[::]:8080", ":8081", false},
		{"[::]:8080", "127.0.0.1:8080", false},
		{"127.0.0.1:8080", "127.0.0.1:8080", true},
		{"127.0.0.1:8080", ":8080", false},
		{"127.0.0.1:8080", "127.0.0.1:0", false},
		{"127.0.0.1:8080", "nonsense", false},
	} {
		at, err := net.ResolveTCPAddr("tcp", c.have)
		if err != nil {
			t.Fatal(err)
		}
		if got := same(at, c.addr); got != c.want {
			t.Errorf("%s for %s: %v", c.have, c.addr, got)
		}
	}
	if same(&net.UnixAddr{Name: "/run/x", Net: "unix"}, ":8080") {
		t.Error("a socket of another kind was taken")
	}
}
