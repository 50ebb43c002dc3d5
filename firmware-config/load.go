package firmware

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// LoadPrinter reads a built-in printer profile with what it inherits.
func LoadPrinter(id string) (*Printer, error) { return builtIn.LoadPrinter(id) }

// LoadKeypad does the same for keypads.
func LoadKeypad(id string) (*Keypad, error) { return builtIn.LoadKeypad(id) }

// LoadPanel does the same for panels.
func LoadPanel(id string) (*Panel, error) { return builtIn.LoadPanel(id) }

// LoadScanner does the same for scanners.
func LoadScanner(id string) (*Scanner, error) { return builtIn.LoadScanner(id) }

// List gives the heads of the built-in profiles of a kind, by id; of all kinds
// when kind is empty.
func List(kind string) []Head { return builtIn.List(kind) }

// Kind tells of what kind a built-in profile is: printer, keypad, panel or
// scanner; empty when there is none of that name.
func Kind(id string) string { return builtIn.Kind(id) }

// LoadPrinter reads a printer's profile. The error names file, line and field.
func (l *Library) LoadPrinter(id string) (*Printer, error) { return load[Printer](l, id, "printer") }

// LoadKeypad does the same for keypads.
func (l *Library) LoadKeypad(id string) (*Keypad, error) { return load[Keypad](l, id, "keypad") }

// LoadPanel does the same for panels.
func (l *Library) LoadPanel(id string) (*Panel, error) { return load[Panel](l, id, "panel") }

// LoadScanner does the same for scanners.
func (l *Library) LoadScanner(id string) (*Scanner, error) { return load[Scanner](l, id, "scanner") }

func load[T any](l *Library, id, kind string) (*T, error) {
	n, err := l.load(id)
	if err != nil {
		return nil, err
	}
	if is := n.get("kind"); is != kind {
		return nil, fmt.Errorf("%s is a %s, not a %s", id, is, kind)
	}
	var out T
	return &out, decode(n, &out)
}

// Head reads what every profile begins with.
func (l *Library) Head(id string) (Head, error) {
	n, err := l.load(id)
	if err != nil {
		return Head{}, err
	}
	var h Head
	err = decode(n, &h)
	return h, err
}

// Kind tells of what kind a profile is; empty when there is none of that name or
// it cannot be read.
func (l *Library) Kind(id string) string {
	h, err := l.Head(id)
	if err != nil {
		return ""
	}
	return h.Kind
}

// List gives the heads of the profiles of a kind, or of all when kind is empty,
// by id. Profiles that cannot be read are left out; Check tells of them.
func (l *Library) List(kind string) []Head {
	var list []Head
	for _, id := range l.ids() {
		if h, err := l.Head(id); err == nil && (kind == "" || h.Kind == kind) {
			list = append(list, h)
		}
	}
	return list
}

func (l *Library) ids() []string {
	all := maps.Clone(l.built.paths)
	maps.Copy(all, l.own.paths)
	return slices.Sorted(maps.Keys(all))
}

// Check reads every profile and gives all that is wrong with them, nil if nothing is.
func (l *Library) Check() error {
	var bad []string
	for _, id := range l.ids() {
		if _, err := l.load(id); err != nil {
			bad = append(bad, err.Error())
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(bad, "\n"))
}
