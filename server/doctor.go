package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"motcua/server/sqlite"
	"motcua/server/store"
)

// finding is one line of the doctor.
type finding struct {
	ok         bool
	what, help string
	hint       bool // not wrong, but seldom meant
}

// runDoctor works beside a running server and changes nothing.
func runDoctor(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("doctor", flag.ContinueOnError)
	c := config{Store: "embedded"}
	ready := set.Bool("ready", false, "only ask the server on this machine whether it takes commands (--addr; :8080 when left out)")
	about := set.String("holds", "", "search --data for an identity or telephone number, and say where it stands; - reads it from the input")
	if err := c.load(set, args); err != nil {
		return err
	}
	if *ready {
		return tell(out, []finding{checkReady(ctx, c.scheme(), cmp.Or(c.Addr, ":8080"))})
	}
	if err := c.check(); err != nil {
		return err
	}
	if *about != "" {
		return tellHolds(ctx, &c, *about, os.Stdin, out)
	}
	var all []finding
	if c.Data != "" {
		all = append(all, checkDisk(c.Data)...)
		all = append(all, checkClock(time.Now()))
		all = append(all, checkDatabases(ctx, c.Data)...)
		all = append(all, checkHistory(ctx, c.Data)...)
		all = append(all, checkAudit(ctx, c.Data)...)
		all = append(all, checkVersions(ctx, c.Data)...)
		all = append(all, checkPeople(ctx, c.Data, time.Now())...)
		halls := hallsOf(ctx, c.Data, c.Store)
		all = append(all, checkVoice(clipsIn(c.Data), halls)...)
		all = append(all, checkFree(c.Voice))
		all = append(all, checkTexts(c.Data)...)
		all = append(all, checkWords(c.Data)...)
		all = append(all, checkVoices(c.Data, halls)...)
		all = append(all, checkCalls(c.Data, halls)...)
		all = append(all, checkAddress(c.BaseURL))
	}
	if c.secure() {
		cert, key := c.certFiles()
		all = append(all, checkCertificate(cert, key, time.Now())...)
	}
	if c.TLSAuto {
		all = append(all, checkAuthority(&c, time.Now())...)
	}
	if !c.embedded() {
		all = append(all, checkRedis(ctx, c.Store)...)
	}
	if len(all) == 0 {
		return fmt.Errorf("%w: motcua doctor --data DIR [--store redis://host:port]", errUsage)
	}
	return tell(out, all)
}

// tell writes the findings; an error says how many are bad.
func tell(out io.Writer, all []finding) error {
	bad := 0
	for _, f := range all {
		mark := "ok  "
		switch {
		case f.hint:
			mark = "note"
		case !f.ok:
			mark, bad = "BAD ", bad+1
		}
		fmt.Fprintln(out, mark, f.what)
		if !f.ok && f.help != "" {
			fmt.Fprintln(out, "     ->", f.help)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d checks failed", bad, len(all))
	}
	return nil
}

// checkAddress looks at what tickets lead to. The doctor knows it from the same
// --config or --base-url as the server.
func checkAddress(base string) finding {
	const help = "name the server's address in the hall's network: --base-url http://192.168.1.10:8080"
	switch {
	case base == "":
		return finding{what: "no base address: tickets lead where the kiosk asks for them, and those taken on this machine carry no QR code", help: help, hint: true}
	case !reachable(base):
		return finding{what: "base address " + base + ": no phone reaches it", help: help}
	}
	return finding{ok: true, what: "tickets lead to " + base}
}

// reachable tells whether an address can mean this machine to others.
func reachable(base string) bool {
	u, err := url.Parse(base)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return !strings.EqualFold(u.Hostname(), "localhost") && (ip == nil || !ip.IsLoopback() && !ip.IsUnspecified())
}

// Limits of a disk: below the free space the store soon refuses tickets; above
// the sync time a citizen waits for the disk.
const (
	leastFree = 256 << 20
	slowSync  = 100 * time.Millisecond
)

func checkDisk(dir string) []finding {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return []finding{{what: "data directory " + dir + ": " + err.Error(), help: "create it, or name another with --data"}}
	}
	free := int64(fs.Bavail) * fs.Bsize
	found := []finding{{ok: free > leastFree, what: fmt.Sprintf("free space: %d MiB", free>>20), help: "make room: the store refuses tickets on a full disk"}}
	worst, err := syncTimes(dir, 50)
	if err != nil {
		return append(found, finding{what: "writing to " + dir + ": " + err.Error(), help: "the server's user must own the directory"})
	}
	return append(found, finding{ok: worst < slowSync, what: fmt.Sprintf("the disk syncs 98 of 100 writes within %s", worst.Round(10*time.Microsecond)),
		help: "this disk is too slow for a hall; use an SSD"})
}

// syncTimes writes and syncs a small file n times and gives the 98th percentile.
func syncTimes(dir string, n int) (time.Duration, error) {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	var took []time.Duration
	for range n {
		start := time.Now()
		if _, err := f.Write(make([]byte, 300)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[n*98/100], nil
}

func checkDatabases(ctx context.Context, dir string) []finding {
	paths, _ := filepath.Glob(filepath.Join(dir, "*.db"))
	var found []finding
	for _, path := range paths {
		name := filepath.Base(path)
		db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
		if err == nil {
			err = sqlite.Check(ctx, db)
			db.Close()
		}
		if err != nil {
			found = append(found, finding{what: name + ": " + err.Error(), help: "stop the server and restore the last backup: motcua restore"})
			continue
		}
		if err := checkSchema(ctx, path); err != nil {
			found = append(found, finding{what: err.Error(), help: "install the newer package again, or restore a backup of this one"})
			continue
		}
		found = append(found, finding{ok: true, what: name + " is whole"})
	}
	return found
}

func checkRedis(ctx context.Context, address string) []finding {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	r, err := store.OpenRedis(ctx, address)
	if err != nil {
		return []finding{{what: err.Error(), help: "is the server started, and reachable from here?"}}
	}
	defer r.Close()
	if err := r.CheckDurable(ctx); err != nil {
		return []finding{{what: r.Name() + ": " + err.Error(), help: "set appendonly yes, appendfsync always, maxmemory-policy noeviction in its redis.conf"}}
	}
	return []finding{{ok: true, what: r.Name() + " keeps every acknowledged ticket"}}
}
