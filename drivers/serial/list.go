package serial

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Found is a serial port of this machine.
type Found struct {
	Path   string   // the name for the site file: the steadiest there is
	Device string   // the kernel's name, which changes with the order of plugging in
	Names  []string // all steady names, the best kind first
	Shared bool     // its by-id name is also another device's, so it is not used
	Note   string   // what a technician should know, in English; empty for nothing
}

// The folders of steady names, best first: given by our own rules, by maker and
// serial number, by place of the plug.
var nameFolders = []string{"dev/motcua", "dev/serial/by-id", "dev/serial/by-path"}

const byID = 1 // its place among them

// portName are the names the kernel gives to ports a device can hang on.
var portName = regexp.MustCompile(`^tty(USB|ACM|S|AMA|mxc|THS|XRUSB)(\d+)$`)

// List finds the ports of a machine; root is "/" on a real one.
func List(root string) ([]Found, error) {
	entries, err := os.ReadDir(filepath.Join(root, "dev"))
	if err != nil {
		return nil, fmt.Errorf("serial ports cannot be listed: %w", err)
	}
	names := linked(root)
	owners := claims(root, entries, names[byID])
	var list []Found
	for _, e := range entries {
		if portName.MatchString(e.Name()) && !phantom(root, e.Name()) {
			list = append(list, found(e.Name(), names, owners))
		}
	}
	noteLost(list)
	slices.SortFunc(list, func(a, b Found) int { return compareDevices(a.Device, b.Device) })
	return list, nil
}

// linked reads the folders of names: device -> paths, for each folder.
func linked(root string) []map[string][]string {
	all := make([]map[string][]string, len(nameFolders))
	for i, folder := range nameFolders {
		all[i] = map[string][]string{}
		entries, _ := os.ReadDir(filepath.Join(root, folder)) // absent where no device is
		for _, e := range entries {
			target, err := os.Readlink(filepath.Join(root, folder, e.Name()))
			if err == nil {
				device := path.Base(target)
				all[i][device] = append(all[i][device], "/"+folder+"/"+e.Name())
			}
		}
	}
	return all
}

// claims tells which devices want a by-id name. The link can point to one of them
// only; udev's database knows the others too.
func claims(root string, entries []os.DirEntry, byID map[string][]string) map[string][]string {
	owners := map[string][]string{}
	add := func(name, device string) {
		if !slices.Contains(owners[name], device) {
			owners[name] = append(owners[name], device)
		}
	}
	for device, paths := range byID {
		for _, p := range paths {
			add(p, device)
		}
	}
	for _, e := range entries {
		number, err := os.ReadFile(filepath.Join(root, "sys/class/tty", e.Name(), "dev"))
		if err != nil || !portName.MatchString(e.Name()) {
			continue
		}
		record, _ := os.ReadFile(filepath.Join(root, "run/udev/data", "c"+strings.TrimSpace(string(number))))
		for line := range strings.Lines(string(record)) {
			if link, ok := strings.CutPrefix(strings.TrimSpace(line), "S:serial/by-id/"); ok {
				add("/dev/serial/by-id/"+link, e.Name())
			}
		}
	}
	return owners
}

func found(device string, names []map[string][]string, owners map[string][]string) Found {
	f := Found{Device: "/dev/" + device}
	for _, list := range owners {
		if len(list) > 1 && slices.Contains(list, device) {
			f.Shared = true
			f.Note = "shares its by-id name with another device of the same make: " +
				"use the name of its USB socket, and do not move the plug"
		}
	}
	for i := range names {
		list := names[i][device]
		slices.Sort(list)
		if i == byID && f.Shared {
			continue
		}
		f.Names = append(f.Names, list...)
	}
	f.Path = f.Device
	if len(f.Names) > 0 {
		f.Path = f.Names[0]
	} else if f.Note == "" && plugged(device) {
		f.Note = "has no steady name: its number may change when it is plugged in again"
	}
	return f
}

// noteLost catches, where udev's database cannot be read, the device whose by-id
// name another one took: it has a place and no name.
func noteLost(list []Found) {
	for i := range list {
		f := &list[i]
		if f.Note == "" && plugged(path.Base(f.Device)) && strings.HasPrefix(f.Path, "/dev/serial/by-path/") {
			f.Note = "has no by-id name; when another device of the same make is plugged in, " +
				"they share one: use by-path names for both"
		}
	}
}

func plugged(device string) bool {
	return strings.HasPrefix(device, "ttyUSB") || strings.HasPrefix(device, "ttyACM")
}

// phantom tells a port the kernel keeps a name for without any hardware.
func phantom(root, device string) bool {
	kind, err := os.ReadFile(filepath.Join(root, "sys/class/tty", device, "type"))
	return err == nil && strings.TrimSpace(string(kind)) == "0"
}

// compareDevices puts ttyUSB2 before ttyUSB10.
func compareDevices(a, b string) int {
	x, y := portName.FindStringSubmatch(path.Base(a)), portName.FindStringSubmatch(path.Base(b))
	if c := strings.Compare(x[1], y[1]); c != 0 {
		return c
	}
	m, _ := strconv.Atoi(x[2])
	n, _ := strconv.Atoi(y[2])
	return m - n
}
