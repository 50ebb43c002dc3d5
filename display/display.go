// Package display holds the pages of the hall's screens: the board, the counter
// displays, the rating tablets and the look-up. It embeds files and knows nothing else; the
// edge serves them.
package display

import (
	"embed"
	"io/fs"
)

//go:embed board counter rate lookup screen results
var files embed.FS

// FS holds one folder for each screen: board (served at /board/…), counter (its
// page at /counter/{id}/, its files at /counter/…), rate (its page at
// /rate/{counter}/, its files at /rate/…), lookup (served at /lookup/…), results (served at /results/…) and screen (served at /screen/…: what a browser shows before it has a role). Each has an index.html in which the
// edge fills in {{branch}}, {{lang}} and {{counter}}.
var FS fs.FS = files
