// Package display holds the pages of the hall's screens: the board, the counter
// displays and the rating tablets. It embeds files and knows nothing else; the
// edge serves them.
package display

import (
	"embed"
	"io/fs"
)

//go:embed board counter rate
var files embed.FS

// FS holds one folder for each screen: board (served at /board/…), counter (its
// page at /counter/{id}/, its files at /counter/…) and rate (its page at
// /rate/{counter}/, its files at /rate/…). Each has an index.html in which the
// edge fills in {{branch}}, {{lang}} and {{counter}}.
var FS fs.FS = files
