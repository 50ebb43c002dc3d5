package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// treesDir holds what a screen reader finds on each state of the kiosk, to be
// read by people. MOTCUA_UPDATE=1 go test -run TestKioskStates ./server/e2e writes
// it anew; then read what changed as somebody who cannot see the screen.
const treesDir = "testdata/trees"

// keepsTree compares what a screen reader finds with what is kept of the state.
func (s *screen) keepsTree(name string) {
	s.t.Helper()
	tree, file := s.tree(), filepath.Join(treesDir, name+".txt")
	if os.Getenv("MOTCUA_UPDATE") != "" {
		if err := os.MkdirAll(treesDir, 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(tree), 0o644); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	if tree != string(kept) {
		s.t.Errorf("%s: a screen reader no longer finds what %s says (MOTCUA_UPDATE=1 writes it anew). It finds:\n%s", name, file, tree)
	}
}

// tree is what a screen reader finds, a line for each thing, in its order.
func (s *screen) tree() string {
	s.t.Helper()
	answer, err := chromedp.Call(s.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		s.t.Fatalf("%s: %v", s.name, err)
	}
	d := treeDrawer{nodes: map[accessibility.NodeID]*accessibility.Node{}}
	for _, n := range answer.Nodes {
		d.nodes[n.NodeID] = n
	}
	d.draw(answer.Nodes[0].NodeID, 0)
	return d.out.String()
}

type treeDrawer struct {
	nodes map[accessibility.NodeID]*accessibility.Node
	out   strings.Builder
}

var (
	// through are containers that say nothing of themselves.
	through = []string{"none", "generic", "InlineTextBox", "RootWebArea", "Section", "Figcaption"}
	// whole are things that are read as one.
	whole = []string{"button", "heading", "image", "paragraph", "term", "definition", "listitem", "strong"}
)

// draw writes a node and what is in it.
func (d *treeDrawer) draw(id accessibility.NodeID, depth int) {
	n := d.nodes[id]
	if n == nil {
		return
	}
	role, name := text(n.Role), text(n.Name)
	said := states(n)
	if role == "generic" && strings.Contains(said, "[live") {
		role = "live"
	}
	if n.Ignored || slices.Contains(through, role) {
		d.inside(n, depth)
		return
	}
	if role == "StaticText" {
		d.line(depth, "text", name, "")
		return
	}
	if name == "" && slices.Contains(whole, role) {
		name = d.words(n)
	}
	d.line(depth, role, name, said)
	if slices.Contains(whole, role) {
		return
	}
	d.inside(n, depth+1)
}

func (d *treeDrawer) inside(n *accessibility.Node, depth int) {
	for _, child := range n.ChildIDs {
		d.draw(child, depth)
	}
}

// words are all texts in a node.
func (d *treeDrawer) words(n *accessibility.Node) string {
	if text(n.Role) == "StaticText" || text(n.Role) == "image" {
		return text(n.Name)
	}
	var all []string
	for _, child := range n.ChildIDs {
		if c := d.nodes[child]; c != nil && (!c.Ignored || len(c.ChildIDs) > 0) {
			if w := strings.TrimSpace(d.words(c)); w != "" {
				all = append(all, w)
			}
		}
	}
	return strings.Join(all, " ")
}

func (d *treeDrawer) line(depth int, role, name, states string) {
	name = steady(strings.Join(strings.Fields(name), " "))
	line := strings.Repeat("  ", depth) + role
	if name != "" {
		line += fmt.Sprintf(" %q", name)
	}
	d.out.WriteString(line + states + "\n")
}

// toldStates are the properties a screen reader speaks or acts on.
var toldStates = []string{"level", "pressed", "disabled", "live", "modal", "focused", "checked", "expanded"}

func states(n *accessibility.Node) string {
	var all strings.Builder
	for _, want := range toldStates {
		for _, p := range n.Properties {
			value := text(p.Value)
			if string(p.Name) == want && value != "false" && value != "off" && (want != "level" || text(n.Role) == "heading") {
				fmt.Fprintf(&all, " [%s %s]", want, value)
			}
		}
	}
	return strings.ReplaceAll(all.String(), " true]", "]")
}

// text is a value as text.
func text(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var s string
	if json.Unmarshal(v.Value, &s) == nil {
		return s
	}
	return string(v.Value)
}

// passing are the parts of a text that are another time different.
var passing = []struct{ part, with string }{
	{`\d\d:\d\d`, "‹giờ›"},
	{`\d\d/\d\d`, "‹ngày›"},
	{`\d[\d,]* (phút|giây|người|giờ\b)`, "‹n› $1"},
	{`K5-[0-9A-F]{4}`, "‹mã›"},
	{`\b[A-Z]\d{3}\b`, "‹số›"},
	{`Mã: [A-Z0-9]{6}\b`, "Mã: ‹mã›"},
}

// steady replaces them.
func steady(s string) string {
	for _, p := range passing {
		s = regexp.MustCompile(p.part).ReplaceAllString(s, p.with)
	}
	return s
}

// TestKioskStates looks at every state of the kiosk: nothing an accessibility
// check objects to, and what a screen reader finds is what was found good. The
// soak test checks it with every display option.
func TestKioskStates(t *testing.T) {
	t.Parallel()
	tourKiosk(t, kioskSize, "", nil, func(t *testing.T, k *screen, name string) {
		k.wears("vi normal")
		k.keepsTree(name)
		k.clean(name)
		k.wears("en text+contrast")
		k.clean(name + ", en text+contrast")
	})
}

func TestKioskStatesSoak(t *testing.T) {
	all := styles([]string{"vi", "en"}, []string{"normal", "text", "contrast", "reach"})
	tourKiosk(t, kioskSize, "", nil, func(t *testing.T, k *screen, name string) {
		for _, style := range all {
			k.wears(style)
			k.clean(name + ", " + style)
		}
	})
}
