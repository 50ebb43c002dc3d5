package sim

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"motcua/firmware-config/keypad/registers"
)

// slaves are our own keypads: they speak Modbus RTU, and only when asked.
type slaves struct{}

func (slaves) power(u *padUnit) { u.chip.start(time.Now(), u.Address) }

func (slaves) press(u *padUnit, key string) (bool, error) {
	n, err := strconv.Atoi(key)
	if err != nil || n < 1 || n > 0xFF {
		return false, fmt.Errorf("%w: %q is no key", ErrAction, key)
	}
	return u.chip.press(n, time.Now()), nil
}

func (slaves) draw(u *padUnit, s *PadState) { u.chip.draw(s) }

// frameGap is the silence after which what came so far is no frame any more. A
// pseudo-terminal brings frames in one piece, so the real 3.5 characters would
// only make a loaded machine drop good ones.
const frameGap = 50 * time.Millisecond

func (s *slaves) run(k *Keypads) {
	k.wg.Go(func() {
		var buf []byte
		piece := make([]byte, 512)
		for {
			deadline := time.Time{}
			if len(buf) > 0 {
				deadline = time.Now().Add(frameGap)
			}
			n, err := k.o.Cable.ReadUntil(piece, deadline)
			switch {
			case errors.Is(err, os.ErrDeadlineExceeded):
				buf = buf[:0]
			case err != nil:
				return
			}
			buf = append(buf, piece[:n]...)
			for {
				frame, rest := request(buf)
				buf = append(buf[:0], rest...)
				if frame == nil {
					break
				}
				k.serve(frame)
			}
		}
	})
}

// request cuts the first whole request off. What cannot begin one is dropped.
func request(line []byte) (frame, rest []byte) {
	for at := 0; at < len(line); at++ {
		n := requestSize(line[at:])
		if n > len(line)-at {
			if frame, rest := request(line[at+1:]); frame != nil {
				return frame, rest
			}
			return nil, line[at:]
		}
		if n > 0 && registers.CRC(line[at:at+n-2]) == binary.LittleEndian.Uint16(line[at+n-2:]) {
			return append([]byte(nil), line[at:at+n]...), line[at+n:]
		}
	}
	return nil, nil
}

// requestSize is the length a request has by its function, 0 for one nobody knows.
func requestSize(b []byte) int {
	if len(b) < 2 {
		return 8
	}
	switch b[1] {
	case 0x03, 0x04, 0x06:
		return 8
	case 0x2B:
		return 7
	case 0x10:
		if len(b) < 7 {
			return 9
		}
		return 9 + int(b[6])
	case 0x17:
		if len(b) < 11 {
			return 13
		}
		return 13 + int(b[10])
	}
	return 0
}

// serve lets the unit that is meant answer; 0 means all, and nobody answers.
func (k *Keypads) serve(frame []byte) {
	// The request needs its time on the line, and the silence that ends it.
	if k.o.Clock.Sleep(k.ctx, k.lineTime(len(frame)+4)) != nil {
		return
	}
	if answer := k.answer(frame); answer != nil {
		if k.o.Clock.Sleep(k.ctx, k.lineTime(len(answer))) != nil {
			return
		}
		_, _ = k.o.Cable.Write(answer) // nobody there to hear it: so be it
	}
}

func (k *Keypads) answer(frame []byte) []byte {
	k.mu.Lock()
	now := time.Now()
	var answer []byte
	shows := false
	for _, u := range k.units {
		if !u.on || u.chip.config.Address != int(frame[0]) && frame[0] != 0 {
			continue
		}
		u.heard = now
		before := len(u.chip.ring)
		body := u.chip.answer(frame[1:len(frame)-2], now)
		shows = shows || frame[1] == 0x06 || frame[1] == 0x10 || len(u.chip.ring) != before
		if frame[0] == 0 || u.mute || k.dice(k.drop) {
			continue
		}
		answer = append([]byte{frame[0]}, body...)
		answer = binary.LittleEndian.AppendUint16(answer, registers.CRC(answer))
	}
	if answer != nil && k.dice(k.noise) {
		answer = k.disturb(answer)
	}
	k.mu.Unlock()
	if shows {
		k.tell()
	}
	return answer
}

// disturb puts rubbish before an answer, or spoils it.
func (k *Keypads) disturb(answer []byte) []byte {
	if k.dice(50) {
		return append(k.rubbish(), answer...)
	}
	answer[k.rand.IntN(len(answer))] ^= byte(1 << k.rand.IntN(8))
	return answer
}

// answer to a request, both without address and CRC.
func (c *chip) answer(q []byte, now time.Time) []byte {
	word := func(at int) int { return int(binary.BigEndian.Uint16(q[at:])) }
	switch q[0] {
	case 0x03:
		return c.read(q[0], word(1), word(3), func(reg int) (uint16, bool) { return c.holding(reg, now) })
	case 0x04:
		return c.read(q[0], word(1), word(3), func(reg int) (uint16, bool) { return c.input(reg, now), reg < registers.InputEnd })
	case 0x06:
		if why := c.set(word(1), q[3:5]); why != 0 {
			return refusal(q[0], why)
		}
		return q
	case 0x10:
		if why := c.set(word(1), q[6:]); why != 0 {
			return refusal(q[0], why)
		}
		return q[:5]
	case 0x17:
		if why := c.set(word(5), q[10:]); why != 0 {
			return refusal(q[0], why)
		}
		return c.read(q[0], word(1), word(3), func(reg int) (uint16, bool) { return c.holding(reg, now) })
	}
	return identity(q)
}

func refusal(function, why byte) []byte { return []byte{function | 0x80, why} }

func (c *chip) read(function byte, from, count int, value func(int) (uint16, bool)) []byte {
	if count < 1 || count > 125 {
		return refusal(function, 3)
	}
	b := []byte{function, byte(2 * count)}
	for reg := from; reg < from+count; reg++ {
		v, ok := value(reg)
		if !ok {
			return refusal(function, 2)
		}
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}

// set writes registers, all of them or none.
func (c *chip) set(from int, values []byte) byte {
	for i := 0; i+1 < len(values); i += 2 {
		if why := c.refuses(from+i/2, binary.BigEndian.Uint16(values[i:])); why != 0 {
			return why
		}
	}
	for i := 0; i+1 < len(values); i += 2 {
		c.write(from+i/2, binary.BigEndian.Uint16(values[i:]))
	}
	return 0
}

// identity answers FC 2B/0E with the three basic objects.
func identity(q []byte) []byte {
	if len(q) < 4 || q[1] != 0x0E || q[2] != 1 {
		return refusal(q[0], 3)
	}
	b := []byte{q[0], 0x0E, 1, 1, 0, 0, 3}
	version := fmt.Sprintf("%x.%02x", registers.FirmwareVersion>>8, registers.FirmwareVersion&0xFF)
	for i, text := range []string{registers.Vendor, registers.Product, version} {
		b = append(append(b, byte(i), byte(len(text))), text...)
	}
	return b
}
