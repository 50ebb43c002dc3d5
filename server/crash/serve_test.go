package crash

import (
	"net/http"
	"os"
	"regexp"
	"testing"
	"time"

	"motcua/server/store/storetest"
)

var adminKey = regexp.MustCompile(`First admin key.*: (\S+)\n`)

// TestServeOnRedis: the key that serve printed once is good after kill -9, the
// same installation goes on at once although its lease still lives, and another
// one is refused while it does.
func TestServeOnRedis(t *testing.T) {
	redis := storetest.StartRedis(t)
	serve := func(data string) *program {
		p := newProgram(t, data, "--store", redis.URL())
		p.word = "serve"
		return p
	}
	p := serve(t.TempDir())
	p.start()
	key := p.printedKeys()
	if len(key) != 1 {
		t.Fatalf("%d admin keys were printed at the first start", len(key))
	}
	for range 3 {
		p.kill()
		began := time.Now()
		p.start()
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("the start after a kill took %v: it waited for its own lease", took)
		}
		if status := p.keys(key[0]); status != http.StatusOK {
			t.Fatalf("the printed key after kill -9: %d", status)
		}
	}
	if all := p.printedKeys(); len(all) != 1 {
		t.Errorf("%d admin keys were printed in four starts", len(all))
	}

	other := serve(t.TempDir())
	other.run()
	select {
	case <-other.exited:
	case <-time.After(5 * time.Second):
		t.Fatal("a second server was let in, or does not end")
	}
	if code := other.cmd.ProcessState.ExitCode(); code != 1 {
		t.Errorf("the second server ended with %d", code)
	}
	if status := p.keys(key[0]); status != http.StatusOK {
		t.Errorf("the first server was disturbed: %d", status)
	}
	p.stop()
	other.start() // the lease was given back
	other.stop()
}

func (p *program) printedKeys() (keys []string) {
	p.t.Helper()
	raw, err := os.ReadFile(p.log)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, m := range adminKey.FindAllStringSubmatch(string(raw), -1) {
		keys = append(keys, m[1])
	}
	return keys
}

// keys asks for the list of keys, which only an admin may see.
func (p *program) keys(key string) int {
	p.t.Helper()
	r, err := http.NewRequest(http.MethodGet, "http://"+p.addr+"/api/v1/keys", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	got, err := quick.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	got.Body.Close()
	return got.StatusCode
}
