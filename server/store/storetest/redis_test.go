package storetest

import "testing"

func TestRedis(t *testing.T) {
	Suite(t, StartRedis(t).Engine(t))
}
