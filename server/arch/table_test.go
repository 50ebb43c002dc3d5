package arch

// row says what a package and its children may import, beside the standard
// library, golang.org/x and each other. The first row that matches counts, so a
// child with rights of its own stands before its parent.
type row struct {
	pkg   string   // path below the module
	exact bool     // the row does not speak for the children
	std   bool     // not even golang.org/x
	ours  []string // packages of ours; "x/..." means x and its children
	libs  []string // third-party modules
	tests []string // more packages of ours, for _test.go files
}

// The third-party modules by the name they are imported under.
const (
	fiber        = "github.com/gofiber/fiber/v2"
	fiberSocket  = "github.com/gofiber/websocket/v2"
	fasthttp     = "github.com/valyala/fasthttp"
	fastSocket   = "github.com/fasthttp/websocket"
	goRedis      = "github.com/redis/go-redis/v9"
	miniredis    = "github.com/alicebob/miniredis/v2"
	gopherLua    = "github.com/yuin/gopher-lua"
	sqlite       = "modernc.org/sqlite"
	excelize     = "github.com/xuri/excelize/v2"
	prometheus   = "github.com/prometheus/client_golang"
	prometheusIO = "github.com/prometheus/client_model"
	qrcode       = "github.com/skip2/go-qrcode"
	fpdf         = "codeberg.org/go-pdf/fpdf"
	goYAML       = "github.com/goccy/go-yaml"
	tarm         = "github.com/tarm/serial"
	pty          = "github.com/creack/pty"
	chromedp     = "github.com/chromedp"
	rapid        = "pgregory.net/rapid"
	porcupine    = "github.com/anishathalye/porcupine"
)

// testLibs are what any _test.go file may import. The websocket client is among
// them because a test of the push needs the other end of the wire.
// YAML is, because what is packed and shipped is read back by its tests.
var testLibs = []string{chromedp, rapid, porcupine, pty, goRedis, miniredis, fastSocket, goYAML}

// table is the import table. A package without a row fails the test: add its row
// here, with the least it needs, and say in docs/adr why when it is no small thing.
var table = []row{
	// The wiring, and the programs and tests that look at the whole.
	{pkg: "server", exact: true, ours: []string{
		"server/...", "kiosk", "display", "firmware-config", "drivers/agent", "drivers/sim"}},
	{pkg: "server/arch"},
	{pkg: "server/e2e", ours: []string{"server/...", "drivers/...", "firmware-config"}},
	{pkg: "server/chain", ours: []string{"server/...", "drivers/...", "firmware-config/..."}},
	// The tests that kill, cut and fill disks start the program and read what it left.
	{pkg: "server/crash", ours: []string{"server/..."}},
	// The yardsticks measure the bare libraries beside ours in the same run.
	{pkg: "server/bench", ours: []string{"server/...", "drivers/escpos", "drivers/sim", "firmware-config"},
		libs: []string{fiber, fiberSocket, fasthttp, fastSocket, goRedis, miniredis, gopherLua}},

	// The domain: no clock, no store, no library.
	{pkg: "server/queue", std: true},
	{pkg: "server/wire", ours: []string{"server/queue"}},
	// What both programs say to the service manager.
	{pkg: "server/notify", std: true},
	{pkg: "server/certs", std: true},

	// The one home of a library each.
	{pkg: "server/sqlite", libs: []string{sqlite}},
	{pkg: "server/sheet", libs: []string{excelize}},
	{pkg: "server/metrics", libs: []string{prometheus, prometheusIO}},
	{pkg: "server/qr", libs: []string{qrcode}},

	// The suite both engines pass: test code, though its files do not end in _test.go.
	{pkg: testSupport, ours: []string{"server/queue", "server/metrics", "server/sqlite", "server/store/..."},
		libs: []string{goRedis, rapid, porcupine}},
	{pkg: "server/store/embedded", ours: []string{"server/queue", "server/metrics", "server/sqlite", "server/store/..."},
		libs: []string{goRedis, miniredis, gopherLua}},
	{pkg: "server/store", ours: []string{"server/queue", "server/metrics"}, libs: []string{goRedis},
		tests: []string{"server/sqlite"}},

	{pkg: "server/feed", ours: []string{"server/queue", "server/wire", "server/metrics"}},
	{pkg: "server/hub", ours: []string{"server/queue", "server/wire", "server/metrics"}},
	{pkg: "server/estimate", ours: []string{"server/queue", "server/wire", "server/metrics"}},

	{pkg: "server/catalogue", ours: []string{"server/queue", "server/sqlite", "server/sheet"}},
	{pkg: "server/dossier", ours: []string{"server/queue", "server/sqlite", "server/sheet"}},
	{pkg: "server/history", ours: []string{"server/queue", "server/sqlite", "server/sheet"}, tests: []string{"server/sample", "server/store/..."}},
	{pkg: "server/report", ours: []string{"server/queue", "server/sqlite", "server/sheet"}, tests: []string{"server/history", "server/sample"}, libs: []string{fpdf}},
	{pkg: "server/sample", ours: []string{"server/queue"}, tests: []string{"server/store/..."}},
	{pkg: "server/staff", ours: []string{"server/queue", "server/sqlite", "server/sheet"}},

	{pkg: "server/audit", ours: []string{"server/queue", "server/sqlite"}, tests: []string{"server/store/..."}},
	{pkg: "server/hallfile", ours: []string{"server/queue", "server/sqlite", "server/media", "server/catalogue"}},
	{pkg: "server/versions", ours: []string{"server/audit", "server/queue", "server/sqlite"}},
	{pkg: "server/box", ours: []string{"server/queue", "server/sqlite"}},
	{pkg: "server/media", ours: []string{"server/queue", "server/sqlite"}},

	{pkg: "server/api", ours: []string{"server/queue", "server/wire", "server/sqlite", "server/sheet",
		"server/metrics", "server/qr", "server/store/...", "server/feed", "server/hub", "server/estimate",
		"server/audit", "server/box", "server/media", "server/catalogue/...", "server/dossier", "server/history", "server/report", "server/staff", "server/versions", "server/hallfile"},
		libs: []string{fiber, fiberSocket, fasthttp}},

	// Pages: files to embed, no code.
	// The voice's clips are made of the texts of the screens and the names in the settings.
	{pkg: "server/web/speech/make", ours: []string{"server/queue", "server/voice", "server/wire", "server/web", "server/web/speech"}},
	{pkg: "server/web/speech", tests: []string{"server/queue", "server/wire", "server/web"}},
	// It says words the screens have no clips for.
	{pkg: "server/voice", ours: []string{"server/web/speech"}},
	{pkg: "server/web/languages", tests: []string{"server/web"}},
	{pkg: "server/web"},
	{pkg: "kiosk"},
	{pkg: "display"},

	{pkg: "firmware-config", libs: []string{goYAML}},

	{pkg: "drivers/serial", ours: driversMay, libs: []string{tarm}},
	{pkg: "drivers/agent", ours: driversMay, libs: []string{fastSocket}},
	{pkg: "drivers/sim", ours: driversMay, libs: []string{pty}},
	{pkg: "drivers", ours: driversMay},

	{pkg: "docker/tools"},
}

// testSupport is for tests and yardsticks; no program carries it.
const testSupport = "server/store/storetest"

// The queue package is here for its words alone: states of devices, days, times.
var driversMay = []string{"drivers/...", "server/notify", "server/wire", "server/queue", "server/qr", "firmware-config/..."}

// oneFile names the libraries that a single file may know, the file that does.
var oneFile = map[string]string{
	fiberSocket: "server/api/live.go",
}

// homes names the libraries that more than one row mentions, with the package
// they belong to; the others are there to measure them or are the other end of
// the same wire.
var homes = map[string]string{
	fiber:       "server/api",
	fiberSocket: "server/api",
	fasthttp:    "server/api",
	fastSocket:  "drivers/agent",
	goRedis:     "server/store",
	miniredis:   "server/store/embedded",
	gopherLua:   "server/store/embedded",
}
