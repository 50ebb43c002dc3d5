package serial

import (
	"sync/atomic"
	"time"
)

// Counters count what happens on a port, over all its openings. They may be read
// and written by any goroutine.
type Counters struct {
	opens, openErrors, readErrors, writeErrors atomic.Int64
	bytesIn, bytesOut                          atomic.Int64
	lastIn                                     atomic.Int64 // nanoseconds since 1970, 0 for never
}

// Stats is what Counters show at a moment.
type Stats struct {
	Opens       int64     // openings that succeeded
	OpenErrors  int64     // openings that did not
	ReadErrors  int64     // time-outs and closing are no errors
	WriteErrors int64     // here a time-out is one: the device did not take its bytes
	BytesIn     int64     // read by us
	BytesOut    int64     // taken by the line
	LastByte    time.Time // when the last byte came in; zero for never
}

// Stats reads the counters.
func (c *Counters) Stats() Stats {
	s := Stats{
		Opens: c.opens.Load(), OpenErrors: c.openErrors.Load(),
		ReadErrors: c.readErrors.Load(), WriteErrors: c.writeErrors.Load(),
		BytesIn: c.bytesIn.Load(), BytesOut: c.bytesOut.Load(),
	}
	if at := c.lastIn.Load(); at != 0 {
		s.LastByte = time.Unix(0, at)
	}
	return s
}

func (c *Counters) received(n int) {
	c.bytesIn.Add(int64(n))
	c.lastIn.Store(time.Now().UnixNano())
}

// Counted is a Port that tells what it counted; those of Open are.
type Counted interface{ Stats() Stats }
