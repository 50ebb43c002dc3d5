package keypad

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	firmware "motcua/firmware-config"
)

// meanings finds what a key means. It is looked up by the bytes a unit sent: of
// our own keypads and of marks the one byte, of FF 68 keys also the digits before.
type meanings map[string]firmware.Action

// meaningsOf reads a profile's list. Keys are decimal numbers; those of FF 68 call
// keypads are hex bytes, with Action.With or written out in full ("06 0F").
func meaningsOf(protocol, role string, list map[string]firmware.Action) (meanings, error) {
	m := meanings{}
	for name, action := range list {
		key, err := keyOf(protocol, role, name, action.With)
		if err != nil {
			return nil, fmt.Errorf("keypad: %s key %q: %w", role, name, err)
		}
		if old, twice := m[key]; twice && old != action {
			return nil, fmt.Errorf("keypad: %s key %q has two meanings", role, name)
		}
		m[key] = action
	}
	return m, nil
}

func keyOf(protocol, role, name, with string) (string, error) {
	if protocol == FF68 && role == "call" {
		b, err := hex.DecodeString(strings.ReplaceAll(with+name, " ", ""))
		if err == nil && (len(b) < 1 || len(b) > mostData) {
			err = fmt.Errorf("%d bytes, want 1 to %d", len(b), mostData)
		}
		return string(b), err
	}
	n, err := strconv.ParseUint(name, 10, 8)
	return string([]byte{byte(n)}), err
}

// find gives the meaning of data: of all its bytes when the profile knows them
// together, else of the last one, which is the key.
func (m meanings) find(data string) (firmware.Action, bool) {
	if a, ok := m[data]; ok {
		return a, true
	}
	if data == "" {
		return firmware.Action{}, false
	}
	a, ok := m[data[len(data)-1:]]
	return a, ok
}
