package escpos

import (
	"embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
)

// The type of paper and screens is the same: Be Vietnam Pro, under the Open Font
// License (fonts/OFL.txt). Thinner weights break up when a dot is black or nothing.
//
//go:embed fonts/*.ttf
var fontFiles embed.FS

type weight int

const (
	medium weight = iota
	bold
)

var fontNames = [...]string{medium: "fonts/BeVietnamPro_500Medium.ttf", bold: "fonts/BeVietnamPro_700Bold.ttf"}

// parsedFonts reads the files once; they are part of the program, so an
// unreadable one is a fault of the build.
var parsedFonts = sync.OnceValue(func() [len(fontNames)]*opentype.Font {
	var all [len(fontNames)]*opentype.Font
	for i, name := range fontNames {
		raw, err := fontFiles.ReadFile(name)
		if err != nil {
			panic("escpos: " + err.Error())
		}
		if all[i], err = opentype.Parse(raw); err != nil {
			panic("escpos: " + name + ": " + err.Error())
		}
	}
	return all
})

// faces are the sizes one ticket uses. A face keeps a buffer of its own, so each
// ticket has its faces.
type faces map[faceKey]font.Face

type faceKey struct {
	weight weight
	size   int // dots an em
}

func (f faces) of(w weight, size int) font.Face {
	key := faceKey{w, size}
	if face, ok := f[key]; ok {
		return face
	}
	face, err := opentype.NewFace(parsedFonts()[w], &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("escpos: " + err.Error()) // only for options that are wrong in themselves
	}
	f[key] = face
	return face
}
