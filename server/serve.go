package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"

	"motcua/server/queue"
)

func runServe(ctx context.Context, args []string, out io.Writer) error {
	c := config{Addr: ":8080", Store: "embedded", Branch: "sanh", LogLevel: "info"}
	if err := c.load(flag.NewFlagSet("serve", flag.ContinueOnError), args); err != nil {
		return err
	}
	if c.Data == "" {
		return fmt.Errorf("%w: serve needs --data DIR", errUsage)
	}
	return start(ctx, &c, out)
}

// start runs a hall until the context ends.
func start(ctx context.Context, c *config, out io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	log, err := logger(c.LogLevel)
	if err != nil {
		return err
	}
	at, err := openSockets(c, manager(), log)
	if err != nil {
		return err
	}
	l, err := c.listen(at)
	if err != nil {
		return err
	}
	defer l.Close()
	if c.BaseURL == "" && c.demo {
		c.BaseURL = "http://" + l.Addr().String()
	}
	if f := checkAddress(c.BaseURL); !c.demo && !f.ok {
		log.Warn(f.what, "help", f.help)
	}
	h, err := openHall(ctx, c, queue.SystemClock, log)
	if err != nil {
		return err
	}
	defer h.close()
	h.sockets = at
	debug.FreeOSMemory() // reading the day and the catalogue has left much behind
	if err := h.greet(ctx, out, c.scheme()+"://"+l.Addr().String()); err != nil {
		return err
	}
	if err := h.redirect(ctx, l.Addr().String()); err != nil {
		return err
	}
	return h.serve(ctx, l)
}

// greet prints what whoever started the server needs to know.
func (h *hall) greet(ctx context.Context, out io.Writer, url string) error {
	fmt.Fprintf(out, "Một Cửa %s, store: %s, data: %s\n", Version, h.opened.store.Name(), h.config.Data)
	if h.config.demo {
		printPages(out, url, h.config.Branch)
		if h.config.Sample > 0 {
			fmt.Fprintln(out, "Reports have a made-up history of the days before the first start; it is filled in now, and says what it is")
		}
		return nil
	}
	if err := h.showFirst(ctx, out); err != nil {
		return err
	}
	fmt.Fprint(out, h.greetTLS(url))
	fmt.Fprintf(out, "Listening on %s\n", url)
	return nil
}

func logger(level string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("%w: --log is %q, must be debug, info, warn or error", errUsage, level)
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: l})), nil
}
