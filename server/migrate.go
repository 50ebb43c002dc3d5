package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"

	"motcua/server/store"
	"motcua/server/store/embedded"
)

// runMigrate moves a running day: the server is stopped, the keys are copied,
// and serve goes on with --store redis://….
func runMigrate(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("migrate", flag.ContinueOnError)
	data := set.String("data", "", "data directory of the embedded store (its server must be stopped)")
	to := set.String("to", "", "redis://host:port of the new store")
	trust := set.Bool("trust-store", false, "do not read the Redis server's CONFIG")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	if *data == "" || *to == "" {
		return fmt.Errorf("%w: motcua migrate --data DIR --to redis://host:port", errUsage)
	}
	from, err := embedded.Open(*data, embedded.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer from.Close()
	r, err := store.OpenRedis(ctx, *to)
	if err != nil {
		return err
	}
	defer r.Close()
	if !*trust {
		if err := r.CheckDurable(ctx); err != nil {
			return err
		}
	}
	return move(ctx, from, r, out)
}

func move(ctx context.Context, from *embedded.Engine, to *store.Redis, out io.Writer) error {
	target, err := store.New(to, store.Options{Epoch: newEpoch})
	if err != nil {
		return err
	}
	if held, err := target.Branches(ctx); err != nil || len(held) > 0 {
		return fmt.Errorf("%s holds branches %v already: nothing was moved (%v)", to.Name(), held, err)
	}
	all, err := from.Dump(ctx)
	if err != nil {
		return err
	}
	if err := embedded.Load(ctx, writer{to}, all); err != nil {
		return fmt.Errorf("moving stopped, and may be started again after FLUSHDB on the new store: %w", err)
	}
	moved, err := target.Branches(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d keys of branches %v are on %s now; start motcua serve with --store %s\n", len(all), moved, to.Name(), to.Name())
	return nil
}

// writer runs plain commands on the new store.
type writer struct{ to *store.Redis }

func (w writer) Do(ctx context.Context, args ...string) error {
	words := make([]any, len(args))
	for i, a := range args {
		words[i] = a
	}
	return w.to.Put(ctx, words...)
}
