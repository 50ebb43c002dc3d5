package chain

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"motcua/server/queue"
	"motcua/server/store/embedded"
	"motcua/server/store/storetest"
	"motcua/server/wire"
)

const kioskSite = `branch: hoabinh
name: Máy 1
listen: %ADDR%
devices:
  - id: printer
    profile: epson-tm-t82
    port: sim/printer
  - id: scanner
    profile: gm65
    port: sim/scanner
`

// A made-up card of somebody who was born in 1940.
const (
	cardNumber = "001090000001"
	cardName   = "Nguyễn Văn A"
	card       = cardNumber + "||" + cardName + "|01011940|Nam|Số 1, Hàng Bạc, Hà Nội|15042021"
)

// What an identity card says leaves the scanner as a hash and an age group, and is
// written down nowhere: not by the agent, not by the server, not in a log or backup.
func TestCardLeavesNoTrace(t *testing.T) {
	h := newHall(t)
	home := storetest.FreeAddr(t)
	b := newTable(t, h, 20, strings.Replace(kioskSite, "%ADDR%", home, 1))
	b.pair(h)
	h.ready(queue.DeviceReady, "printer", "scanner")
	scans := listen(t, "http://"+home+"/agent/scans")
	var scan struct{ Kind, Person, Priority string }
	until(t, "a scan with its hash", func() bool { // at first the key of the day may still be on its way
		b.act("scanner", "scan", card)
		select {
		case data := <-scans:
			return json.Unmarshal([]byte(data), &scan) == nil && scan.Person != ""
		case <-time.After(2 * time.Second): // the same code at once is one scan
			return false
		}
	})
	if scan.Kind != "identity" || len(scan.Person) != 43 || scan.Priority != "NCT" {
		t.Fatalf("the kiosk hears %+v", scan)
	}

	h2 := *h
	h2.addr = home // the kiosk's page knows only the agent, which adds its own key
	var ticket wire.TicketInfo
	h2.do("", branchPath+"/tickets", map[string]string{"service": h.service(), "person": scan.Person, "priority": scan.Priority}, &ticket)
	if ticket.Priority != "NCT" {
		t.Errorf("the ticket has priority %q", ticket.Priority)
	}
	until(t, "the paper", func() bool { return b.roll.count(ticket.URL) == 1 })
	until(t, "the desk to know of the paper", func() bool {
		desk, _ := h.look()
		return len(desk.State.Visits) == 1 && desk.State.Visits[0].Print == queue.PrintDone
	})

	archive := filepath.Join(t.TempDir(), "backup.tar.gz")
	h.motcua("backup", "--data", h.data, "--to", archive)
	written := map[string][]byte{"the server's log": []byte(h.said()), "the agent's log": []byte(b.said())}
	files(t, h.data, "server ", written)
	files(t, b.data, "agent ", written)
	unpack(t, archive, written)
	written["backup, keys"] = keys(t, written["backup queue.db"])
	nothingOf(t, written)
	found(t, written, ticket.ID)
}

// listen reads server-sent events.
func listen(t *testing.T, url string) <-chan string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() { // the stream stands
		t.Fatal(lines.Err())
	}
	list := make(chan string, 16)
	go func() {
		defer close(list)
		for lines.Scan() {
			if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
				list <- data
			}
		}
	}()
	return list
}

// nothingOf looks for what must not be there.
func nothingOf(t *testing.T, written map[string][]byte) {
	t.Helper()
	for _, secret := range []string{card, cardNumber, cardNumber[3:], cardName, norm.NFD.String(cardName), "Nguy\\u1ec5n",
		"01011940", "1940-01-01", "Hàng Bạc", "15042021"} {
		for where, content := range written {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s: %q is written down", where, secret)
			}
		}
	}
}

// found makes sure that the search would find something: the visit is in the
// server's data, in the agent's and in the backup.
func found(t *testing.T, written map[string][]byte, visit string) {
	t.Helper()
	for _, where := range []string{"server ", "agent ", "backup "} {
		is := false
		for name, content := range written {
			is = is || strings.HasPrefix(name, where) && bytes.Contains(content, []byte(visit))
		}
		if !is {
			t.Errorf("the visit %s is not in %q of %d files: this test looks in the wrong place", visit, where, len(written))
		}
	}
	for _, log := range []string{"the server's log", "the agent's log"} {
		if len(written[log]) == 0 {
			t.Errorf("%s is empty", log)
		}
	}
}

// files reads everything in a folder.
func files(t *testing.T, dir, name string, into map[string][]byte) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		into[name+path], err = os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) { // a running program renames its files
			err = nil
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
}

// keys gives all that a copy of the queue holds, past its compression.
func keys(t *testing.T, copy []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "queue.db"), copy, 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := embedded.Open(dir, embedded.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	all, err := e.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Appendf(nil, "%+v", all)
}

func unpack(t *testing.T, path string, into map[string][]byte) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for archive := tar.NewReader(unzipped); ; {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if into["backup "+head.Name], err = io.ReadAll(archive); err != nil {
			t.Fatal(err)
		}
	}
}
