package crash

import (
	"math/rand"
	"testing"
	"time"

	"motcua/server/store/storetest"
)

// How long a client rests at most between two presses. The long runs press
// less often, so that their day does not grow beyond any hall's.
const (
	dense  = 6 * time.Millisecond
	sparse = 30 * time.Millisecond
)

func TestKillServer(t *testing.T)     { killServer(t, 32, dense) }
func TestKillServerSoak(t *testing.T) { days(6, func() { killServer(t, 50, sparse) }) }

// days repeats a test on fresh data: a day of hundreds of starts would be longer
// than any hall's.
func days(n int, run func()) {
	for range n {
		run()
	}
}

// killServer kills the server under load again and again, on the embedded
// engine. Every press is repeated with its key until it is answered.
func killServer(t *testing.T, kills int, pause time.Duration) {
	began := today()
	p := newProgram(t, t.TempDir())
	p.start()
	l := newLoad(t, p)
	l.begin(8, 8, pause)
	r := rand.New(rand.NewSource(1))
	for range kills {
		time.Sleep(time.Duration(60+r.Intn(400)) * time.Millisecond)
		p.kill()
		p.start()
		if t.Failed() {
			break
		}
	}
	l.end()
	finish(t, l, kills)
	p.stop()
	s := openData(t, p.data)
	l.verify(s, began)
	verifyHistory(t, s, p.data)
}

// finish sends the newest presses, and some of all, once more.
func finish(t *testing.T, l *load, kills int) {
	t.Helper()
	all := l.book.all()
	l.again(l.book.last(200))
	for i := 0; i < len(all); i += 1 + len(all)/300 {
		l.again(all[i : i+1])
	}
	t.Logf("%d kills, %d presses for a ticket, %d presses acknowledged, %d sent again",
		kills, l.presses.Load(), len(all), l.retries.Load())
	if len(all) < 20*kills {
		t.Errorf("only %d presses were acknowledged: the test proved little", len(all))
	}
}

func TestKillOnRedis(t *testing.T)     { killOnRedis(t, 15, dense) }
func TestKillOnRedisSoak(t *testing.T) { days(3, func() { killOnRedis(t, 50, sparse) }) }

// killOnRedis kills redis-server, our server, or both.
func killOnRedis(t *testing.T, kills int, pause time.Duration) {
	began := today()
	redis := storetest.StartRedis(t)
	p := newProgram(t, t.TempDir(), "--store", redis.URL())
	p.patient = true
	p.start()
	l := newLoad(t, p)
	l.begin(8, 8, pause)
	r := rand.New(rand.NewSource(2))
	for n := range kills {
		time.Sleep(time.Duration(60+r.Intn(400)) * time.Millisecond)
		if n%3 != 1 {
			redis.Kill()
		}
		if n%3 != 0 {
			p.kill()
		}
		if n%3 != 1 {
			if err := redis.Start(); err != nil {
				t.Fatal(err)
			}
		}
		if n%3 != 0 {
			p.start()
		}
	}
	l.end()
	finish(t, l, kills)
	p.stop()
	l.verify(asStore(t, redis.Engine(t)), began)
}
