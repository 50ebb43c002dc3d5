package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"motcua/drivers/keypad/modbus"
	"motcua/firmware-config/keypad/registers"
)

func do(t *testing.T, input string, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	status = run(ctx, args, streams{strings.NewReader(input), &o, &e})
	return status, o.String(), e.String()
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// small is a site with one scanner.
func small(port string) string {
	return "branch: b\nname: Máy 1\ndevices:\n  - {id: scanner, profile: gm65, port: " + port + "}\n"
}

func TestWords(t *testing.T) {
	site := file(t, "site.yaml", small("/dev/motcua/none"))
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"version"}, 0, "motcua-agent " + Version},
		{[]string{"--help"}, 0, "doctor"},
		{[]string{"fly"}, 2, `unknown command "fly"`},
		{nil, 2, "--config"},
		{[]string{"--config", site}, 2, "--server"},
		{[]string{"--config", site, "--server", "hall"}, 1, "http://host:port"},
		{[]string{"--config", site, "extra"}, 2, `"extra"`},
		{[]string{"--config", site + "x", "--server", "http://h:1"}, 1, "no site file"},
		{[]string{"--config", file(t, "bad.yaml", "colour: red\n"+small("/dev/x")), "--server", "http://h:1"}, 1, "bad.yaml:1"},
	} {
		status, out, errs := do(t, "", c.args...)
		if status != c.status || !strings.Contains(out+errs, c.says) {
			t.Errorf("%q: %d\n%s%s", c.args, status, out, errs)
		}
	}
}

// device plays a printer, or a line of keypads, on a pty.
func device(t *testing.T, answer func(question []byte) []byte) string {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close(); slave.Close() })
	go func() {
		b := make([]byte, 300)
		for {
			n, err := master.Read(b)
			if err != nil {
				return
			}
			if say := answer(b[:n]); len(say) > 0 {
				master.Write(say)
			}
		}
	}()
	return slave.Name()
}

func aPrinter(q []byte) []byte {
	switch {
	case len(q) == 3 && q[0] == 0x10 && q[1] == 0x04:
		if q[2] == 4 {
			return []byte{0x72} // no paper
		}
		return []byte{0x12}
	case bytes.Equal(q, []byte{0x1D, 0x49, 0x43}):
		return []byte("_TM-T82\x00")
	}
	return nil
}

func aKeypad(q []byte) []byte {
	if len(q) < 4 || q[0] != 5 || !modbus.Whole(q) || modbus.Function(q[1]) != modbus.Identify {
		return nil
	}
	say := []byte{5, 0x2B, 0x0E, 1, 1, 0, 0, 3}
	for i, text := range []string{"Mot Cua", registers.Product, "1.00"} {
		say = append(append(say, byte(i), byte(len(text))), text...)
	}
	return modbus.Sealed(say)
}

// doctorsServer answers what the doctor asks.
func doctorsServer(t *testing.T, off time.Duration, key string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(off).UTC().Format(http.TimeFormat))
		switch {
		case r.URL.Path == "/readyz":
		case r.Header.Get("Authorization") != "Bearer "+key:
			w.WriteHeader(401)
		case r.URL.Path == "/api/v1/me":
			json.NewEncoder(w).Encode(map[string]string{"name": "Máy 1", "role": "agent"})
		default:
			json.NewEncoder(w).Encode(map[string]any{"devices": []any{}})
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestDoctor(t *testing.T) {
	printer, keypads := device(t, aPrinter), device(t, aKeypad)
	site := file(t, "site.yaml", `branch: b
name: Máy 1
devices:
  - {id: printer, profile: epson-tm-t82, port: `+printer+`}
  - id: keypads
    profile: motcua-kp5
    port: `+keypads+`
    units:
      - {address: 5, counter: "1", role: rate}
      - {address: 6, counter: "2", role: rate}
  - {id: gone, profile: generic-80, port: /dev/motcua/none}
`)
	data := t.TempDir()
	status, out, errs := do(t, "", "doctor", "--config", site, "--data", data, "--key", "k", "--server", doctorsServer(t, time.Hour, "k"))
	if status != 1 || !strings.Contains(errs, "checks failed") {
		t.Errorf("%d %s", status, errs)
	}
	for _, want := range []string{
		"ok   our key is good: Máy 1, role agent",
		"BAD  this machine's clock differs from the server's by -",
		"BAD  printer: the printer answers: it has no paper",
		"ok   keypads: unit 5 answers: MOTCUA-KP 1.00",
		"BAD  keypads: unit 6 does not answer at 19200 baud",
		"BAD  gone: port /dev/motcua/none: it is not there\n     -> plug the device in",
		"ok   outbox: 0 records",
		"note printer: nobody has confirmed the profile",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("does not say %q:\n%s", want, out)
		}
	}
	quiet := file(t, "s.yaml", small(device(t, func([]byte) []byte { return nil })))
	for _, c := range []struct{ key, server, says string }{
		{"wrong", doctorsServer(t, 0, "k"), "BAD  the server refuses our key"},
		{"", doctorsServer(t, 0, "k"), "BAD  this machine is not enrolled"},
		{"k", "http://127.0.0.1:1", "BAD  server http://127.0.0.1:1 does not answer"},
	} {
		status, out, _ := do(t, "", "doctor", "--config", quiet,
			"--data", data, "--key", c.key, "--server", c.server)
		if status != 1 || !strings.Contains(out, c.says) {
			t.Errorf("%d, does not say %q:\n%s", status, c.says, out)
		}
	}
	status, out, errs = do(t, "", "doctor", "--config", quiet,
		"--data", data, "--key", "k", "--server", doctorsServer(t, 0, "k"))
	if status != 0 {
		t.Errorf("all is well, and yet: %d\n%s%s", status, out, errs)
	}
}

func TestDetect(t *testing.T) {
	sent := make(chan struct{}, 100)
	asked := func(answer func([]byte) []byte) func([]byte) []byte {
		return func(q []byte) []byte { sent <- struct{}{}; return answer(q) }
	}
	port := device(t, asked(aPrinter))
	if status, out, _ := do(t, "no\n", "detect", "--port", port); status != 1 || out != "" || len(sent) != 0 {
		t.Errorf("without a yes: %d, %d questions\n%s", status, len(sent), out)
	}
	status, out, errs := do(t, "yes\n", "detect", "--port", port)
	if want := "  - id: printer\n    profile: epson-tm-t82\n    port: " + port + "\n    baud: 19200\n"; status != 0 || !strings.Contains(out, want) {
		t.Errorf("%d\n%s%s", status, out, errs)
	}
	port = device(t, aKeypad)
	status, out, errs = do(t, "", "detect", "--yes", "--port", port)
	if status != 0 || !strings.Contains(out, "{address: 5, counter: \"1\", role: rate}  # MOTCUA-KP 1.00") {
		t.Errorf("%d\n%s%s", status, out, errs)
	}
	// What is printed is a site file.
	if status, _, errs := do(t, "", "--config", file(t, "site.yaml", out), "--server", "nonsense"); status != 1 || !strings.Contains(errs, "http://host:port") {
		t.Errorf("the site file is refused: %s\n%s", errs, out)
	}
}

// The agent stays small: one static program without the server's libraries.
func TestSmall(t *testing.T) {
	deps, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, unwanted := range []string{"gofiber", "redis", "sqlite", "prometheus", "excelize", "gopher-lua", "creack/pty", "motcua/server/api", "motcua/server/store"} {
		if bytes.Contains(deps, []byte(unwanted)) {
			t.Errorf("the agent holds %s", unwanted)
		}
	}
	if !bytes.Contains(deps, []byte("motcua/drivers/agent")) {
		t.Error("this is not the agent's list")
	}
	program := filepath.Join(t.TempDir(), "motcua-agent")
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.1f MiB", float64(info.Size())/(1<<20))
	if info.Size() > 40<<20 {
		t.Errorf("the agent has %d bytes", info.Size())
	}
}
