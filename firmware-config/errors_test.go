package firmware

import (
	"fmt"
	"strings"
	"testing"
)

const goodHead = "id: x\ninherits: generic-80\nkind: printer\nname: X\nverified: {how: guess}\n" // 5 lines

// Every error names file, line and field, and says what to write instead.
func TestProfileErrors(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"baud":           {goodHead + "serial:\n  baud: [12345]\n", "x.yaml:7: serial.baud[0]: 12345 is not one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200"},
		"misspelt":       {goodHead + "dot: 384\n", "x.yaml:6: dot: no such field; did you mean dots?"},
		"unknown":        {goodHead + "colours_of_the_rainbow: 7\n", "no such field; there are asb, band_rows"},
		"text for num":   {goodHead + "dots: wide\n", `x.yaml:6: dots: "wide" stands here, but it must be a whole number`},
		"num for bool":   {goodHead + "asb: 1\n", "x.yaml:6: asb: 1 stands here, but it must be true or false"},
		"list":           {goodHead + "serial:\n  baud: 9600\n", "x.yaml:7: serial.baud: 9600 stands here, but it must be a list"},
		"nothing":        {goodHead + "dots:\n", "x.yaml:6: dots: nothing stands here"},
		"too large":      {goodHead + "buffer: 99999999\n", "x.yaml:6: buffer: 99999999 is more than 1048576"},
		"too small":      {goodHead + "band_rows: 2\n", "x.yaml:6: band_rows: 2 is less than 8"},
		"twice":          {goodHead + "dots: 384\ndots: 576\n", "x.yaml:7"},
		"no verified":    {"id: x\ninherits: generic-80\nkind: printer\nname: X\n", "x.yaml:1: verified: is missing"},
		"hardware":       {"id: x\ninherits: generic-80\nkind: printer\nname: X\nverified: {how: hardware}\n", "x.yaml:5: verified.by: is missing: hardware means"},
		"manual":         {"id: x\ninherits: generic-80\nkind: printer\nname: X\nverified: {how: manual}\n", "x.yaml:5: sources: is missing: name the manual"},
		"date":           {"id: x\ninherits: generic-80\nkind: printer\nname: X\nverified: {how: hardware, by: L, date: 1.2.2026}\n", "does not have the right form: yyyy-mm-dd"},
		"wrong id":       {strings.Replace(goodHead, "id: x", "id: y", 1), `x.yaml:1: id: "y" must be the file's name without .yaml, which is "x"`},
		"no kind":        {"id: x\n", "kind: is missing; it is one of printer, keypad, panel, scanner"},
		"kind":           {strings.Replace(goodHead, "printer", "toaster", 1), `x.yaml:3: kind: "toaster" is not one of printer`},
		"other kind":     {"id: x\ninherits: generic-80\nkind: scanner\nname: X\nverified: {how: guess}\n", "x.yaml:2: inherits: generic-80 is a printer, this is a scanner"},
		"no parent":      {strings.Replace(goodHead, "generic-80", "generic-81", 1), "x.yaml:2: inherits: there is no profile generic-81"},
		"itself":         {strings.Replace(goodHead, "generic-80", "x", 1), "x.yaml:2: inherits: there is no profile x"},
		"not whole":      {strings.Replace(goodHead, "inherits: generic-80\n", "", 1), "dots: is missing"},
		"serial missing": {strings.Replace(goodHead, "inherits: generic-80\n", "serial: {baud: [9600]}\n", 1), "serial.parity: is missing"},
		"code pages":     {goodHead + "text: tcvn3\n", "x.yaml:6: tcvn3_lower: is missing: text tcvn3 needs"},
		"not yaml":       {"id: [\n", "x.yaml"},
		"empty":          {"", "0 documents"},
		"two documents":  {goodHead + "---\nid: y\n", "2 documents"},
		"text only":      {"hello", "a profile is a group of fields"},
		"anchor":         {"id: x\nkind: printer\nname: &a X\n", "not used in these files"},
		"merge":          {"id: x\n<<: {kind: printer}\n", "not used in these files"},
		"not UTF-8":      {"id: \xff\n", "not UTF-8"},
		"nested":         {strings.Repeat("[", 100), "too many brackets"},
		"deep":           {"a:\n" + deepYAML(12), "nested more than 8 levels"},
		"large":          {"#" + strings.Repeat("x", longestFile), "not a plain file of at most 64 kB"},
	} {
		lib, err := folder(t, map[string]string{"x.yaml": c.text})
		if err != nil {
			t.Fatal(err)
		}
		_, err = lib.LoadPrinter("x")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant …%s…", name, err, c.want)
		}
	}
}

func deepYAML(levels int) string {
	var b strings.Builder
	for i := range levels {
		fmt.Fprintf(&b, "%sa:\n", strings.Repeat(" ", i+1))
	}
	return b.String()
}

func TestKindErrors(t *testing.T) {
	head := func(parent, kind string) string {
		return "id: x\ninherits: " + parent + "\nkind: " + kind + "\nname: X\nverified: {how: guess}\n"
	}
	for name, c := range map[string]struct{ text, want string }{
		"rate without level": {head("motcua-kp5", "keypad") + "rate: {\"6\": {do: rate}}\n", "rate.6: a rating key has do: rate and its level"},
		"call that rates":    {head("motcua-kp5", "keypad") + "call: {\"6\": {do: rate}}\n", "call.6: a call key does not rate"},
		"unknown verb":       {head("motcua-kp5", "keypad") + "call: {\"6\": {do: dance}}\n", `call.6.do: "dance" is not one of rate, next`},
		"hex on modbus":      {head("motcua-kp5", "keypad") + "call: {\"0C\": {do: next}}\n", "keys of a modbus keypad are counted 1 to 16"},
		"digit on ff68":      {head("ff68", "keypad") + "call: {\"6\": {do: next}}\n", "call.6: keys of an ff68 keypad are pairs of hex digits"},
		"key 0":              {head("motcua-kp5", "keypad") + "rate: {\"0\": {do: rate, level: 1}}\n", "rate.0: no such field"},
		"letters on ff68":    {head("ff68-panel", "panel") + "letters: true\n", "6 digits and no letters"},
		"silence":            {head("generic-cdc", "scanner") + "end: silence\nsilence_ms: 0\n", "cannot be 0"},
		"wake":               {head("generic-cdc", "scanner") + "wake: 0\n", "pairs of hex digits"},
	} {
		lib, err := folder(t, map[string]string{"x.yaml": c.text})
		if err != nil {
			t.Fatal(err)
		}
		if err := lib.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant …%s…", name, err, c.want)
		}
	}
}

func TestInheritanceLoop(t *testing.T) {
	one := func(id, parent string) string {
		return "id: " + id + "\ninherits: " + parent + "\nkind: printer\nname: X\nverified: {how: guess}\n"
	}
	lib, err := folder(t, map[string]string{"a.yaml": one("a", "b"), "b.yaml": one("b", "c"), "c.yaml": one("c", "a")})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b", "c"} {
		if _, err := lib.LoadPrinter(id); err == nil || !strings.Contains(err.Error(), "inherits from itself") {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestFolderErrors(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"small letters":            {"My Printer.yaml": ""},
		"there is another profile": {"a/x.yaml": "", "b/x.yaml": ""},
	} {
		if _, err := folder(t, files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want …%s…", err, want)
		}
	}
	if _, err := Open(Options{Dir: t.TempDir() + "/nowhere"}); err == nil {
		t.Error("a folder that is not there was opened")
	}
	if _, err := LoadPrinter("nothing"); err == nil || Kind("nothing") != "" {
		t.Error("a profile that is not there was loaded")
	}
	if _, err := LoadPrinter("gm65"); err == nil || !strings.Contains(err.Error(), "gm65 is a scanner, not a printer") {
		t.Error(err)
	}
}
