package firmware

import (
	"regexp"
	"slices"
	"strings"
)

// checkProfile checks one file as it stands, before anything is inherited.
func checkProfile(n *node, id string) error {
	var p Problems
	if n.kind != aMap {
		return oneProblem(n, "", "%s, but a profile is a group of fields", told(n))
	}
	kind := n.get("kind")
	if !slices.Contains(kinds, kind) {
		at := n.fields["kind"]
		if at == nil {
			return oneProblem(n, "kind", "is missing; it is one of %s", strings.Join(kinds, ", "))
		}
		return oneProblem(at, "kind", "%s is not one of %s", shown(at), strings.Join(kinds, ", "))
	}
	schemas()[kind].check(n, "", &p)
	if is := n.get("id"); is != "" && is != id {
		p.add(n.fields["id"], "id", "%q must be the file's name without .yaml, which is %q", is, id)
	}
	checkVerified(n, &p)
	return p.orNil()
}

// checkVerified keeps the field honest: who says hardware says who held it and
// when, who says manual says which.
func checkVerified(n *node, p *Problems) {
	v := n.fields["verified"]
	if v == nil || v.kind != aMap {
		return // the schema has told
	}
	switch v.get("how") {
	case "hardware":
		for _, name := range []string{"by", "date"} {
			if v.fields[name] == nil {
				p.add(v, "verified."+name, "is missing: hardware means that somebody tried it")
			}
		}
	case "manual":
		if s := n.fields["sources"]; s == nil || len(s.items) == 0 {
			p.add(v, "sources", "is missing: name the manual and the page")
		}
	}
}

// complete checks a profile with all it inherits.
func complete(n *node) error {
	var p Problems
	kind := n.get("kind")
	schemas()[kind].Defs["complete"].checkRequired(n, "", &p)
	schemas()["head"].Defs["complete"].checkRequired(n, "", &p)
	if serial := n.fields["serial"]; serial != nil {
		schemas()["head"].Defs["serial_complete"].checkRequired(serial, "serial", &p)
	}
	if len(p) == 0 {
		rules[kind](n, &p)
	}
	return p.orNil()
}

// ownKey is a key of a modbus keypad: its number.
var ownKey = regexp.MustCompile(`^([1-9]|1[0-6])$`)

// rules are what a schema cannot say.
var rules = map[string]func(*node, *Problems){
	"printer": printerRules, "keypad": keypadRules, "panel": panelRules, "scanner": scannerRules,
}

func printerRules(n *node, p *Problems) {
	if n.get("text") != "tcvn3" {
		return
	}
	for _, name := range []string{"tcvn3_lower", "tcvn3_upper"} {
		if n.fields[name] == nil {
			p.add(n.fields["text"], name, "is missing: text tcvn3 needs the numbers of both code pages")
		}
	}
}

func keypadRules(n *node, p *Problems) {
	for _, name := range n.fields["rate"].keys {
		if a := n.fields["rate"].fields[name]; a.get("do") != "rate" || a.fields["level"] == nil {
			p.add(a, "rate."+name, "a rating key has do: rate and its level")
		}
	}
	for _, name := range n.fields["call"].keys {
		at := "call." + name
		a := n.fields["call"].fields[name]
		if a.get("do") == "rate" || a.fields["level"] != nil {
			p.add(a, at, "a call key does not rate")
		}
		if n.get("protocol") == "modbus" && (a.fields["with"] != nil || !ownKey.MatchString(name)) {
			p.add(a, at, "keys of a modbus keypad are counted 1 to 16 and stand alone")
		}
		if n.get("protocol") == "ff68" && len(name) < 2 {
			p.add(a, at, "keys of an ff68 keypad are pairs of hex digits, such as 0C")
		}
	}
}

func panelRules(n *node, p *Problems) {
	if n.get("protocol") == "ff68" && (n.get("digits") != "6" || n.get("letters") == "true") {
		p.add(n.fields["digits"], "digits", "the FF 68 display has 6 digits and no letters")
	}
}

func scannerRules(n *node, p *Problems) {
	if n.get("end") == "silence" && n.get("silence_ms") == "0" {
		p.add(n.fields["silence_ms"], "silence_ms", "with end: silence, this is what ends a code, so it cannot be 0")
	}
}
