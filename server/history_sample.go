package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"motcua/server/catalogue"
	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/sample"
)

// sampleDays is how far back the demo's made-up history goes: half a year.
const sampleDays = 184

// sampleSeed makes every demo's history the same one.
const sampleSeed = 20261122

// sampleFile remembers in the data directory which days are made up, and whether
// they are all there: a demo that was ended meanwhile goes on at its next start.
const sampleFile = "sample.json"

// sampled is what that file says. Both days are included and lie before the day of
// the demo's first start: what happens in the demo itself is never mixed with it.
type sampled struct {
	From queue.Day `json:"from"`
	To   queue.Day `json:"to"`
	Done bool      `json:"done"`
}

// planSample decides at a demo's very first start which days are made up. A hall
// that has any past of its own gets none.
func (h *hall) planSample(ctx context.Context) error {
	if !h.config.demo || h.config.Sample <= 0 {
		return nil
	}
	where, err := h.opened.store.Where(ctx, h.config.Branch)
	if err != nil || where.Day != "" {
		return err
	}
	today := queue.DayOf(h.clock.Now())
	return h.keepSample(sampled{From: today.Add(-h.config.Sample), To: today.Add(-1)})
}

func (h *hall) keepSample(s sampled) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(h.config.Data, sampleFile), raw)
}

// fillSample writes the made-up days in the background, unless they are there.
func (h *hall) fillSample(background context.Context) error {
	if !h.config.demo {
		return nil
	}
	raw, err := os.ReadFile(filepath.Join(h.config.Data, sampleFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var s sampled
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", sampleFile, err)
	}
	if s.Done {
		return nil
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		began := time.Now()
		switch err := h.loadSample(background, s); {
		case err == nil:
			h.log.Info("the sample history is complete", "from", s.From, "to", s.To, "took", time.Since(began))
		case background.Err() == nil:
			h.log.Error("the sample history is not complete", "error", err)
		}
	}()
	return nil
}

// loadSample makes the demo's own days, and those of the units it is compared with.
func (h *hall) loadSample(ctx context.Context, s sampled) error {
	codes, err := sampleCodes()
	if err != nil {
		return err
	}
	own := sample.Unit{Kind: "commune", Settings: sample.Office(queue.DemoSettings()),
		Options: sample.Options{Seed: sampleSeed, Kind: sample.Ward, Procedures: codes}}
	for _, u := range append([]sample.Unit{own}, sample.Units(sampleSeed)...) {
		if err := h.loadUnit(ctx, s, u); err != nil {
			return err
		}
	}
	s.Done = true
	return h.keepSample(s)
}

// mostForms is how many forms of one unit are kept: each is a writing of its own.
const mostForms = 150

// loadUnit writes one unit's days, and the newest of its forms.
func (h *hall) loadUnit(ctx context.Context, s sampled, u sample.Unit) error {
	var forms []sample.Form
	days := func(yield func(queue.Day, []queue.Event) bool) {
		for day, events := range sample.Days(u.Settings, s.From, s.To, u.Options) {
			forms = append(forms, sample.Forms(day, events, u.Options.Seed)...)
			forms = forms[max(0, len(forms)-mostForms):]
			if !yield(day, events) {
				return
			}
		}
	}
	id := u.Settings.ID
	if err := h.history.Load(ctx, id, &u.Settings, days); err != nil {
		return err
	}
	for _, f := range forms {
		p := f.Points
		err := h.history.SaveForm(ctx, history.Form{Branch: id, Transaction: f.Transaction, Source: f.Source,
			Q1: &p[0], Q3: &p[1], Q4: &p[2], Q7: &p[3]})
		if err != nil && !errors.Is(err, history.ErrGiven) {
			return err
		}
	}
	return h.history.SetKind(ctx, id, u.Kind)
}

// sampleUnit is the settings of one of the units a demo is compared with; nil for
// any other branch.
func sampleUnit(branch string) *queue.Settings {
	for _, u := range sample.Units(sampleSeed) {
		if u.Settings.ID == branch {
			return &u.Settings
		}
	}
	return nil
}

// sampleCodes lists the sample catalogue's procedures by the demo's services.
func sampleCodes() (map[string][]string, error) {
	codes := map[string][]string{}
	services := queue.DemoSettings().Services
	lines := bufio.NewScanner(catalogue.Sample())
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p struct{ Code, Field string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s: %w", catalogue.SampleName, err)
		}
		for _, s := range services {
			if s.Covers(p.Code, p.Field) {
				codes[s.ID] = append(codes[s.ID], p.Code)
				break
			}
		}
	}
	return codes, lines.Err()
}
