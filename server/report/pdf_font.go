package report

import (
	_ "embed"

	"codeberg.org/go-pdf/fpdf"
)

// The letters of printed reports travel inside the file: Vietnamese looks the same
// on every machine.
var (
	//go:embed fonts/BeVietnamPro_500Medium.ttf
	mediumTTF []byte
	//go:embed fonts/BeVietnamPro_700Bold.ttf
	boldTTF []byte
)

const family = "BeVietnamPro"

func withFonts(f *fpdf.Fpdf) {
	f.AddUTF8FontFromBytes(family, "", mediumTTF)
	f.AddUTF8FontFromBytes(family, "B", boldTTF)
}
