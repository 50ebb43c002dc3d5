package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"motcua/server/queue"
)

// decodeReply reads what a script answered.
func decodeReply(reply []string) (queue.Result, queue.Day, error) {
	if len(reply) < 2 {
		return queue.Result{}, "", errReply
	}
	switch reply[0] {
	case "ok", "again":
		if len(reply) != 4 {
			return queue.Result{}, "", errReply
		}
		result := queue.Result{Again: reply[0] == "again"}
		for _, part := range reply[1:3] {
			if err := readResult(part, &result); err != nil {
				return queue.Result{}, "", fmt.Errorf("%w: %w", errReply, err)
			}
		}
		result.Seq = number(reply[3])
		return result, "", nil
	case "no":
		detail := ""
		if len(reply) > 2 {
			detail = reply[2]
		}
		return queue.Result{}, queue.Day(detail), queue.Refuse(queue.Code(reply[1]), detail)
	}
	return queue.Result{}, "", errReply
}

// decodeEvents reads stream entries: [[id, [field, value]], …].
func decodeEvents(reply any) ([]queue.Event, error) {
	entries, _ := reply.([]any)
	events := make([]queue.Event, 0, len(entries))
	for _, raw := range entries {
		id, body, ok := entry(raw)
		if !ok {
			return nil, errReply
		}
		seq, err := strconv.ParseInt(strings.TrimSuffix(id, "-0"), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%w: stream id %q", errReply, id)
		}
		e, err := readEvent(body)
		if err != nil {
			return nil, fmt.Errorf("%w: event %d: %w", errReply, seq, err)
		}
		e.Seq = seq
		events = append(events, e)
	}
	return events, nil
}

func entry(raw any) (id, body string, ok bool) {
	pair, _ := raw.([]any)
	if len(pair) != 2 {
		return "", "", false
	}
	id, _ = pair[0].(string)
	fields, _ := pair[1].([]any)
	if len(fields) != 2 {
		return "", "", false
	}
	body, ok = fields[1].(string)
	return id, body, ok
}

// text gives a string of a reply, "" for nil.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// number gives an integer of a reply, 0 for nil.
func number(v any) int64 {
	n, _ := strconv.ParseInt(text(v), 10, 64)
	return n
}

func decodeVisit(raw string) (queue.Visit, error) {
	var v queue.Visit
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		return v, fmt.Errorf("%w: %w", errReply, err)
	}
	return v, nil
}
