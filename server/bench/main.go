package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// roles are the processes that this program also is, by their first word.
var roles = map[string]func(args []string) error{
	"load":      loadRole,
	"sockets":   socketsRole,
	"bare-take": bareTakeRole,
	"bare-hub":  bareHubRole,
	"floor":     floorRole,
}

// yardstick is one measurement, by the name -only takes.
type yardstick struct {
	name, about string
	run         func(b *bench) error
}

var yardsticks = []yardstick{
	{"take-redis", "take a ticket over HTTP, Redis with appendfsync always", takeRedis},
	{"take-embedded", "take a ticket over HTTP, embedded engine, every answer durable", takeEmbedded},
	{"open", "200 takes a second, latency from the intended moment", openLoop},
	{"burst", "200 takes at once; 20 counters calling at once", burst},
	{"push", "from the press to the last screen", push},
	{"slow", "screens that do not read", slow},
	{"sockets", "10,000 sockets", manySockets},
	{"depth", "cost of a call in long queues and with many branches", depth},
	{"memory", "memory at rest, and with a large hall's screens and phones", memory},
	{"startup", "start after a busy day", startup},
	{"ticket", "bytes of a ticket and their time on a serial line", ticketSizes},
	{"devices", "from a key to the desk, from the touch to the paper; an idle agent", devices},
	{"kiosk", "the touch screens in a browser: first buttons, the press, the number, a letter typed", kiosk},
	{"board", "a call on the hall's board in a browser", board},
	{"lookup", "a procedure looked up: import, index, search, plain words", lookUp},
	{"reports", "figures and files on years of history", reports},
	{"forecast", "waiting-time forecast on simulated days", forecast},
}

func init() {
	// Children ask the kernel to end them with the thread that started them;
	// the main goroutine starts them all, so its thread must last.
	runtime.LockOSThread()
}

func main() {
	if len(os.Args) > 1 {
		if role, ok := roles[os.Args[1]]; ok {
			if err := role(os.Args[2:]); err != nil {
				fmt.Fprintf(os.Stderr, "bench %s: %v\n", os.Args[1], err)
				os.Exit(1)
			}
			return
		}
	}
	os.Exit(measure())
}

func measure() int {
	quick := flag.Bool("quick", false, "shorter samples and fewer rounds, about two minutes")
	only := flag.String("only", "", "only the yardsticks whose name begins so: "+names())
	log := flag.String("log", "warn", "log level of the measured server, as the demo has it; serve has info")
	server := flag.String("server", "", "a built server to measure, instead of building ./server")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b, err := newBench(ctx, *quick, *log, *server)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	defer b.close()
	if !slices.ContainsFunc(yardsticks, func(y yardstick) bool { return strings.HasPrefix(y.name, *only) }) {
		fmt.Fprintf(os.Stderr, "bench: no yardstick begins with %q; there are %s\n", *only, names())
		return 2
	}
	return b.all(*only)
}

func names() string {
	list := make([]string, len(yardsticks))
	for i, y := range yardsticks {
		list[i] = y.name
	}
	return strings.Join(list, ", ")
}

// all runs the yardsticks and prints their rows as they come. What could not be
// measured, or a count that must be nought and is not, is status 1; an aim not
// reached is said and is not.
func (b *bench) all(only string) int {
	start := time.Now()
	b.table.heading()
	for _, y := range yardsticks {
		if !strings.HasPrefix(y.name, only) {
			continue
		}
		began := time.Now()
		b.table.section(y.name, y.about)
		err := y.run(b)
		b.endProcesses()
		if err != nil {
			b.table.failed(err)
		}
		if errors.Is(b.ctx.Err(), context.Canceled) {
			return 1
		}
		fmt.Fprintf(os.Stderr, "%s took %.0f s\n", y.name, time.Since(began).Seconds())
	}
	b.table.end(time.Since(start))
	if b.table.wrong > 0 {
		return 1
	}
	return 0
}
