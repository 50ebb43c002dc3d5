package api

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// Bounds of what the audit log answers at once.
const (
	auditPage   = 50
	mostAudit   = 200
	auditExport = 100_000 // lines of one file
)

// auditLine is a line as it is read.
type auditLine struct {
	audit.Line
	At      wire.Time      `json:"at"`
	Changes []audit.Change `json:"changes"`
}

func auditLineOf(l audit.Line) auditLine {
	return auditLine{l, wire.TimeOf(time.UnixMilli(l.At)), append([]audit.Change{}, l.Changes...)}
}

// auditQuery reads what is asked for. Who belongs to one branch sees that one.
func (s *Server) auditQuery(c *fiber.Ctx) (staff.Caller, audit.Query, error) {
	q := audit.Query{}
	caller, err := s.allow(c, mayAudit, "")
	if err != nil {
		return caller, q, err
	}
	if s.Audit == nil {
		return caller, q, refuse(codeNotFound, "audit")
	}
	var action, from, to string
	for name, to := range map[string]*string{"branch": &q.Branch, "action": &action, "from": &from, "to": &to, "who": &q.Who} {
		if *to, err = queryOf(c, name, maxQuery); err != nil {
			return caller, q, err
		}
	}
	if caller.Branch != "" {
		if q.Branch != "" && q.Branch != caller.Branch {
			return caller, q, refuse(codeForbidden, clip(q.Branch))
		}
		q.Branch = caller.Branch
	}
	q.Action = audit.Action(action)
	var k checker
	k.that(action == "" || slices.Contains(audit.Actions, q.Action), "action")
	for name, day := range map[string]string{"from": from, "to": to} {
		_, err := queue.ParseDay(day)
		k.that(day == "" || err == nil, name)
	}
	q.From, q.To = queue.Day(from), queue.Day(to)
	return caller, q, k.err
}

func (s *Server) listAudit(c *fiber.Ctx) error {
	_, q, err := s.auditQuery(c)
	if err != nil {
		return err
	}
	if q.Limit, err = numberOf(c, "limit", auditPage, 1, mostAudit); err != nil {
		return err
	}
	before, err := queryOf(c, "before", maxID)
	if err != nil {
		return err
	}
	if before != "" {
		if q.Before, err = strconv.ParseInt(before, 10, 64); err != nil || q.Before < 1 {
			return refuse(queue.BadParameter, "before")
		}
	}
	ctx, cancel := s.life()
	defer cancel()
	list, more, err := s.Audit.List(ctx, q)
	if err != nil {
		return s.auditDown(err)
	}
	head, err := s.Audit.Head(ctx)
	if err != nil {
		return s.auditDown(err)
	}
	items := make([]auditLine, len(list))
	for i, l := range list {
		items[i] = auditLineOf(l)
	}
	return c.JSON(fiber.Map{"items": items, "more": more, "head": head, "actions": audit.Actions})
}

// auditDown refuses because of an error of the log, which stands in the server's own.
func (s *Server) auditDown(err error) error {
	s.Log.Error("the audit log is not read", "error", err)
	return refuse(codeAuditDown, "")
}

// auditColumns head the file; they are those of the log, so that a program reads them.
var auditColumns = []string{"n", "at", "who", "role", "from", "branch", "action", "object", "outcome", "changes", "prev", "digest"}

// exportAudit sends the lines as a table, the newest first. That somebody took them
// is a line too.
func (s *Server) exportAudit(c *fiber.Ctx) error {
	caller, q, err := s.auditQuery(c)
	if err != nil {
		return err
	}
	q.Limit = auditExport
	ctx, cancel := s.life()
	defer cancel()
	list, _, err := s.Audit.List(ctx, q)
	if err != nil {
		return s.auditDown(err)
	}
	if err := s.note(c, lineOf(c, caller, audit.AuditExport, q.Branch, strconv.Itoa(len(list))), nil, nil); err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("\ufeff") // Excel reads Vietnamese right only with it
	w := csv.NewWriter(&b)
	if err := w.Write(auditColumns); err != nil {
		return err
	}
	for _, l := range list {
		if err := w.Write(auditRow(l)); err != nil {
			return err
		}
	}
	w.Flush()
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, attachment("nhat-ky-"+string(queue.DayOf(s.Clock.Now()))+".csv"))
	return c.SendString(b.String())
}

func auditRow(l audit.Line) []string {
	var changes []string
	for _, x := range l.Changes {
		changes = append(changes, x.Path+": "+x.Before+" → "+x.After)
	}
	row := []string{strconv.FormatInt(l.N, 10), string(wire.TimeOf(time.UnixMilli(l.At))), l.Who, l.Role, l.From, l.Branch, string(l.Action),
		l.Object, l.Outcome, strings.Join(changes, "\n"), l.Prev, l.Digest}
	for i := range row {
		row[i] = noFormula(row[i])
	}
	return row
}

// noFormula keeps a table program from reading somebody's words as a formula.
func noFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
