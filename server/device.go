package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

const deviceUsage = "motcua device list | approve CODE [--role ROLE] [--name NAME] [--branch ID] [--counters 1,2] | revoke ID | cert NAME --out FILE, each with --data DIR; ROLE is agent (the default), kiosk, desk, display or device; a browser that shows its code on /screen/ is approved with --page PAGE [--zone ID] [--counter ID] [--layout NAME] [--sound], PAGE is board, counter, lookup, kiosk or rate"

// runDevice manages devices' keys, beside a running server or without one. What
// it revokes, a running server learns at its next start: there is the API for now.
func runDevice(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && (args[0] == "-h" || args[0] == "--help") {
		fmt.Fprintln(out, deviceUsage)
		return nil
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return fmt.Errorf("%w: %s", errUsage, deviceUsage)
	}
	set := flag.NewFlagSet("device", flag.ContinueOnError)
	data := set.String("data", "", "data directory of the server")
	role := set.String("role", string(staff.Agent), "what it may be: kiosk, desk, display, device, agent")
	name := set.String("name", "", "its name, when not the one it gave itself")
	branch := set.String("branch", "", "the branch it belongs to; by default the one it asked for")
	var screen staff.Screen
	set.StringVar(&screen.Page, "page", "", "what a screen shows: board, counter, lookup, kiosk, rate; its role follows from it")
	set.StringVar(&screen.Layout, "layout", "", "of a board")
	set.StringVar(&screen.Zone, "zone", "", "the part of the hall a screen stands in")
	set.StringVar(&screen.Counter, "counter", "", "of a counter's display or a rating tablet")
	set.BoolVar(&screen.Sound, "sound", false, "a board with a loudspeaker")
	to := set.String("out", "", "the file a certificate is written to")
	counters := set.String("counters", "", "the counters it stands at, with commas; empty for all")
	what, rest := args[0], args[1:]
	word := ""
	if len(rest) > 0 && !strings.HasPrefix(rest[0], "-") { // options may stand before or after it
		word, rest = rest[0], rest[1:]
	}
	if err := parse(set, rest, 1); err != nil {
		return err
	}
	if word == "" {
		word = set.Arg(0)
	}
	if *data == "" {
		return fmt.Errorf("%w: %s", errUsage, deviceUsage)
	}
	if _, err := os.Stat(filepath.Join(*data, "staff.db")); err != nil {
		return fmt.Errorf("there is no server's data in %s: name the directory that motcua serve has as --data", *data)
	}
	if what == "cert" {
		return certifyDevice(ctx, out, *data, word, *to)
	}
	book, err := staff.Open(ctx, filepath.Join(*data, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		return err
	}
	defer book.Close()
	switch what {
	case "list":
		return listDevices(ctx, book, out)
	case "approve":
		k := staff.Key{Name: *name, Role: staff.Role(*role), Branch: *branch, Counters: words(*counters)}
		if screen != (staff.Screen{}) {
			if screen.Role() == "" || screen.AtCounter() != (screen.Counter != "") || screen.Sound && screen.Page != "board" {
				return fmt.Errorf("%w: %s", errUsage, deviceUsage)
			}
			k = staff.ScreenKey(*name, *branch, screen)
		}
		return approveDevice(ctx, book, out, *data, word, k)
	case "revoke":
		return revokeDevice(ctx, book, out, *data, word)
	}
	return fmt.Errorf("%w: %s", errUsage, deviceUsage)
}

func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

func listDevices(ctx context.Context, book *staff.Staff, out io.Writer) error {
	waiting, err := book.Pairings(ctx)
	if err != nil {
		return err
	}
	for _, p := range waiting {
		fmt.Fprintf(out, "%-8s  waits for approval  %-20s %-6s from %s, until %s\n", p.Code, p.Name, p.Kind, p.Address, p.Expires.In(queue.Zone).Format("15:04"))
	}
	for _, k := range book.Keys() {
		at := strings.TrimSpace(k.Screen.Page + " " + strings.Join(k.Counters, ","))
		fmt.Fprintf(out, "%-8s  %-18s  %-20s %s %s  %s\n", k.ID, k.Role, k.Name, k.Branch, at, lastUse(book.LastUse(k.ID)))
	}
	return nil
}

// lastUse tells when and by what a key was last used, as the server wrote it down.
func lastUse(use staff.Use) string {
	if use.At.IsZero() {
		return "never used"
	}
	return strings.TrimSpace(fmt.Sprintf("used %s from %s %s", use.At.In(queue.Zone).Format("2006-01-02 15:04"), use.Address, use.Program))
}

// branchesOf lists the branches of the embedded store beside the keys; none when
// the queue is kept elsewhere, where this command does not look.
func branchesOf(ctx context.Context, data string) []string {
	var held []string
	for _, set := range hallsOf(ctx, data, "embedded") {
		held = append(held, set.ID)
	}
	return held
}

func approveDevice(ctx context.Context, book *staff.Staff, out io.Writer, data, code string, k staff.Key) error {
	if code == "" || k.Role == staff.Admin || !slices.Contains(staff.Roles, k.Role) {
		return fmt.Errorf("%w: %s", errUsage, deviceUsage)
	}
	if k.Branch == "" {
		list, err := book.Pairings(ctx)
		if err != nil {
			return err
		}
		for _, p := range list {
			if p.Code == staff.PairingCode(code) {
				k.Branch = p.Wish
			}
		}
	} else if held := branchesOf(ctx, data); len(held) > 0 && !slices.Contains(held, k.Branch) {
		return fmt.Errorf("there is no branch %q here, only %s: a key for it would never work", k.Branch, strings.Join(held, ", "))
	}
	var p staff.Pairing
	err := commanded(ctx, data, audit.Line{Action: audit.PairingApprove, Branch: k.Branch, Object: cmp.Or(k.Name, code)}, nil,
		map[string]any{"role": k.Role, "counters": k.Counters, "page": k.Screen.Page}, func() (err error) {
			p, err = book.Approve(ctx, code, k, "command")
			return err
		})
	switch {
	case errors.Is(err, staff.ErrNoPairing):
		return fmt.Errorf("no device shows the code %s now; codes are good for %d minutes", code, int(staff.PairingLife/time.Minute))
	case errors.Is(err, staff.ErrPaired):
		return fmt.Errorf("the code %s has been approved already", code)
	case errors.Is(err, staff.ErrNameTaken):
		return errors.New("another agent of this branch has this name: give one with --name, or revoke the old key")
	case err != nil:
		return err
	}
	fmt.Fprintf(out, "%s is approved as %s of %s; it begins to work within some seconds\n", p.Name, k.Role, k.Branch)
	return nil
}

func revokeDevice(ctx context.Context, book *staff.Staff, out io.Writer, data, id string) error {
	if id == "" {
		return fmt.Errorf("%w: %s", errUsage, deviceUsage)
	}
	list := book.Keys()
	i := slices.IndexFunc(list, func(k staff.Key) bool { return k.ID == id })
	if i < 0 {
		return fmt.Errorf("there is no key %s; motcua device list shows them", id)
	}
	k := list[i]
	if book.LastAdmin(id) {
		return errors.New("this is the last administrator's key: make another one before revoking it")
	}
	err := commanded(ctx, data, audit.Line{Action: audit.KeyRevoke, Branch: k.Branch, Object: k.Name},
		map[string]any{"role": k.Role, "counters": k.Counters}, nil, func() error { return book.Revoke(ctx, id) })
	if err != nil {
		if errors.Is(err, staff.ErrNotFound) {
			return fmt.Errorf("there is no key %s; motcua device list shows them", id)
		}
		return err
	}
	fmt.Fprintf(out, "the key %s is revoked; a server that runs now learns it at its next start (DELETE /api/v1/keys/%s works at once)\n", id, id)
	return nil
}
