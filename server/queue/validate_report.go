package queue

import (
	"fmt"
	"slices"
)

// Spans and Formats of reports that write themselves.
var (
	ReportSpans   = []string{"day", "week", "month", "quarter", "year"}
	ReportFormats = []string{"pdf", "xlsx", "csv"}
)

// toldIndicators are the indicators of the self-assessment that people tell.
var toldIndicators = []string{"2", "5", "6", "8", "9"}

// The most a hall may ask of its reports.
const (
	mostMonths    = 240
	mostScheduled = 20
	mostAlert     = 24 * 60
)

func (s Settings) checkReport(c *checker) {
	r := s.Report
	if r.Fewest != 0 { // a clerk sees nothing of fewer ratings than these: who rated would be known
		c.between("report.fewest", r.Fewest, fewestRatings, 1000)
	}
	c.between("report.ranked", r.Ranked, 0, 10_000)
	c.between("report.keep_events", r.KeepEvents, 0, mostMonths)
	c.between("report.keep_visits", r.KeepVisits, 0, mostMonths)
	c.between("report.keep_audit", r.KeepAudit, 0, mostMonths)
	c.between("report.published.days", r.Published.Days, 0, 366)
	c.between("report.alerts.wait", r.Alerts.Wait, -1, mostAlert)
	c.between("report.alerts.idle", r.Alerts.Idle, -1, mostAlert)
	c.between("report.alerts.pause", r.Alerts.Pause, -1, mostAlert)
	c.between("report.alerts.close", r.Alerts.Close, -1, mostAlert)
	c.between("report.alerts.low", r.Alerts.Low, -1, 2)
	for n, points := range r.Indicators {
		c.check(slices.Contains(toldIndicators, n), "report.indicators", "%.10q is none of 2, 5, 6, 8, 9", n)
		c.between("report.indicators."+n, points, 0, 2)
	}
	s.Report.Letterhead.check(c)
	c.count("report.scheduled", len(r.Scheduled), 0, mostScheduled)
	for i, v := range r.Scheduled {
		at := fmt.Sprintf("report.scheduled[%d]", i)
		c.check(slices.Contains(ReportSpans, v.Span), at+".span", "must be day, week, month, quarter or year")
		c.check(slices.Contains(ReportFormats, v.Format), at+".format", "must be pdf, xlsx or csv")
	}
}

func (l LetterheadSetting) check(c *checker) {
	c.text("report.letterhead.above", l.Above, shortText)
	c.text("report.letterhead.body", l.Body, shortText)
	c.text("report.letterhead.place", l.Place, shortText)
	c.text("report.letterhead.title", l.Title, shortText)
	c.text("report.letterhead.signer", l.Signer, shortText)
}
