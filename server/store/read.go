package store

import (
	"context"
	"sort"
	"strconv"

	"motcua/server/queue"
)

// Events gives up to max events of that day with a seq above after, in order.
func (s *Store) Events(ctx context.Context, branch string, day queue.Day, after int64, max int) ([]queue.Event, error) {
	reply, err := s.engine.Read(ctx, "XREAD", "COUNT", strconv.Itoa(max), "STREAMS",
		eventsKey(branch, day), strconv.FormatInt(after, 10)+"-0")
	if err != nil {
		return nil, err
	}
	streams, _ := reply.([]any)
	if len(streams) == 0 {
		return nil, nil
	}
	stream, _ := streams[0].([]any)
	if len(stream) != 2 {
		return nil, errReply
	}
	return decodeEvents(stream[1])
}

// Where gives the branch's position; a branch never seen has the zero one.
func (s *Store) Where(ctx context.Context, branch string) (queue.Position, error) {
	reply, err := s.engine.Read(ctx, "HMGET", metaKey(branch), "epoch", "seq", "day", "open")
	if err != nil {
		return queue.Position{}, err
	}
	m, _ := reply.([]any)
	if len(m) != 4 {
		return queue.Position{}, errReply
	}
	p := queue.Position{Epoch: text(m[0]), Seq: number(m[1]), Day: queue.Day(text(m[2])), Open: text(m[3]) == "1"}
	s.heard(branch, p.Day)
	return p, nil
}

// FindVisit looks a visit of one day up; unknown_ticket if there is none.
func (s *Store) FindVisit(ctx context.Context, branch string, day queue.Day, by queue.Index, value string) (queue.Visit, error) {
	id := visitID(day, value)
	if by != queue.ByNumber {
		found, err := s.engine.Read(ctx, "HGET", visitsKey(branch, day), string(by)+":"+value)
		if err != nil {
			return queue.Visit{}, err
		}
		id = text(found)
	}
	raw, err := s.engine.Read(ctx, "HGET", visitsKey(branch, day), id)
	if err != nil {
		return queue.Visit{}, err
	}
	if raw == nil {
		return queue.Visit{}, queue.Refuse(queue.UnknownTicket, "")
	}
	return decodeVisit(text(raw))
}

// visitID is a visit's id, as id_of in lua/lib.lua makes it.
func visitID(day queue.Day, number string) string {
	if len(day) != len("2006-01-02") {
		return number
	}
	return string(day[2:4]) + string(day[5:7]) + string(day[8:10]) + "-" + number
}

// Settings gives the branch's current settings document; empty if none.
func (s *Store) Settings(ctx context.Context, branch string) ([]byte, int, error) {
	reply, err := s.engine.Read(ctx, "HMGET", settingsKey(branch), "document", "version")
	if err != nil {
		return nil, 0, err
	}
	m, _ := reply.([]any)
	if len(m) != 2 {
		return nil, 0, errReply
	}
	return []byte(text(m[0])), int(number(m[1])), nil
}

// Branches lists the branches this store holds, sorted.
func (s *Store) Branches(ctx context.Context) ([]string, error) {
	reply, err := s.engine.Read(ctx, "SMEMBERS", branchesKey)
	if err != nil {
		return nil, err
	}
	list, _ := reply.([]any)
	names := make([]string, 0, len(list))
	for _, v := range list {
		names = append(names, text(v))
	}
	sort.Strings(names)
	return names, nil
}
