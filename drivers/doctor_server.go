package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/drivers/agent"
	"motcua/server/queue"
)

// clockLimit is how far the clocks may differ. The agent works by the server's;
// but logs, certificates and people use this machine's.
const clockLimit = 30 * time.Second

// server looks at the server and our key, and gives what the server knows of our
// devices, by id; nil when it cannot be asked.
func (d *doctor) server(ctx context.Context) map[string]queue.Device {
	key := d.storedKey()
	status, at, err := d.ask(ctx, "/readyz", "", nil)
	switch {
	case err != nil:
		d.say(bad, "look at cable, switch and the server; its address is http://host:port", "server %s does not answer: %v", d.config.server, err)
		return nil
	case status == http.StatusServiceUnavailable:
		d.say(bad, "run motcua doctor on the server", "server %s answers, but is not ready", d.config.server)
	case status != http.StatusOK:
		d.say(bad, "compare the address with the server's own: something else may answer there", "server %s answers %d", d.config.server, status)
		return nil
	default:
		d.say(good, "", "server %s is ready", d.config.server)
	}
	if !at.IsZero() {
		off := time.Since(at).Round(time.Second)
		d.sayIf(off.Abs() < clockLimit, "set this machine's clock (timedatectl set-ntp true)", "this machine's clock differs from the server's by %s", off)
	}
	if key == "" {
		d.say(bad, "start the agent, and approve the code it shows on the admin page, Devices", "this machine is not enrolled")
		return nil
	}
	return d.ownKey(ctx, key)
}

func (d *doctor) ownKey(ctx context.Context, key string) map[string]queue.Device {
	var me struct{ Name, Role, Branch string }
	switch status, _, err := d.ask(ctx, "/api/v1/me", key, &me); {
	case err != nil || status != http.StatusOK && status != http.StatusUnauthorized:
		d.say(bad, "run motcua doctor on the server", "the server does not tell about our key: %d %v", status, err)
		return nil
	case status == http.StatusUnauthorized:
		d.say(bad, "it was revoked: start the agent, and approve the new code it shows", "the server refuses our key")
		return nil
	}
	d.say(good, "", "our key is good: %s, role %s", me.Name, me.Role)
	branch := d.site.Branch
	if branch == "" {
		branch = me.Branch
	}
	var list struct{ Devices []queue.Device }
	status, _, err := d.ask(ctx, "/api/v1/branches/"+url.PathEscape(branch)+"/devices", key, &list)
	switch {
	case err != nil:
		return nil
	case status != http.StatusOK:
		d.say(bad, fmt.Sprintf("the key is for branch %q: correct branch in the site file; or revoke the key, start the agent and approve its new code", me.Branch), "the key may not use branch %q, or the server has no such branch (%d)", branch, status)
		return nil
	}
	states := map[string]queue.Device{}
	for _, one := range list.Devices {
		if id, ours := strings.CutPrefix(one.ID, me.Name+"/"); ours {
			states[id] = one
		}
	}
	return states
}

// storedKey reads the agent's key; reading it needs the agent's own user.
func (d *doctor) storedKey() string {
	if d.key != "" {
		return d.key
	}
	body, err := os.ReadFile(filepath.Join(d.data, "key"))
	if err != nil {
		if !os.IsNotExist(err) {
			d.say(bad, "run the doctor as the agent's user, or as root", "the key cannot be read: %v", err)
		}
		return ""
	}
	var own struct {
		Key string `json:"key"`
	}
	if err := json.Unmarshal(body, &own); err != nil {
		d.say(bad, "remove the file "+filepath.Join(d.data, "key")+" and enrol again", "the stored key is damaged")
	}
	return own.Key
}

// ask gets one answer: its status, and the server's time, zero when it does not say.
func (d *doctor) ask(ctx context.Context, path, key string, v any) (status int, at time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(d.config.server, "/")+path, nil)
	if err != nil {
		return 0, at, err
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	trust, err := agent.Trust(d.site, d.config.server)
	if err != nil {
		return 0, at, err
	}
	client := http.Client{Transport: &http.Transport{TLSClientConfig: trust, DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return 0, at, err
	}
	defer answer.Body.Close()
	at, _ = http.ParseTime(answer.Header.Get("Date"))
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err == nil && v != nil && answer.StatusCode == http.StatusOK {
		if err = json.Unmarshal(body, v); err != nil {
			err = fmt.Errorf("the answer is not JSON: is this the server's address? %w", err)
		}
	}
	return answer.StatusCode, at, err
}
