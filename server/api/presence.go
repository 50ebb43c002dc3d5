package api

import (
	"strings"
	"sync"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

// awayAfter is how long an agent may be without a socket before its devices are
// shown as off-line: a reconnection is no news.
const awayAfter = 30 * time.Second

// presence knows which agents have a socket open now.
type presence struct {
	clock queue.Clock
	mu    sync.Mutex
	here  map[string]*attendance // by branch "/" agent
}

type attendance struct {
	branch, agent string
	sockets       int
	left          time.Time
	told          bool // that it is away
}

func newPresence(clock queue.Clock) *presence {
	return &presence{clock: clock, here: map[string]*attendance{}}
}

func (p *presence) of(branch, agent string) *attendance {
	id := branch + "/" + agent
	a := p.here[id]
	if a == nil {
		a = &attendance{branch: branch, agent: agent, left: p.clock.Now()}
		p.here[id] = a
	}
	return a
}

func (p *presence) come(branch, agent string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.of(branch, agent)
	a.sockets++
	a.told = false
}

func (p *presence) leave(branch, agent string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.of(branch, agent)
	a.sockets--
	a.left = p.clock.Now()
}

// expect notes an agent whose devices are known, so that one that never comes
// back after the server's restart is missed too.
func (p *presence) expect(branch, agent string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of(branch, agent)
}

// gone gives those who have been away for too long, each once.
func (p *presence) gone() []attendance {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []attendance
	now := p.clock.Now()
	for _, a := range p.here {
		if a.sockets == 0 && !a.told && now.Sub(a.left) >= awayAfter {
			a.told = true
			list = append(list, *a)
		}
	}
	return list
}

// watchAgents tells the hall of agents that stay away, until the server ends.
func (s *Server) watchAgents() {
	ticker := time.NewTicker(2 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-ticker.C:
			s.missAgents()
			s.missScreens()
		}
	}
}

func (s *Server) missAgents() {
	for _, branch := range s.Push.Feed.Branches() {
		for _, d := range s.devices(branch) {
			if d.Kind != screenDevice {
				s.agents.expect(branch, d.Agent)
			}
		}
	}
	for _, a := range s.agents.gone() {
		for _, d := range s.devices(a.branch) {
			if d.Agent != a.agent || d.Kind == screenDevice || d.State == queue.DeviceOffline {
				continue
			}
			d.State, d.Detail = queue.DeviceOffline, "its agent is away"
			s.noteDevice(a.branch, a.agent, d, "")
		}
	}
}

// devices lists what is known of a branch's devices.
func (s *Server) devices(branch string) []queue.Device {
	list := []queue.Device{}
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) {
		for _, d := range st.Devices {
			list = append(list, *d)
		}
	})
	return list
}

// noteDevice tells the hall how a device is, on the server's own account.
func (s *Server) noteDevice(branch, by string, d queue.Device, note string) {
	set, err := s.known(branch)
	if err != nil {
		return
	}
	d.Since = queue.MillisOf(s.Clock.Now())
	cmd := command{set: set, Command: queue.Command{Verb: queue.Note, Kind: queue.DeviceChanged, Branch: branch,
		By: by, Device: &d, Note: note}}
	if _, err := s.do(cmd); err != nil {
		s.Log.Warn("a device's state was not noted", "device", d.ID, "error", err)
	}
}

// firstUse ends the pairing of a key that is used for the first time.
func (s *Server) firstUse(caller staff.Caller) {
	id := strings.TrimPrefix(caller.ID, "key:")
	if _, done := s.paired.LoadOrStore(id, true); done {
		return
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Staff.Paired(ctx, id); err != nil {
		s.Log.Warn("a pairing was not ended", "error", err)
	}
}
