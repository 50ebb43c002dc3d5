// Command deb makes the Debian packages from built programs and the files in
// docker/deb. The same programs, version and date give the same bytes on every
// machine: nothing of the clock, the user or the order of a folder gets in.
//
// Usage, from the top folder of the project, with SOURCE_DATE_EPOCH set to the
// seconds since 1970 that every file carries:
//
//	deb --version V --arch amd64 --bin FOLDER --out FOLDER
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, "deb:", err)
		os.Exit(1)
	}
}

func run(args []string, getenv func(string) string) error {
	set := flag.NewFlagSet("deb", flag.ContinueOnError)
	version := set.String("version", "", "of the programs, as git describes it")
	arch := set.String("arch", "", "amd64 or arm64")
	bin := set.String("bin", "", "folder of the built programs")
	out := set.String("out", "", "folder for the packages")
	if err := set.Parse(args); err != nil {
		return err
	}
	if *version == "" || *arch == "" || *bin == "" || *out == "" || set.NArg() > 0 {
		return fmt.Errorf("usage: deb --version V --arch ARCH --bin FOLDER --out FOLDER")
	}
	seconds, err := strconv.ParseInt(getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return fmt.Errorf("SOURCE_DATE_EPOCH is %q, must be seconds since 1970", getenv("SOURCE_DATE_EPOCH"))
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	for _, p := range packages {
		p.version, p.arch, p.date = debVersion(*version), *arch, time.Unix(seconds, 0).UTC()
		body, err := p.build(".", *bin)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		name := filepath.Join(*out, p.fileName())
		if err := os.WriteFile(name, body, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s  %.1f MiB\n", name, float64(len(body))/(1<<20))
	}
	return nil
}

var (
	released = regexp.MustCompile(`^\d+\.\d+`)
	refused  = regexp.MustCompile(`[^A-Za-z0-9.+~]`)
)

// debVersion makes of a version by git one that Debian orders well: v1.2.3 is 1.2.3,
// what comes some commits behind it is newer, and what has no number at all is older
// than everything that has one.
func debVersion(v string) string {
	v = strings.TrimPrefix(v, "v")
	if !released.MatchString(v) {
		return "0~" + refused.ReplaceAllString(v, ".")
	}
	return refused.ReplaceAllString(strings.Replace(v, "-", "+", 1), ".")
}
