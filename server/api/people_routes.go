package api

import "github.com/gofiber/fiber/v2"

// peopleRoutes are about people: their accounts, where they sit, and what everybody may
// do about the own account.
func (s *Server) peopleRoutes() []route {
	const (
		v1       = "/api/v1"
		me       = v1 + "/me"
		accounts = v1 + "/accounts"
		account  = accounts + "/:account"
		branch   = v1 + "/branches/:branch"
		seat     = branch + "/counters/:counter/seat"
	)
	return []route{
		{fiber.MethodGet, me, s.me},
		{fiber.MethodPut, me + "/password", s.changePassword},
		{fiber.MethodDelete, me + "/sessions", s.endMySessions},
		{fiber.MethodPost, me + "/factor", s.beginFactor},
		{fiber.MethodPut, me + "/factor", s.confirmFactor},
		{fiber.MethodDelete, me + "/factor", s.endFactor},
		{fiber.MethodGet, accounts, s.listAccounts},
		{fiber.MethodPost, accounts, s.makeAccount},
		{fiber.MethodPut, account, s.putAccount},
		{fiber.MethodPost, account + "/password", s.givePassword},
		{fiber.MethodPost, account + "/unlock", s.unlockAccount},
		{fiber.MethodPost, account + "/logout", s.logoutAccount},
		{fiber.MethodDelete, account + "/factor", s.dropFactor},
		{fiber.MethodGet, branch + "/seats", s.listSeats},
		{fiber.MethodPut, seat, s.takeSeat},
		{fiber.MethodDelete, seat, s.leaveSeat},
	}
}
