package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"motcua/drivers/agent"
	"motcua/drivers/keypad"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
)

// largestLogo is more dots than any printer shows, each way.
const largestLogo = 4096

// runSetupPrinter stores in a printer's memory what stands on every ticket.
func runSetupPrinter(ctx context.Context, args []string, std streams) error {
	var c config
	var s agent.Setup
	set := flag.NewFlagSet("setup-printer", flag.ContinueOnError)
	c.flags(set)
	logo := set.String("logo", "", "a black and white picture (PNG) that opens every ticket")
	set.StringVar(&s.Device, "device", "", "the printer's id in the site file, when there are several")
	if err := parse(set, args, std); err != nil {
		return err
	}
	if err := c.read(); err != nil {
		return err
	}
	if *logo != "" {
		var err error
		if s.Logo, err = readLogo(*logo); err != nil {
			return err
		}
	}
	fmt.Fprintln(std.err, "storing; this takes up to a minute. Do not switch the printer off.")
	done, err := agent.SetupPrinter(ctx, c.options(std), s)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "%s: %d texts are stored (%d bytes were sent). A ticket takes %d bytes less now. Start the agent again.\n",
		done.Device, done.Pieces, done.Bytes, done.Without-done.Ticket)
	return err
}

func readLogo(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	is, err := png.DecodeConfig(f)
	if err != nil || is.Width > largestLogo || is.Height > largestLogo {
		return nil, fmt.Errorf("%s is no PNG picture of at most %d dots each way", filepath.Base(path), largestLogo)
	}
	if _, err := f.Seek(0, 0); err != nil {
		return nil, err
	}
	return png.Decode(f)
}

// runKeypadAddress gives a unit of ours another address.
func runKeypadAddress(ctx context.Context, args []string, std streams) error {
	set := flag.NewFlagSet("keypad-address", flag.ContinueOnError)
	path := set.String("port", "", "the line's port, such as /dev/motcua/keypads0")
	profile := set.String("profile", "motcua-kp5", "the keypad's profile")
	baud := set.Int("baud", 0, "the line's speed, when it is not the profile's first")
	from := set.Int("from", 0, "the address it has; a new one has 1")
	to := set.Int("to", 0, "the address it gets")
	if err := parse(set, args, std); err != nil {
		return err
	}
	if *path == "" || *from == 0 || *to == 0 {
		return fmt.Errorf("%w: --port, --from and --to must be given", errUsage)
	}
	p, err := firmware.LoadKeypad(*profile)
	if err != nil {
		return err
	}
	settings := portSettings(firmware.Device{Port: *path, Baud: *baud}, p.Head)
	port, err := serial.Open(settings)
	if err != nil {
		return err
	}
	defer port.Close()
	if err := keypad.SetAddress(ctx, port, p, settings.Baud, *from, *to); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "the keypad that was %d answers at %d now: write it on its label\n", *from, *to)
	return err
}
