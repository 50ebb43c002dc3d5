package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// place is where a step works: what it prints goes to out.
type place struct {
	out    io.Writer
	behind bool // another lane has the machine
}

// command prepares a program. Behind another lane it gives way: the tests there
// have clocks to keep. A third of their weight still brings it to its end.
func (at place) command(name string, args ...string) *exec.Cmd {
	if at.behind {
		if _, err := exec.LookPath("nice"); err == nil {
			name, args = "nice", append([]string{"-n", "5", name}, args...)
		}
	}
	return exec.Command(name, args...)
}

// check runs a program that is silent or exits 0 when all is well, and counts
// it as one check.
func (at place) check(name string, args ...string) tally {
	cmd := at.command(name, args...)
	cmd.Env = os.Environ()
	out, err := cmd.CombinedOutput()
	if err == nil {
		return tally{passed: 1}
	}
	fmt.Fprintf(at.out, "%s\n%s: %v\n", bytes.TrimSpace(out), name, err)
	return tally{failed: 1}
}
