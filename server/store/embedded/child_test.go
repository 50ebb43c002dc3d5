package embedded

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// The test binary runs itself as a second process: childRole says as what.
const childRole, childDir = "MOTCUA_EMBEDDED_CHILD", "MOTCUA_EMBEDDED_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(childDir)
	switch os.Getenv(childRole) {
	case "":
		os.Exit(m.Run())
	case "lock":
		if _, err := LockDir(dir); err != nil {
			fmt.Println(err)
			os.Exit(3)
		}
	case "load":
		loadUntilKilled(dir)
	case "backup":
		if err := BackupDir(context.Background(), dir, os.Args[1]); err != nil {
			fmt.Println(err)
			os.Exit(3)
		}
	}
	os.Exit(0)
}

func childCommand(role, dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childRole+"="+role, childDir+"="+dir)
	return cmd
}

func child(t *testing.T, role, dir string, args ...string) (string, int) {
	t.Helper()
	out, err := childCommand(role, dir, args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit != nil {
		return string(out), exit.ExitCode()
	}
	return string(out), 0
}

// loadUntilKilled takes numbers from 16 goroutines and says each on its
// standard output only after the engine has answered.
func loadUntilKilled(dir string) {
	e, err := Open(dir, Options{Reserve: -1, SnapshotEvery: 300, Log: quiet})
	if err != nil {
		fmt.Println("open:", err)
		os.Exit(3)
	}
	var mu sync.Mutex
	for c := range 16 {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d/%d/%d", os.Getpid(), c, i)
				out, err := e.Run(context.Background(), take, takeKeys, id)
				if err != nil {
					fmt.Println("run:", err)
					os.Exit(3)
				}
				mu.Lock()
				fmt.Fprintf(os.Stdout, "%s %s\n", id, out[1]) // one write: whole or absent
				mu.Unlock()
			}
		}()
	}
	select {}
}

// TestKill: nothing acknowledged is lost and nothing given out twice, however
// often the process is killed under load.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]string{} // number by request id
	holder := map[string]string{}       // request id by number
	const rounds = 8
	for round := range rounds {
		cmd := childCommand("load", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		killer := time.AfterFunc(time.Duration(150+37*round)*time.Millisecond, func() { cmd.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			id, number, ok := strings.Cut(lines.Text(), " ")
			if !ok || !strings.Contains(id, "/") {
				t.Fatalf("the child says %q", lines.Text())
			}
			if other := holder[number]; other != "" && other != id {
				t.Fatalf("number %s was given to %s and to %s", number, other, id)
			}
			acknowledged[id], holder[number] = number, id
		}
		killer.Stop()
		cmd.Wait()
		checkAcknowledged(t, dir, acknowledged)
	}
	if len(acknowledged) < rounds*10 {
		t.Fatalf("only %d calls were acknowledged: the test proved little", len(acknowledged))
	}
	t.Logf("%d kills, %d calls acknowledged", rounds, len(acknowledged))
}

func checkAcknowledged(t *testing.T, dir string, acknowledged map[string]string) {
	t.Helper()
	e := mustOpen(t, dir, testOptions(t))
	defer e.Close()
	v, err := e.Read(context.Background(), "HGETALL", takeKeys[0])
	if err != nil {
		t.Fatal(err)
	}
	kept, numbers := map[string]string{}, map[string]bool{}
	pairs := v.([]any)
	for i := 0; i < len(pairs); i += 2 {
		number := pairs[i+1].(string)
		kept[pairs[i].(string)] = number
		if numbers[number] {
			t.Fatalf("number %s twice", number)
		}
		numbers[number] = true
	}
	for id, number := range acknowledged {
		if kept[id] != number {
			t.Fatalf("acknowledged %s = %s, after the kill it is %q", id, number, kept[id])
		}
	}
	for n := 1; n <= len(kept); n++ {
		if !numbers[fmt.Sprint(n)] {
			t.Fatalf("number %d of %d was skipped", n, len(kept))
		}
	}
	events, err := e.Read(context.Background(), "XLEN", takeKeys[4])
	if err != nil || events != int64(len(kept)) {
		t.Fatalf("%v events for %d numbers, %v", events, len(kept), err)
	}
}
