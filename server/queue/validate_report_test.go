package queue

import "testing"

func TestValidateReportNamesThePlace(t *testing.T) {
	report := func(change func(*ReportSetting)) func(*Settings) {
		return func(s *Settings) {
			s.Report = ReportSetting{Indicators: map[string]int{"2": 0, "5": 1, "6": 2, "8": 0, "9": 1},
				Scheduled: []ScheduledReport{{Span: "month", Format: "pdf"}}, Letterhead: LetterheadSetting{Place: "Hòa Bình"}}
			change(&s.Report)
		}
	}
	good := DemoSettings()
	report(func(r *ReportSetting) { r.Fewest = 5 })(&good)
	if p := good.Problems(); len(p) > 0 {
		t.Fatal(p)
	}
	testSpoils(t, []spoil{
		{"report.fewest", report(func(r *ReportSetting) { r.Fewest = -1 })},
		{"report.fewest", report(func(r *ReportSetting) { r.Fewest = 4 })},
		{"report.ranked", report(func(r *ReportSetting) { r.Ranked = 10_001 })},
		{"report.keep_events", report(func(r *ReportSetting) { r.KeepEvents = 241 })},
		{"report.keep_audit", report(func(r *ReportSetting) { r.KeepAudit = 241 })},
		{"report.keep_visits", report(func(r *ReportSetting) { r.KeepVisits = -1 })},
		{"report.published.days", report(func(r *ReportSetting) { r.Published.Days = 367 })},
		{"report.alerts.wait", report(func(r *ReportSetting) { r.Alerts.Wait = -2 })},
		{"report.alerts.low", report(func(r *ReportSetting) { r.Alerts.Low = 3 })},
		{"report.indicators", report(func(r *ReportSetting) { r.Indicators["3"] = 1 })},
		{"report.indicators.6", report(func(r *ReportSetting) { r.Indicators["6"] = 3 })},
		{"report.letterhead.title", report(func(r *ReportSetting) { r.Letterhead.Title = " GIÁM ĐỐC" })},
		{"report.scheduled[0].span", report(func(r *ReportSetting) { r.Scheduled[0].Span = "hour" })},
		{"report.scheduled[0].format", report(func(r *ReportSetting) { r.Scheduled[0].Format = "doc" })},
	})
}
