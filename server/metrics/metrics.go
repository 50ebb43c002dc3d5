// Package metrics is the one home of the Prometheus library: the numbers an
// operator watches, in a registry of their own.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the server's own counters and histograms.
type Metrics struct {
	registry *prometheus.Registry

	requests *prometheus.HistogramVec
	scripts  *prometheus.HistogramVec
	fsync    prometheus.Histogram
	waits    *prometheus.HistogramVec
	serves   *prometheus.HistogramVec
	events   *prometheus.CounterVec
	kinds    *prometheus.CounterVec
	hub      *prometheus.CounterVec
	limited  *prometheus.CounterVec
	panics   prometheus.Counter
}

// Buckets in seconds: from a tenth of a millisecond, where a script takes its
// time, to the patience of a person.
var (
	fast  = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	human = []float64{30, 60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10800}
)

// New makes the metrics with the process's own ones beside them.
func New() *Metrics {
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "motcua_" + name, Help: help, Buckets: buckets}, labels)
	}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "motcua_" + name, Help: help}, labels)
	}
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: histogram("http_request_seconds", "HTTP requests by route, method and status.", fast, "route", "method", "status"),
		scripts:  histogram("script_seconds", "Scripts of the store by verb and outcome.", fast, "verb", "outcome"),
		fsync: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "motcua_journal_commit_seconds",
			Help: "Commits of the embedded engine's journal, the disk's sync included.", Buckets: fast}),
		waits:   histogram("wait_seconds", "From taking a number to its call.", human, "branch", "service"),
		serves:  histogram("serve_seconds", "From the start to the end of a transaction.", human, "branch", "service"),
		events:  counter("events_total", "Events of the hall by kind.", "branch", "kind"),
		kinds:   counter("visits_total", "Visits taken for services of a kind: post, online_help, results.", "branch", "kind", "service"),
		hub:     counter("push_total", "What happened to clients of /live: slow, resumed, snapshot.", "what"),
		limited: counter("limited_total", "Requests refused with 429, by what was counted.", "what"),
		panics:  prometheus.NewCounter(prometheus.CounterOpts{Name: "motcua_panics_total", Help: "Panics caught in a handler."}),
	}
	m.registry.MustRegister(m.requests, m.scripts, m.fsync, m.waits, m.serves, m.events, m.kinds, m.hub, m.limited, m.panics,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Request notes one answered HTTP request. route is the pattern, never the path.
func (m *Metrics) Request(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
}

// Script notes one run of a script; it has the shape of store.Options.Observe.
func (m *Metrics) Script(verb string, took time.Duration, err error) {
	outcome := "ok"
	if err != nil {
		outcome = "error"
	}
	m.scripts.WithLabelValues(verb, outcome).Observe(took.Seconds())
}

// Commit notes one durable commit of the journal.
func (m *Metrics) Commit(took time.Duration) { m.fsync.Observe(took.Seconds()) }

// Wait notes how long a visitor waited for the call.
func (m *Metrics) Wait(branch, service string, took time.Duration) {
	m.waits.WithLabelValues(branch, service).Observe(took.Seconds())
}

// Serve notes how long a transaction took.
func (m *Metrics) Serve(branch, service string, took time.Duration) {
	m.serves.WithLabelValues(branch, service).Observe(took.Seconds())
}

// Event counts an event of the hall.
func (m *Metrics) Event(branch, kind string) { m.events.WithLabelValues(branch, kind).Inc() }

// Visit counts a visit of a service that is of a kind of its own.
func (m *Metrics) Visit(branch, kind, service string) {
	m.kinds.WithLabelValues(branch, kind, service).Inc()
}

// Push counts what happened to a client of /live.
func (m *Metrics) Push(what string) { m.hub.WithLabelValues(what).Inc() }

// Limited counts a request refused with 429.
func (m *Metrics) Limited(what string) { m.limited.WithLabelValues(what).Inc() }

// Panic counts a caught panic.
func (m *Metrics) Panic() { m.panics.Inc() }

// Sample is one value of a gauge that is asked when somebody looks.
type Sample struct {
	Labels []string
	Value  float64
}

// Gauge adds a gauge whose samples are made when somebody looks.
func (m *Metrics) Gauge(name, help string, labels []string, samples func() []Sample) {
	m.registry.MustRegister(&gauge{
		desc:    prometheus.NewDesc("motcua_"+name, help, labels, nil),
		samples: samples,
	})
}

type gauge struct {
	desc    *prometheus.Desc
	samples func() []Sample
}

func (g *gauge) Describe(to chan<- *prometheus.Desc) { to <- g.desc }

func (g *gauge) Collect(to chan<- prometheus.Metric) {
	for _, s := range g.samples() {
		to <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, s.Value, s.Labels...)
	}
}

// Handler answers /metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
