package api

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/staff"
)

// audited is where a request keeps the line that was written for it.
const audited = "audited"

// lineOf begins a line about what a caller does. Two people may have one name: a
// person's login stands beside it.
func lineOf(c *fiber.Ctx, caller staff.Caller, action audit.Action, branch, object string) audit.Line {
	who := caller.Name
	if caller.Account != "" {
		who = staff.Account{Name: caller.Name, Login: caller.Login}.FullName()
	}
	return audit.Line{Who: who, Role: string(caller.Role), From: address(c), Branch: branch, Action: action, Object: object}
}

// note writes down what an administrator is about to change, with what differs
// between two documents (nil for none). A change that cannot be written down is not
// made: the error is the refusal. So it is called when everything has been checked,
// right before the change; what the change itself then refuses, outcome adds.
func (s *Server) note(c *fiber.Ctx, line audit.Line, before, after any) error {
	if s.Audit == nil {
		return nil
	}
	changes, err := audit.Diff(before, after)
	if err != nil {
		return err
	}
	line.Changes = changes
	ctx, cancel := s.life()
	defer cancel()
	if line, err = s.Audit.Add(ctx, line); err != nil {
		s.Log.Error("the audit log is not written, and a change was refused", "action", line.Action, "error", err)
		return refuse(codeAuditDown, "")
	}
	c.Locals(audited, line)
	return nil
}

// tellAudit writes down what must not wait for it: logins, alarms, paper. Such a
// line that cannot be written stands in the server's own log.
func (s *Server) tellAudit(line audit.Line, before, after any) {
	if s.Audit == nil {
		return
	}
	var err error
	if line.Changes, err = audit.Diff(before, after); err == nil {
		ctx, cancel := context.WithTimeout(s.ctx, patience)
		defer cancel()
		_, err = s.Audit.Add(ctx, line)
	}
	if err != nil {
		s.Log.Error("the audit log is not written", "action", line.Action, "who", line.Who, "error", err)
	}
}

// followed adds a second line when a change that was written down was not made.
func (s *Server) followed(next fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		err := next(c)
		line, ok := c.Locals(audited).(audit.Line)
		if !ok || err == nil && c.Response().StatusCode() < 400 {
			return err
		}
		code, _ := s.codeOf(err)
		if err == nil {
			code = codeOfStatus(c.Response().StatusCode())
		}
		s.tellAudit(audit.Line{Who: line.Who, Role: line.Role, From: line.From, Branch: line.Branch, Action: line.Action,
			Object: line.Object, Outcome: string(code)}, nil, nil)
		return err
	}
}
