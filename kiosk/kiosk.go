// Package kiosk holds the pages of the touch screen, served under /kiosk/. It
// embeds files and knows nothing else.
package kiosk

import "embed"

// FS holds index.html and the files beside it.
//
//go:embed *.html *.css *.js
var FS embed.FS
