package voice

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Rate is the samples a second of everything here.
const Rate = 22050

const header = 44 // bytes of the plain WAV header

// Samples reads a plain WAV file of one channel, 16 bits and Rate samples a second.
func Samples(wav []byte) ([]float64, error) {
	if len(wav) < header || string(wav[:4]) != "RIFF" || string(wav[36:40]) != "data" ||
		binary.LittleEndian.Uint16(wav[22:]) != 1 || binary.LittleEndian.Uint32(wav[24:]) != Rate || binary.LittleEndian.Uint16(wav[34:]) != 16 {
		return nil, errors.New("the speech program wrote another kind of file than a plain WAV of 22050 samples a second, one channel, 16 bits")
	}
	list := make([]float64, (len(wav)-header)/2)
	for i := range list {
		list[i] = float64(int16(binary.LittleEndian.Uint16(wav[header+2*i:]))) / (1 << 15)
	}
	return list, nil
}

// Wave writes such a file.
func Wave(sound []float64) []byte {
	var b bytes.Buffer
	size := uint32(2 * len(sound))
	b.WriteString("RIFF")
	for _, v := range []any{size + 36, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(Rate), uint32(2 * Rate), uint16(2), uint16(16), []byte("data"), size} {
		_ = binary.Write(&b, binary.LittleEndian, v) // a buffer takes everything
	}
	for _, x := range sound {
		_ = binary.Write(&b, binary.LittleEndian, int16(x*(1<<15-1)))
	}
	return b.Bytes()
}
