package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	fastsocket "github.com/fasthttp/websocket"

	"motcua/drivers/escpos"
)

const (
	aimDrawn     = 8600   // bytes of the default ticket
	aimStored    = 4800   // with logo and fixed lines in the printer
	aimTCVN3     = 1000   // as text in a code page
	aimList      = 36_000 // bytes of a list with eight papers
	aimListTCVN3 = 2_500
	aimLine      = 0.75 // seconds of it at 115,200 baud
	aimFirstByte = 50.0 // ms from the touch
	// An exchange of acknowledge-and-read-next is 17 bytes there and 27 back.
	exchangeBytes = 17 + 27
	padBaud       = 19200
)

// ticketSizes prints what a ticket costs on the line, each way of sending it.
func ticketSizes(b *bench) error {
	rows, err := escpos.Sizes()
	if err != nil {
		return err
	}
	plain := map[int]int{}
	for _, r := range rows {
		if r.Name == "plain" {
			plain[r.Dots] = r.Bytes
		}
		aim, good := "", true
		if r.Dots == 576 {
			aim, good = sizeAim(r)
		}
		b.table.add(row{what: fmt.Sprintf("ticket of %d dots, %s", r.Dots, r.Name),
			ours: fmt.Sprintf("%d bytes", r.Bytes), limit: fmt.Sprintf("9600 %.1f s, 19200 %.1f s, 115200 %.2f s", r.Seconds[0], r.Seconds[1], r.Seconds[2]),
			ratio: fmt.Sprintf("%.2f", float64(r.Bytes)/float64(plain[r.Dots])), aim: aim, ok: good})
	}
	return listSizes(b)
}

// listSizes prints what a list of what to bring costs, with eight papers.
func listSizes(b *bench) error {
	rows, err := escpos.ListSizes()
	if err != nil {
		return err
	}
	for _, r := range rows {
		limit, good := aimList, r.Bytes <= aimList
		if r.Name == "tcvn3" {
			limit, good = aimListTCVN3, r.Bytes <= aimListTCVN3
		}
		b.table.add(row{what: fmt.Sprintf("list of what to bring, %d dots, %s", r.Dots, r.Name), ours: fmt.Sprintf("%d bytes", r.Bytes),
			limit: fmt.Sprintf("9600 %.1f s, 19200 %.1f s, 115200 %.2f s", r.Seconds[0], r.Seconds[1], r.Seconds[2]),
			aim:   fmt.Sprintf("<= %d", limit), ok: good})
	}
	return nil
}

func sizeAim(r escpos.SizeRow) (string, bool) {
	switch r.Name {
	case "drawn":
		return fmt.Sprintf("<= %d, %.2f s", aimDrawn, aimLine), r.Bytes <= aimDrawn && r.Seconds[2] <= aimLine
	case "memory":
		return fmt.Sprintf("<= %d", aimStored), r.Bytes <= aimStored
	case "tcvn3":
		return fmt.Sprintf("<= %d", aimTCVN3), r.Bytes <= aimTCVN3
	}
	return "", true
}

// devices measures the roads from a key to the desk and from the touch to the paper.
func devices(b *bench) error {
	h, err := b.demo("--devices=true")
	if err != nil {
		return err
	}
	d := &deviceBench{bench: b, hall: h}
	if err := until(20*time.Second, d.ready); err != nil {
		return fmt.Errorf("the virtual devices: %w\n%s", err, h.said())
	}
	if err := d.presses(); err != nil {
		return err
	}
	if err := d.papers(); err != nil {
		return err
	}
	h.end()
	return b.idleAgent()
}

type deviceBench struct {
	*bench
	hall *hall
}

// ready tells whether printer and call keypad have been heard by the server.
func (d *deviceBench) ready() bool {
	raw, err := d.get("/api/v1/branches/" + branchID + "/devices")
	if err != nil {
		return false
	}
	var list struct {
		Devices []struct{ ID, State string }
	}
	if json.Unmarshal(raw, &list) != nil {
		return false
	}
	good := 0
	for _, one := range list.Devices {
		if one.State == "ready" && (strings.HasSuffix(one.ID, "/printer") || strings.HasSuffix(one.ID, "/keypads:11")) {
			good++
		}
	}
	return good == 2
}

func (d *deviceBench) get(path string) ([]byte, error) {
	r, err := http.NewRequest(http.MethodGet, "http://"+d.hall.addr+path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer demo-admin")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}

// presses measures from a press on the virtual call keypad, whose line is as slow
// as a real one, to the event on a desk.
func (d *deviceBench) presses() error {
	desk, _, err := fastsocket.DefaultDialer.Dial("ws://"+d.hall.addr+"/live?branch="+branchID+"&view=desk&key="+deskKey, nil)
	if err != nil {
		return err
	}
	defer desk.Close()
	var took, noise []float64
	for range d.rounds(30) {
		// Recall, which changes nothing but the count of calls, needs a visit called.
		if len(took) == 0 {
			if err := d.callOne(); err != nil {
				return err
			}
		}
		watch := d.family.watch()
		start := time.Now()
		if _, err := d.hall.call("demo-admin", "/api/v1/demo/devices/keypads/press", `{"arg":"11:7"}`); err != nil {
			return err
		}
		if err := awaitKind(desk, "ticket.recalled", ""); err != nil {
			return err
		}
		took = append(took, ms(time.Since(start)))
		noise = append(noise, watch())
	}
	line := float64(exchangeBytes*10) / padBaud * 1000
	for _, q := range []struct {
		name string
		at   float64
	}{{"p50", .5}, {"p99", .99}} {
		v := quantile(took, q.at)
		d.table.add(row{what: "press on a keypad -> event on the desk, " + q.name, ours: fmt.Sprintf("%.0f ms", v),
			limit: fmt.Sprintf("%.0f ms one exchange on the line", line), ratio: fmt.Sprintf("%.1f", v/line), noise: noise})
	}
	return nil
}

func (d *deviceBench) callOne() error {
	if err := d.hall.openCounters([]string{pressed}); err != nil {
		return err
	}
	if _, err := d.hall.call(kioskKey, takePath, takeBody); err != nil {
		return err
	}
	_, err := d.hall.call(deskKey, counterPath(pressed, "call"), "{}")
	return err
}

// awaitKind waits for an event of a kind; visit, when not empty, says of whom.
func awaitKind(desk *fastsocket.Conn, kind, visit string) error {
	desk.SetReadDeadline(time.Now().Add(20 * time.Second))
	for {
		_, raw, err := desk.ReadMessage()
		if err != nil {
			return fmt.Errorf("waiting for %s: %w", kind, err)
		}
		var m struct {
			Event struct {
				Kind  string
				Visit struct{ ID string }
			}
		}
		if json.Unmarshal(raw, &m) == nil && m.Event.Kind == kind && (visit == "" || m.Event.Visit.ID == visit) {
			return nil
		}
	}
}

// virtualTicket is what the virtual printer tells of a ticket.
type virtualTicket struct {
	Began, At time.Time
	Bytes     int
}

// papers measures from the touch at the kiosk to the first byte on the printer's
// line, and until the server knows that the ticket is printed.
func (d *deviceBench) papers() error {
	desk, _, err := fastsocket.DefaultDialer.Dial("ws://"+d.hall.addr+"/live?branch="+branchID+"&view=desk&key="+deskKey, nil)
	if err != nil {
		return err
	}
	defer desk.Close()
	if err := until(30*time.Second, func() bool { return len(d.tickets()) == 1 }); err != nil { // of callOne
		return fmt.Errorf("the first ticket: %w", err)
	}
	var first, confirmed, noise []float64
	var last virtualTicket
	for i := range d.rounds(9) {
		watch := d.family.watch()
		start := time.Now()
		taken, err := d.hall.call(kioskKey, takePath, takeBody)
		if err != nil {
			return err
		}
		var ticket struct{ ID string }
		if err := json.Unmarshal(taken, &ticket); err != nil {
			return err
		}
		if err := awaitKind(desk, "ticket.printed", ticket.ID); err != nil {
			return err
		}
		confirmed = append(confirmed, ms(time.Since(start)))
		noise = append(noise, watch())
		list := d.tickets()
		if len(list) < i+2 {
			return fmt.Errorf("printed is said and %d tickets came out", len(list))
		}
		last = list[len(list)-1]
		first = append(first, ms(last.Began.Sub(start)))
	}
	v := median(first)
	d.table.add(row{what: "touch -> first byte on the printer's line, p50", ours: fmt.Sprintf("%.1f ms", v), limit: "the ticket's own answer and two hops on loopback",
		aim: fmt.Sprintf("<= %.0f ms", aimFirstByte), ok: v <= aimFirstByte, noise: noise})
	line := float64(last.Bytes) * 10 / padBaud * 1000
	c := median(confirmed)
	d.table.add(row{what: "touch -> paper confirmed, p50 (19200 baud)", ours: fmt.Sprintf("%.0f ms", c),
		limit: fmt.Sprintf("%.0f ms line time of its %d bytes", line, last.Bytes), ratio: fmt.Sprintf("%.2f", c/line), noise: noise})
	return nil
}

// tickets lists what came out of the virtual printer.
func (d *deviceBench) tickets() []virtualTicket {
	raw, err := d.get("/api/v1/demo/devices")
	if err != nil {
		return nil
	}
	var table struct {
		Devices []struct {
			ID    string
			State struct{ Tickets []virtualTicket }
		}
	}
	if json.Unmarshal(raw, &table) != nil {
		return nil
	}
	for _, one := range table.Devices {
		if one.ID == "printer" {
			return one.State.Tickets
		}
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
