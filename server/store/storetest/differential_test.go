package storetest

import (
	"errors"
	"math/rand"
	"reflect"
	"testing"
	"time"

	"motcua/server/queue"
)

// TestDifferential runs the same random commands on both engines and demands
// the same answers, the same refusals and the same events, after each command.
func TestDifferential(t *testing.T) { differential(t, 6, 400) }

func TestDifferentialSoak(t *testing.T) { differential(t, 100, 1000) }

func differential(t *testing.T, seeds int64, steps int) {
	real, embedded := NewStore(t, StartRedis(t).Engine(t)), NewStore(t, openEmbedded(t, t.TempDir()))
	for seed := range seeds {
		branch := "d" + string(rune('a'+seed%26)) + string(rune('a'+seed/26))
		a, b := NewHall(t, real, branch), NewHall(t, embedded, branch)
		r := rand.New(rand.NewSource(seed))
		for i := range steps {
			if i%150 == 149 { // a new day in between
				a.CloseDay()
				b.CloseDay()
				a.Step(24 * time.Hour)
				b.Step(24 * time.Hour)
				a.OpenDay()
				b.OpenDay()
			}
			c := RandomCommand(r, i)
			step := time.Duration(r.Intn(6000)-1000) * time.Millisecond // sometimes the clock jumps back
			a.Step(step)
			b.Step(step)
			ra, ea := a.Try(c)
			rb, eb := b.Try(c)
			if !reflect.DeepEqual(ra, rb) || !sameRefusal(ea, eb) {
				t.Fatalf("seed %d step %d %+v:\nredis    %+v %v\nembedded %+v %v", seed, i, c, ra, ea, rb, eb)
			}
		}
		day := queue.DayOf(a.Time)
		if ea, eb := a.Events(day), b.Events(day); !reflect.DeepEqual(ea, eb) {
			t.Fatalf("seed %d: the events differ: %d and %d", seed, len(ea), len(eb))
		}
		a.State()
		b.State()
	}
}

func sameRefusal(a, b error) bool {
	var ra, rb *queue.Error
	if !errors.As(a, &ra) || !errors.As(b, &rb) {
		return a == nil && b == nil
	}
	return *ra == *rb
}
