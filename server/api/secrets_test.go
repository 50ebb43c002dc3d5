package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// marks are put where secrets and personal data travel: each is found again in any
// text it got into, also when it was escaped on the way.
var marks = map[string]string{
	"address": "SECRETinTHEaddress00001", "query": "SECRETinAquery000002", "bearer": "SECRETbearer00000003",
	"cookie": "SECRETcookie00000004", "body": "SECRETinTHEbody000005", "referrer": "SECRETreferrer000006",
	"identity": "079088012345", "phone": "0912345678", "person": "Nguyễn Thị Bí Mật",
}

// leaks lists which of the secrets a log holds.
func leaks(log string, secrets map[string]string) []string {
	var found []string
	plain := strings.ToLower(log)
	for name, secret := range secrets {
		if secret != "" && strings.Contains(plain, strings.ToLower(secret)) {
			found = append(found, name+" "+secret)
		}
	}
	return found
}

// secretParameter are the parts of addresses that only their holder may know; the
// rest is as short as the names of services and counters are.
var secretParameter = regexp.MustCompile(`:(token|pass|code|id)\b`)

// Every route, with a secret in every place that can hold one, by strangers and by
// an administrator: none of them stands in the log.
func TestNoSecretIsLogged(t *testing.T) {
	h := newHall(t, options{demo: true, book: true, past: true})
	body := fmt.Sprintf(`{"name":%q,"text":"%s %s %s","secret":%q,"person":%q,"token":%q}`, marks["person"], marks["body"],
		marks["identity"], marks["phone"], marks["body"], marks["identity"], marks["body"])
	try := func(method, path, key string) {
		r, err := http.NewRequest(method, h.url+path+"?key="+marks["query"]+"&token="+marks["query"]+"&code="+marks["query"]+
			"&q="+marks["identity"]+"&file="+marks["query"]+"&TOKEN="+marks["query"]+"&branch=hoabinh", strings.NewReader(body))
		must(t, err)
		r.Header.Set("Authorization", "Bearer "+key)
		r.Header.Set("Cookie", "motcua_desk="+marks["cookie"])
		r.Header.Set("Referer", h.url+"/t/"+marks["referrer"])
		r.Header.Set("Idempotency-Key", fmt.Sprint("k", h.keys.Add(1)))
		a, err := h.client.Do(r)
		must(t, err)
		a.Body.Close()
	}
	for _, p := range h.server.Patterns() {
		method, path, _ := strings.Cut(p, " ")
		if path == "/counter/:id/" || path == "/rate/:id/" {
			continue // the id of a counter stands on its door
		}
		path = strings.NewReplacer("/procedures/:code", "/procedures/1.000001", "/p/:code", "/p/1.000001", ":branch", "hoabinh").Replace(path)
		path = secretParameter.ReplaceAllString(path, marks["address"])
		path = strings.ReplaceAll(parameter.ReplaceAllString(path, "none"), "*", "x")
		try(method, path, marks["bearer"])
		h.clock.step(time.Hour) // else the address is soon refused before anything is read
		try(method, path, "demo-admin")
	}
	// Addresses that people get wrong still hold what they meant.
	for _, wrong := range []string{"/T/", "/ticket/", "//t/", "/t/x/", "/api/v1/ticket/", "/api/v1/Tickets/", "/%74/", "/", "/b/t/", "/api/v2/passes/"} {
		try("GET", wrong+marks["address"], "demo-admin")
	}
	log := h.log.String()
	if n := strings.Count(log, "msg=request"); n < 200 {
		t.Fatalf("only %d requests were logged", n)
	}
	for _, leak := range leaks(log, marks) {
		t.Errorf("the log holds the %s:%s", leak, lineWith(log, leak[strings.IndexByte(leak, ' ')+1:]))
	}
}

func lineWith(log, secret string) string {
	for line := range strings.SplitSeq(log, "\n") {
		if strings.Contains(line, secret) {
			return "\n" + line
		}
	}
	return ""
}

// A hall's morning with real keys, codes and tokens: none of those stands in the log.
func TestNoRealSecretIsLogged(t *testing.T) {
	h := newHall(t, options{book: true})
	first, err := h.staff.First(t.Context())
	must(t, err)
	secrets := map[string]string{"first key": first}
	keep := func(name, value string) string {
		t.Helper()
		if len(value) < 5 {
			t.Fatalf("%s is %q: there is nothing to look for", name, value)
		}
		secrets[name] = value
		return value
	}
	in := h.post("/login", "", "key="+first, "Content-Type", "application/x-www-form-urlencoded")
	cookie, _, _ := strings.Cut(in.header.Get("Set-Cookie"), ";")
	keep("session", cookie[strings.IndexByte(cookie, '=')+1:])
	h.post("/login", "", "key=almost-"+first, "Content-Type", "application/x-www-form-urlencoded")
	made := h.post("/api/v1/keys", first, `{"name":"Bàn 1","role":"desk","branch":"hoabinh"}`)
	desk := keep("a desk's key", made.text("key"))
	made = h.post("/api/v1/keys", first, `{"name":"Máy số 1","role":"kiosk","branch":"hoabinh"}`)
	kiosk := keep("a kiosk's key", made.text("key"))
	asked := h.post("/api/v1/pairings", "", `{"name":"máy","kind":"agent","branch":"hoabinh"}`)
	secret := keep("pairing secret", asked.text("secret"))
	h.post("/api/v1/pairings/"+asked.text("code")+"/approve", first, `{"name":"máy","role":"agent","branch":"hoabinh"}`)
	keep("an agent's key", h.get("/api/v1/pairings/"+asked.text("id"), secret).text("key"))
	ticket := h.post(branchPath+"/tickets", kiosk, fmt.Sprintf(`{"service":%q,"person":%q}`, h.service(0), keep("a person's digest", strings.Repeat("d", 43))))
	token, code := keep("token", ticket.text("token")), keep("code", ticket.text("code"))
	h.get("/t/"+token, "")
	h.get("/api/v1/tickets/"+token, "")
	h.get("/api/v1/tickets?branch=hoabinh&code="+code, desk)
	h.post("/api/v1/tickets/"+token+"/delay", "", `{"people":3}`)
	h.connect("view=ticket&token=" + token)
	h.connect("branch=hoabinh&view=desk&key=" + desk)
	pass := keep("pass", h.post(branchPath+"/passes", kiosk, "{}").text("pass"))
	h.get("/b/"+pass, "")
	h.get("/api/v1/passes/"+pass, "")
	h.post("/api/v1/tickets/"+token+"/cancel", "", "{}")
	h.post("/logout", "", "", "Cookie", cookie)
	log := h.log.String()
	if n := strings.Count(log, "msg=request"); n < 15 {
		t.Fatalf("only %d requests were logged", n)
	}
	for _, leak := range leaks(log, secrets) {
		t.Errorf("the log holds the %s", leak)
	}
}
