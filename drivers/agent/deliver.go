package agent

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// deliver sends the outbox, one record after the other and never the second
// before the first: what was pressed first counts first.
func (a *Agent) deliver(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		id, r, ok := a.outbox.First()
		if !ok {
			select {
			case <-ctx.Done():
			case <-a.outbox.news:
			}
			continue
		}
		if a.keys.get().Key == "" {
			a.wait(ctx, patient, a.back)
			continue
		}
		err := a.report(ctx, r)
		if err == nil || finally(err) {
			failures = 0
			if err != nil {
				a.Log.Warn("the server will not take a report", "record", id, "error", err)
			}
			if err := a.outbox.Remove(id); err != nil {
				a.Log.Error("a sent record cannot be removed", "record", id, "error", err)
				a.wait(ctx, longest, nil)
			}
			continue
		}
		if ctx.Err() != nil {
			return
		}
		if failures == 0 {
			a.Log.Warn("reports wait", "error", err, "waiting", a.outbox.Len())
		}
		if statusOf(err) == http.StatusUnauthorized {
			a.refused(a.keys.get())
		}
		a.wait(ctx, a.pause(failures), a.back)
		failures++
	}
}

func (a *Agent) report(ctx context.Context, r record) error {
	key := a.keys.get().Key
	return a.call(ctx, http.MethodPost, a.branchPath("/reports"), key, r.Key, r.Report, nil)
}

func (a *Agent) branchPath(rest string) string {
	return "/api/v1/branches/" + url.PathEscape(a.branch()) + rest
}

// acceptPress keeps a press for good; only then may the keypad forget it.
func (a *Agent) acceptPress(p wire.Press, at time.Time) error {
	key := "press." + keyWord(p.Device) + "." + strconv.Itoa(p.Boot) + "." + strconv.Itoa(p.Seq)
	if p.Boot == 0 && p.Seq == 0 { // a keypad that numbers nothing: its driver drops the repeats
		key = "press." + keyWord(p.Device) + "." + a.boot + "." + a.number()
	}
	return a.outbox.Put(key, wire.Report{At: wire.TimeOf(at), Press: &p})
}

// acceptPrint keeps the result of a print; only then may the printer forget the job.
func (a *Agent) acceptPrint(r wire.PrintResult) error {
	key := "print." + keyWord(r.Job) + "." + r.State
	return a.outbox.Put(key, wire.Report{At: wire.TimeOf(a.hall.now()), Print: &r})
}

// reportDevice tells how a device is. That the outbox is full is no fault: all
// is told again at the next connection.
func (a *Agent) reportDevice(d queue.Device) {
	key := "device." + a.boot + "." + a.number()
	if err := a.outbox.Put(key, wire.Report{At: wire.TimeOf(a.hall.now()), Device: &d}); err != nil {
		a.Log.Warn("a device's state is not reported", "device", d.ID, "error", err)
	}
}

func (a *Agent) number() string { return strconv.FormatInt(a.serial.Add(1), 10) }

// keyWord makes a name fit for an Idempotency-Key: visible ASCII, not too long.
func keyWord(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == ':', c == '.', c == '/':
			b.WriteByte(c)
		default:
			b.WriteString("%" + strconv.FormatUint(uint64(c), 16))
		}
	}
	return b.String()[:min(b.Len(), 80)]
}
