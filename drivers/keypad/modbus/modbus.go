// Package modbus is the master's side of Modbus RTU as pure functions of bytes:
// requests are built, answers are found in whatever the line brought.
//
// A computer cannot measure the 3.5 characters of silence that end a frame, so
// answers are told by their length, which the request fixes, and by their CRC.
// Frame layouts: "MODBUS Application Protocol Specification V1.1b3" chapter 6,
// CRC: "MODBUS over Serial Line V1.02" chapter 6.2.2.
package modbus

import (
	"encoding/binary"
	"fmt"
)

// Function is what a request asks for.
type Function byte

// The functions the devices of a hall need.
const (
	ReadHolding Function = 0x03
	ReadInput   Function = 0x04
	WriteOne    Function = 0x06
	WriteMany   Function = 0x10
	ReadWrite   Function = 0x17 // writes, then reads, in one exchange
	Identify    Function = 0x2B // with 0x0E: what the device is called
)

const (
	identifyKind = 0x0E
	refused      = 0x80 // set in the function of an answer that is an exception
)

// The most a frame carries, by the specification.
const (
	MaxRead  = 125 // registers of one read
	MaxWrite = 121 // registers of one write, the smaller of both functions that write
	MaxFrame = 256 // bytes
)

// Exception is a unit's refusal.
type Exception byte

// The refusals that masters meet.
const (
	IllegalFunction Exception = 1
	IllegalAddress  Exception = 2
	IllegalValue    Exception = 3
	DeviceFailure   Exception = 4
)

func (e Exception) Error() string {
	switch e {
	case IllegalFunction:
		return "modbus: exception 1, the unit does not know the function"
	case IllegalAddress:
		return "modbus: exception 2, the unit has no such register"
	case IllegalValue:
		return "modbus: exception 3, the unit does not take the value"
	}
	return fmt.Sprintf("modbus: exception %d", byte(e))
}

// Request is one question to one unit. Fields a function has no use for are ignored.
type Request struct {
	Unit     byte // 1..247
	Function Function
	From     uint16   // first register read
	Count    uint16   // registers read
	To       uint16   // first register written
	Values   []uint16 // registers written
	Code     byte     // Identify: 1 basic, 2 regular, 3 extended
	Object   byte     // Identify: the first object wanted
}

// Answer is what a unit said.
type Answer struct {
	Registers []uint16        // of the reads
	Objects   map[byte]string // of Identify: 0 maker, 1 product, 2 version …
}

// CRC is the check sum of a frame; on the line its low byte goes first.
func CRC(frame []byte) uint16 {
	crc := uint16(0xFFFF)
	for _, b := range frame {
		crc = crc>>8 ^ crcTable[byte(crc)^b]
	}
	return crc
}

// crcTable holds the CRC of each byte, polynomial 0x8005 bit-reversed.
var crcTable = func() (t [256]uint16) {
	for i := range t {
		v := uint16(i)
		for range 8 {
			odd := v&1 != 0
			v >>= 1
			if odd {
				v ^= 0xA001
			}
		}
		t[i] = v
	}
	return t
}()

// Sealed appends the CRC.
func Sealed(frame []byte) []byte { return binary.LittleEndian.AppendUint16(frame, CRC(frame)) }

// Whole tells whether the last two bytes are the CRC of those before.
func Whole(frame []byte) bool {
	n := len(frame) - 2
	return n > 0 && binary.LittleEndian.Uint16(frame[n:]) == CRC(frame[:n])
}

// Bytes is the frame to send.
func (r Request) Bytes() []byte {
	b := make([]byte, 0, 16+2*len(r.Values))
	b = append(b, r.Unit, byte(r.Function))
	switch r.Function {
	case ReadHolding, ReadInput:
		b = words(b, r.From, r.Count)
	case WriteOne:
		b = words(b, r.To, r.first())
	case WriteMany:
		b = words(b, r.To, uint16(len(r.Values)))
		b = words(append(b, byte(2*len(r.Values))), r.Values...)
	case ReadWrite:
		b = words(b, r.From, r.Count, r.To, uint16(len(r.Values)))
		b = words(append(b, byte(2*len(r.Values))), r.Values...)
	case Identify:
		b = append(b, identifyKind, r.Code, r.Object)
	}
	return Sealed(b)
}

func (r Request) first() uint16 {
	if len(r.Values) == 0 {
		return 0
	}
	return r.Values[0]
}

func words(b []byte, values ...uint16) []byte {
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}
