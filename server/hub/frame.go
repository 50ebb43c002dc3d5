package hub

import (
	"encoding/binary"
	"encoding/json"
)

// Opcodes of RFC 6455 with the FIN bit: our frames are never fragmented.
const (
	opText  = 0x81
	opClose = 0x88
	opPing  = 0x89
	opPong  = 0x8A
)

// Close codes the hub uses.
const (
	CloseGoingAway = 1001 // the server restarts
	CloseInvalid   = 1007 // a message that is no UTF-8
	ClosePolicy    = 1008 // a message nobody understands, or too many of them
	CloseBinary    = 1003 // a binary message
	CloseSlow      = 4008 // the client does not take what it is sent
	CloseSession   = 4010 // whoever it was opened for has logged out, or may no more
)

// frame puts a server's frame around a payload: no mask, whole.
func frame(op byte, payload []byte) []byte {
	n := len(payload)
	out := make([]byte, 0, n+10)
	switch {
	case n < 126:
		out = append(out, op, byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, op, 126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, op, 127), uint64(n))
	}
	return append(out, payload...)
}

// message frames a value as JSON. The values are ours and always encode.
func message(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return frame(opText, body)
}

func closing(code int, reason string) []byte {
	body := binary.BigEndian.AppendUint16(nil, uint16(code))
	return frame(opClose, append(body, reason[:min(len(reason), 123)]...))
}

var pingFrame = frame(opPing, nil)

// Slow is the close frame for a client that does not take what it is sent.
func Slow() []byte { return closing(CloseSlow, "slow") }

// FrameEnd gives where the frame ends that holds byte n of out, which are whole
// frames of this package; n itself when a frame begins there.
func FrameEnd(out []byte, n int) int {
	at := 0
	for at < n {
		size := 2
		switch length := int(out[at+1]); length {
		case 126:
			size = 4 + int(binary.BigEndian.Uint16(out[at+2:]))
		case 127:
			size = 10 + int(binary.BigEndian.Uint64(out[at+2:]))
		default:
			size += length
		}
		at += size
	}
	return at
}
