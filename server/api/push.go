package api

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"motcua/server/feed"
	"motcua/server/hub"
	"motcua/server/metrics"
	"motcua/server/queue"
	"motcua/server/wire"
)

// Push is the road from the store to the screens: the feed reads, the forecast
// learns, the hub sends.
type Push struct {
	Feed     *feed.Feed
	Hub      *hub.Hub
	Forecast *Forecast

	store   queue.Store
	clock   queue.Clock
	baseURL string
	today   *today
	// procedures is nil until the server has a catalogue.
	procedures atomic.Pointer[Procedures]
}

// PushOptions says what the push stands on.
type PushOptions struct {
	Store   queue.Store
	Clock   queue.Clock
	Metrics *metrics.Metrics
	Log     *slog.Logger
	Extras  wire.Extras
	BaseURL string // as in Deps
	Sweep   time.Duration
	// More are told of every event beside the hub: the history.
	More []feed.Follower
}

// NewPush joins feed, forecast and hub.
func NewPush(o PushOptions) *Push {
	p := &Push{store: o.Store, clock: o.Clock, baseURL: o.BaseURL, today: newToday()}
	view := func(branch string, fn func(*queue.State, *queue.Settings)) bool { return p.Feed.View(branch, fn) }
	p.Forecast = newForecast(o.Clock, view)
	p.Hub = hub.New(hub.Options{Clock: o.Clock, View: view, Figures: p.Figures, Ticket: p.ticket,
		Past: p.past, Extras: o.Extras, Count: o.Metrics.Push, Trouble: p.trouble})
	followers := append([]feed.Follower{p.Forecast, p.today, screens{p.Hub}, counts{o.Metrics}}, o.More...)
	p.Feed = feed.New(feed.Options{Store: o.Store, Log: o.Log, Sweep: o.Sweep}, followers...)
	return p
}

// Start reads every branch and begins to push; everything ends with the context.
func (p *Push) Start(ctx context.Context) error {
	if err := p.Feed.Start(ctx); err != nil {
		return err
	}
	p.Forecast.Refresh()
	go p.Forecast.Run(ctx)
	go p.Hub.Run(ctx)
	return nil
}

// trouble says why the store takes no commands now.
func (p *Push) trouble() queue.Code {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := p.store.Refusing(ctx); err != nil {
		return queue.Code(reasonOf(err))
	}
	return ""
}

// screens tells the hub.
type screens struct{ hub *hub.Hub }

func (s screens) Reset(branch string, state *queue.State, _ *queue.Settings, events []queue.Event) {
	s.hub.Reset(branch, state.Epoch, state.Seq, events)
}

func (s screens) Applied(branch string, _ *queue.State, _ *queue.Settings, e *queue.Event) {
	s.hub.Append(branch, *e)
}

func (s screens) Flush(branch string) { s.hub.Flush(branch) }

// counts tells the metrics.
type counts struct{ m *metrics.Metrics }

func (counts) Reset(string, *queue.State, *queue.Settings, []queue.Event) {}

func (k counts) Applied(branch string, _ *queue.State, set *queue.Settings, e *queue.Event) {
	if queue.IsTraining(branch) {
		return
	}
	k.m.Event(branch, string(e.Kind))
	if e.Visit == nil {
		return
	}
	at := e.At.Time()
	switch {
	case e.Kind == queue.TicketTaken, e.Kind == queue.BookingArrived, e.Kind == queue.TicketServing && e.Verb == queue.WalkIn:
		if service, ok := set.Service(e.Visit.Service); ok && service.Kind != "" {
			k.m.Visit(branch, string(service.Kind), service.ID)
		}
	case e.Kind == queue.TicketCalled:
		k.m.Wait(branch, e.Visit.Service, at.Sub(e.Visit.Taken.Time()))
	case e.Kind == queue.TicketEnded && e.Visit.Served != "":
		k.m.Serve(branch, e.Visit.Service, at.Sub(e.Visit.Served.Time()))
	}
}

func (counts) Flush(string) {}

// Figures gives what is derived of each service now.
func (p *Push) Figures(branch string) []wire.ServiceFigure {
	now := p.clock.Now()
	var list []wire.ServiceFigure
	p.Feed.View(branch, func(s *queue.State, set *queue.Settings) {
		for i := range set.Services {
			list = append(list, p.figure(branch, s, set, &set.Services[i], now))
		}
	})
	return list
}

func (p *Push) figure(branch string, s *queue.State, set *queue.Settings, service *queue.ServiceSetting, now time.Time) wire.ServiceFigure {
	at := set.ServiceAt(service.ID, now)
	f := wire.ServiceFigure{ID: service.ID, Open: at.Open && s.Open, Waiting: s.Waiting(service.ID), Reason: string(at.Reason),
		Opens: wire.TimeOf(at.Opens)}
	if at.Open && !s.Open {
		f.Reason = string(queue.ReasonClosed)
	}
	if at.Quota > 0 && given(s, set, service)[datedHalf{s.Day, at.Half}] >= at.Quota {
		f.Open, f.Reason = false, string(queue.QuotaFull)
		f.Opens = wire.TimeOf(set.NextOpening(*service, now)) // the next half-day has numbers of its own
	}
	if f.Reason == string(queue.ReasonHoliday) {
		f.Holiday, _ = set.Calendar.HolidayOn(queue.DayOf(now))
	}
	if s.Emergency() != nil {
		f.Open, f.Reason, f.Opens, f.Holiday = false, string(queue.ReasonEmergency), "", queue.Text{}
	}
	f.Next = nextOf(s, service.ID)
	f.Estimate = p.Forecast.Interval(branch, service.ID, aheadOfNext(s, set, service.ID), false)
	return f
}

// nextOf is the number that a service's counter calls next; empty when that is not
// sure, as while somebody waits for one certain counter.
func nextOf(s *queue.State, service string) string {
	for id, l := range s.Lines {
		if strings.HasPrefix(id, "@") && l.Len() > 0 {
			return ""
		}
	}
	if line := s.Lines[service]; line != nil {
		if v := line.Next(); v != nil {
			return v.Number
		}
	}
	return ""
}

// aheadOfNext counts who would be before a visitor who came now.
func aheadOfNext(s *queue.State, set *queue.Settings, service string) int {
	line := s.Lines[service]
	if line == nil {
		return 0
	}
	policy := *set.PolicyOf(queue.CounterSetting{})
	return queue.AheadOf(policy, false, len(line.Others), len(line.Priority), len(line.Front))
}

// datedHalf is a half-day of a day.
type datedHalf struct {
	day  queue.Day
	half string
}

// given counts, by half-day, the numbers of a service that quotas count: those
// taken in it, which are only today's, and those booked for it.
func given(s *queue.State, set *queue.Settings, service *queue.ServiceSetting) map[datedHalf]int {
	n := map[datedHalf]int{}
	for _, v := range s.Visits {
		if v.Service == service.ID && v.Origin == "kiosk" {
			n[datedHalf{s.Day, set.ServiceAt(service.ID, v.Taken.Time()).Half}]++
		}
	}
	for _, b := range s.Bookings {
		if b.Service == service.ID {
			n[datedHalf{b.Day, b.Half}]++
		}
	}
	return n
}

// ticket gives a visit of today as its holder sees it. Called inside View.
func (p *Push) ticket(s *queue.State, set *queue.Settings, v *queue.Visit) wire.TicketInfo {
	ahead := 0
	var estimate *wire.Interval
	if line := s.Lines[v.Queue]; line != nil && v.State == queue.Waiting {
		ahead = line.Ahead(v, *set.PolicyOf(queue.CounterSetting{}))
		estimate = p.Forecast.Interval(set.ID, v.Queue, ahead, v.IsPriority())
	}
	info := wire.TicketFor(s, set, p.baseURL, v, ahead, estimate)
	now := p.clock.Now()
	if v.State == queue.NoShow {
		info.Until = wire.TimeOf(set.ServedUntil(v.Service, now))
	}
	if service, ok := set.Service(v.Service); ok {
		info.Promise = wire.PromiseText(set.PromiseOn(service, queue.DayOf(v.Taken.Time())))
	}
	p.ticketProcedure(&info, v)
	return info
}

// past gives a ticket of an earlier day.
func (p *Push) past(branch, token string) (wire.TicketInfo, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	v, err := p.findPast(ctx, branch, queue.ByToken, token)
	if err != nil {
		return wire.TicketInfo{}, false
	}
	var info wire.TicketInfo
	ok := p.Feed.View(branch, func(s *queue.State, set *queue.Settings) { info = p.ticket(s, set, &v) })
	return info, ok
}

// longestPause is how many days may lie between two business days: a ticket
// answers until the close of the next one, and Tết is the longest pause.
const longestPause = 12

// findPast looks a visit up on the business day before the present one. The store
// finds a token by its own keyed hash; how long that takes tells nothing of the
// letters, and 128 random bits are not guessed at 300 tries in ten minutes.
func (p *Push) findPast(ctx context.Context, branch string, by queue.Index, value string) (queue.Visit, error) {
	var day queue.Day
	open := false
	p.Feed.View(branch, func(s *queue.State, _ *queue.Settings) { day, open = s.Day, s.Open })
	if !open || day == "" {
		return queue.Visit{}, queue.Refuse(queue.UnknownTicket, "")
	}
	for range longestPause {
		day = day.Add(-1)
		v, err := p.store.FindVisit(ctx, branch, day, by, value)
		if queue.CodeOf(err) != queue.UnknownTicket {
			return v, err
		}
		if events, err := p.store.Events(ctx, branch, day, 0, 1); err != nil || len(events) > 0 {
			break // this was the day; the one before it has had its next day's close
		}
	}
	return queue.Visit{}, queue.Refuse(queue.UnknownTicket, "")
}
