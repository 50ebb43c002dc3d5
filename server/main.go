// Command motcua runs a reception hall: the ticket queue, its screens and its
// devices. This package is wiring only.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// Version is set at build time.
var Version = "0.1.0-dev"

// command is one word after the program's name.
type command struct {
	name, about string
	run         func(ctx context.Context, args []string, out io.Writer) error
}

func commands() []command {
	return []command{
		{"demo", "the whole hall on this machine, to try", runDemo},
		{"serve", "run a hall (production)", runServe},
		{"import", "bring a file of procedures into the catalogue, or of dossiers", runImport},
		{"device", "list, approve and revoke kiosks, agents and screens", runDevice},
		{"user", "list, add and unlock people's accounts, give passwords", runUser},
		{"settings", "a hall's settings as one file: export, import; and their versions", runSettings},
		{"language", "add a language to the screens: its texts and its voice", runLanguage},
		{"doctor", "say what is wrong, and what to do about it", runDoctor},
		{"backup", "copy a data directory into one file, beside a running server", runBackup},
		{"restore", "make a data directory from a backup", runRestore},
		{"migrate", "move a running day from the embedded store to a Redis", runMigrate},
		{"export", "write settings and events as JSON lines", runExport},
		{"version", "say which version this is", runVersion},
	}
}

// gcPercent lets the heap grow to four times what is live before it is swept.
// What lives is a day of one hall, some megabytes; the garbage is requests. Under
// load this takes a tenth off the processor's work.
const gcPercent = 300

func main() {
	debug.SetGCPercent(gcPercent)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main without the process: tests start the program through it. It gives
// the exit status: 0 done, 1 failed with one line on errs, 2 wrong words.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(errs)
		return 2
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		err := c.run(ctx, args[1:], out)
		switch {
		case err == nil, errors.Is(err, flag.ErrHelp):
			return 0
		case errors.Is(err, errUsage):
			fmt.Fprintln(errs, "motcua:", err)
			return 2
		}
		fmt.Fprintln(errs, "motcua:", err)
		return 1
	}
	fmt.Fprintf(errs, "motcua: unknown command %q; motcua help lists them\n", args[0])
	return 2
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "motcua: queue and kiosk system of a reception hall\n\nCommands (each has --help):")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.about)
	}
}

var errUsage = errors.New("usage")

// parse reads flags; what is left over may be at most rest words.
func parse(fs *flag.FlagSet, args []string, rest int) error {
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if fs.NArg() > rest {
		return fmt.Errorf("%w: %s does not take %q", errUsage, fs.Name(), fs.Arg(rest))
	}
	return nil
}

func runVersion(_ context.Context, args []string, out io.Writer) error {
	if err := parse(flag.NewFlagSet("version", flag.ContinueOnError), args, 0); err != nil {
		return err
	}
	fmt.Fprintln(out, "motcua", Version)
	return nil
}
