// Package web holds what all screens share (served under /web/), the phone page
// and the desk. It embeds files and knows nothing else; the edge serves them.
package web

import (
	"embed"
	"io/fs"
)

//go:embed static phone desk admin posting
var files embed.FS

// FS holds three folders: static (served at /web/…), phone (the page of
// /t/{token} is phone/index.html, its files are served at /phone/…) and desk
// (served at /desk/…), admin (served at /admin/…) and posting (served at /posting/…).
var FS fs.FS = files
