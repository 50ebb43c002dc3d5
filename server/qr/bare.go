package qr

import (
	"fmt"

	"github.com/skip2/go-qrcode"
)

// Bare gives the modules of a symbol without a quiet zone, at level L, M, Q or H:
// as ticket printers draw it themselves.
func Bare(content string, level byte) ([][]bool, error) {
	levels := map[byte]qrcode.RecoveryLevel{'L': qrcode.Low, 'M': qrcode.Medium, 'Q': qrcode.High, 'H': qrcode.Highest}
	l, known := levels[level]
	if !known {
		return nil, fmt.Errorf("qr: no level %q", level)
	}
	code, err := qrcode.New(content, l)
	if err != nil {
		return nil, err
	}
	code.DisableBorder = true
	return code.Bitmap(), nil
}
