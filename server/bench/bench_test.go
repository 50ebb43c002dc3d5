package main

import (
	"bufio"
	"bytes"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestRatiosAreOfRounds(t *testing.T) {
	// One round in which everything was ten times slower must not show.
	ours, limit := []float64{100, 10, 90}, []float64{200, 20, 100}
	if got := median(ratios(ours, limit)); got != 0.5 {
		t.Errorf("median of ratios = %v, want 0.5", got)
	}
	if got := ratios([]float64{1, 2}, []float64{0, 4}); !slices.Equal(got, []float64{0.5}) {
		t.Errorf("a limit of nought: %v", got)
	}
}

func TestCalmRounds(t *testing.T) {
	for _, c := range []struct {
		ours, limit []float64
		want        []int
	}{
		{[]float64{.1, .9, .2}, []float64{0, 0, .1}, []int{0, 2}},
		{[]float64{.1, .1, .1}, []float64{.9, 0, 0}, []int{1, 2}},
		{[]float64{.9, .1, .9}, []float64{0, 0, 0}, []int{0, 1, 2}}, // one calm round is too few
	} {
		if got := calm(c.ours, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("calm(%v, %v) = %v, want %v", c.ours, c.limit, got, c.want)
		}
	}
}

func TestVerdicts(t *testing.T) {
	var out strings.Builder
	b := table{out: &out}
	b.add(row{what: "fast", aim: "< 1", ok: true, noise: []float64{0.3, 0.1}})
	b.add(row{what: "slow", aim: "< 1"})
	b.add(row{what: "doubled", aim: "0", strict: true})
	if b.below != 2 || b.wrong != 1 || b.noisy != 1 {
		t.Errorf("below %d, wrong %d, noisy %d; want 2, 1, 1\n%s", b.below, b.wrong, b.noisy, out.String())
	}
	for _, word := range []string{"ok", "below aim", "WRONG", "! 1 of 2 samples"} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("%q is not in\n%s", word, out.String())
		}
	}
}

func TestFramesInPieces(t *testing.T) {
	s := &screens{socks: map[int]*socket{}, codes: map[int]int{}}
	k := &socket{seq: -1}
	s.socks[0] = k
	s.aim(3)
	var stream []byte
	for _, text := range []string{bareFirst, string(bareEvent(1, 20)), string(bareEvent(2, 300)), `{"type":"tick","now":"x"}`} {
		stream = append(stream, textFrame([]byte(text))...)
	}
	stream = append(stream, 0x80|opClose, 2, 0x0f, 0xa8) // 4008
	for i := range stream {
		s.feed(k, stream[i:i+1])
	}
	if k.seq != 2 || s.behind != 1 || s.codes[4008] != 1 || s.size != 300 {
		t.Errorf("seq %d, behind %d, codes %v, size %d", k.seq, s.behind, s.codes, s.size)
	}
	s.feed(k, textFrame(bareEvent(3, 300)))
	if s.behind != 0 {
		t.Errorf("behind %d after the awaited event", s.behind)
	}
}

func TestAnswersAndKeys(t *testing.T) {
	near, far := net.Pipe()
	defer near.Close()
	go func() {
		got, _ := bufio.NewReader(far).ReadString('}')
		body := `{"number":"A007"}`
		if !strings.Contains(got, "Idempotency-Key: the-key-of-twenty-four-b\r\n") {
			body = `{}`
		}
		far.Write([]byte("HTTP/1.1 201 Created\r\ncontent-length: 17\r\nX: y\r\n\r\n" + body + strings.Repeat(" ", 17-len(body))))
	}()
	c := &httpConn{c: near, r: bufio.NewReader(near)}
	status, answer, err := c.post(request("/x", "k", "{}"), "the-key-of-twenty-four-b")
	if err != nil || status != 201 || numberOf(answer) != "A007" {
		t.Errorf("%d %q %v", status, answer, err)
	}
	if a, b := newKey(), newKey(); a == b || len(a) != keySize {
		t.Errorf("keys %q and %q", a, b)
	}
}

func TestDuplicatesAreSeen(t *testing.T) {
	got := func(numbers ...string) lane {
		return lane{numbers: numbers, took: make([]time.Duration, len(numbers))}
	}
	r, err := sum([]lane{got("A001", "A002"), got("A002", "")}, time.Second)
	if err != nil || r.Duplicates != 2 || r.Done != 4 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestReadsOtherPrograms(t *testing.T) {
	rate, err := benchmarkRate("\"test\",\"rps\"\n\"EVALSHA a b\",\"24154.59\",\"1.2\"\n")
	if err != nil || rate != 24154.59 {
		t.Errorf("%v, %v", rate, err)
	}
	if _, err := benchmarkRate("ERR"); err == nil {
		t.Error("nonsense was taken for a rate")
	}
	info := "# CPU\r\nused_cpu_sys:1.5\r\nused_cpu_user:0.25\r\nused_cpu_sys_children:9\r\nused_cpu_user_main_thread:9\r\n"
	if got := redisTime(info); got != 1750*time.Millisecond {
		t.Errorf("CPU time %v", got)
	}
}

func TestBareEventHasItsSize(t *testing.T) {
	if e := bareEvent(7, 338); len(e) != 338 || !bytes.Contains(e, []byte(`"seq":7,`)) {
		t.Errorf("%d bytes: %s", len(e), e)
	}
}
