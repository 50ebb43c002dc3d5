package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/catalogue"
	"motcua/server/queue"
	"motcua/server/wire"
)

// mostPosted is how many fields one posting list may be asked for.
const mostPosted = 200

// posting is what a hall prints and hangs on its wall (NĐ 63/2010, art. 8 and 15-18).
type posting struct {
	Hall    postingHall   `json:"hall"`
	Edition int64         `json:"edition"`
	Updated wire.Time     `json:"updated"`
	Sample  bool          `json:"sample"`
	Fields  []postedField `json:"fields"`
}

// postingHall is whose list it is, and where to complain (NĐ 20/2008).
type postingHall struct {
	Place      queue.Text           `json:"place"`
	Name       queue.Text           `json:"name"`
	Complaints queue.ContactSetting `json:"complaints"`
}

type postedField struct {
	Name  string       `json:"name"`
	Items []postedItem `json:"items"`
}

type postedItem struct {
	Code      string                `json:"code"`
	Name      string                `json:"name"`
	Times     []catalogue.PlainTime `json:"times"`
	Fees      []catalogue.PlainFee  `json:"fees"`
	Counters  []string              `json:"counters"` // labels
	Decision  string                `json:"decision"`
	Effective queue.Day             `json:"effective"`
}

// cataloguePosting gives the posting list of the fields named, or of all; here=1
// leaves out what the branch has no service for.
func (s *Server) cataloguePosting(c *fiber.Ctx) error {
	branch, err := s.reader(c)
	if err != nil {
		return err
	}
	fields, err := postedFields(c)
	if err != nil {
		return err
	}
	here, err := numberOf(c, "here", 0, 0, 1)
	if err != nil {
		return err
	}
	answer := posting{Fields: []postedField{}}
	if set, ok := s.Push.Feed.Settings(branch); ok {
		answer.Hall = postingHall{set.Place, set.Name, set.Hall.Complaints}
	}
	if s.Procedures == nil {
		return c.JSON(answer)
	}
	o := s.Procedures.Overview()
	answer.Edition, answer.Updated, answer.Sample = o.Edition, wire.TimeOf(o.Updated), o.Sample
	for _, field := range fields {
		for _, p := range s.listed(field, branch, here == 1) {
			n := len(answer.Fields)
			if n == 0 || answer.Fields[n-1].Name != p.Field {
				answer.Fields = append(answer.Fields, postedField{Name: p.Field})
				n++
			}
			answer.Fields[n-1].Items = append(answer.Fields[n-1].Items, s.posted(branch, p))
		}
	}
	return c.JSON(answer)
}

func (s *Server) posted(branch string, p catalogue.Procedure) postedItem {
	p.Documents = nil // putting the papers in plain words takes longest, and they are not posted here
	w := s.whole(branch, p)
	return postedItem{Code: p.Code, Name: p.Name, Times: append([]catalogue.PlainTime{}, w.Plain.Times...),
		Fees: append([]catalogue.PlainFee{}, w.Plain.Fees...), Counters: w.Counters, Decision: p.Decision, Effective: p.Effective}
}

// postedFields are the fields of the address, each once; [""] stands for all.
func postedFields(c *fiber.Ctx) ([]string, error) {
	raw := c.Context().QueryArgs().PeekMulti("field")
	if len(raw) > mostPosted {
		return nil, refuse(queue.BadParameter, "field")
	}
	seen := map[string]bool{}
	var list []string
	for _, b := range raw {
		name, err := text("field", string(b), maxQuery)
		if err != nil {
			return nil, err
		}
		if name != "" && !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	if list == nil {
		return []string{""}, nil
	}
	return list, nil
}
