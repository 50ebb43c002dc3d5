package search

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// The limits of the specification. Tests hold the search to ten times these, so
// that a slow machine does not fail them; the figures are printed.
const (
	limitBuild  = 2 * time.Second
	limitSearch = 10 * time.Millisecond // at the national catalogue
	limitMany   = 25 * time.Millisecond // at 20,000 procedures
	slack       = 10
)

// many multiplies documents up to n, each round with words of its own in place of
// some, so that the vocabulary grows too.
func many(docs []Document, n int) []Document {
	list := slices.Clone(docs)
	for round := 1; len(list) < n; round++ {
		for i, d := range docs {
			if len(list) == n {
				break
			}
			ws := strings.Fields(d.Name)
			for j := (i + round) % 4; j < len(ws); j += 4 {
				ws[j] = fmt.Sprintf("%s%c%c", ws[j], 'a'+rune(round), 'a'+rune((i+j)%26))
			}
			d.Name = strings.Join(ws, " ")
			d.Code = fmt.Sprintf("%d.%06d", round%9+1, i)
			list = append(list, d)
		}
	}
	return list
}

// keystrokes are the queries as somebody types them, letter by letter.
func keystrokes(t testing.TB) []string {
	var list []string
	for _, q := range queries(t) {
		rs := []rune(q.text)
		for n := 1; n < len(rs); n += 5 {
			list = append(list, string(rs[:n]))
		}
		list = append(list, q.text)
	}
	return list
}

func timed(x *Index, qs []string) (p50, p99, most time.Duration, slowest string) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	took := make([]time.Duration, len(qs))
	for i, q := range qs {
		from := now()
		x.Search(q, Options{Limit: 6})
		took[i] = now() - from
		if took[i] > most {
			most, slowest = took[i], q
		}
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100], most, slowest
}

func TestSpeedAtFullSize(t *testing.T) {
	docs := catalogueDocs(t)
	qs := keystrokes(t)
	for _, c := range []struct {
		n     int
		limit time.Duration
	}{{len(docs), limitSearch}, {20000, limitMany}} {
		list := many(docs, c.n)
		runtime.LockOSThread()
		from := now()
		x := New(list, DefaultSynonyms())
		built := now() - from
		runtime.UnlockOSThread()
		p50, p99, most, slowest := timed(x, qs)
		t.Logf("%d procedures: built in %v; %d keystrokes: p50 %v, p99 %v, slowest %v (%q)", c.n, built, len(qs), p50, p99, most, slowest)
		if c.n == len(docs) && built > slack*limitBuild {
			t.Errorf("index of %d built in %v, limit %v", c.n, built, limitBuild)
		}
		if p99 > slack*c.limit {
			t.Errorf("p99 at %d is %v, limit %v", c.n, p99, c.limit)
		}
	}
}

// A long question of common or unknown words takes no longer than a screen waits.
func TestLongQuestionsAtFullSize(t *testing.T) {
	docs := catalogueDocs(t)
	x := New(many(docs, 20000), DefaultSynonyms())
	for _, q := range []string{
		strings.Repeat("cấp giấy đăng ký ", 12), strings.Repeat("c ", 100), strings.Repeat("thuwowngf ", 20),
		strings.Repeat("sổ đỏ mất ", 20), strings.Repeat("xqzw ", 40), strings.Repeat("a", 200), strings.Repeat("làm xin đổi ", 30),
		strings.Repeat("dang ki khai xinh ", 11),
	} {
		from := time.Now()
		x.Search(q, Options{})
		took := time.Since(from)
		t.Logf("%d characters, %q…: %v", len([]rune(q)), string([]rune(q)[:10]), took)
		if took > 5*time.Second {
			t.Errorf("%q took %v", q, took)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	docs := catalogueDocs(b)
	qs := keystrokes(b)
	for _, n := range []int{len(docs), 20000} {
		x := New(many(docs, n), DefaultSynonyms())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				x.Search(qs[i%len(qs)], Options{Limit: 6})
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	docs := catalogueDocs(b)
	for b.Loop() {
		New(docs, DefaultSynonyms())
	}
}
