package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// yardstickLine is how the tests of the touch screens' speed print a figure: what, ours,
// beside, what stands beside, and the aim; all times in milliseconds.
var yardstickLine = regexp.MustCompile(`yardstick \| (.+) \| ([0-9.]+) \| ([0-9.]+) \| (.+) \| ([0-9.]+)\n`)

// kiosk measures the touch screens in a browser, the look-up's search among them.
func kiosk(b *bench) error { return inBrowser(b, "^Test(Kiosk|Lookup)Speed$") }

// board measures the way of a call to the board.
func board(b *bench) error { return inBrowser(b, "^TestBoardSpeedSoak$") }

// inBrowser runs the tests that measure in a browser, whose driver belongs to them;
// what they print is shown. What others take of the machine is not: the browser's
// own processes are not ours to count.
func inBrowser(b *bench, tests string) error {
	program := filepath.Join(b.dir, "e2e.test")
	build := exec.CommandContext(b.ctx, "go", "test", "-c", "-o", program, "./server/e2e")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("the browser tests do not build: %w", err)
	}
	test := exec.CommandContext(b.ctx, program, "-test.run", tests, "-test.v", "-test.timeout", "5m")
	test.Dir = filepath.Join("server", "e2e")
	test.Env = append(os.Environ(), "CI=true") // no browser is no measurement
	out, err := test.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	rows, err := yardstickRows(out)
	for _, r := range rows {
		b.table.add(r)
	}
	return err
}

// yardstickRows reads what the test has printed.
func yardstickRows(out []byte) ([]row, error) {
	var rows []row
	for _, m := range yardstickLine.FindAllSubmatch(out, -1) {
		var ms [3]float64
		for i, field := range []int{2, 3, 5} {
			var err error
			if ms[i], err = strconv.ParseFloat(string(m[field]), 64); err != nil {
				return rows, err
			}
		}
		ours, beside, aim := ms[0], ms[1], ms[2]
		ratio := ""
		if beside > 0 {
			ratio = times(ours / beside)
		}
		rows = append(rows, row{what: string(m[1]), ours: fmt.Sprintf("%.0f ms", ours), limit: fmt.Sprintf("%.0f ms %s", beside, m[4]),
			ratio: ratio, aim: fmt.Sprintf("< %.0f ms", aim), ok: ours < aim})
	}
	if len(rows) == 0 || len(rows) != bytes.Count(out, []byte("yardstick |")) {
		return rows, fmt.Errorf("%d figures could be read of\n%s", len(rows), out)
	}
	return rows, nil
}
