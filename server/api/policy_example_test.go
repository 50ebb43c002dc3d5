package api_test

import (
	"strings"
	"testing"

	"motcua/server/queue"
)

func TestPolicyExample(t *testing.T) {
	h := newHall(t, options{demo: true})
	const path = branchPath + "/policy/example"
	a := h.post(path, "demo-admin", `{"mode":"interleave","n":1}`)
	if want := `{"number":"A005","priority":true,"came":-3,"called":0,"why":"priority"}`; a.status != 200 || !strings.Contains(a.raw, `"calls":[`+want) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.post(path, "demo-admin", `{"mode":"strict","max_wait":0}`); a.status != 422 || !strings.Contains(a.raw, "policy.max_wait") || a.code() != string(queue.SettingsInvalid) {
		t.Errorf("a rule that cannot be: %d %s", a.status, a.raw)
	}
	if a := h.post(path, "demo-admin", `{"mode":"strict","basis":"x"}`); a.status != 400 {
		t.Errorf("a field that no rule is made of: %d %s", a.status, a.raw)
	}
	if a := h.post(path, "demo-desk", `{"mode":"interleave","n":1}`); a.status != 403 {
		t.Errorf("a desk: %d %s", a.status, a.raw)
	}
}
