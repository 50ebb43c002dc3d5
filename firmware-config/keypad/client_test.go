package keypad_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
)

// patience is ten times and more what an answer needs on a busy machine.
const patience = 10 * time.Second

// client is a master of Modbus RTU, just large enough for these tests. It is not
// the driver's: the firmware is judged by mbpoll and by this.
type client struct {
	t    testing.TB
	k    *chip.Chip
	line *os.File
	unit byte
}

// exception is a refusal by the chip.
type exception byte

func (e exception) Error() string { return fmt.Sprintf("exception %d", byte(e)) }

func dial(t testing.TB, k *chip.Chip) *client {
	t.Helper()
	line, err := os.OpenFile(k.Path, os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = line.Close() })
	return &client{t: t, k: k, line: line, unit: 1}
}

// ask sends a request without unit and CRC, and gives the answer without them.
func (c *client) ask(pdu ...byte) ([]byte, error) {
	c.t.Helper()
	c.send(framed(c.unit, pdu))
	return c.hear(pdu[0])
}

func (c *client) send(frame []byte) {
	c.t.Helper()
	if _, err := c.line.Write(frame); err != nil {
		c.t.Fatal(err)
	}
}

// hear waits for the answer to a function.
func (c *client) hear(function byte) ([]byte, error) {
	c.t.Helper()
	if err := c.line.SetReadDeadline(time.Now().Add(patience)); err != nil {
		c.t.Fatal(err)
	}
	var got []byte
	for answerLength(got) == 0 || len(got) < answerLength(got) {
		part := make([]byte, 256)
		n, err := c.line.Read(part)
		got = append(got, part[:n]...)
		if err != nil {
			return nil, fmt.Errorf("after % x: %w", got, err)
		}
	}
	got = got[:answerLength(got)]
	if registers.CRC(got[:len(got)-2]) != binary.LittleEndian.Uint16(got[len(got)-2:]) || got[0] != c.unit {
		return nil, fmt.Errorf("damaged answer % x", got)
	}
	if got[1] == function|0x80 {
		return nil, exception(got[2])
	}
	return got[1 : len(got)-2], nil
}

func framed(unit byte, pdu []byte) []byte {
	f := append([]byte{unit}, pdu...)
	return binary.LittleEndian.AppendUint16(f, registers.CRC(f))
}

// answerLength is the whole answer's, 0 while it cannot be known.
func answerLength(b []byte) int {
	switch {
	case len(b) < 3:
		return 0
	case b[1]&0x80 != 0:
		return 5
	case b[1] == 0x06 || b[1] == 0x10:
		return 8
	case b[1] == 0x2B:
		return identifyLength(b)
	}
	return 5 + int(b[2])
}

func identifyLength(b []byte) int {
	if len(b) < 8 {
		return 0
	}
	at := 8
	for range b[7] {
		if len(b) < at+2 {
			return 0
		}
		at += 2 + int(b[at+1])
	}
	return at + 2
}

func be(values ...int) []byte {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}

func words(b []byte) []int {
	var list []int
	for ; len(b) >= 2; b = b[2:] {
		list = append(list, int(binary.BigEndian.Uint16(b)))
	}
	return list
}

func (c *client) must(pdu ...byte) []byte {
	c.t.Helper()
	answer, err := c.ask(pdu...)
	if err != nil {
		c.t.Fatalf("% x: %v", pdu, err)
	}
	return answer
}

func (c *client) inputs() []int {
	c.t.Helper()
	return words(c.must(append([]byte{0x04}, be(0, registers.InputEnd)...)...)[2:])
}

func (c *client) holding(at, count int) []int {
	c.t.Helper()
	return words(c.must(append([]byte{0x03}, be(at, count)...)...)[2:])
}

func (c *client) write(at, value int) error {
	c.t.Helper()
	_, err := c.ask(append([]byte{0x06}, be(at, value)...)...)
	return err
}

func (c *client) writeMany(at int, values ...int) error {
	c.t.Helper()
	pdu := append([]byte{0x10}, be(at, len(values))...)
	pdu = append(pdu, byte(2*len(values)))
	_, err := c.ask(append(pdu, be(values...)...)...)
	return err
}

// next acknowledges a seq and reads the inputs' mirror: FC 17 hex.
func (c *client) next(ack int) []int {
	c.t.Helper()
	pdu := append([]byte{0x17}, be(registers.HoldingMirror, registers.MirrorCount, registers.HoldingAck, 1)...)
	pdu = append(append(pdu, 2), be(ack)...)
	return words(c.must(pdu...)[2:])
}

// silent fails the test if the request is answered.
func (c *client) silent(pdu ...byte) {
	c.t.Helper()
	c.ignored(framed(c.unit, pdu))
}

// ignored sends bytes and fails the test if any come back. The waiting is in the
// chip's time: however slow the machine is, the chip has had its 400 ms.
func (c *client) ignored(frame []byte) {
	c.t.Helper()
	before := c.k.State().Sent
	c.send(frame)
	time.Sleep(2 * time.Millisecond) // into the simulator's hands
	c.k.Wait(400 * time.Millisecond)
	if sent := c.k.State().Sent - before; sent != 0 {
		c.t.Errorf("% x is answered by %d bytes, want silence", frame, sent)
	}
}

// commit writes a configuration's four registers and its CRC.
func (c *client) commit(cfg registers.Config, crc int) error {
	c.t.Helper()
	if err := c.pend(cfg); err != nil {
		return err
	}
	return c.write(registers.HoldingConfigCommit, crc)
}

// pend writes the four registers only.
func (c *client) pend(cfg registers.Config) error {
	c.t.Helper()
	if err := c.write(registers.HoldingDebounce, cfg.Debounce); err != nil {
		return err
	}
	return c.writeMany(registers.HoldingAddress, cfg.Address, cfg.Parity, cfg.Baud)
}
