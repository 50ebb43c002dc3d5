package firmware

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a rule of udev may be made of (man 7 udev): match keys are compared, the
// others are set. Keys with {…} are listed without.
var (
	udevMatches = []string{"ACTION", "DEVPATH", "KERNEL", "KERNELS", "NAME", "SYMLINK", "SUBSYSTEM", "SUBSYSTEMS", "DRIVER",
		"DRIVERS", "ATTR", "ATTRS", "SYSCTL", "ENV", "CONST", "TAG", "TAGS", "TEST", "PROGRAM", "RESULT"}
	udevAssigns = []string{"NAME", "SYMLINK", "OWNER", "GROUP", "MODE", "SECLABEL", "ATTR", "SYSCTL", "ENV", "TAG", "RUN",
		"LABEL", "GOTO", "IMPORT", "OPTIONS"}
	udevPart = regexp.MustCompile(`^([A-Z]+)(?:\{([^}]*)\})?\s*(==|!=|\+=|-=|:=|=)\s*"([^"]*)"\s*(?:,\s*|$)`)
)

// lintUdev gives what is wrong in rules, a line each.
func lintUdev(text string) (bad []string) {
	labels, gotos := map[string]bool{}, map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		number, rest := i+1, strings.TrimSpace(line)
		if rest == "" || strings.HasPrefix(rest, "#") {
			continue
		}
		if strings.HasSuffix(rest, ",") {
			bad = append(bad, fmt.Sprintf("%d: ends with a comma", number))
		}
		for rest != "" {
			m := udevPart.FindStringSubmatch(rest)
			if m == nil {
				bad = append(bad, fmt.Sprintf("%d: not KEY op \"value\": %s", number, rest))
				break
			}
			rest = rest[len(m[0]):]
			if fault := lintUdevPart(m[1], m[2], m[3], m[4]); fault != "" {
				bad = append(bad, fmt.Sprintf("%d: %s", number, fault))
			}
			switch m[1] {
			case "LABEL":
				labels[m[4]] = true
			case "GOTO":
				gotos[m[4]] = number
			}
		}
	}
	for label, number := range gotos {
		if !labels[label] {
			bad = append(bad, fmt.Sprintf("%d: GOTO leads to no LABEL %s", number, label))
		}
	}
	return bad
}

func lintUdevPart(key, of, op, value string) string {
	match := op == "==" || op == "!="
	known := udevAssigns
	if match {
		known = udevMatches
	}
	braces := slices.Contains([]string{"ATTR", "ATTRS", "SYSCTL", "ENV", "CONST"}, key)
	switch {
	case !slices.Contains(known, key):
		return key + " does not go with " + op
	case braces && of == "":
		return key + " needs {name}"
	case !braces && of != "" && !slices.Contains([]string{"RUN", "IMPORT", "TEST", "SECLABEL", "OPTIONS"}, key):
		return key + " takes no {name}"
	case value == "":
		return key + " is empty"
	case key == "MODE" && !regexp.MustCompile(`^0[0-7]{3}$`).MatchString(value):
		return "MODE " + value
	case key == "SYMLINK" && !match && (op != "+=" || !strings.HasPrefix(value, "motcua/")):
		return "SYMLINK " + op + value + ": names are added, and below motcua/"
	case key == "GROUP" && value != "dialout":
		return "GROUP " + value
	}
	return ""
}

func TestUdevRules(t *testing.T) {
	data, err := os.ReadFile("udev/70-motcua.rules")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range lintUdev(string(data)) {
		t.Errorf("udev/70-motcua.rules:%s", fault)
	}
	for _, want := range []string{`ENV{ID_MM_DEVICE_IGNORE}="1"`, `ATTR{latency_timer}="1"`, `GROUP="dialout"`, `SYMLINK+="motcua/usb-$id"`, "1a86"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestKioskUdevRules: without the file that a person makes, nothing is refused.
func TestKioskUdevRules(t *testing.T) {
	data, err := os.ReadFile("host/kiosk/71-motcua-kiosk.rules")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range lintUdev(string(data)) {
		t.Errorf("host/kiosk/71-motcua-kiosk.rules:%s", fault)
	}
	asked := strings.Index(string(data), `TEST!="/etc/motcua/usb-closed", GOTO="motcua_kiosk_end"`)
	if first := strings.Index(string(data), `ATTR{authorized}="0"`); asked < 0 || first < asked {
		t.Error("something is refused before the file is asked for")
	}
}

// TestKioskKeyboard: no key of the kiosk's keyboard changes others but Shift.
func TestKioskKeyboard(t *testing.T) {
	data, err := os.ReadFile("host/kiosk/xkb/symbols/motcua")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, key := range strings.Fields("LCTL RCTL LALT RALT LWIN RWIN COMP ESC FK01 FK03 FK05 FK11 FK12 FK24 PRSC HOME I180 I225") {
		if !strings.Contains(text, "key <"+key+"> { [ Scroll_Lock ] };") {
			t.Errorf("the key %s does something", key)
		}
	}
	for _, symbol := range strings.Fields("Control Alt_ Super Meta Hyper XF86 ISO_") {
		if _, keys, _ := strings.Cut(text, "xkb_symbols"); strings.Contains(keys, symbol) {
			t.Errorf("some key gives %s…", symbol)
		}
	}
}

func TestUdevLintFindsFaults(t *testing.T) {
	for text, want := range map[string]string{
		`KERNEL="ttyUSB0"`:                  "KERNEL does not go with =",
		`GROUP=="dialout"`:                  "GROUP does not go with ==",
		`KERNEL=="ttyUSB0" GROUP="dialout"`: `not KEY op "value": KERNEL=="ttyUSB0" GROUP`,
		`KERNEL=="ttyUSB0, GROUP="dialout"`: "not KEY op",
		`KERNEL=="a",`:                      "ends with a comma",
		`ATTRS=="1a86"`:                     "ATTRS needs {name}",
		`KERNEL{x}=="a"`:                    "KERNEL takes no {name}",
		`MODE="660"`:                        "MODE 660",
		`SYMLINK="motcua/x"`:                "names are added",
		`SYMLINK+="ttyUSB7"`:                "below motcua/",
		`GROUP="root"`:                      "GROUP root",
		`GOTO="nowhere"`:                    "no LABEL nowhere",
		`COLOUR=="red"`:                     "COLOUR does not go with ==",
		`ENV{X}=""`:                         "ENV is empty",
	} {
		if got := strings.Join(lintUdev(text), "\n"); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want …%s…", text, got, want)
		}
	}
}

// The names in the example site are names that the rules give.
func TestExampleSiteUsesNamesOfTheRules(t *testing.T) {
	rules, err := os.ReadFile("udev/70-motcua.rules")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ReadSite("sites/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Devices {
		if name, ok := strings.CutPrefix(d.Port, "/dev/"); !ok || !strings.Contains(string(rules), `SYMLINK+="`+name+`"`) {
			t.Errorf("%s: no rule gives %s", d.ID, d.Port)
		}
	}
}

// The script runs twice into a folder; this machine stays as it is.
func TestPrepareScript(t *testing.T) {
	root := t.TempDir()
	run := func(args ...string) (string, error) {
		cmd := exec.Command("sh", append([]string{"host/prepare.sh"}, args...)...)
		cmd.Env = append(os.Environ(), "ROOT="+root, "KEEP_BRLTTY=")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for range 2 {
		out, err := run("ttyS0")
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		for _, want := range []string{"systemctl mask brltty-udev.service", "systemctl stop serial-getty@ttyS0.service", "udevadm control --reload"} {
			if !strings.Contains(out, "would run: "+want) {
				t.Errorf("does not run %s:\n%s", want, out)
			}
		}
	}
	for _, file := range []string{"udev/rules.d/70-motcua.rules", "systemd/system/ModemManager.service.d/motcua.conf",
		"systemd/system/serial-getty@.service.d/motcua.conf", "motcua/ports/ttyS0"} {
		if _, err := os.Stat(filepath.Join(root, "etc", file)); err != nil {
			t.Error(err)
		}
	}
	if to, err := os.Readlink(filepath.Join(root, "etc/udev/rules.d/85-brltty.rules")); err != nil || to != "/dev/null" {
		t.Errorf("brltty's rules are in force: %q, %v", to, err)
	}
	if out, err := run("/dev/ttyS0"); err == nil || !strings.Contains(out, "is not the name of a port") {
		t.Errorf("a path was taken for a port: %v\n%s", err, out)
	}
}

// Unit files are sections of key=value lines.
func TestDropIns(t *testing.T) {
	for _, name := range []string{"host/modemmanager.conf", "host/serial-getty.conf", "host/kiosk/watchdog.conf", "host/kiosk/logind.conf"} {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		section := ""
		for lines := bufio.NewScanner(f); lines.Scan(); {
			switch line := lines.Text(); {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
				section = line
			case section == "" || !regexp.MustCompile(`^[A-Z][A-Za-z]+=`).MatchString(line):
				t.Errorf("%s: %q in section %q", name, line, section)
			}
		}
	}
}
