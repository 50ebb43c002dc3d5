// Package web holds what all screens share (served under /web/), the phone page
// and the desk. It embeds files and knows nothing else; the edge serves them.
package web

import (
	"embed"
	"io/fs"
)

//go:embed static phone desk admin
var files embed.FS

// FS holds three folders: static (served at /web/…), phone (the page of
// /t/{token} is phone/index.html, its files are served at /phone/…) and desk
// (served at /desk/…) and admin (served at /admin/…).
var FS fs.FS = files
