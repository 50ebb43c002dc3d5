package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// pages is every file the browsers load, read once: its bytes, its type and a
// name made of its content.
type pages struct {
	files map[string]*asset // by "kiosk/kiosk.js"
	build string            // a name made of all of them: screens that show another one load anew
}

type asset struct {
	body []byte
	zip  []byte // the same, gzipped; nil when that does not pay
	kind string
	etag string
}

// newAsset compresses once, at the start: screens are many, files are few.
func newAsset(body []byte, kind string) *asset {
	a := &asset{body: body, kind: kind, etag: etag(body)}
	if !strings.HasPrefix(kind, "text/") && !strings.HasPrefix(kind, "application/") && kind != "image/svg+xml" {
		return a // fonts, pictures and sound are compressed already
	}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // a level that exists
	if _, err := z.Write(body); err == nil && z.Close() == nil && out.Len() < len(body)*9/10 {
		a.zip = out.Bytes()
	}
	return a
}

// kinds are the types of files by their ending; another file is not served.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".webp": "image/webp",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".opus":        "audio/ogg", ".ogg": "audio/ogg", ".mp3": "audio/mpeg", ".wav": "audio/wav",
}

func readPages(folders map[string]fs.FS) (*pages, error) {
	p := &pages{files: map[string]*asset{}}
	for name, folder := range folders {
		if err := p.read(name, folder); err != nil {
			return nil, fmt.Errorf("pages of %s: %w", name, err)
		}
	}
	all := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		fmt.Fprintln(all, name, p.files[name].etag)
	}
	p.build = base64.RawURLEncoding.EncodeToString(all.Sum(nil)[:9])
	return p, nil
}

func (p *pages) read(name string, folder fs.FS) error {
	return fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		kind := kinds[path.Ext(file)]
		if kind == "" {
			return nil
		}
		body, err := fs.ReadFile(folder, file)
		if err != nil {
			return err
		}
		p.files[name+"/"+file] = newAsset(strip(file, body), kind)
		return nil
	})
}

func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// send answers with a file, or with 304 when the browser has this very content.
func send(c *fiber.Ctx, a *asset) error {
	c.Set(fiber.HeaderETag, a.etag)
	// Kept, but asked for each time: after an upgrade nobody runs an old half.
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if matches(c.Get(fiber.HeaderIfNoneMatch), a.etag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, a.kind)
	if a.zip != nil && strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(a.zip)
	}
	return c.Send(a.body)
}

func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == etag || part == "*" {
			return true
		}
	}
	return false
}

// filled is a page with what it must know of where it is.
func (a *asset) filled(values map[string]string) *asset {
	body := a.body
	for name, value := range values {
		body = bytes.ReplaceAll(body, []byte("{{"+name+"}}"), []byte(html.EscapeString(value)))
	}
	return newAsset(body, a.kind)
}
