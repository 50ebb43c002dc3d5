package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"
)

// ownKey is what the data folder's file "key" holds.
type ownKey struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Branch string `json:"branch"`
}

// keyring holds the agent's key, in memory and in a file that only its owner may read.
type keyring struct {
	mu    sync.Mutex
	path  string
	fixed bool // given from elsewhere: neither stored nor replaced
	own   ownKey
}

func openKeyring(path, fixed string) (*keyring, error) {
	if fixed != "" {
		return &keyring{fixed: true, own: ownKey{Key: fixed}}, nil
	}
	k := &keyring{path: path}
	body, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return k, nil
	}
	if err != nil {
		return nil, fmt.Errorf("agent: key: %w", err)
	}
	if err := json.Unmarshal(body, &k.own); err != nil {
		return nil, fmt.Errorf("agent: the file %s is damaged; remove it to enrol again", path)
	}
	return k, nil
}

func (k *keyring) get() ownKey {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.own
}

func (k *keyring) set(own ownKey) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	body, err := json.Marshal(own)
	if err != nil {
		return err
	}
	if err := writeFile(k.path, body); err != nil {
		return err
	}
	k.own = own
	return nil
}

// adopt takes the branch of a key that was given from elsewhere.
func (k *keyring) adopt(branch string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.own.Branch = branch
}

// drop forgets a key that the server refuses, unless it was replaced meanwhile.
// The file stays until a new key takes its place: the refusal may be a mistake.
func (k *keyring) drop(was ownKey) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fixed || k.own.Key == "" || k.own.Key != was.Key {
		return false
	}
	k.own.Key = ""
	return true
}

// refused is called when the server does not know the key: it was revoked. The
// outbox stays; what is in it goes out under the next key.
func (a *Agent) refused(was ownKey) {
	if a.keys.drop(was) {
		a.Log.Warn("the server refuses this agent's key: enrolling again")
		nudge(a.enrol)
	}
}

// Pairing is the answer to POST /api/v1/pairings.
type Pairing struct {
	ID        string    `json:"id"`
	Code      string    `json:"code"`
	Secret    string    `json:"secret"`
	ExpiresAt time.Time `json:"expires_at"`
}

// pairState is the answer to GET /api/v1/pairings/{id}.
type pairState struct {
	State  string `json:"state"`
	Key    string `json:"key"`
	Name   string `json:"name"`
	Branch string `json:"branch"`
}

const pollPairing = 2 * time.Second

// Enrol shows a code and waits until an admin has approved it; it then has a key
// of its own. It ends only with that or with ctx.
func (a *Agent) Enrol(ctx context.Context) error {
	defer a.line.show("")
	for failures := 0; ctx.Err() == nil; failures++ {
		p, err := a.askPairing(ctx)
		if err == nil {
			failures = 0
			a.line.show(p.Code)
			fmt.Fprintf(a.Notice, words["enrol"].VI+"\n"+words["enrol"].EN+"\n", p.Code, p.Code)
			if err = a.awaitApproval(ctx, p); err == nil {
				return nil
			}
			a.line.show("")
		}
		if ctx.Err() == nil {
			a.Log.Warn("not enrolled yet", "error", err)
			pause := a.pause(failures)
			if status := statusOf(err); status >= 400 && status < 500 && status != http.StatusNotFound {
				pause = afterDeny // too many tries, perhaps
			}
			a.wait(ctx, pause, nil)
		}
	}
	return ctx.Err()
}

func (a *Agent) askPairing(ctx context.Context) (p Pairing, err error) {
	id, err := a.randomWord(16)
	if err != nil {
		return p, err
	}
	body := map[string]string{"name": a.Site.Name, "kind": "agent"}
	if a.Site.Branch != "" {
		body["branch"] = a.Site.Branch
	}
	err = a.call(ctx, http.MethodPost, "/api/v1/pairings", "", "pair."+id, body, &p)
	if err == nil && (p.ID == "" || p.Code == "" || p.Secret == "") {
		err = errors.New("the server's answer to a pairing is not whole")
	}
	return p, err
}

// awaitApproval asks until the pairing is approved, unknown or over. The key is
// on the disk before it is used: the server repeats it until then.
func (a *Agent) awaitApproval(ctx context.Context, p Pairing) error {
	for ctx.Err() == nil {
		var s pairState
		err := a.call(ctx, http.MethodGet, "/api/v1/pairings/"+url.PathEscape(p.ID), p.Secret, "", nil, &s)
		switch {
		case err == nil && s.State == "approved" && s.Key != "":
			return a.keys.set(ownKey{Key: s.Key, Name: s.Name, Branch: s.Branch})
		case finally(err), statusOf(err) == http.StatusUnauthorized:
			return err // a new code
		}
		a.wait(ctx, pollPairing, nil)
	}
	return ctx.Err()
}
