package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"motcua/server/audit"
	"motcua/server/catalogue"
)

const importUsage = "motcua import procedures FILE --data DIR [--dry-run] [--complete]; FILE is .xlsx, .csv, .jsonl or .jsonl.gz"

// catalogueFile is the catalogue's database in a data directory.
const catalogueFile = "catalogue.db"

// warningsShown is how many warnings are printed in full; their number is always.
const warningsShown = 20

// runImport brings a file of procedures into the catalogue, beside a running
// server or without one.
func runImport(ctx context.Context, args []string, out io.Writer) error {
	if slices.Contains(args, "-h") || slices.Contains(args, "--help") {
		fmt.Fprintln(out, importUsage)
		fmt.Fprintln(out, importDossiersUsage)
		return nil
	}
	if importsDossiers(args) {
		return importDossiers(ctx, args, out)
	}
	set := flag.NewFlagSet("import", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	data := set.String("data", "", "data directory of the server")
	dry := set.Bool("dry-run", false, "tell what would change, change nothing")
	complete := set.Bool("complete", false, "withdraw what the file does not hold")
	words, err := wordsAmongFlags(set, args)
	if err != nil {
		return fmt.Errorf("%w: %w; %s", errUsage, err, importUsage)
	}
	if len(words) != 2 || words[0] != "procedures" || *data == "" {
		return fmt.Errorf("%w: %s", errUsage, importUsage)
	}
	file, err := os.Open(words[1])
	if err != nil {
		return err
	}
	defer file.Close()
	if err := os.MkdirAll(*data, 0o700); err != nil {
		return err
	}
	book, err := catalogue.Open(ctx, filepath.Join(*data, catalogueFile))
	if err != nil {
		return err
	}
	defer book.Close()
	var plan *catalogue.Plan
	read := func() (err error) {
		plan, err = book.Import(ctx, file, catalogue.ImportOptions{File: words[1], Now: time.Now(), DryRun: *dry, Complete: *complete,
			Progress: progressOn(out)})
		return err
	}
	if *dry {
		err = read()
	} else {
		err = commanded(ctx, *data, audit.Line{Action: audit.Import, Object: filepath.Base(words[1])}, nil, map[string]any{"complete": *complete}, read)
	}
	if err != nil {
		return err
	}
	printPlan(out, plan)
	switch {
	case plan.Errors > 0:
		return fmt.Errorf("%d errors: nothing was imported", plan.Errors)
	case *dry:
		fmt.Fprintln(out, "dry run: nothing was changed")
	case plan.Version == 0:
		fmt.Fprintln(out, "the catalogue holds all of this already")
	default:
		fmt.Fprintf(out, "imported as version %d\n", plan.Version)
	}
	return nil
}

// importsDossiers tells which of the two imports is meant: by the first word, since
// a file or a folder may be called "dossiers", too.
func importsDossiers(args []string) bool {
	set := flag.NewFlagSet("import", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	for _, name := range []string{"data", "branch"} {
		set.String(name, "", "")
	}
	for _, name := range []string{"dry-run", "complete"} {
		set.Bool(name, false, "")
	}
	words, _ := wordsAmongFlags(set, args) // what is wrong with them, the import itself says
	return len(words) > 0 && words[0] == "dossiers"
}

// wordsAmongFlags parses flags that stand before, between or after the words.
func wordsAmongFlags(set *flag.FlagSet, args []string) ([]string, error) {
	var words []string
	for {
		if err := set.Parse(args); err != nil {
			return words, err
		}
		if set.NArg() == 0 {
			return words, nil
		}
		words, args = append(words, set.Arg(0)), set.Args()[1:]
	}
}

// progressOn tells how far a long import is, every thousand records.
func progressOn(out io.Writer) func(int) {
	return func(records int) {
		if records%1000 == 0 {
			fmt.Fprintf(out, "  %d records read\n", records)
		}
	}
}

func printPlan(out io.Writer, p *catalogue.Plan) {
	for _, problem := range p.Problems {
		if problem.Severity == catalogue.Error {
			printProblem(out, problem)
		}
	}
	if more := p.Errors - countOf(p, catalogue.Error); more > 0 {
		fmt.Fprintf(out, "  and %d errors more\n", more)
	}
	shown := 0
	for _, problem := range p.Problems {
		if problem.Severity == catalogue.Warning && shown < warningsShown {
			printProblem(out, problem)
			shown++
		}
	}
	if more := p.Warnings - shown; more > 0 {
		fmt.Fprintf(out, "  and %d warnings more\n", more)
	}
	for _, row := range []struct {
		name  string
		count int
		items []catalogue.PlanItem
	}{{"added", p.Added, p.Add}, {"changed", p.Changed, p.Change}, {"unchanged", p.Unchanged, nil},
		{"withdrawn", p.Withdrawn, p.Withdraw}, {"warnings", p.Warnings, nil}, {"errors", p.Errors, nil}} {
		fmt.Fprintf(out, "%-10s %6d%s\n", row.name, row.count, named(row.items))
	}
}

func countOf(p *catalogue.Plan, severity catalogue.Severity) int {
	n := 0
	for _, problem := range p.Problems {
		if problem.Severity == severity {
			n++
		}
	}
	return n
}

// printProblem gives a problem in both languages: the words are for the official
// who keeps the file.
func printProblem(out io.Writer, p catalogue.Problem) {
	fmt.Fprintf(out, "%-7s  %s: %s\n         %s: %s\n", p.Severity, p.Place.Words("vi"), p.VI, p.Place.Words("en"), p.EN)
}

// named gives the first few codes of a list.
func named(items []catalogue.PlanItem) string {
	const most = 5
	var codes []string
	for _, item := range items {
		if len(codes) == most {
			codes = append(codes, "…")
			break
		}
		code := item.Code
		if len(item.Parts) > 0 {
			code += " (" + strings.Join(item.Parts, ", ") + ")"
		}
		codes = append(codes, code)
	}
	if codes == nil {
		return ""
	}
	return "  " + strings.Join(codes, ", ")
}
