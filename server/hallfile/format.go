package hallfile

import (
	"fmt"
	"regexp"
	"time"

	"motcua/server/queue"
)

// kind and format tell our files from others, and newer ones from those known here.
const (
	kind   = "motcua-settings"
	format = 1
)

// Names in the archive.
const (
	manifestName = "manifest.json"
	settingsName = "settings.json"
	ownName      = "own.json"
	mediaFolder  = "media/"
	wordsFolder  = "words/"
	talkFolder   = "languages/"
)

// Bounds of a file, in bytes but for the number of entries. MaxFile bounds the
// archive as well as what is in it: pictures and films do not shrink.
const (
	MaxFile      = 1 << 30
	mostEntries  = 2000
	mostManifest = 1 << 20
	mostOwn      = 16 << 20
	mostText     = 1 << 20 // of a table of words or texts
	mostMedia    = 200 << 20
	mostList     = 1 << 20 // of the archive's own list of its entries
)

// WordFiles are the tables of the hall's own words, as they lie in the data directory.
var WordFiles = []string{"synonyms.tsv", "events.tsv"}

// talkName is a table of a language: languages/tyz/kiosk.json.
var talkName = regexp.MustCompile(`^languages/[a-z]{2,3}(-[A-Za-z0-9]{2,8})?/[a-z][a-z0-9_-]{0,31}\.json$`)

// Manifest is what a file says of itself.
type Manifest struct {
	Kind    string     `json:"kind"`
	Format  int        `json:"format"`
	Product string     `json:"product"` // version of the program that made it
	Made    time.Time  `json:"made"`
	Branch  string     `json:"branch"`
	Name    queue.Text `json:"name"`
	Files   []Entry    `json:"files"`
}

// Entry is one file of the archive.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // in hex
}

// Code is why a file is refused.
type Code string

// The codes.
const (
	Foreign Code = "file_foreign" // not a file of settings
	Newer   Code = "file_newer"   // made by a newer program
	Damaged Code = "file_damaged" // incomplete or altered
	Large   Code = "file_large"   // more than a hall has
)

// Error is a refused file.
type Error struct {
	Code   Code
	Detail string
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Detail) }

func refuse(code Code, detail string, args ...any) error {
	return &Error{code, fmt.Sprintf(detail, args...)}
}

// most is how large an entry may be; 0 for one that such a file does not have.
func most(name string) int64 {
	switch {
	case name == settingsName:
		return queue.MaxSettings
	case name == ownName:
		return mostOwn
	case name == wordsFolder+WordFiles[0], name == wordsFolder+WordFiles[1], talkName.MatchString(name):
		return mostText
	}
	if media, ok := cutMedia(name); ok && len(media) <= queue.LongestMediaName && queue.MediaName.MatchString(media) {
		return mostMedia
	}
	return 0
}
