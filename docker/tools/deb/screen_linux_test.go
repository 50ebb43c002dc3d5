package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"motcua/docker/tools/needs"
)

// glass is a screen in memory, with what the package starts on it: the unit's own
// command, the package's own scripts, the browser of this machine.
type glass struct {
	t       *testing.T
	display string
	frame   string // the file that the screen is in
	beats   atomic.Int64
	away    atomic.Int64    // requests at a server that is not the page's
	words   []func() string // what the programs said
	restart func()
}

// said is all that the programs said.
func (g *glass) said() (all string) {
	for _, words := range g.words {
		all += words()
	}
	return all
}

// again ends the screen; it is started anew, as the unit does it.
func (g *glass) again(page *image.RGBA) {
	g.t.Helper()
	g.restart()
	for range 10 {
		g.do("mousemove", "900", "700", "mousemove", "1000", "760", "click", "1")
		if g.shows(page) {
			return
		}
	}
	g.t.Fatal("the page does not come back")
}

// lockedPage fills the screen and beats as long as it is seen, large and in front.
const lockedPage = `<!doctype html><meta charset=utf-8><title>Kiosk</title>
<style>html{background:#0b5}body{margin:0;font:20px/40px sans-serif}button,a,input{display:block;width:600px;height:40px;margin:0 0 8px;font:inherit;box-sizing:border-box;background:#fff;border:0;color:#000}</style>
<body>
<a href="%[1]s/link">other host</a>
<button onclick="open('%[1]s/popup')">popup</button>
<a href="/load" download>download</a>
<button onclick="print()">print</button>
<a href="file:///etc/passwd" target=_blank>file</a>
<button onclick="location='view-source:'+location.href">source</button>
<button onclick="location='chrome://settings'">settings</button>
<a href="data:text/html,data">data</a>
<input value="text" onchange="this.value='text'">
<button onclick="navigator.serial&&navigator.serial.requestPort().catch(()=>{})">serial</button>
<button onclick="Notification.requestPermission()">notifications</button>
<button onclick="navigator.mediaDevices.getUserMedia({audio:true}).catch(()=>{})">microphone</button>
<button onclick="navigator.geolocation.getCurrentPosition(()=>{})">place</button>
<button onclick="self.showOpenFilePicker&&showOpenFilePicker().catch(()=>{})">picker</button>
<script>
setInterval(() => {
  document.activeElement.blur();
  if (document.visibilityState === 'visible' && innerWidth === screen.width && innerHeight === screen.height) fetch('/beat', { method: 'POST' });
}, 200);
</script>`

const across, down = 1024, 768

func newGlass(t *testing.T) *glass {
	t.Helper()
	needs.Tools(t, "Xvfb", "xkbcomp", "cage", "Xwayland", "chromium", "xdotool", "unshare", "setpriv")
	needs.Root(t)
	g := &glass{t: t}
	dir := t.TempDir()
	for up := dir; len(up) > len(os.TempDir()); up = filepath.Dir(up) { // another user walks in
		if err := os.Chmod(up, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { g.away.Add(1) }))
	t.Cleanup(other.Close)
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/beat":
			g.beats.Add(1)
		case "/load":
			w.Header().Set("Content-Disposition", `attachment; filename="load.exe"`)
			_, _ = io.WriteString(w, "loaded down")
		case "/kiosk/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, lockedPage, other.URL)
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	t.Cleanup(page.Close)
	g.light(dir)
	g.start(dir, page.URL+"/kiosk/")
	return g
}

// light switches a screen on, on a number that is free.
func (g *glass) light(dir string) {
	g.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		g.t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", across, down), "-fbdir", dir, "-nolisten", "tcp", "-noreset")
	x.ExtraFiles = []*os.File{w}
	g.run(x)
	w.Close()
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		g.t.Fatalf("Xvfb: %v", err)
	}
	g.display, g.frame = ":"+strings.TrimSpace(string(number[:n])), filepath.Join(dir, "Xvfb_screen0")
}

// run starts a program that ends with the test.
func (g *glass) run(cmd *exec.Cmd) {
	g.t.Helper()
	log, err := os.CreateTemp(g.t.TempDir(), "said")
	if err != nil {
		g.t.Fatal(err)
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		g.t.Fatal(err)
	}
	said := func() string { raw, _ := os.ReadFile(log.Name()); return string(raw) }
	g.words = append(g.words, said)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	g.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
		if text := said(); g.t.Failed() {
			g.t.Logf("%s said:\n%s", filepath.Base(cmd.Path), text[max(0, len(text)-4000):])
		}
	})
}

// start runs what the unit runs, as another user, again when it ends. The rules of
// the browser are written below /etc of a name space of its own.
func (g *glass) start(dir, page string) {
	g.t.Helper()
	unit, err := os.ReadFile(filepath.Join(top, "docker/deb/motcua-kiosk/motcua-kiosk.service"))
	if err != nil {
		g.t.Fatal(err)
	}
	host, err := filepath.Abs(filepath.Join(top, "firmware-config/host/kiosk"))
	if err != nil {
		g.t.Fatal(err)
	}
	for _, script := range []string{"browser", "policy"} { // the other user cannot read everything here
		raw, err := os.ReadFile(filepath.Join(host, script))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, script), raw, 0o755)
		}
		if err != nil {
			g.t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "xkb"), os.DirFS(filepath.Join(host, "xkb"))); err != nil {
		g.t.Fatal(err)
	}
	g.typing(filepath.Join(dir, "xkb"))
	words := strings.ReplaceAll(settings(string(unit))["ExecStart"], "/usr/lib/motcua-kiosk/", dir+"/")
	script := `mount -t tmpfs tmpfs /etc/chromium && "$DIR/policy" && mkdir -m 0700 "$HOME" && chown 65534:65534 "$HOME"
while :; do setpriv --reuid=65534 --regid=65534 --clear-groups ` + words + ` ; echo "ended with $?"; sleep 1; done`
	cmd := exec.Command("unshare", "-m", "-p", "--mount-proc", "--fork", "--kill-child", "sh", "-c", script)
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DIR=" + dir, "PAGE=" + page, "HOME=" + filepath.Join(dir, "home"),
		"XDG_RUNTIME_DIR=" + filepath.Join(dir, "home"), "DISPLAY=" + g.display, "WLR_BACKENDS=x11", "WLR_RENDERER=pixman"}
	for line := range strings.Lines(string(unit)) {
		if said, ok := strings.CutPrefix(strings.TrimSpace(line), "Environment=XKB"); ok {
			cmd.Env = append(cmd.Env, strings.Fields(strings.ReplaceAll("XKB"+said, "/usr/lib/motcua-kiosk/", dir+"/"))...)
		}
	}
	g.run(cmd)
	g.restart = func() { // its number is one of the name space: the name is asked for
		if err := exec.Command("pkill", "-KILL", "--nslist", "pid", "--ns", fmt.Sprint(child(g.t, cmd.Process.Pid)), "cage").Run(); err != nil {
			g.t.Fatal("the screen was not ended:", err)
		}
	}
}

// typing gives the screen in memory the package's keyboard, too: the compositor asks it
// which of the keys that change others are held.
func (g *glass) typing(folder string) {
	g.t.Helper()
	const keymap = `xkb_keymap { xkb_keycodes { include "evdev+aliases(qwerty)" }; xkb_types { include "complete" };
		xkb_compat { include "complete" }; xkb_symbols { include "motcua(typing)" }; };`
	for _, device := range []string{"5", "7", "3"} { // that of made-up presses, its own, and the one that follows them
		cmd := exec.Command("xkbcomp", "-w", "0", "-I"+folder, "-i", device, "-", g.display)
		cmd.Stdin = strings.NewReader(keymap)
		if out, err := cmd.CombinedOutput(); err != nil {
			g.t.Fatalf("xkbcomp: %v\n%s", err, out)
		}
	}
}

// child gives the number of a process's only child.
func child(t *testing.T, of int) int {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", of, of))
	var pid int
	if err == nil {
		_, err = fmt.Sscan(string(raw), &pid)
	}
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// shot reads the screen (the file of man 1 Xvfb, -fbdir: a picture as xwd writes it).
func (g *glass) shot() *image.RGBA {
	g.t.Helper()
	raw, err := os.ReadFile(g.frame)
	if err != nil {
		g.t.Fatal(err)
	}
	field := func(n int) int { return int(binary.BigEndian.Uint32(raw[4*n:])) }
	at := field(0) + 12*field(19) // its own length, and that of the table of colours
	line := field(12)
	img := image.NewRGBA(image.Rect(0, 0, across, down))
	for y := range down {
		for x := range across {
			p := raw[at+y*line+4*x:]
			img.SetRGBA(x, y, color.RGBA{p[2], p[1], p[0], 255})
		}
	}
	return img
}

// keep writes a picture where somebody wants to look at it.
func (g *glass) keep(img *image.RGBA, name string) {
	g.t.Helper()
	dir := os.Getenv("MOTCUA_SHOTS")
	if dir == "" {
		return
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if err = errors.Join(err, os.WriteFile(filepath.Join(dir, "kiosk-lock-"+name+".png"), b.Bytes(), 0o644)); err != nil {
		g.t.Error(err)
	}
}

// patience is for a machine that is busy with something else.
const patience = time.Minute

// shows waits until the screen is the page again, to the last dot, and the page says
// that it is seen and large.
func (g *glass) shows(want *image.RGBA) bool {
	g.t.Helper()
	before := g.beats.Load()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if g.beats.Load() > before+1 && bytes.Equal(g.shot().Pix, want.Pix) {
			return true
		}
	}
	return false
}

// do uses keyboard and pointer.
func (g *glass) do(words ...string) {
	g.t.Helper()
	cmd := exec.Command("xdotool", words...)
	cmd.Env = append(os.Environ(), "DISPLAY="+g.display)
	if out, err := cmd.CombinedOutput(); err != nil {
		g.t.Fatalf("xdotool %q: %v %s", words, err, out)
	}
}
