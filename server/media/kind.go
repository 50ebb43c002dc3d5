package media

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Kind is what a screen can show.
type Kind string

// The kinds of files; a file that is none of them is not given out.
const (
	Picture Kind = "picture"
	Film    Kind = "film"
)

// endings are what names of a kind end in. Screens go by them before a file has
// come; what it is for good, its content says.
var endings = map[Kind][]string{
	Picture: {".png", ".jpg", ".jpeg", ".webp", ".avif"},
	Film:    {".mp4", ".webm"},
}

// fits tells whether a name's ending is one of the kind.
func fits(name string, kind Kind) bool {
	return slices.Contains(endings[kind], strings.ToLower(path.Ext(name)))
}

// sniffed is how many of the first bytes tell what a file is.
const sniffed = 512

// sniff gives the content type and kind of a file by its first bytes; both are
// empty for what is not shown.
func sniff(head []byte) (string, Kind) {
	switch {
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png", Picture
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return "image/jpeg", Picture
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return "image/webp", Picture
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return isoKind(string(head[8:12]))
	case bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")) && bytes.Contains(head[:min(len(head), 64)], []byte("webm")):
		return "video/webm", Film
	}
	return "", ""
}

// isoKind sorts files of the MP4 family by their brand. The telephone's own
// pictures (heic) and films (qt) are of it, too, and no browser shows them.
func isoKind(brand string) (string, Kind) {
	switch brand {
	case "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash", "MSNV":
		return "video/mp4", Film
	case "avif":
		return "image/avif", Picture
	}
	return "", ""
}
