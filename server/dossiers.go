package main

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"motcua/server/audit"
	"motcua/server/dossier"
)

// dossierFolder is where the one-stop software puts its files, within the data
// directory.
const dossierFolder = "dossiers"

// openDossiers opens what is known of filed dossiers and follows the drop folder in
// the background; the demo's are made up, unless something was imported already.
func (h *hall) openDossiers(ctx, background context.Context) error {
	var err error
	if h.files, err = dossier.Open(ctx, h.config.Data, rand.Reader); err != nil {
		return err
	}
	if h.config.demo {
		empty, err := h.files.Empty(ctx)
		if err == nil && empty {
			err = h.files.Sample(ctx, h.config.Branch, h.clock.Now())
		}
		if err != nil {
			return err
		}
	}
	folder := &dossier.Folder{Dir: filepath.Join(h.config.Data, dossierFolder), Store: h.files, Branch: h.config.Branch,
		Branches: h.push.Feed.Branches, Clock: h.clock, Log: h.log}
	if err := folder.Prepare(); err != nil {
		return err
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		folder.Run(background)
	}()
	return nil
}

const importDossiersUsage = "motcua import dossiers FILE --data DIR [--branch ID] [--dry-run]; FILE is .xlsx, .csv or .jsonl"

// dossierImport is the command line of an import of dossiers.
type dossierImport struct {
	file, data, branch string
	dry                bool
	known              []string
}

func dossierWords(ctx context.Context, args []string) (dossierImport, error) {
	var d dossierImport
	set := flag.NewFlagSet("import", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&d.data, "data", "", "data directory of the server")
	set.StringVar(&d.branch, "branch", "", "branch of dossiers that name none; the only one when empty")
	set.BoolVar(&d.dry, "dry-run", false, "tell what would change, change nothing")
	words, err := wordsAmongFlags(set, args)
	if err == nil && (len(words) != 2 || words[0] != "dossiers" || d.data == "") {
		return d, fmt.Errorf("%w: %s", errUsage, importDossiersUsage)
	}
	if err != nil {
		return d, fmt.Errorf("%w: %w; %s", errUsage, err, importDossiersUsage)
	}
	d.file = words[1]
	for _, hall := range hallsOf(ctx, d.data, "embedded") {
		d.known = append(d.known, hall.ID)
	}
	if d.branch == "" && len(d.known) == 1 {
		d.branch = d.known[0]
	}
	if d.branch == "" || d.known != nil && !slices.Contains(d.known, d.branch) {
		return d, fmt.Errorf("%w: --branch must name a branch of this data directory (%s); %s", errUsage, strings.Join(d.known, ", "), importDossiersUsage)
	}
	return d, nil
}

// importDossiers takes a file of dossiers in, beside a running server or without one.
func importDossiers(ctx context.Context, args []string, out io.Writer) error {
	d, err := dossierWords(ctx, args)
	if err != nil {
		return err
	}
	file, err := os.Open(d.file)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(d.data, 0o700); err != nil {
		return err
	}
	store, err := dossier.Open(ctx, d.data, rand.Reader)
	if err != nil {
		return err
	}
	defer store.Close()
	var report dossier.Report
	read := func() (err error) {
		report, err = store.Import(ctx, file, dossier.Options{File: filepath.Base(d.file), Source: dossier.FromCLI, Branch: d.branch,
			Branches: d.known, Now: time.Now(), AsOf: info.ModTime(), Dry: d.dry})
		return err
	}
	if d.dry {
		err = read()
	} else {
		err = commanded(ctx, d.data, audit.Line{Action: audit.DossierImport, Branch: d.branch, Object: filepath.Base(d.file)}, nil, nil, read)
	}
	if err != nil {
		return err
	}
	return tellDossiers(out, &report, d.dry)
}

func tellDossiers(out io.Writer, r *dossier.Report, dry bool) error {
	for _, name := range r.Ignored {
		fmt.Fprintf(out, "cột %q bỏ qua / column %q is not read and not kept\n", name, name)
	}
	for _, p := range r.Refused {
		fmt.Fprintf(out, "%s\n         %s: %s\n", p, p.Where.EN, p.Why.EN)
	}
	fmt.Fprintf(out, "%-10s %6d\n%-10s %6d\n%-10s %6d\n", "accepted", r.Accepted, "unchanged", r.Unchanged, "refused", r.Bad)
	switch {
	case dry:
		fmt.Fprintln(out, "dry run: nothing was changed")
	case r.Again:
		fmt.Fprintln(out, "this file was imported before: nothing was changed")
	}
	if !r.OK() {
		return fmt.Errorf("nothing could be taken from %s", r.File)
	}
	return nil
}
