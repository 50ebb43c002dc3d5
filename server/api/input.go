package api

import (
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// Longest strings of a client, in characters.
const (
	maxID     = 32
	maxReason = 300
	maxKey    = 128
	maxQuery  = 200
)

// param gives a part of the path, copied. Too long or odd ones become empty:
// nothing has an empty id, so they are not found.
func param(c *fiber.Ctx, name string) string {
	value, err := word(name, strings.Clone(c.Params(name)), 64)
	if err != nil {
		return ""
	}
	return value
}

// pathOf is the path as the client wrote it; the router's own loses or gains a
// slash at its end.
func pathOf(c *fiber.Ctx) string {
	path, _, _ := strings.Cut(c.OriginalURL(), "?")
	return strings.Clone(path)
}

// queryOf gives a parameter of the address, copied and checked.
func queryOf(c *fiber.Ctx, name string, max int) (string, error) {
	return text(name, strings.Clone(c.Query(name)), max)
}

// idempotency gives the request's key.
func idempotency(c *fiber.Ctx) (string, error) {
	key := strings.Clone(c.Get("Idempotency-Key"))
	if strings.TrimSpace(key) == "" {
		return "", refuse(codeKeyMissing, "")
	}
	return word("Idempotency-Key", key, maxKey)
}

// checker collects the first thing wrong with a body.
type checker struct{ err error }

func (k *checker) word(name string, value *string, max int) {
	if k.err == nil {
		*value, k.err = word(name, *value, max)
	}
}

func (k *checker) text(name string, value *string, max int) {
	if k.err == nil {
		*value, k.err = text(name, *value, max)
	}
}

func (k *checker) that(good bool, name string) {
	if k.err == nil && !good {
		k.err = refuse(queue.BadParameter, name)
	}
}

// personHash is the agent's keyed day hash: 32 bytes as base64url.
var personHash = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

func takeInput(body []byte) (queue.Command, error) {
	cmd := queue.Command{Verb: queue.Take, Origin: "kiosk"}
	if err := decode(body, fields{"service": &cmd.Service, "priority": &cmd.Priority, "procedure": &cmd.Procedure,
		"lang": &cmd.Lang, "person": &cmd.Person}); err != nil {
		return cmd, err
	}
	var k checker
	k.word("service", &cmd.Service, maxID)
	k.that(cmd.Service != "", "service")
	k.word("priority", &cmd.Priority, maxID)
	k.word("procedure", &cmd.Procedure, maxID)
	k.that(cmd.Lang == "" || languageTag.MatchString(cmd.Lang), "lang")
	k.that(cmd.Person == "" || personHash.MatchString(cmd.Person), "person")
	return cmd, k.err
}

// bookInput reads a booking. Who books on a phone declares no priority: the hall
// looks at that when they come.
func bookInput(body []byte, priority bool) (queue.Command, error) {
	cmd := queue.Command{Verb: queue.Book}
	var at string
	into := fields{"service": &cmd.Service, "at": &at}
	if priority {
		into["priority"] = &cmd.Priority
	}
	if err := decode(body, into); err != nil {
		return cmd, err
	}
	var k checker
	k.word("service", &cmd.Service, maxID)
	k.that(cmd.Service != "", "service")
	k.word("priority", &cmd.Priority, maxID)
	moment, err := time.Parse(time.RFC3339, at)
	k.that(err == nil && moment.Year() > 2000 && moment.Year() < 2200, "at")
	if k.err == nil {
		cmd.At = queue.MillisOf(moment)
	}
	return cmd, k.err
}

// verbFields says which members the body of each counter verb may have.
func verbFields(verb queue.Verb, cmd *queue.Command) fields {
	switch verb {
	case queue.Call:
		return fields{"number": &cmd.Number, "reason": &cmd.Reason}
	case queue.Next, queue.End:
		return fields{"outcome": &cmd.Outcome}
	case queue.Transfer:
		return fields{"service": &cmd.Service, "counter": &cmd.ToCounter, "place": &cmd.Place}
	case queue.Pause, queue.Park:
		return fields{"reason": &cmd.Reason}
	case queue.Reinstate, queue.Resume:
		return fields{"number": &cmd.Number}
	case queue.SetPriority:
		return fields{"number": &cmd.Number, "priority": &cmd.Priority, "reason": &cmd.Reason}
	case queue.WalkIn:
		return fields{"service": &cmd.Service, "priority": &cmd.Priority}
	}
	return fields{}
}

func verbInput(verb queue.Verb, body []byte) (queue.Command, error) {
	cmd := queue.Command{Verb: verb}
	if err := decode(body, verbFields(verb, &cmd)); err != nil {
		return cmd, err
	}
	var k checker
	k.text("reason", &cmd.Reason, maxReason)
	cmd.Reason = strings.TrimSpace(cmd.Reason)
	k.word("number", &cmd.Number, maxID)
	cmd.Number = strings.ToUpper(cmd.Number)
	k.word("service", &cmd.Service, maxID)
	k.word("priority", &cmd.Priority, maxID)
	k.word("counter", &cmd.ToCounter, maxID)
	k.word("place", &cmd.Place, maxID)
	k.word("outcome", &cmd.Outcome, maxID)
	if verb == queue.WalkIn {
		cmd.Origin = "desk"
		k.that(cmd.Service != "", "service")
	}
	return cmd, k.err
}

// ratingInput reads a rating; a phone's has neither source nor number.
func ratingInput(body []byte, phone bool) (queue.Command, error) {
	cmd := queue.Command{Verb: queue.Rate}
	into := fields{"level": &cmd.Level, "reasons": &cmd.Reasons}
	if phone {
		cmd.Source = "phone"
	} else {
		into["source"], into["number"], into["day"] = &cmd.Source, &cmd.Number, &cmd.RateDay
	}
	if err := decode(body, into); err != nil {
		return cmd, err
	}
	var k checker
	k.that(cmd.Level > 0, "level")
	k.that(len(cmd.Reasons) <= 20, "reasons")
	for i := range cmd.Reasons {
		k.word("reasons", &cmd.Reasons[i], maxID)
	}
	k.word("source", &cmd.Source, maxID)
	k.word("number", &cmd.Number, maxID)
	cmd.Number = strings.ToUpper(cmd.Number)
	if cmd.RateDay != "" {
		_, err := queue.ParseDay(string(cmd.RateDay))
		k.that(err == nil, "day")
	}
	return cmd, k.err
}

func delayInput(body []byte) (queue.Command, error) {
	cmd := queue.Command{Verb: queue.Delay}
	err := decode(body, fields{"people": &cmd.People})
	return cmd, err
}

func emptyInput(verb queue.Verb, body []byte) (queue.Command, error) {
	return queue.Command{Verb: verb}, decode(body, fields{})
}
