package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// How often the pages are compared with the server's, beside at each new line.
const (
	compareEvery = 10 * time.Minute
	settle       = time.Second // a page asks for many files at once
)

// Limits of a set: far above what the pages are.
const (
	longestFile = 4 << 20
	mostFiles   = 400
)

// keepFace fetches the kiosk's pages whenever they may have changed.
func (a *Agent) keepFace(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		a.wait(ctx, compareEvery, a.face.wanted)
		a.wait(ctx, settle, nil)
		if up, _ := a.line.get(); !up || ctx.Err() != nil {
			continue // the next line asks again
		}
		if err := a.mirror(ctx); err != nil {
			a.Log.Warn("the kiosk's pages are not kept for later", "error", err)
			a.wait(ctx, a.pause(failures)+longest, nil)
			nudge(a.face.wanted)
			failures++
			continue
		}
		failures = 0
	}
}

var errChanging = errors.New("the pages change while they are read")

// mirror makes a new set when any file differs. A set is complete only when a
// second look at every file finds it unchanged: the server may have been replaced
// in between.
func (a *Agent) mirror(ctx context.Context) error {
	set := &faceSet{Files: map[string]*faceFile{}}
	old := a.face.set()
	if old != nil {
		maps.Copy(set.Files, old.Files)
	}
	for range 4 {
		changed, err := a.look(ctx, set)
		if err != nil {
			return err
		}
		if changed {
			continue
		}
		if set.name(); old != nil && set.Build == old.Build {
			return nil
		}
		if err := a.face.swap(set); err != nil {
			return err
		}
		a.Log.Info("the kiosk's pages are kept for when the server is away", "build", set.Build, "files", len(set.Files))
		return nil
	}
	return errChanging
}

// seeds are where the pages begin; the tables of words are named by no file.
var seeds = []string{"/kiosk/", "/web/i18n/common.vi.json", "/web/i18n/common.en.json",
	"/web/i18n/kiosk.vi.json", "/web/i18n/kiosk.en.json"}

// look compares every file of the set with the server's and follows what they
// name. Files that nothing names any more are dropped.
func (a *Agent) look(ctx context.Context, set *faceSet) (changed bool, err error) {
	queue := append(append([]string{}, seeds...), a.face.known()...)
	needed := map[string]bool{seeds[0]: true} // without these the page is not whole
	done := map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if done[path] || !mirrored(path) {
			continue
		}
		if done[path] = true; len(done) > mostFiles {
			return false, fmt.Errorf("the pages have more than %d files", mostFiles)
		}
		file, is, err := a.fetchFile(ctx, path, set.Files[path])
		if err != nil {
			return false, fmt.Errorf("%s: %w", path, err)
		}
		if file == nil {
			if needed[path] {
				return false, fmt.Errorf("%s: the server does not have it", path)
			}
			if set.Files[path] != nil {
				delete(set.Files, path)
				changed = true
			}
			continue
		}
		set.Files[path] = file
		changed = changed || is
		for _, next := range references(path, file) {
			needed[next] = needed[next] || path == seeds[0]
			queue = append(queue, next)
		}
	}
	for path := range set.Files {
		if !done[path] {
			delete(set.Files, path)
			changed = true
		}
	}
	return changed, nil
}

// keptHeaders go with a file; the rest is the proxy's business.
var keptHeaders = []string{"Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
	"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "X-Frame-Options", "Permissions-Policy"}

// fetchFile gives a file as it is now and whether it differs from what we have;
// nil when the server has none.
func (a *Agent) fetchFile(ctx context.Context, path string, old *faceFile) (file *faceFile, changed bool, err error) {
	address := a.server.String() + path
	if path == seeds[0] && a.branch() != "" {
		address += "?branch=" + url.QueryEscape(a.branch())
	}
	ctx, cancel := context.WithTimeout(ctx, callPatience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, false, err
	}
	if old != nil && old.ETag != "" {
		r.Header.Set("If-None-Match", old.ETag)
	}
	answer, err := a.Client.Do(r)
	if err != nil {
		return nil, false, err
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotModified && old != nil:
		return old, false, nil
	case answer.StatusCode == http.StatusNotFound:
		return nil, false, nil
	case answer.StatusCode != http.StatusOK:
		return nil, false, &refusal{status: answer.StatusCode}
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, longestFile+1))
	if err != nil || len(body) > longestFile {
		return nil, false, errors.Join(err, fmt.Errorf("%d bytes", len(body)))
	}
	file = &faceFile{Sum: sumOf(body), ETag: answer.Header.Get("ETag"), Header: map[string]string{}, body: body}
	for _, name := range keptHeaders {
		if value := answer.Header.Get(name); value != "" {
			file.Header[name] = value
		}
	}
	return file, old == nil || old.Sum != file.Sum, nil
}

// What a file names: absolute paths of ours in quotes, the addresses in a style
// sheet, and modules beside it.
var (
	absoluteRef = regexp.MustCompile(`["'(](/(?:kiosk|web)/[A-Za-z0-9._/-]+)["')]`)
	styleRef    = regexp.MustCompile(`url\(\s*["']?([^"')\s]+)`)
	moduleRef   = regexp.MustCompile(`(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']`)
)

func references(path string, f *faceFile) (list []string) {
	kind, _, _ := mime.ParseMediaType(f.Header["Content-Type"])
	base := &url.URL{Path: path}
	add := func(pattern *regexp.Regexp) {
		for _, m := range pattern.FindAllSubmatch(f.body, -1) {
			if ref, err := url.Parse(string(m[1])); err == nil && ref.Host == "" && ref.Scheme == "" {
				list = append(list, base.ResolveReference(ref).Path)
			}
		}
	}
	switch {
	case kind == "text/html":
		add(absoluteRef)
	case kind == "text/css":
		add(absoluteRef)
		add(styleRef)
	case strings.HasSuffix(kind, "javascript"):
		add(absoluteRef)
		add(moduleRef)
	}
	return list
}
