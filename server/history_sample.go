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
	set := sample.Office(queue.DemoSettings())
	o := sample.Options{Seed: sampleSeed, Kind: sample.Ward, Procedures: codes}
	if err := h.history.Load(ctx, set.ID, &set, sample.Days(set, s.From, s.To, o)); err != nil {
		return err
	}
	for _, u := range sample.Units(sampleSeed) {
		if err := h.history.Load(ctx, u.Settings.ID, &u.Settings, sample.Days(u.Settings, s.From, s.To, u.Options)); err != nil {
			return err
		}
		if err := h.history.SetKind(ctx, u.Settings.ID, u.Kind); err != nil {
			return err
		}
	}
	if err := h.history.SetKind(ctx, set.ID, "commune"); err != nil {
		return err
	}
	s.Done = true
	return h.keepSample(s)
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
