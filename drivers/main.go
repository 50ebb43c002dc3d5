// Command motcua-agent runs beside the devices of a kiosk or counter PC: ticket
// printer, keypads, panels, scanner. This package is wiring, and the tools of the
// technician who puts a machine up.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"motcua/drivers/agent"
	firmware "motcua/firmware-config"
	"motcua/server/notify"
)

// Version is set at build time.
var Version = "0.1.0-dev"

var errUsage = errors.New("wrong usage")

// command is one word after the program's name; without any the agent runs.
type command struct {
	name, about string
	run         func(ctx context.Context, args []string, std streams) error
}

type streams struct {
	in       io.Reader
	out, err io.Writer
}

func commands() []command {
	return []command{
		{"run", "drive the devices and serve the kiosk (also without any word)", runAgent},
		{"enrol", "show a pairing code, wait until it is approved, keep the key", runEnrol},
		{"doctor", "say what is wrong, and what to do about it", runDoctor},
		{"detect", "find printers and keypads, and print a site file", runDetect},
		{"setup-printer", "store logo and fixed texts in the printer's memory, once", runSetupPrinter},
		{"keypad-address", "give a keypad of ours another address", runKeypadAddress},
		{"version", "say which version this is", runVersion},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// run is main without the process. It gives the exit status: 0 done, 1 failed with
// one line on err, 2 wrong words.
func run(ctx context.Context, args []string, std streams) int {
	word := "run"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		word, args = args[0], args[1:]
	} else if len(args) > 0 && (args[0] == "-h" || args[0] == "--help") {
		word = "help"
	}
	if word == "help" {
		usage(std.err)
		return 0
	}
	for _, c := range commands() {
		if c.name != word {
			continue
		}
		err := c.run(ctx, args, std)
		switch {
		case err == nil, errors.Is(err, flag.ErrHelp):
			return 0
		case errors.Is(err, errUsage):
			fmt.Fprintln(std.err, "motcua-agent:", err)
			return 2
		}
		fmt.Fprintln(std.err, "motcua-agent:", err)
		return 1
	}
	fmt.Fprintf(std.err, "motcua-agent: unknown command %q; motcua-agent help lists them\n", word)
	return 2
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "motcua-agent: drives the devices of a kiosk or counter PC\n\n  motcua-agent --server URL --config FILE\n\nCommands (each has --help):")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-14s %s\n", c.name, c.about)
	}
}

func runVersion(_ context.Context, _ []string, std streams) error {
	_, err := fmt.Fprintln(std.out, "motcua-agent", Version)
	return err
}

// config is what the words of a command say.
type config struct {
	server, file, data, key string
	site                    *firmware.Site
}

func (c *config) flags(set *flag.FlagSet) {
	set.StringVar(&c.server, "server", "", "the server's address, http://host:port (wins over the site file)")
	set.StringVar(&c.file, "config", "", "the site file: what stands where")
	set.StringVar(&c.data, "data", "", "folder of key, outbox and print jobs (wins over the site file)")
	set.StringVar(&c.key, "key", "", "a key to use instead of pairing, for demo and tests (or MOTCUA_KEY)")
}

// parse reads the words; nothing may stand beside the options.
func parse(set *flag.FlagSet, args []string, std streams) error {
	set.SetOutput(std.err)
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if set.NArg() > 0 {
		return fmt.Errorf("%w: %q is not understood", errUsage, set.Arg(0))
	}
	return nil
}

// read reads the site file and fills in what the words left out.
func (c *config) read() (err error) {
	if c.key == "" { // not the option's default: --help shows those
		c.key = os.Getenv("MOTCUA_KEY")
	}
	if c.file == "" {
		return fmt.Errorf("%w: --config FILE names the site file", errUsage)
	}
	if c.site, err = firmware.ReadSite(c.file); err != nil {
		return err
	}
	if c.server == "" {
		c.server = c.site.Server
	}
	if c.server == "" {
		return fmt.Errorf("%w: the site file names no server: give --server URL", errUsage)
	}
	if c.data == "" {
		c.data = c.site.Data
	}
	if c.data == "" {
		c.data = filepath.Join(filepath.Dir(c.file), "motcua-agent-data")
	}
	return nil
}

func (c *config) options(std streams) agent.Options {
	return agent.Options{Server: c.server, Key: c.key, Site: c.site, Data: c.data, Notice: std.err, Version: Version,
		Log: slog.New(slog.NewTextHandler(std.err, nil))}
}

// open reads everything and makes the agent.
func open(name string, args []string, std streams) (*agent.Agent, error) {
	var c config
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	c.flags(set)
	if err := parse(set, args, std); err != nil {
		return nil, err
	}
	if err := c.read(); err != nil {
		return nil, err
	}
	return agent.New(c.options(std))
}

func runAgent(ctx context.Context, args []string, std streams) error {
	a, err := open("run", args, std)
	if err != nil {
		return err
	}
	starter, log := notify.FromEnv(os.Getenv), a.Log
	complain := func(err error) { log.Error("the service manager was not told", "error", err) }
	go starter.Keep(ctx, a.Alive, complain)
	err = a.Run(ctx)
	if told := starter.Stopping(); told != nil {
		complain(told)
	}
	return err
}

func runEnrol(ctx context.Context, args []string, std streams) error {
	a, err := open("enrol", args, std)
	if err != nil {
		return err
	}
	if err := a.Enrol(ctx); err != nil {
		return errors.New("stopped before the code was approved")
	}
	_, err = fmt.Fprintln(std.out, "enrolled")
	return err
}
