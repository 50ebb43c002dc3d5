package escpos

import (
	"testing"

	"motcua/drivers/sim/paper"
	"motcua/firmware-config"
)

// Every printer of the library gets a ticket that it understands to the last
// byte, with and without its memory, and the scanner's address on it.
func TestEveryProfilePrints(t *testing.T) {
	heads := firmware.List("printer")
	if len(heads) == 0 {
		t.Fatal("the library has no printers")
	}
	for _, head := range heads {
		t.Run(head.ID, func(t *testing.T) {
			p, err := firmware.LoadPrinter(head.ID)
			if err != nil {
				t.Fatal(err)
			}
			ticket := TicketOf(jobOf(t, `{"copy":1,"wifi":"MotCua-Khach"}`))
			setup, stored, err := Setup(p, crest(), ticket)
			if err != nil {
				t.Fatal(err)
			}
			memory := paper.NewMemory()
			for _, s := range []*Stored{nil, stored} {
				job := encode(t, ticket, p, s)
				page := printed(t, p, memory, setup, job.Bytes)
				if p.QR == "native" && (len(page.QR) != 1 || page.QR[0] != ticket.URL) {
					t.Errorf("codes %q", page.QR)
				}
				if count(page.Image) < 5_000 {
					t.Error("hardly anything is on the paper")
				}
			}
		})
	}
}
