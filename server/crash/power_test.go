package crash

import (
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/store/storetest"
)

// appendFsync and serverArgs are what the tests on Redis run with; a planted
// bug changes them.
var (
	appendFsync = "always"
	serverArgs  []string
)

func TestPowerCutEmbedded(t *testing.T)     { powerCutEmbedded(t, 4, dense) }
func TestPowerCutEmbeddedSoak(t *testing.T) { days(4, func() { powerCutEmbedded(t, 25, sparse) }) }

func powerCutEmbedded(t *testing.T, cuts int, pause time.Duration) {
	began := today()
	d := newDisk(t)
	p := newProgram(t, filepath.Join(d.dir, "data"))
	l := newLoad(t, p)
	cutUnderLoad(l, d, cuts, pause, p.start, p.kill)
	p.stop()
	l.verify(openData(t, p.data), began)
}

func TestPowerCutRedis(t *testing.T)     { powerCutRedis(t, 4, dense) }
func TestPowerCutRedisSoak(t *testing.T) { days(4, func() { powerCutRedis(t, 25, sparse) }) }

func powerCutRedis(t *testing.T, cuts int, pause time.Duration) {
	_, err := exec.LookPath("redis-server")
	needed(t, "redis-server", err)
	began := today()
	d := newDisk(t)
	redis := &storetest.RedisServer{Dir: filepath.Join(d.dir, "redis"), Sync: appendFsync, Addr: storetest.FreeAddr(t)}
	if err := os.Mkdir(redis.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(redis.Kill)
	p := newProgram(t, filepath.Join(d.dir, "data"), append([]string{"--store", redis.URL()}, serverArgs...)...)
	p.patient, p.broken = true, redis.Broken
	start := func() {
		if err := redis.Start(); err != nil {
			t.Fatal(err)
		}
		p.start()
	}
	l := newLoad(t, p)
	cutUnderLoad(l, d, cuts, pause, start, func() { redis.Kill(); p.kill() })
	p.stop()
	l.verify(asStore(t, redis.Engine(t)), began)
	redis.Kill()
}

// cutUnderLoad takes the power away again and again. After each cut, before
// anybody presses anew, the newest acknowledged presses must get their answers.
func cutUnderLoad(l *load, d *disk, cuts int, pause time.Duration, start, kill func()) {
	t := l.t
	start()
	l.begin(8, 6, pause)
	r := rand.New(rand.NewSource(3))
	shortest := time.Hour
	for range cuts {
		began := time.Now()
		time.Sleep(time.Duration(600+r.Intn(900)) * time.Millisecond)
		kill()
		l.gate.Lock() // those under way have failed or were answered before the cut
		d.cut()
		start()
		l.again(l.book.last(300))
		l.gate.Unlock()
		if t.Failed() {
			break
		}
		shortest = min(shortest, time.Since(began))
	}
	l.end()
	if n := len(l.book.all()); n < 50*cuts {
		t.Errorf("only %d presses were acknowledged: the test proved little", n)
	}
	t.Logf("%d power cuts, from %v each, %d presses acknowledged", cuts, shortest.Round(time.Millisecond), len(l.book.all()))
}
