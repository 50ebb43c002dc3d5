package chip

import (
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// programs are what a chip needs; kept in memory so that a test binary compiles
// them once and leaves nothing behind.
type programs struct {
	elf, host []byte
	symbols   map[string]uint64 // addresses in the chip's memory
}

var built = sync.OnceValues(compile)

var errNoTools = errors.New("needed for the simulated keypad (packages gcc-avr, avr-libc, libsimavr-dev, libelf-dev, gcc, make, pkg-config)")

// build skips the test when tools are missing, and fails it where CI=true.
func build(t testing.TB) *programs {
	t.Helper()
	p, err := built()
	switch {
	case errors.Is(err, errNoTools) && os.Getenv("CI") != "true":
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	return p
}

func compile() (*programs, error) {
	for _, tool := range []string{"make", "gcc", "avr-gcc", "pkg-config"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("%s is missing: %w", tool, errNoTools)
		}
	}
	if err := exec.Command("pkg-config", "--exists", "simavr").Run(); err != nil {
		return nil, fmt.Errorf("libsimavr is missing: %w", errNoTools)
	}
	source, err := sourceDir()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "keypad")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command("make", "--no-print-directory", "OUT="+dir, filepath.Join(dir, "firmware.elf"), "host")
	cmd.Dir = source
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the keypad: %w\n%s", err, text)
	}
	return load(dir)
}

func load(dir string) (*programs, error) {
	p := &programs{symbols: map[string]uint64{}}
	var err error
	if p.elf, err = os.ReadFile(filepath.Join(dir, "firmware.elf")); err != nil {
		return nil, err
	}
	if p.host, err = os.ReadFile(filepath.Join(dir, "host")); err != nil {
		return nil, err
	}
	f, err := elf.Open(filepath.Join(dir, "firmware.elf"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.Symbols()
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		p.symbols[s.Name] = s.Value & 0xFFFF // the linker puts memory at 800000 hex
	}
	return p, nil
}

// sourceDir finds firmware-config/keypad from any package of the module: tests run
// in their package's folder.
func sourceDir() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "firmware-config", "keypad"), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod above this folder")
		}
		dir = parent
	}
}
