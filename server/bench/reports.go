package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/sample"
	"motcua/server/sqlite"
)

// The aims of reports, at manyEvents in the history.
const (
	aimMonth = time.Second
	aimYear  = 5 * time.Second
	aimFile  = 10 * time.Second // nobody waits for a file without seeing how far it is

	manyEvents = 5_000_000
	// loadTime ends the filling of the history on a machine that is too slow for it:
	// the rows then say how many events there are.
	loadTime = 4 * time.Minute
)

// Years of a provincial centre: the last day is the day before the present one in
// the made-up history, and the first is found by counting back.
const (
	reportTo   queue.Day = "2026-11-21"
	reportFrom queue.Day = "2020-01-01"
)

// reports measures figures and files on years of a provincial centre's history.
func reports(b *bench) error {
	path := filepath.Join(b.dir, history.File)
	set := centre()
	if err := b.fill(path, &set); err != nil {
		return err
	}
	reader, err := report.Open(b.ctx, path)
	if err != nil {
		return err
	}
	defer reader.Close()
	db, err := sqlite.Open(b.ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	last, err := lastDay(b.ctx, db)
	if err != nil {
		return err
	}
	o := report.Options{Settings: func(string) *queue.Settings { return &set }, Clock: queue.SystemClock}
	month := report.Query{Branches: []string{set.ID}, From: last.Add(-29), To: last}
	if _, err := b.building("report of 30 days", reader, db, month, o, aimMonth); err != nil {
		return err
	}
	year := report.Query{Branches: []string{set.ID}, From: last.Add(-364), To: last}
	made, err := b.building("report of 365 days", reader, db, year, o, aimYear)
	if err != nil {
		return err
	}
	return b.files(made)
}

// centre is a provincial hall of 40 counters.
func centre() queue.Settings {
	set := sample.Office(queue.DemoSettings())
	set.ID = "trung-tam"
	ward := set.Counters
	set.Counters = nil
	for i := range 40 {
		c := ward[i%len(ward)]
		c.ID, c.Label, c.Clerk = fmt.Sprint(i+1), fmt.Sprintf("%02d", i+1), "" // one name a counter: the sample makes them up
		set.Counters = append(set.Counters, c)
	}
	return set
}

// fill writes the history, day by day, until it has enough.
func (b *bench) fill(path string, set *queue.Settings) error {
	h, err := history.Open(b.ctx, history.Options{Path: path, Settings: func(string) (*queue.Settings, bool) { return set, true }})
	if err != nil {
		return err
	}
	wanted, patience := manyEvents, loadTime
	if b.quick {
		wanted, patience = manyEvents/10, loadTime/8
	}
	events, days := 0, 0
	watch, start, cpu := b.family.watch(), time.Now(), cpuOf(os.Getpid())
	some := func(yield func(queue.Day, []queue.Event) bool) {
		for day, list := range sample.Days(*set, reportFrom, reportTo, sample.Options{Seed: 1, Kind: sample.Province}) {
			events, days = events+len(list), days+1
			if !yield(day, list) || events >= wanted || time.Since(start) > patience {
				return
			}
		}
	}
	if err := h.Load(b.ctx, set.ID, set, some); err != nil {
		return errors.Join(err, h.Close())
	}
	took, noise, worked := time.Since(start), watch(), cpuOf(os.Getpid())-cpu
	if err := h.Close(); err != nil {
		return err
	}
	size := fileSize(path)
	b.table.add(row{what: fmt.Sprintf("%d events of %d days", events, days), ours: fmt.Sprintf("%.0f /s, %.0f /CPU s", float64(events)/took.Seconds(), float64(events)/worked.Seconds()),
		limit: fmt.Sprintf("%.0f MB on the disk, %.0f bytes an event", float64(size)/1e6, float64(size)/float64(events)),
		aim:   fmt.Sprintf("%d", wanted), ok: events >= wanted, noise: []float64{noise}})
	return nil
}

func lastDay(ctx context.Context, db *sql.DB) (queue.Day, error) {
	var n int
	if err := db.QueryRowContext(ctx, "SELECT max(day) FROM days").Scan(&n); err != nil {
		return "", err
	}
	return queue.ParseDay(fmt.Sprintf("%04d-%02d-%02d", n/10000, n/100%100, n%100))
}

// building makes a report beside a bare count of the rows it must read.
func (b *bench) building(what string, reader *report.Reader, db *sql.DB, q report.Query, o report.Options, aim time.Duration) (*report.Report, error) {
	var ours, worked, bare, noise []float64
	var made *report.Report
	rows := 0
	for range max(3, b.rounds(7)) {
		watch, start, cpu := b.family.watch(), time.Now(), cpuOf(os.Getpid())
		r, err := reader.Build(b.ctx, q, o)
		if err != nil {
			return nil, err
		}
		ours, made = append(ours, millis(time.Since(start))), r
		worked = append(worked, millis(cpuOf(os.Getpid())-cpu))
		start = time.Now()
		if rows, err = scan(b.ctx, db, q); err != nil {
			return nil, err
		}
		bare, noise = append(bare, millis(time.Since(start))), append(noise, watch())
	}
	b.table.add(row{what: fmt.Sprintf("%s, %d visits", what, made.Total.Taken), ours: fmt.Sprintf("%.0f ms, CPU %.0f ms", median(ours), median(worked)),
		limit: fmt.Sprintf("%.0f ms count(*) of the same %d rows", median(bare), rows), ratio: times(median(ratios(ours, bare))),
		aim: fmt.Sprintf("< %.0f s", aim.Seconds()), ok: median(ours) < millis(aim), noise: noise})
	return made, nil
}

// scan counts a query's rows with the database's own count, which reads their pages.
func scan(ctx context.Context, db *sql.DB, q report.Query) (int, error) {
	first, after := short(q.From), short(q.To.Add(1))
	from, to := number(q.From), number(q.To)
	all := 0
	for _, one := range []struct {
		query    string
		from, to any
	}{
		{"SELECT count(*) FROM visits WHERE branch = 1 AND id >= ? AND id < ?", first, after},
		{"SELECT count(*) FROM transactions WHERE branch = 1 AND id >= ? AND id < ?", first, after},
		{"SELECT count(*) FROM spans WHERE branch = 1 AND day BETWEEN ? AND ?", from, to},
		{"SELECT count(*) FROM calls WHERE branch = 1 AND day BETWEEN ? AND ?", from, to},
	} {
		var n int
		if err := db.QueryRowContext(ctx, one.query, one.from, one.to).Scan(&n); err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// short is how a day's ids begin, number how the tables write it.
func short(d queue.Day) string { return string(d[2:4] + d[5:7] + d[8:10]) }

func number(d queue.Day) string { return string(d[:4] + d[5:7] + d[8:10]) }

// files writes a year's report in each format.
func (b *bench) files(made *report.Report) error {
	for _, format := range []string{report.FormatPDF, report.FormatXLSX, report.FormatCSV} {
		var took, noise []float64
		var out bytes.Buffer
		for range max(3, b.rounds(5)) {
			out.Reset()
			watch, start := b.family.watch(), time.Now()
			if err := report.Write(b.ctx, &out, format, made, report.Paper{}); err != nil {
				return err
			}
			took, noise = append(took, millis(time.Since(start))), append(noise, watch())
		}
		b.table.add(row{what: "the year as " + format, ours: fmt.Sprintf("%.0f ms", median(took)), limit: fmt.Sprintf("%.0f kB", float64(out.Len())/1e3),
			aim: fmt.Sprintf("< %.0f s", aimFile.Seconds()), ok: median(took) < millis(aimFile), noise: noise})
	}
	return nil
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
