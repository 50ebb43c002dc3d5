package firmware

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

//go:embed profiles
var profileFiles embed.FS

// Options of a library of profiles.
type Options struct {
	Dir string // folder with profiles of the hall's own, which win over the built-in ones; empty for none
}

// Library knows the profiles there are. It is safe for use by many goroutines.
type Library struct {
	own   layer
	built layer
}

// layer is one folder of profiles.
type layer struct {
	files fs.FS
	name  string            // what errors put before a file's path
	paths map[string]string // id -> path
}

// idShape is what a profile may be called: it becomes a file's name.
var idShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// mostProfiles guards against a wrong folder, such as the root of a disk.
const mostProfiles = 1000

// builtIn is what the program carries; that it is sound is tested.
var builtIn = func() *Library {
	l, err := Open(Options{})
	if err != nil {
		panic(err)
	}
	return l
}()

// Open finds the profiles. It reads names only: a broken file of the hall's own
// harms nothing but the device that uses it.
func Open(o Options) (*Library, error) {
	files, err := fs.Sub(profileFiles, "profiles")
	if err != nil {
		return nil, err
	}
	l := &Library{built: layer{files: files, name: "profiles"}}
	if err := l.built.index(); err != nil {
		return nil, err
	}
	if o.Dir != "" {
		l.own = layer{files: os.DirFS(o.Dir), name: strings.TrimRight(o.Dir, "/")}
		if err := l.own.index(); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *layer) index() error {
	l.paths = map[string]string{}
	return fs.WalkDir(l.files, ".", func(p string, d fs.DirEntry, err error) error {
		id, isProfile := strings.CutSuffix(path.Base(p), ".yaml")
		switch {
		case err != nil:
			return fmt.Errorf("profiles in %s: %w", l.name, err)
		case d.IsDir() || !isProfile:
			return nil
		case !idShape.MatchString(id):
			return fmt.Errorf("%s/%s: a profile's file is named with small letters, digits and hyphens", l.name, p)
		case l.paths[id] != "":
			return fmt.Errorf("%s/%s: there is another profile %s in %s", l.name, p, id, l.paths[id])
		case len(l.paths) == mostProfiles:
			return fmt.Errorf("%s: more than %d profiles; is this the right folder?", l.name, mostProfiles)
		}
		l.paths[id] = p
		return nil
	})
}

// parse reads one file as it stands.
func (l *layer) parse(id string) (*node, error) {
	name := l.name + "/" + l.paths[id]
	f, err := l.files.Open(l.paths[id])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > longestFile {
		return nil, errors.Join(err, fmt.Errorf("%s: not a plain file of at most %d kB", name, longestFile>>10))
	}
	data, err := fs.ReadFile(l.files, l.paths[id])
	if err != nil {
		return nil, err
	}
	return parseDocument(name, data)
}

// load gives a profile with everything it inherits.
func (l *Library) load(id string) (*node, error) {
	from := &l.own
	if l.own.paths[id] == "" {
		from = &l.built
	}
	if from.paths[id] == "" {
		return nil, fmt.Errorf("there is no profile %s", id)
	}
	n, err := l.resolve(from, id, nil)
	if err != nil {
		return nil, err
	}
	return n, complete(n)
}

// resolve reads a profile and lays it over its parent. A hall's own file may
// inherit the built-in profile of the same name.
func (l *Library) resolve(from *layer, id string, seen []string) (*node, error) {
	n, err := from.parse(id)
	if err != nil {
		return nil, err
	}
	if err := checkProfile(n, id); err != nil {
		return nil, err
	}
	parent := n.get("inherits")
	if parent == "" {
		return n, nil
	}
	seen = append(seen, from.name+"/"+id)
	next := &l.own
	if l.own.paths[parent] == "" || from == &l.built || (parent == id && from == &l.own) {
		next = &l.built
	}
	if next.paths[parent] == "" {
		return nil, oneProblem(n.fields["inherits"], "inherits", "there is no profile %s", parent)
	}
	if slices.Contains(seen, next.name+"/"+parent) {
		return nil, oneProblem(n.fields["inherits"], "inherits", "%s inherits from itself", parent)
	}
	base, err := l.resolve(next, parent, seen)
	if err != nil {
		return nil, err
	}
	if base.get("kind") != n.get("kind") {
		return nil, oneProblem(n.fields["inherits"], "inherits", "%s is a %s, this is a %s", parent, base.get("kind"), n.get("kind"))
	}
	delete(base.fields, "sources") // what one manual says does not vouch for another model
	return merge(base, n), nil
}

func oneProblem(n *node, at, format string, args ...any) error {
	var p Problems
	p.add(n, at, format, args...)
	return p
}

// merge lays a child over its parent: groups field by field, all else, lists too,
// as a whole.
func merge(parent, child *node) *node {
	if parent.kind != aMap || child.kind != aMap {
		return child
	}
	out := *child
	out.fields = maps.Clone(parent.fields)
	for name, v := range child.fields {
		if old := parent.fields[name]; old != nil {
			v = merge(old, v)
		}
		out.fields[name] = v
	}
	out.keys = slices.Sorted(maps.Keys(out.fields))
	return &out
}

// decode puts a checked node into one of the types.
func decode(n *node, into any) error {
	data, err := json.Marshal(n.plain())
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}
