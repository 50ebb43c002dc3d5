package main

import (
	"os"
	"os/exec"
	"testing"
)

// need skips a test without its tools; in continuous integration that is a failure.
func need(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			lacks(t, tool+" is not installed")
		}
	}
}

// asRoot is need for what only root may do.
func asRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		lacks(t, "only root may do this")
	}
}

func lacks(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}
