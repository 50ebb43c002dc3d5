package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// findings says in words what was seen.
func (s *seeker) findings(files int) []finding {
	places := slices.SortedFunc(maps.Keys(s.seen), func(a, b found) int { return cmp.Compare(a.place, b.place) })
	var all []finding
	held := false
	for _, f := range places {
		if f.digest {
			all = append(all, finding{hint: true, what: fmt.Sprintf("%s holds today's digest of it (%d), so that one person takes one number; its key is destroyed at midnight, and then nobody can tell whose it was", f.place, s.seen[f])})
			continue
		}
		held = true
		all = append(all, finding{what: fmt.Sprintf("%s holds it (%d)", f.place, s.seen[f]),
			help: "docs/security says which data stands where and how it is removed"})
	}
	if !held {
		all = append(all, finding{ok: true, what: fmt.Sprintf("nothing is held about this number: %d files were read, each database cell by cell", files)})
	}
	return all
}

// tellHolds is the doctor's answer. A dash reads the number from the input, where no
// list of commands keeps it.
func tellHolds(ctx context.Context, c *config, asked string, in io.Reader, out io.Writer) error {
	if c.Data == "" {
		return fmt.Errorf("%w: motcua doctor --data DIR --holds NUMBER", errUsage)
	}
	if _, err := os.Stat(c.Data); err != nil {
		return err
	}
	if asked == "-" {
		line, err := bufio.NewReader(io.LimitReader(in, 100)).ReadString('\n')
		if err != nil && line == "" {
			return err
		}
		asked = strings.TrimSpace(line)
	}
	all, err := holds(ctx, c.Data, asked)
	if err != nil {
		return err
	}
	if !c.embedded() {
		all = append(all, finding{hint: true, what: "the queue of the last days stands in " + redactedStore(c.Store) + ", which was not searched: it holds the day's digests at most, and no number"})
	}
	return tell(out, all)
}

// redactedStore is a store's address without the password in it.
func redactedStore(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	if i := strings.LastIndex(rest, "@"); i >= 0 {
		rest = rest[i+1:]
	}
	return scheme + "://" + rest
}
