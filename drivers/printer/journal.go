package printer

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"motcua/drivers/box"
	"motcua/server/queue"
	"motcua/server/wire"
)

// step is how far a job without an outcome is.
type step string

const (
	queued  step = "queued"  // nothing of it has left
	sending step = "sending" // stored before its first byte: from here on paper may have come out
	sent    step = "sent"    // every byte left, the printer's word is awaited
)

// record is one job in the box. When its outcome was told the ticket is dropped and
// the rest kept until tomorrow, so that the same job never prints twice.
type record struct {
	Job     string            `json:"job"`
	Seq     int               `json:"seq"` // order of arrival
	At      time.Time         `json:"at"`  // when it was submitted
	Step    step              `json:"step,omitempty"`
	Process int               `json:"process,omitempty"` // id asked of the printer, 1 to 9999
	Unclean int               `json:"unclean,omitempty"` // bytes the printer may still take for a part of this ticket
	Result  *wire.PrintResult `json:"result,omitempty"`
	Told    bool              `json:"told,omitempty"`
	Ticket  *wire.PrintJob    `json:"ticket,omitempty"`

	stored bool // the box has Result
}

// journal is the box and what is in it. It has no lock of its own.
type journal struct {
	box     *box.Box
	device  string
	records map[string]*record
	open    []*record // without an outcome, in order of arrival
	untold  []*record // with one that nobody took yet
	seq     int
	process int
	day     queue.Day
}

// openJournal reads the box. Nobody knows what became of a job that a former run
// had begun to send: its outcome is unknown, and it is not printed again.
func openJournal(b *box.Box, device string, now time.Time) (*journal, error) {
	j := &journal{box: b, device: device, records: map[string]*record{}}
	ids, err := b.List()
	if err != nil {
		return nil, err
	}
	var all []*record
	for _, id := range ids {
		data, err := b.Get(id)
		if err != nil {
			return nil, err
		}
		all = append(all, readRecord(id, data, now))
	}
	slices.SortStableFunc(all, func(a, b *record) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, r := range all {
		j.add(r)
	}
	for _, r := range slices.Clone(j.open) {
		if !brokenOff(r) {
			continue
		}
		if err := j.finish(r, wire.PrintUnknown, string(queue.DeviceOffline)); err != nil {
			return nil, err
		}
	}
	return j, j.prune(now)
}

// readRecord reads one; what cannot be read may have printed or not.
func readRecord(id string, data []byte, now time.Time) *record {
	r := new(record)
	if json.Unmarshal(data, r) != nil || r.Job != id || (r.Result == nil && r.Ticket == nil) {
		return &record{Job: id, At: now, Step: sent}
	}
	return r
}

func (j *journal) add(r *record) {
	j.records[r.Job] = r
	j.seq = max(j.seq, r.Seq)
	j.process = cmp.Or(r.Process, j.process)
	switch {
	case r.Result == nil:
		j.open = append(j.open, r)
	case !r.Told:
		r.stored = true
		j.untold = append(j.untold, r)
	}
}

// first is the job that is printed next: the oldest ticket, and a list of what to
// bring only when no ticket waits.
func (j *journal) first() *record {
	for _, r := range j.open {
		if !r.isList() {
			return r
		}
	}
	if len(j.open) > 0 {
		return j.open[0]
	}
	return nil
}

// lists counts the lists that wait.
func (j *journal) lists() int {
	n := 0
	for _, r := range j.open {
		if r.isList() {
			n++
		}
	}
	return n
}

func (r *record) isList() bool { return r.Ticket != nil && r.Ticket.Checklist != nil }

// put stores a record; when it returns nil a power cut cannot take it.
func (j *journal) put(r *record) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return j.box.Put(r.Job, data)
}

// submit stores a new job at the end of the queue.
func (j *journal) submit(job wire.PrintJob, now time.Time) error {
	r := &record{Job: job.Job, Seq: j.seq + 1, At: now, Step: queued, Ticket: &job}
	if err := j.put(r); err != nil {
		return err
	}
	j.add(r)
	return nil
}

// begin says that the first byte may leave now. An error leaves the job queued.
func (j *journal) begin(r *record, bytes int) error {
	now := *r
	now.Step, now.Process, now.Unclean = sending, j.upcoming(), bytes
	if err := putBegun(j, &now); err != nil {
		return err
	}
	r.Step, r.Process, r.Unclean = now.Step, now.Process, now.Unclean
	j.process = r.Process
	return nil
}

// upcoming is the process id of the next job.
func (j *journal) upcoming() int { return j.process%9999 + 1 }

// back puts a job of which no byte left into the queue again. When that cannot be
// stored, the box goes on saying that it may have printed, which is the safe side.
func (j *journal) back(r *record) error {
	r.Step, r.Unclean = queued, 0
	return j.put(r)
}

// finish stores a job's outcome, before anybody is told. Memory has it even when
// the box is full; tell stores it later then.
func (j *journal) finish(r *record, state, reason string) error {
	visit, _, _ := strings.Cut(r.Job, ".")
	if r.Ticket != nil {
		visit = r.Ticket.Visit
	}
	r.Result = &wire.PrintResult{Job: r.Job, Visit: visit, Device: j.device, State: state, Reason: reason}
	j.open = slices.DeleteFunc(j.open, func(o *record) bool { return o == r })
	j.untold = append(j.untold, r)
	err := j.put(r)
	r.stored = err == nil
	return err
}

// next gives the oldest outcome to tell, stored for good; nil when there is none.
func (j *journal) next() (*record, error) {
	if len(j.untold) == 0 {
		return nil, nil
	}
	r := j.untold[0]
	if !r.stored {
		if err := j.put(r); err != nil {
			return nil, err
		}
		r.stored = true
	}
	return r, nil
}

// told keeps of a job what it takes to know it again. When that cannot be stored,
// its outcome is told once more after a restart.
func (j *journal) told(r *record) error {
	r.Told, r.Ticket = true, nil
	j.untold = slices.DeleteFunc(j.untold, func(o *record) bool { return o == r })
	return j.put(r)
}

// unclean is how much the printer may still swallow as a part of a broken-off ticket.
func (j *journal) unclean() int {
	most := 0
	for _, r := range j.records {
		if r.Result != nil {
			most = max(most, r.Unclean)
		}
	}
	return most
}

// clean forgets that.
func (j *journal) clean() error {
	for _, r := range j.records {
		if r.Result == nil || r.Unclean == 0 {
			continue
		}
		r.Unclean = 0
		if err := j.put(r); err != nil {
			return err
		}
	}
	return nil
}

// prune forgets the told jobs of other days.
func (j *journal) prune(now time.Time) error {
	j.day = queue.DayOf(now)
	for id, r := range j.records {
		if !r.Told || r.Unclean > 0 || queue.DayOf(r.At) == j.day {
			continue
		}
		if err := j.box.Remove(id); err != nil {
			return err
		}
		delete(j.records, id)
	}
	return nil
}
