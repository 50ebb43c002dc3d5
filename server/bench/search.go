package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"motcua/server/catalogue"
	"motcua/server/catalogue/search"
)

// The aims of looking a procedure up.
const (
	aimSearch     = 10 * time.Millisecond // p99 at the national catalogue
	aimSearchMany = 25 * time.Millisecond // p99 at manyProcedures
	aimIndex      = 2 * time.Second
	aimPlain      = 5 * time.Millisecond // a record in plain words, p99: it is part of one touch
	aimImport     = 30 * time.Second     // the whole file: nobody waits for it standing

	manyProcedures = 20_000
)

// lookUp measures the catalogue: the file named by MOTCUA_CATALOGUE, or the sample
// many times over where there is none, which the heading of the rows says.
func lookUp(b *bench) error {
	name, data, err := catalogueFile()
	if err != nil {
		return err
	}
	runtime.LockOSThread() // all but the import is told in this thread's own time
	defer runtime.UnlockOSThread()
	store, err := catalogue.Open(b.ctx, filepath.Join(b.dir, "catalogue.db"))
	if err != nil {
		return err
	}
	defer store.Close()
	if err := b.importing(store, name, data); err != nil {
		return err
	}
	all, err := store.All(b.ctx)
	if err != nil {
		return err
	}
	b.plainWords(all)
	docs := make([]search.Document, len(all))
	for i, p := range all {
		docs[i] = search.FromProcedure(p)
	}
	b.searching(docs, len(docs), aimSearch)
	b.searching(docs, manyProcedures, aimSearchMany)
	return nil
}

func catalogueFile() (string, []byte, error) {
	path := os.Getenv("MOTCUA_CATALOGUE")
	if path == "" {
		data, err := io.ReadAll(catalogue.Sample())
		return catalogue.SampleName, data, err
	}
	data, err := os.ReadFile(path)
	return path, data, err
}

// importing reads the file beside a bare copy of its bytes, then again, when
// nothing has changed.
func (b *bench) importing(store *catalogue.Store, name string, data []byte) error {
	watch, start := b.family.watch(), time.Now()
	plan, err := importFile(b.ctx, store, name, data)
	if err != nil {
		return err
	}
	first, noise := time.Since(start), watch()
	start = time.Now()
	if _, err := importFile(b.ctx, store, name, data); err != nil {
		return err
	}
	b.table.add(row{what: fmt.Sprintf("import of %d procedures", plan.Records), ours: fmt.Sprintf("%.1f s", first.Seconds()),
		limit: fmt.Sprintf("%.1f s when nothing has changed", time.Since(start).Seconds()), aim: "< 30 s", ok: first < aimImport, noise: []float64{noise}})
	return nil
}

func importFile(ctx context.Context, store *catalogue.Store, name string, data []byte) (*catalogue.Plan, error) {
	plan, err := store.Import(ctx, bytes.NewReader(data), catalogue.ImportOptions{File: name, Now: time.Now()})
	if err == nil && plan.Errors > 0 {
		err = fmt.Errorf("%d errors in %s", plan.Errors, name)
	}
	return plan, err
}

// plainWords puts every record into plain words.
func (b *bench) plainWords(all []catalogue.Procedure) {
	watch := b.family.watch()
	took := make([]float64, len(all))
	for i, p := range all {
		start := threadTime()
		p.Plain(nil)
		took[i] = millis(threadTime() - start)
	}
	b.table.add(row{what: "a record in plain words, p50 / p99", ours: two(quantile(took, 0.5), quantile(took, 0.99)),
		limit: fmt.Sprintf("%.0f ms at most", quantile(took, 1)), aim: "p99 < 5 ms", ok: quantile(took, 0.99) < millis(aimPlain), noise: []float64{watch()}})
}

// searching builds an index of n procedures and asks it every beginning of the
// names' first words, as somebody types them.
func (b *bench) searching(docs []search.Document, n int, aim time.Duration) {
	list := manyOf(docs, n)
	watch, start := b.family.watch(), threadTime()
	index := search.New(list, search.DefaultSynonyms())
	built, noise := threadTime()-start, watch()
	aimBuilt, ok := "", true
	if n < manyProcedures {
		aimBuilt, ok = "< 2 s", built < aimIndex
	}
	b.table.add(row{what: fmt.Sprintf("index of %d procedures", n), ours: fmt.Sprintf("%.2f s", built.Seconds()), aim: aimBuilt, ok: ok, noise: []float64{noise}})
	questions := typed(docs, b.rounds(60))
	runtime.GC()
	watch = b.family.watch()
	took := make([]float64, len(questions))
	for i, q := range questions {
		start := threadTime()
		index.Search(q, search.Options{Limit: 6})
		took[i] = millis(threadTime() - start)
	}
	b.table.add(row{what: fmt.Sprintf("search at %d, %d keystrokes, p50 / p99", n, len(questions)), ours: two(quantile(took, 0.5), quantile(took, 0.99)),
		limit: fmt.Sprintf("%.1f ms at most", quantile(took, 1)), aim: fmt.Sprintf("p99 < %.0f ms", millis(aim)),
		ok: quantile(took, 0.99) < millis(aim), noise: []float64{watch()}})
}

// manyOf multiplies documents up to n, each round with words of its own in place
// of some, so that the vocabulary grows too.
func manyOf(docs []search.Document, n int) []search.Document {
	list := slices.Clone(docs)
	for round := 1; len(list) < n; round++ {
		for i, d := range docs {
			if len(list) == n {
				break
			}
			words := strings.Fields(d.Name)
			for j := (i + round) % 4; j < len(words); j += 4 {
				words[j] = fmt.Sprintf("%s%c%c", words[j], 'a'+rune(round%26), 'a'+rune((i+j)%26))
			}
			d.Name, d.Code = strings.Join(words, " "), fmt.Sprintf("%d.%06d", round%9+1, i)
			list = append(list, d)
		}
	}
	return list
}

// said are things people type that are in no name as they stand.
var said = []string{"so do", "giay doc than", "lam khai sinh", "sang ten nha dat", "gpxd", "lltp", "sao y", "dang ki khai xinh", "ddang kys keets hoon",
	"1.001193", "000894", "mo quan an", "xin phep xay nha", "cmnd", "the bao hiem y te"}

// typed gives questions letter by letter: people's words, and the first words of
// names from all over the catalogue, without marks and with.
func typed(docs []search.Document, names int) []string {
	questions := slices.Clone(said)
	for i := range names {
		words := strings.Fields(docs[i*len(docs)/names].Name)
		name := strings.Join(words[:min(len(words), 4)], " ")
		questions = append(questions, name, search.Fold(name))
	}
	var list []string
	for _, q := range questions {
		letters := []rune(q)
		for n := 1; n <= len(letters); n += 2 {
			list = append(list, string(letters[:n]))
		}
		list = append(list, q)
	}
	return list
}
