package firmware

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const goodSite = `branch: hoabinh
name: Máy 1
devices:
  - id: printer
    profile: epson-tm-t82
    port: /dev/motcua/printer0
  - id: keypads
    profile: motcua-kp5
    port: /dev/motcua/keypads0
    units:
      - {address: 1, counter: 1, role: rate}
      - {address: 11, counter: 1, role: call}
`

func TestSitesOfTheProject(t *testing.T) {
	files, err := filepath.Glob("sites/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		if _, err := ReadSite(file); err != nil {
			t.Error(err)
		}
	}
}

func TestDemoSite(t *testing.T) {
	s, err := DemoSite()
	if err != nil {
		t.Fatal(err)
	}
	roles := map[string]int{}
	for _, d := range s.Devices {
		if !strings.HasPrefix(d.Port, "sim/") {
			t.Errorf("%s: port %s would be a real one", d.ID, d.Port)
		}
		for _, u := range d.Units {
			roles[u.Role]++
		}
	}
	if s.Branch != "hoabinh" || roles["rate"] < 2 || roles["call"] < 3 || roles["panel"] < 1 || s.Devices[0].Prints[0] != "demo-kiosk" {
		t.Errorf("%+v", s)
	}
}

func TestGoodSite(t *testing.T) {
	s, err := ParseSite([]byte(goodSite))
	if err != nil {
		t.Fatal(err)
	}
	if u := s.Devices[1].Units[1]; u.Address != 11 || u.Counter != "1" || u.Role != "call" {
		t.Errorf("a counter may be written without quotes: %+v", u)
	}
}

func TestSiteErrors(t *testing.T) {
	change := func(old, new string) string {
		if !strings.Contains(goodSite, old) {
			t.Fatalf("%q is not in the good site", old)
		}
		return strings.Replace(goodSite, old, new, 1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"unknown profile":     {change("epson-tm-t82", "epson-tm-82"), "site:5: devices[0].profile: there is no profile epson-tm-82; did you mean epson-tm-t82?"},
		"strange profile":     {change("epson-tm-t82", "toaster"), "there is no profile toaster; there are bixolon-srp-350"},
		"doubled id":          {change("id: keypads", "id: printer"), "site:7: devices[1].id: there is another device printer"},
		"doubled address":     {change("address: 11", "address: 1"), "site:12: devices[1].units[1].address: 1 is also the address of the rate unit of counter 1"},
		"unknown role":        {change("role: rate", "role: boss"), `site:11: devices[1].units[0].role: "boss" is not one of rate, call, panel`},
		"one port":            {change("/dev/motcua/keypads0", "/dev/motcua/../motcua/printer0"), "site:9: devices[1].port: printer already has"},
		"no counter":          {change("counter: 1, role: rate", "role: rate"), "site:11: devices[1].units[0].counter: is missing"},
		"empty counter":       {change("counter: 1, role: rate", `counter: "", role: rate`), "devices[1].units[0].counter"},
		"listen to all":       {"listen: 0.0.0.0:8090\n" + goodSite, `site:1: listen: "0.0.0.0:8090" can be reached from other machines; use 127.0.0.1:8090`},
		"listen to a name":    {"listen: kiosk:8090\n" + goodSite, "can be reached from other machines"},
		"listen port":         {"listen: 127.0.0.1:99999\n" + goodSite, "is not an address and a port"},
		"speed":               {change("    port: /dev/motcua/printer0", "    port: /dev/motcua/printer0\n    baud: 115200"), "site:7: devices[0].baud: 115200 is not one of the speeds of epson-tm-t82: 19200, 38400, 9600"},
		"units of printer":    {change("    port: /dev/motcua/printer0", "    port: /dev/x\n    units: [{address: 1, counter: 1, role: call}]"), "epson-tm-t82 is a printer, it has no units"},
		"keypad that prints":  {change("    units:", "    prints: [a]\n    units:"), "only printers print tickets"},
		"keypad with xonxoff": {change("    units:", "    flow: xonxoff\n    units:"), "XON/XOFF swallows bytes of a keypad"},
		"debounce":            {change("    port: /dev/motcua/printer0", "    port: /dev/x\n    debounce_ms: 20"), "site:7: devices[0].debounce_ms: epson-tm-t82 cannot be told how long"},
		"long debounce":       {change("    units:", "    debounce_ms: 201\n    units:"), "debounce_ms: 201"},
		"no units":            {goodSite[:strings.Index(goodSite, "    units:")], "site:7: devices[1].units: is missing"},
		"address":             {change("address: 11", "address: 250"), "250 is not from 1 to 247"},
		"panel with keys":     {change("motcua-kp5", "kp5-panel"), "kp5-panel is a panel; it has no keys to rate"},
		"no port":             {change("    port: /dev/motcua/printer0\n", ""), "site:4: devices[0].port: is missing"},
		"port":                {change("/dev/motcua/printer0", "printer0"), "devices[0].port: \"printer0\" does not have the right form: a path such as"},
		"no devices":          {"branch: a\nname: b\ndevices: []\n", "devices: has 0 entries, at least 1"},
		"no branch":           {change("branch: hoabinh\n", ""), "branch: is missing"},
		"branch":              {change("hoabinh", "Hòa Bình"), "branch: \"Hòa Bình\" does not have the right form: small letters"},
		"name":                {change("Máy 1", "Máy/1"), "without /"},
		"server":              {"server: 10.0.0.1\n" + goodSite, "server: \"10.0.0.1\" does not have the right form: http:// or https://"},
		"misspelt":            {change("profile:", "profil:"), "did you mean profile?"},
		"profiles":            {"profiles: x\n" + goodSite, "a folder of profiles needs a site file"},
	} {
		_, err := ParseSite([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant …%s…", name, err, c.want)
		}
	}
}

// All faults are told at once: nobody likes to fix a file line by line.
func TestSiteTellsAllFaults(t *testing.T) {
	_, err := ParseSite([]byte(strings.NewReplacer("epson-tm-t82", "nothing", "id: keypads", "id: printer", "address: 11", "address: 1").Replace(goodSite)))
	if err == nil || len(strings.Split(err.Error(), "\n")) != 3 {
		t.Errorf("want three lines:\n%v", err)
	}
}

func TestSiteWithOwnProfiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "own"), 0o755); err != nil {
		t.Fatal(err)
	}
	write("own/our-printer.yaml", "id: our-printer\ninherits: generic-80\nkind: printer\nname: Ours\nverified: {how: guess}\n")
	write("site.yaml", "profiles: own\n"+strings.Replace(goodSite, "epson-tm-t82", "our-printer", 1))
	s, err := ReadSite(filepath.Join(dir, "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	lib, err := s.Library()
	if err != nil {
		t.Fatal(err)
	}
	if p, err := lib.LoadPrinter("our-printer"); err != nil || p.Name != "Ours" {
		t.Errorf("%+v, %v", p, err)
	}
	write("own/our-printer.yaml", "id: our-printer\nkind: [\n")
	if _, err := ReadSite(filepath.Join(dir, "site.yaml")); err == nil || !strings.Contains(err.Error(), "our-printer.yaml:2") {
		t.Errorf("a broken profile is told with its own line: %v", err)
	}
	write("site.yaml", "profiles: nowhere\n"+goodSite)
	if _, err := ReadSite(filepath.Join(dir, "site.yaml")); err == nil || !strings.Contains(err.Error(), "site.yaml:1: profiles:") {
		t.Errorf("%v", err)
	}
	if _, err := ReadSite(filepath.Join(dir, "nothing.yaml")); err == nil || !strings.Contains(err.Error(), "there is no site file") {
		t.Errorf("%v", err)
	}
}

func TestAdvice(t *testing.T) {
	s, err := ParseSite([]byte(strings.Replace(goodSite, "/dev/motcua/printer0", "/dev/ttyUSB0", 1)))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(s.Advice(), "\n")
	for _, want := range []string{"printer: /dev/ttyUSB0 changes with the order of plugging in", "printer: nobody has confirmed the profile epson-tm-t82"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
}
