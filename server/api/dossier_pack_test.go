package api_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"motcua/server/api"
)

var (
	roleRow = regexp.MustCompile("(?m)^\\| `([a-z]+)` \\|.*\\| ([^|]*) \\|$")
	quoted  = regexp.MustCompile("`([^`]+)`")
	source  = regexp.MustCompile("`([a-z_]+_test\\.go)`")
)

// A security officer reads who may do what in a table: it has every role, with the
// rights of the source and no others.
func TestRightsInTheSecurityDocument(t *testing.T) {
	raw, err := os.ReadFile("../../docs/security/README.md")
	must(t, err)
	_, part, _ := strings.Cut(string(raw), "\n## 4. ")
	part, _, _ = strings.Cut(part, "\n## ")
	real, seen := api.Rights(), map[string]bool{}
	for _, row := range roleRow.FindAllStringSubmatch(part, -1) {
		role := row[1]
		rights, known := real[role]
		if !known {
			t.Errorf("there is no role %s", role)
		}
		seen[role] = true
		for _, q := range quoted.FindAllStringSubmatch(row[2], -1) {
			if !slices.Contains(rights, q[1]) {
				t.Errorf("%s does not have the right %q", role, q[1])
			}
		}
		for _, right := range rights {
			if !strings.Contains(row[2], "`"+right+"`") {
				t.Errorf("%s has the right %q, and the document does not say so", role, right)
			}
		}
	}
	for role := range real {
		if !seen[role] {
			t.Errorf("the document says nothing of %s", role)
		}
	}
}

// SECURITY.md names the test that proves each thing; the tests are there.
func TestSecurityNamesRealTests(t *testing.T) {
	raw, err := os.ReadFile("../../SECURITY.md")
	must(t, err)
	names := source.FindAllStringSubmatch(string(raw), -1)
	if len(names) < 10 {
		t.Fatalf("only %d tests are named", len(names))
	}
	for _, name := range names {
		if _, err := os.Stat(name[1]); err != nil {
			t.Errorf("%s is named and not there", name[1])
		}
	}
}
