package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// Tests whose times matter run alone, first; the others two and more at a time.

// One program and one browser for the whole package; both are made when the
// first test asks, so that a run of a single test starts nothing else.
var (
	program = sync.OnceValues(buildProgram)
	chrome  = sync.OnceValues(startChrome)

	cleaning sync.Mutex
	cleanup  []func()
)

// atEnd notes what is to be done when all tests are over.
func atEnd(done func()) {
	cleaning.Lock()
	defer cleaning.Unlock()
	cleanup = append(cleanup, done)
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, done := range cleanup {
		done()
	}
	os.Exit(code)
}

func buildProgram() (string, error) {
	dir, err := os.MkdirTemp("", "motcua-e2e-")
	if err != nil {
		return "", err
	}
	atEnd(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "motcua")
	if out, err := exec.Command("go", "build", "-o", path, "motcua/server").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
}

// findChromium names the browser: $CHROMIUM, or the first one installed.
func findChromium() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path, nil
	}
	for _, name := range []string{"chromium-headless-shell", "chromium", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium: install chromium-headless-shell or name one in CHROMIUM")
}

func startChrome() (context.Context, error) { return startChromeWith() }

// startChromeWith starts a browser of its own, with more flags.
func startChromeWith(more ...chromedp.ExecAllocatorOption) (context.Context, error) {
	path, err := findChromium()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"), chromedp.Flag("lang", "vi"), chromedp.Flag("hide-scrollbars", true))
	options = append(options, more...)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	atEnd(func() {
		cancel()
		stop()
	})
	return ctx, chromedp.Do(ctx)
}

// browser gives the shared browser. Without one a developer's run skips; in CI a
// missing browser must never mean a test less.
func browser(t *testing.T) context.Context {
	t.Helper()
	ctx, err := chrome()
	if err != nil {
		missing(t, err.Error())
	}
	return ctx
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}
