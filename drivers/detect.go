package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
)

// Speeds that are tried, the likeliest first.
var (
	printerSpeeds = []int{19200, 9600, 115200, 38400, 57600}
	keypadSpeeds  = []int{19200, 9600, 38400, 57600}
)

// A line carries at most 32 units. The manual's rule for addresses: rating pads
// and panels from 1 on, call keypads from 101 on.
const (
	unitsOnLine = 32
	callsFrom   = 100
)

// addresses are those that are tried on a line.
func addresses() []int {
	var list []int
	for _, from := range []int{0, callsFrom} {
		for n := 1; n <= unitsOnLine; n++ {
			list = append(list, from+n)
		}
	}
	return list
}

// detector tries ports and says what hangs on them.
type detector struct {
	open opener
	out  io.Writer // the site file
	told io.Writer // what it does meanwhile
	ids  map[string]int
}

// runDetect asks before it sends anything: a strange device may take the
// questions for something to do.
func runDetect(ctx context.Context, args []string, std streams) error {
	set := flag.NewFlagSet("detect", flag.ContinueOnError)
	yes := set.Bool("yes", false, "do not ask before sending to the ports")
	only := set.String("port", "", "try this port only")
	if err := parse(set, args, std); err != nil {
		return err
	}
	ports, err := candidates(*only)
	if err != nil {
		return err
	}
	if len(ports) == 0 {
		return fmt.Errorf("this machine has no serial port: plug the device in, or look at its cable and driver")
	}
	fmt.Fprintln(std.err, "These ports will be tried; what hangs on them gets questions it may not know (a printer may print a few letters):")
	for _, p := range ports {
		fmt.Fprintln(std.err, " ", p.Path, p.Note)
	}
	if !*yes && !agreed(std) {
		return fmt.Errorf("nothing was sent; say yes, or give --yes")
	}
	d := &detector{open: serial.Open, out: std.out, told: std.err, ids: map[string]int{}}
	fmt.Fprintln(std.out, "branch: sanh  # id of the hall: --branch of motcua serve\nname: Máy 1\nserver: http://192.168.1.10:8080\ndata: /var/lib/motcua-agent\ndevices:")
	for _, p := range ports {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		fmt.Fprintf(std.err, "%s: trying; a silent port takes half a minute\n", p.Path)
		d.try(ctx, p.Path)
	}
	return nil
}

func candidates(only string) ([]serial.Found, error) {
	if only != "" {
		return []serial.Found{{Path: only}}, nil
	}
	return serial.List("/")
}

func agreed(std streams) bool {
	fmt.Fprint(std.err, "Go on? (yes/no) ")
	line, _ := bufio.NewReader(std.in).ReadString('\n')
	word := strings.ToLower(strings.TrimSpace(line))
	return word == "yes" || word == "y" || word == "có"
}

// try asks for a printer first: to one of those, a question for keypads is text to print.
func (d *detector) try(ctx context.Context, port string) {
	for _, speed := range printerSpeeds {
		var says printerSays
		found := false
		if !d.with(port, speed, func(p serial.Port) { says, found = askPrinter(p) }) {
			return
		}
		if found {
			d.printer(port, speed, says)
			return
		}
	}
	for _, speed := range keypadSpeeds {
		units := map[int]keypadSays{}
		if !d.with(port, speed, func(p serial.Port) {
			for _, address := range addresses() {
				if ctx.Err() != nil {
					return
				}
				if says, ok := askKeypad(p, address); ok {
					units[address] = says
				}
			}
		}) {
			return
		}
		if len(units) > 0 {
			d.keypads(port, speed, units)
			return
		}
	}
	fmt.Fprintf(d.out, "  # %s: nothing answered. A scanner, an FF 68 line and a printer without a way back are silent too.\n", port)
}

// with opens the port at a speed; false when it cannot be opened at all.
func (d *detector) with(port string, speed int, use func(serial.Port)) bool {
	p, err := d.open(serial.Settings{Name: port, Baud: speed})
	if err != nil {
		fmt.Fprintf(d.out, "  # %s: %s\n", port, strings.ReplaceAll(err.Error(), "\n", " "))
		return false
	}
	defer p.Close()
	use(p)
	return true
}

func (d *detector) id(kind string) string {
	if d.ids[kind]++; d.ids[kind] > 1 {
		return fmt.Sprintf("%s%d", kind, d.ids[kind])
	}
	return kind
}

func (d *detector) printer(port string, speed int, says printerSays) {
	profile, sure := printerProfile(says.model)
	fmt.Fprintf(d.told, "%s: a printer at %d baud: %q\n", port, speed, says.model)
	remark := ""
	if !sure {
		remark = fmt.Sprintf("  # it calls itself %q; see motcua-agent's profiles for a closer one", says.model)
	}
	fmt.Fprintf(d.out, "  - id: %s\n    profile: %s%s\n    port: %s\n    baud: %d\n", d.id("printer"), profile, remark, port, speed)
}

// printerProfile finds the profile whose name has the model's longest part in it.
func printerProfile(model string) (id string, sure bool) {
	model = strings.ToLower(model)
	best := 0
	for _, h := range firmware.List("printer") {
		for _, word := range strings.FieldsFunc(strings.ToLower(h.Name), func(r rune) bool { return r == ' ' || r == ',' }) {
			if len(word) >= 4 && len(word) > best && model != "" && strings.Contains(model, word) {
				id, best = h.ID, len(word)
			}
		}
	}
	if id == "" {
		return "generic-80", false
	}
	return id, true
}

func (d *detector) keypads(port string, speed int, units map[int]keypadSays) {
	fmt.Fprintf(d.told, "%s: %d units at %d baud\n", port, len(units), speed)
	fmt.Fprintf(d.out, "  - id: %s\n    profile: motcua-kp5\n    port: %s\n    baud: %d\n    units:  # set counter and role (rate, call, panel) of each\n",
		d.id("keypads"), port, speed)
	for _, address := range addresses() {
		says, ok := units[address]
		if !ok {
			continue
		}
		role := "rate"
		if address > callsFrom {
			role = "call"
		}
		fmt.Fprintf(d.out, "      - {address: %d, counter: \"1\", role: %s}  # %s %s\n", address, role, says.product, says.version)
	}
}
