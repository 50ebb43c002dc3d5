package api

import (
	"cmp"
	"context"
	"crypto/tls"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/box"
	"motcua/server/catalogue"
	"motcua/server/dossier"
	"motcua/server/hallfile"
	"motcua/server/media"
	"motcua/server/metrics"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/staff"
	"motcua/server/versions"
	"motcua/server/wire"
)

// bodyLimit bounds a request's body (outer contract: 64 KiB), but for the few that
// takesLarge names. A client that still sends when its connection is cut may never
// see why; so up to libraryLimit a body that is too large is heard out.
const (
	bodyLimit    = 64 << 10
	libraryLimit = 1 << 20
)

// Deps is what the edge stands on. All but Origins, BaseURL, EnsureDay and MakeBranch must be given.
type Deps struct {
	Store   queue.Store
	Push    *Push
	Staff   *staff.Staff
	Clock   queue.Clock
	Rand    io.Reader // of tokens and codes
	Pages   map[string]fs.FS
	Metrics *metrics.Metrics
	Log     *slog.Logger
	Demo    bool // pages open sessions by themselves
	Extras  wire.Extras
	// Branch is the branch of a page whose address names none.
	Branch string
	// BaseURL starts the addresses on tickets, without a slash at its end; when
	// empty they are relative to the server.
	BaseURL string
	// Origins are accepted beside the server's own, as "https://host:port".
	Origins []string
	// EnsureDay opens the day when one is due; asked when the store says that
	// the day has changed.
	EnsureDay func(ctx context.Context, branch string) error
	// MakeBranch makes a branch with its first day and settings. Without it no
	// branch can be added while the server runs.
	MakeBranch func(ctx context.Context, set queue.Settings) error
	// DayKeys gives the key of the hashes of identity numbers; without it no agent gets one.
	DayKeys *staff.DayKeys
	// Procedures is the catalogue; without one nothing is found.
	Procedures Procedures
	// Book is the catalogue's store, for imports and the hall's own; without one nothing is imported.
	Book *catalogue.Store
	// Dossiers tells where filed dossiers stand; without it none is found.
	Dossiers *dossier.Store
	// Speech gives a clip of the voice or an index of them, by "vi/clips.json";
	// without it the screens stay silent.
	Speech func(name string) ([]byte, error)
	// Voice reads free text aloud; without it only what has clips is heard.
	Voice Voice
	// Languages are the hall's own; without them there are Vietnamese and English.
	Languages Languages
	// Box holds suggestions; without one nobody can make any.
	Box *box.Store
	// Audit keeps who changed what; without it nothing is written down.
	Audit *audit.Log
	// Versions keeps every version of the settings; without it only the one in force is known.
	Versions *versions.Store
	// Own is where the hall's own things lie that a file of settings carries.
	Own hallfile.Place
	// Product is the program's version, which such a file tells.
	Product string
	// Media is the folder of the hall's pictures and films; without one there are none.
	Media *media.Store
	// Figures turns the history into reports; without it there are none.
	Figures Figures
	// History keeps what no event carries, and gives a visit with its events.
	History History
	// Exports makes files of reports; without it none can be had.
	Exports *report.Jobs
	// Paper gives the letterhead and names of a query's branch in a language; nil for none.
	Paper func(q report.Query, lang string) report.Paper
	// Table is the demo's table of virtual devices; nil elsewhere.
	Table Table
	// Patience is how long a request may take to arrive, and an answer to be read;
	// half a minute when it is 0. Large bodies have a time of their own.
	Patience time.Duration
	// Host tells of the machine under the server; nil where nobody knows.
	Host func() HostState
	// TLS makes the server speak HTTPS; nil for plain HTTP.
	TLS *tls.Config
	// Authority is the certificate that the hall's machines are to trust, as DER; nil for none.
	Authority []byte
	// DeviceCerts makes agents show a certificate that TLS has verified.
	DeviceCerts bool
	// Neighbours bounds the connections of one address.
	Neighbours Neighbours
}

// Server is the edge.
type Server struct {
	Deps
	app     *fiber.App
	pages   *pages
	limits  *limits
	twins   *twins
	ids     *requestIDs
	made    madeAnswers
	editing sync.Mutex // held from reading an account to saving it: two who change it both have their way
	agents  *presence
	passes  *passes
	lists   *listJobs
	imports imports
	spooled sync.Mutex // one file of settings at a time is on the disk
	screens *wall

	reckoning chan struct{} // a place for each report that is reckoned now
	asking    oneEach       // of each caller one at a time
	published publishedResults

	paired sync.Map // ids of keys that have been used since the start
	silent atomic.Pointer[silent]
	ctx    context.Context // ends with Shutdown
	stop   context.CancelFunc
}

// New makes the edge. Pages are read and hashed here: a missing index.html is an error.
func New(d Deps) (*Server, error) {
	if d.EnsureDay == nil {
		d.EnsureDay = func(context.Context, string) error { return nil }
	}
	s := &Server{Deps: d, limits: newLimits(d.Clock), twins: newTwins()}
	s.made.answers = map[string]madeAnswer{}
	s.reckoning = make(chan struct{}, figuresAtOnce)
	s.agents = newPresence(d.Clock)
	s.passes = newPasses(d.Clock)
	s.lists = newListJobs(d.Clock)
	if d.Procedures != nil {
		d.Push.procedures.Store(&d.Procedures)
	}
	var err error
	if s.pages, err = readPages(d.Pages); err != nil {
		return nil, err
	}
	s.screens = newWall(d.Clock, s.pages.build)
	if s.ids, err = newRequestIDs(d.Rand); err != nil {
		return nil, err
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	slowest := cmp.Or(d.Patience, 30*time.Second)
	s.app = fiber.New(fiber.Config{
		AppName:           "motcua",
		BodyLimit:         libraryLimit,
		StreamRequestBody: true, // large bodies never stand in memory whole
		// Forms with files would be written to disk before anybody looks whose they are.
		DisablePreParseMultipartForm: true,
		CaseSensitive:                true,
		StrictRouting:                true,
		DisableStartupMessage:        true,
		ErrorHandler:                 s.problem,
		Immutable:                    true, // strings of a context would change under whoever keeps them
		ReadTimeout:                  slowest,
		WriteTimeout:                 slowest,
		IdleTimeout:                  2 * time.Minute,
		ReadBufferSize:               4 << 10, // bounds the headers too; every socket keeps one
	})
	s.guardMethods()
	s.app.Use(s.around)
	s.routes()
	s.gauges()
	s.screenGauges()
	go s.watchAgents()
	return s, nil
}

func (s *Server) routes() {
	for _, r := range s.everyRoute() {
		s.app.Add(r.method, r.path, s.followed(r.handler))
	}
	s.pageRoutes()
}

// everyRoute lists the whole interface but for pages and what they load.
func (s *Server) everyRoute() []route {
	return slices.Concat(s.table(), s.settingsRoutes(), s.setupRoutes(), s.peopleRoutes(), s.reportRoutes(), s.tableRoutes())
}

// route is one entry of the interface; the OpenAPI document has each.
type route struct {
	method, path string
	handler      fiber.Handler
}

func (s *Server) table() []route {
	const (
		v1      = "/api/v1"
		branch  = v1 + "/branches/:branch"
		counter = branch + "/counters/:counter"
		ticket  = v1 + "/tickets/:token"
		pass    = v1 + "/passes/:pass"
	)
	return []route{
		{fiber.MethodGet, "/healthz", s.healthz},
		{fiber.MethodGet, "/readyz", s.readyz},
		{fiber.MethodGet, "/metrics", s.metrics()},
		{fiber.MethodGet, "/api/openapi.json", s.openAPI},
		{fiber.MethodGet, "/live", s.live()},
		{fiber.MethodGet, branch, s.getBranch},
		{fiber.MethodGet, branch + "/settings", s.getSettings},
		{fiber.MethodPut, branch + "/settings", s.putSettings},
		{fiber.MethodPost, branch + "/policy/example", s.policyExample},
		{fiber.MethodPost, branch + "/calendar/preview", s.calendarPreview},
		{fiber.MethodGet, branch + "/calendar/holidays", s.publicHolidays},
		{fiber.MethodPost, branch + "/tickets", s.takeTicket},
		{fiber.MethodPost, branch + "/bookings", s.makeBooking},
		{fiber.MethodGet, branch + "/bookings/slots", s.bookingSlots},
		{fiber.MethodPost, branch + "/bookings/:code/arrive", s.arrive},
		{fiber.MethodPost, branch + "/passes", s.makePass},
		{fiber.MethodGet, pass, s.getPass},
		{fiber.MethodGet, pass + "/slots", s.passSlots},
		{fiber.MethodPost, pass + "/booking", s.passBooking},
		{fiber.MethodGet, pass + "/link.svg", s.passLink},
		{fiber.MethodGet, pass + "/code.svg", s.passCode},
		{fiber.MethodPost, counter + "/ratings", s.rateCounter},
		{fiber.MethodPost, counter + "/form", s.formCounter},
		{fiber.MethodGet, counter + "/mine", s.ownFigures},
		{fiber.MethodPost, counter + "/:verb", s.counterVerb},
		{fiber.MethodGet, v1 + "/tickets", s.findTicket},
		{fiber.MethodGet, ticket, s.getTicket},
		{fiber.MethodGet, ticket + "/qr.svg", s.ticketQR},
		{fiber.MethodPost, ticket + "/cancel", s.cancelTicket},
		{fiber.MethodPost, ticket + "/delay", s.delayTicket},
		{fiber.MethodPost, ticket + "/rating", s.rateTicket},
		{fiber.MethodPost, ticket + "/form", s.formTicket},
		{fiber.MethodGet, v1 + "/catalogue", s.catalogueOverview},
		{fiber.MethodGet, v1 + "/catalogue/changes", s.catalogueChanges},
		{fiber.MethodGet, v1 + "/catalogue/fees", s.catalogueFees},
		{fiber.MethodGet, v1 + "/catalogue/kinds", s.catalogueKinds},
		{fiber.MethodGet, v1 + "/procedures", s.searchProcedures},
		{fiber.MethodGet, v1 + "/procedures/:code", s.getProcedure},
		{fiber.MethodGet, v1 + "/procedures/:code/link.svg", s.procedureLink},
		{fiber.MethodGet, v1 + "/procedures/:code/forms/:form", s.procedureForm},
		{fiber.MethodGet, v1 + "/procedures/:code/raw", s.rawProcedure},
		{fiber.MethodGet, v1 + "/procedures/:code/own", s.getOwn},
		{fiber.MethodPut, v1 + "/procedures/:code/own", s.putOwn},
		{fiber.MethodPost, v1 + "/catalogue/imports", s.importProcedures},
		{fiber.MethodGet, v1 + "/catalogue/imports", s.importVersions},
		{fiber.MethodPost, v1 + "/catalogue/imports/undo", s.undoImport},
		{fiber.MethodGet, v1 + "/catalogue/imports/progress", s.importProgress},
		{fiber.MethodGet, v1 + "/catalogue/imports/template.xlsx", s.importTemplate},
		{fiber.MethodGet, v1 + "/catalogue/stale", s.staleProcedures},
		{fiber.MethodGet, v1 + "/catalogue/posting", s.cataloguePosting},
		{fiber.MethodPost, v1 + "/dossiers", s.pushDossiers},
		{fiber.MethodGet, v1 + "/dossiers/imports", s.dossierImports},
		{fiber.MethodPost, v1 + "/dossiers/imports", s.importDossiers},
		{fiber.MethodGet, v1 + "/dossiers/imports/template.xlsx", s.dossierTemplate},
		{fiber.MethodGet, v1 + "/dossiers/:code", s.getDossier},
		{fiber.MethodPost, v1 + "/dossiers/:code/verify", s.verifyDossier},
		{fiber.MethodGet, branch + "/dossiers", s.listDossiers},
		{fiber.MethodGet, branch + "/dossiers/counts", s.countDossiers},
		{fiber.MethodPost, ticket + "/print", s.printTicket},
		{fiber.MethodGet, branch + "/devices", s.listDevices},
		{fiber.MethodPost, branch + "/reports", s.report},
		{fiber.MethodGet, branch + "/prints/:visit", s.printJob},
		{fiber.MethodGet, branch + "/prints", s.sampleJobs},
		{fiber.MethodPost, branch + "/prints/checklist", s.printChecklist},
		{fiber.MethodGet, branch + "/prints/checklist/:job", s.listState},
		{fiber.MethodPost, branch + "/prints", s.printAgain},
		{fiber.MethodGet, branch + "/services/:service/online.svg", s.onlineQR},
		{fiber.MethodGet, branch + "/notices", s.listNotices},
		{fiber.MethodPost, branch + "/notices", s.makeNotice},
		{fiber.MethodPost, branch + "/notices/:notice/end", s.endNotice},
		{fiber.MethodGet, branch + "/day-key", s.dayKey},
		{fiber.MethodPost, v1 + "/speech", s.say},
		{fiber.MethodPost, pass + "/suggestion", s.passSuggestion},
		{fiber.MethodPost, branch + "/suggestions", s.makeSuggestion},
		{fiber.MethodGet, branch + "/suggestions", s.listSuggestions},
		{fiber.MethodGet, branch + "/suggestions/counts", s.countSuggestions},
		{fiber.MethodPost, branch + "/suggestions/:suggestion/state", s.moveSuggestion},
		{fiber.MethodGet, branch + "/portal.svg", s.portalQR},
		{fiber.MethodGet, v1 + "/media", s.listMedia},
		{fiber.MethodPut, v1 + "/media/:name", s.putMedia},
		{fiber.MethodDelete, v1 + "/media/:name", s.removeMedia},
		{fiber.MethodGet, branch + "/floor", s.floor},
		{fiber.MethodGet, branch + "/ratings", s.dayRatings},
		{fiber.MethodGet, branch + "/results", s.results},
		{fiber.MethodPost, v1 + "/pairings", s.pair},
		{fiber.MethodGet, v1 + "/pairings", s.listPairings},
		{fiber.MethodGet, v1 + "/pairings/:pairing", s.claimPairing},
		{fiber.MethodPost, v1 + "/pairings/:code/approve", s.approvePairing},
		{fiber.MethodPut, v1 + "/screens/session", s.beginScreen},
		{fiber.MethodPut, v1 + "/screens/me", s.screenBeat},
		{fiber.MethodGet, branch + "/screens", s.listScreens},
		{fiber.MethodPut, v1 + "/screens/:screen", s.putScreen},
		{fiber.MethodPost, v1 + "/screens/:screen/:order", s.askScreen},
		{fiber.MethodGet, v1 + "/keys", s.listKeys},
		{fiber.MethodPost, v1 + "/keys", s.makeKey},
		{fiber.MethodDelete, v1 + "/keys/:key", s.revokeKey},
		{fiber.MethodGet, v1 + "/audit", s.listAudit},
		{fiber.MethodGet, v1 + "/audit/export.csv", s.exportAudit},
	}
}

// Listen serves until Shutdown.
func (s *Server) Listen(l net.Listener) error {
	heard := newSilent(l, newDoors(s.Neighbours, func() { s.Metrics.Limited("connection") }))
	s.silent.Store(heard)
	if s.TLS != nil { // outside, so that the HTTP library knows what it speaks
		return s.app.Listener(tls.NewListener(heard, s.TLS))
	}
	return s.app.Listener(heard)
}

// Shutdown says goodbye to the sockets first, since the HTTP library neither
// closes nor waits for them, then ends the requests.
func (s *Server) Shutdown(ctx context.Context) error {
	quick, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if l := s.silent.Load(); l != nil { // whoever comes now waits for the next program, where one is awaited
		_ = l.Close()
	}
	s.Push.Hub.Close(quick)
	s.screens.end()
	if l := s.silent.Load(); l != nil {
		l.hangUp()
	}
	err := s.app.ShutdownWithContext(ctx)
	s.stop()
	return err
}

// patience bounds how long a command may take; a slow disk answers in time.
const patience = 10 * time.Second

// life is a context for work of one request: fiber's own is not good after the
// handler, and says nothing of a shutdown.
func (s *Server) life() (context.Context, context.CancelFunc) {
	return context.WithTimeout(s.ctx, patience)
}
