package arch

import (
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "motcua"

func TestImportTable(t *testing.T) {
	for _, file := range tree(t, ".go") {
		for _, imported := range imports(t, file) {
			if why := refused(file, imported); why != "" {
				t.Errorf("%s imports %s: %s", file, imported, why)
			}
		}
	}
}

// The table itself must be able to say no.
func TestImportTableRefuses(t *testing.T) {
	cases := []struct {
		file, imported string
		want           bool // refused
	}{
		{"server/queue/visit.go", "time", false},
		{"server/queue/visit.go", "golang.org/x/text/unicode/norm", true},
		{"server/queue/visit.go", "motcua/server/wire", true},
		{"server/wire/views.go", "motcua/server/queue", false},
		{"server/hub/hub.go", "motcua/server/store", true},
		{"server/hub/hub.go", "github.com/redis/go-redis/v9", true},
		{"server/hub/hub_test.go", "github.com/redis/go-redis/v9", false},
		{"server/store/client.go", "github.com/redis/go-redis/v9", false},
		{"server/store/client.go", "github.com/alicebob/miniredis/v2", true},
		{"server/store/storetest/suite.go", "motcua/server/store", false},
		{"server/store/storetest/linear.go", "github.com/anishathalye/porcupine", false},
		{"server/store/redis_test.go", "motcua/server/store/storetest", false},
		{"server/main.go", "motcua/server/store/storetest", true},
		{"server/store/embedded/engine.go", "github.com/alicebob/miniredis/v2/server", false},
		{"server/api/live.go", "github.com/gofiber/websocket/v2", false},
		{"server/api/routes.go", "github.com/gofiber/websocket/v2", true},
		{"server/api/routes.go", "motcua/kiosk", true},
		{"server/main.go", "motcua/kiosk", false},
		{"server/main.go", "github.com/gofiber/fiber/v2", true},
		{"server/main.go", "motcua/drivers/serial", true},
		{"server/history/archive.go", "modernc.org/sqlite", true},
		{"server/newcomer/new.go", "time", true},
		{"drivers/keypad/frame.go", "motcua/server/store", true},
		{"drivers/keypad/frame.go", "motcua/server/wire", false},
		{"kiosk/embed.go", "embed", false},
	}
	for _, c := range cases {
		if got := refused(c.file, c.imported) != ""; got != c.want {
			t.Errorf("%s imports %s: refused = %v, want %v", c.file, c.imported, got, c.want)
		}
	}
}

// Every third-party library has one home: replacing it is one package's work.
func TestOneHomePerLibrary(t *testing.T) {
	users := map[string][]string{}
	for _, r := range table {
		for _, lib := range r.libs {
			users[lib] = append(users[lib], r.pkg)
		}
	}
	for lib, rows := range users {
		home := homes[lib]
		if home == "" && len(rows) > 1 {
			t.Errorf("%s is in the rows of %v and has no home", lib, rows)
		}
		for _, r := range rows {
			if home != "" && r != "server/bench" && !below(r, home) {
				t.Errorf("%s belongs to %s, yet the row of %s allows it", lib, home, r)
			}
		}
	}
}

// refused says why file may not import imported, or "".
func refused(file, imported string) string {
	r := rowOf(path.Dir(file))
	if r == nil {
		return "its package has no row in the import table"
	}
	test := strings.HasSuffix(file, "_test.go")
	switch first, _, _ := strings.Cut(imported, "/"); {
	case imported == "C":
		return "cgo keeps the program from being one file that runs anywhere"
	case first == module:
		return refusedOurs(r, file, strings.TrimPrefix(imported, module+"/"), test)
	case !strings.Contains(first, "."):
		return "" // the standard library
	case strings.HasPrefix(imported, "golang.org/x/"):
		if r.std && !test {
			return "this package uses the standard library only"
		}
		return ""
	}
	if test && anyBelow(imported, testLibs) {
		return ""
	}
	if !anyBelow(imported, r.libs) {
		return "the library has its home in another package"
	}
	for lib, only := range oneFile {
		if below(imported, lib) && file != only && r.pkg != "server/bench" {
			return "only " + only + " knows this library"
		}
	}
	return ""
}

func refusedOurs(r *row, file, pkg string, test bool) string {
	if below(pkg, testSupport) && !test && r.pkg != testSupport && r.pkg != "server/bench" {
		return "it is for tests only"
	}
	allowed := slices.Clone(r.ours)
	if !r.exact {
		allowed = append(allowed, r.pkg+"/...")
	}
	if test {
		allowed = append(allowed, r.tests...)
		allowed = append(allowed, path.Dir(file)) // package x_test imports x
	}
	for _, a := range allowed {
		parent, children := strings.CutSuffix(a, "/...")
		if pkg == parent || children && below(pkg, parent) {
			return ""
		}
	}
	return "not in its row of the import table"
}

func rowOf(dir string) *row {
	for i := range table {
		r := &table[i]
		if dir == r.pkg || !r.exact && below(dir, r.pkg) {
			return r
		}
	}
	return nil
}

func below(p, parent string) bool {
	return p == parent || strings.HasPrefix(p, parent+"/")
}

func anyBelow(p string, parents []string) bool {
	return slices.ContainsFunc(parents, func(parent string) bool { return below(p, parent) })
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, read(t, file), parser.ImportsOnly)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return nil
	}
	var list []string
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		list = append(list, p)
	}
	return list
}
