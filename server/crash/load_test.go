package crash

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motcua/server/queue"
)

var demo = queue.DemoSettings()

// press is one request with its name: however often it is sent, it is one press.
type press struct {
	kind        string // take, cancel, rate, or a verb of a counter
	key, caller string
	path, body  string
	counter     string
}

type answer struct {
	status int
	body   string
}

// reply is what the checks read of any answer.
type reply struct {
	ID, Number, Token, Code string
	State                   string
	Level                   int
	Ticket                  *struct {
		ID, Number, State string
		Tx                int
	}
}

func (a answer) read(t *testing.T) (r reply) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &r); err != nil {
		t.Errorf("answer %d %q: %v", a.status, a.body, err)
	}
	return r
}

// load is kiosks and clerks at work on a server that is killed under them.
type load struct {
	t    *testing.T
	p    *program
	book *ledger
	http *http.Client

	gate    sync.RWMutex // held while nobody may press: during a cut and its checks
	enough  chan struct{}
	clients sync.WaitGroup
	presses atomic.Int64 // takes
	retries atomic.Int64
	n       atomic.Int64
}

func newLoad(t *testing.T, p *program) *load {
	return &load{t: t, p: p, book: newLedger(t), enough: make(chan struct{}),
		http: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
}

// begin lets kiosks and clerks work; pause is the longest a client rests
// between two presses.
func (l *load) begin(kiosks, clerks int, pause time.Duration) {
	for i := range kiosks {
		l.clients.Go(func() { l.kiosk(rand.New(rand.NewSource(int64(i))), pause) })
	}
	for i := range clerks {
		l.clients.Go(func() { l.clerk(rand.New(rand.NewSource(int64(1000+i))), demo.Counters[i], pause) })
	}
}

// end lets every client finish what it has pressed. The server must be up.
func (l *load) end() {
	close(l.enough)
	l.clients.Wait()
}

func (l *load) over() bool {
	select {
	case <-l.enough:
		return true
	default:
		return l.t.Failed()
	}
}

// pressPatience is how long one press may stay without an answer, cuts and
// restarts included.
const pressPatience = 2 * time.Minute

// send repeats a press with the same key until it is answered.
func (l *load) send(p press) answer {
	if p.key == "" {
		p.key = fmt.Sprintf("%s-%d", p.kind, l.n.Add(1))
	}
	for deadline := time.Now().Add(pressPatience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		l.gate.RLock()
		a, err := l.try(p)
		l.gate.RUnlock()
		switch {
		case err != nil, a.status == http.StatusServiceUnavailable:
			l.retries.Add(1)
		case a.status < 300:
			l.book.acknowledge(p, a)
			return a
		default:
			return a
		}
		if l.t.Failed() {
			return answer{}
		}
	}
	l.t.Errorf("%s %s was not answered in %v", p.kind, p.path, pressPatience)
	return answer{}
}

// try sends a press once.
func (l *load) try(p press) (answer, error) {
	a, _, err := l.ask(p)
	return a, err
}

func (l *load) ask(p press) (answer, http.Header, error) {
	r, err := http.NewRequest(http.MethodPost, "http://"+l.p.addr+"/api/v1"+p.path, strings.NewReader(p.body))
	if err != nil {
		return answer{}, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+p.caller)
	r.Header.Set("Idempotency-Key", p.key)
	got, err := l.http.Do(r)
	if err != nil {
		return answer{}, nil, err
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body) // an answer that broke off is none
	return answer{got.StatusCode, string(body)}, got.Header, err
}

func rest(r *rand.Rand, pause time.Duration) {
	if pause > 0 {
		time.Sleep(time.Duration(r.Int63n(int64(pause))))
	}
}

func (l *load) kiosk(r *rand.Rand, pause time.Duration) {
	for !l.over() {
		body := fmt.Sprintf(`{"service":%q}`, demo.Services[r.Intn(2)].ID)
		if r.Intn(4) == 0 {
			body = body[:len(body)-1] + `,"priority":"NCT"}`
		}
		l.presses.Add(1)
		a := l.send(press{kind: "take", caller: "demo-kiosk", path: "/branches/" + demo.ID + "/tickets", body: body})
		if a.status != http.StatusCreated && a.status != http.StatusOK {
			l.unexpected("take", a)
			return
		}
		if r.Intn(12) == 0 {
			token := a.read(l.t).Token
			a := l.send(press{kind: "cancel", caller: "demo-kiosk", path: "/tickets/" + token + "/cancel", body: "{}"})
			if a.status != http.StatusOK && !strings.Contains(a.body, string(queue.NotWaiting)) {
				l.unexpected("cancel", a)
			}
		}
		rest(r, pause)
	}
}

func (l *load) at(counter, verb, body string) answer {
	return l.send(press{kind: verb, caller: "demo-desk", counter: counter, body: body,
		path: "/branches/" + demo.ID + "/counters/" + counter + "/" + verb})
}

// clerk works alone at its counter, so it knows what each answer must be: a
// refusal it does not expect shows that an acknowledged press was forgotten.
func (l *load) clerk(r *rand.Rand, counter queue.CounterSetting, pause time.Duration) {
	day := queue.DayOf(time.Now())
	busy := false
	expect := func(verb string, a answer) bool {
		if a.status == http.StatusOK || a.status == http.StatusCreated {
			return true
		}
		if today := queue.DayOf(time.Now()); today != day { // midnight closed the counter
			day, busy = today, false
			l.at(counter.ID, "open", "{}")
		} else {
			l.unexpected(verb+" at counter "+counter.ID, a)
		}
		return false
	}
	if !expect("open", l.at(counter.ID, "open", "{}")) {
		return
	}
	for !l.over() {
		rest(r, pause)
		if !busy && r.Intn(15) == 0 {
			busy = expect("walk-in", l.at(counter.ID, "walk-in", fmt.Sprintf(`{"service":%q}`, counter.Services[0])))
			continue
		}
		a := l.at(counter.ID, "next", "{}")
		if strings.Contains(a.body, string(queue.NoOneWaiting)) {
			if busy && expect("end", l.at(counter.ID, "end", "{}")) {
				busy = false
				l.rate(r, counter.ID, expect)
			}
			continue
		}
		if !expect("next", a) {
			continue
		}
		busy = expect("serve", l.at(counter.ID, "serve", "{}"))
	}
}

func (l *load) rate(r *rand.Rand, counter string, expect func(string, answer) bool) {
	a := l.send(press{kind: "rate", caller: "demo-device", counter: counter,
		body: fmt.Sprintf(`{"level":%d,"source":"keypad"}`, 1+r.Intn(4)),
		path: "/branches/" + demo.ID + "/counters/" + counter + "/ratings"})
	expect("rate", a)
}

func (l *load) unexpected(what string, a answer) {
	if a.status != 0 { // 0: said already
		l.t.Errorf("%s: unexpected answer %d %s", what, a.status, a.body)
	}
}
