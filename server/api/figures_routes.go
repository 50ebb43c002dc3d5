package api

import "github.com/gofiber/fiber/v2"

// reportRoutes read the history; what they answer is about the branches their caller
// may touch, and nothing of it names a citizen.
func (s *Server) reportRoutes() []route {
	const (
		reports = "/api/v1/reports"
		exports = reports + "/exports"
	)
	return []route{
		{fiber.MethodGet, reports, s.getReport},
		{fiber.MethodGet, reports + "/branches", s.figureBranches},
		{fiber.MethodGet, reports + "/charts", s.reportCharts},
		{fiber.MethodGet, reports + "/compare", s.compareBranches},
		{fiber.MethodGet, reports + "/file", s.reportFile},
		{fiber.MethodGet, reports + "/definitions", s.figureDefinitions},
		{fiber.MethodGet, reports + "/officers", s.listOfficers},
		{fiber.MethodPut, reports + "/officers/:clerk/remark", s.putRemark},
		{fiber.MethodGet, reports + "/visits", s.visitsBehind},
		{fiber.MethodGet, reports + "/visits/:visit", s.traceVisit},
		{fiber.MethodPost, exports, s.makeExport},
		{fiber.MethodGet, exports, s.listExports},
		{fiber.MethodGet, exports + "/:export", s.getExport},
		{fiber.MethodPost, exports + "/:export/cancel", s.cancelExport},
		{fiber.MethodGet, exports + "/:export/file", s.exportFile},
	}
}
