package serial

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// machine plants the folders of a machine: a name with " -> " is a link, one with
// " = " a file with its content, others are empty files.
func machine(t *testing.T, lines ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, line := range lines {
		name, target, link := strings.Cut(line, " -> ")
		name, content, _ := strings.Cut(name, " = ")
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		var err error
		if link {
			err = os.Symlink(target, file)
		} else {
			err = os.WriteFile(file, []byte(content), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func list(t *testing.T, root string) (paths []string, byDevice map[string]Found) {
	t.Helper()
	found, err := List(root)
	if err != nil {
		t.Fatal(err)
	}
	byDevice = map[string]Found{}
	for _, f := range found {
		paths = append(paths, f.Path)
		byDevice[f.Device] = f
	}
	return paths, byDevice
}

func TestListPrefersSteadyNames(t *testing.T) {
	root := machine(t, "dev/null", "dev/tty1", "dev/ttyUSB10", "dev/ttyUSB2", "dev/ttyACM0", "dev/ttyS0", "dev/ttyS1",
		"sys/class/tty/ttyS1/type = 0\n", "sys/class/tty/ttyS0/type = 4\n",
		"dev/motcua/printer0 -> ../ttyUSB10",
		"dev/serial/by-id/usb-FTDI_FT232R_A1-if00-port0 -> ../../ttyUSB10",
		"dev/serial/by-id/usb-GM65-if00 -> ../../ttyACM0",
		"dev/serial/by-path/pci-usb-0:1:1.0 -> ../../ttyACM0",
	)
	paths, by := list(t, root)
	want := []string{"/dev/serial/by-id/usb-GM65-if00", "/dev/ttyS0", "/dev/ttyUSB2", "/dev/motcua/printer0"}
	if !slices.Equal(paths, want) {
		t.Errorf("ports %q, want %q", paths, want)
	}
	if f := by["/dev/ttyUSB2"]; !strings.Contains(f.Note, "no steady name") {
		t.Errorf("ttyUSB2: %+v", f)
	}
	if f := by["/dev/ttyACM0"]; f.Note != "" || f.Shared || len(f.Names) != 2 {
		t.Errorf("ttyACM0: %+v", f)
	}
	if f := by["/dev/ttyS0"]; f.Note != "" {
		t.Errorf("ttyS0: %+v", f)
	}
}

// Two CH340 have no serial numbers, want one name, and the link has one of them.
func TestListSharedName(t *testing.T) {
	ch340 := "serial/by-id/usb-1a86_USB2.0-Serial-if00-port0"
	root := machine(t, "dev/ttyUSB0", "dev/ttyUSB1", "dev/ttyUSB2",
		"dev/"+ch340+" -> ../../ttyUSB1",
		"dev/serial/by-id/usb-FTDI_A1 -> ../../ttyUSB2",
		"dev/serial/by-path/usb-0:1.1 -> ../../ttyUSB0",
		"dev/serial/by-path/usb-0:1.2 -> ../../ttyUSB1",
		"sys/class/tty/ttyUSB0/dev = 188:0\n", "sys/class/tty/ttyUSB1/dev = 188:1\n", "sys/class/tty/ttyUSB2/dev = 188:2\n",
		"run/udev/data/c188:0 = S:"+ch340+"\nS:serial/by-path/usb-0:1.1\nE:ID_MODEL=x\n",
		"run/udev/data/c188:1 = S:"+ch340+"\n",
	)
	paths, by := list(t, root)
	want := []string{"/dev/serial/by-path/usb-0:1.1", "/dev/serial/by-path/usb-0:1.2", "/dev/serial/by-id/usb-FTDI_A1"}
	if !slices.Equal(paths, want) {
		t.Errorf("ports %q, want %q", paths, want)
	}
	for _, d := range []string{"/dev/ttyUSB0", "/dev/ttyUSB1"} {
		if f := by[d]; !f.Shared || !strings.Contains(f.Note, "shares its by-id name") || strings.Contains(strings.Join(f.Names, " "), "by-id") {
			t.Errorf("%s: %+v", d, f)
		}
	}
	if by["/dev/ttyUSB2"].Shared {
		t.Error("a device with a serial number shares its name")
	}
}

func TestListWithoutUdevDatabase(t *testing.T) {
	root := machine(t, "dev/ttyUSB0", "dev/ttyUSB1",
		"dev/serial/by-id/usb-1a86_USB2.0-Serial-if00-port0 -> ../../ttyUSB1",
		"dev/serial/by-path/usb-0:1.1 -> ../../ttyUSB0",
	)
	if _, by := list(t, root); !strings.Contains(by["/dev/ttyUSB0"].Note, "no by-id name") {
		t.Errorf("ttyUSB0: %+v", by["/dev/ttyUSB0"])
	}
	if _, err := List(filepath.Join(root, "absent")); err == nil {
		t.Error("a machine without /dev is listed")
	}
	if found, err := List(machine(t, "dev/null")); err != nil || len(found) != 0 {
		t.Errorf("a machine without ports: %v, %v", found, err)
	}
}
