package registers

// CRC is the CRC-16 of Modbus (polynomial A001 hex, start FFFF hex). On the wire
// it follows the frame, low byte first.
func CRC(b []byte) uint16 {
	crc := uint16(0xFFFF)
	for _, v := range b {
		crc ^= uint16(v)
		for range 8 {
			odd := crc&1 != 0
			crc >>= 1
			if odd {
				crc ^= 0xA001
			}
		}
	}
	return crc
}

// Config is what a keypad keeps in its EEPROM, in the units of its registers.
type Config struct {
	Debounce int // ms
	Address  int
	Parity   int // 0 none, 1 even
	Baud     int // hundreds
}

// DefaultConfig is how a keypad is when it was never configured.
func DefaultConfig() Config {
	return Config{DebounceDefault, AddressDefault, ParityDefault, BaudDefault}
}

// CRC is what config_commit wants to see: the CRC of the four values, in the order
// of their registers, each high byte first.
func (c Config) CRC() uint16 {
	var b []byte
	for _, v := range []int{c.Debounce, c.Address, c.Parity, c.Baud} {
		b = append(b, byte(v>>8), byte(v))
	}
	return CRC(b)
}

// FirstSeq is the number of the first event after the given start of the chip.
func FirstSeq(boot int) int { return 1 + boot*EventSeqStep%65535 }
