package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"motcua/server/dossier"
	"motcua/server/queue"
)

func runDemo(ctx context.Context, args []string, out io.Writer) error {
	c := config{Addr: "127.0.0.1:8080", Store: "embedded", Branch: queue.DemoSettings().ID, LogLevel: "warn", demo: true, Sample: sampleDays}
	set := flag.NewFlagSet("demo", flag.ContinueOnError)
	set.BoolVar(&c.Devices, "devices", true, "with a virtual printer, keypads and a scanner on the page /sim/")
	set.IntVar(&c.Sample, "sample", sampleDays, "days of made-up history before the first start, for the reports; 0 for none")
	if err := c.load(set, args); err != nil {
		return err
	}
	c.Branch = queue.DemoSettings().ID
	if c.Data == "" {
		dir, err := os.MkdirTemp("", "motcua-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		c.Data = dir
	}
	return start(ctx, &c, out)
}

func printPages(out io.Writer, url, branch string) {
	fmt.Fprintln(out, "A hall to try; every counter starts closed. Open in a browser on this machine:")
	for _, p := range [][2]string{
		{"/", "all pages"}, {"/kiosk/", "take a number"}, {"/desk/", "open a counter, call, serve, end"},
		{"/board/", "the hall's board"}, {"/lookup/", "find a procedure, look after a dossier"},
		{"/results/", "what the hall publishes of its service"},
		{"/counter/1/", "display of counter 01"}, {"/rate/1/", "rating tablet of counter 01"},
		{"/admin/", "the hall now, reports, procedures, dossiers, devices, screens, what the hall publishes"},
		{"/posting/", "the list of procedures to print"}, {"/screen/", "a new screen, until /admin/ says what it is"},
		{"/sim/", "virtual printer, keypads and scanner: press, open, unplug"},
	} {
		fmt.Fprintf(out, "  %s%-12s %s\n", url, p[0], p[1])
	}
	fmt.Fprintf(out, "The branch is %q; keys for programs: demo-kiosk demo-desk demo-display demo-device demo-admin\n", branch)
	printPeople(out)
	fmt.Fprintf(out, "Made-up dossiers to look up: %s\n", strings.Join(dossier.SampleCodes(), " "))
}
