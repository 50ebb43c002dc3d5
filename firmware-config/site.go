package firmware

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

//go:embed sites/*.yaml
var siteFiles embed.FS

// DemoSite is what stands in the demo hall. Its ports are names below sim/, for
// the demo to replace by the paths of the simulated devices.
func DemoSite() (*Site, error) {
	data, err := siteFiles.ReadFile("sites/demo.yaml")
	if err != nil {
		return nil, err
	}
	return parseSite("sites/demo.yaml", data, nil)
}

// ReadSite reads a site file and checks it against the profiles there are, with
// those of the folder it names. The error tells every fault with file and line.
// Site.Profiles comes out as a path that can be opened.
func ReadSite(file string) (*Site, error) {
	f, err := os.Open(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("there is no site file %s; copy firmware-config/sites/example.yaml and edit it, or begin with motcua-agent detect", file)
	case errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("the site file %s may not be read by this user", file)
	case err != nil:
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, longestFile+1))
	if err != nil {
		return nil, err
	}
	site, err := parseSite(file, data, func(dir string) (*Library, error) {
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(filepath.Dir(file), dir)
		}
		return Open(Options{Dir: dir})
	})
	if err != nil {
		return nil, err
	}
	for _, at := range []*string{&site.CA, &site.Cert} {
		if *at != "" && !filepath.IsAbs(*at) {
			*at = filepath.Join(filepath.Dir(file), *at)
		}
	}
	return site, nil
}

// ParseSite is ReadSite for a text that is no file: it knows the built-in
// profiles only and refuses a folder of others.
func ParseSite(data []byte) (*Site, error) {
	return parseSite("site", data, nil)
}

// Library opens the profiles that the site file may use.
func (s *Site) Library() (*Library, error) { return Open(Options{Dir: s.Profiles}) }

// parseSite reads and checks a site; open finds the profiles of a folder.
func parseSite(file string, data []byte, open func(dir string) (*Library, error)) (*Site, error) {
	n, err := parseDocument(file, data)
	if err != nil {
		return nil, err
	}
	var p Problems
	schemas()["site"].check(n, "", &p)
	if len(p) > 0 {
		return nil, p
	}
	var s Site
	if err := decode(n, &s); err != nil {
		return nil, err
	}
	lib := builtIn
	if s.Profiles != "" {
		if lib, err = openFolder(n, s.Profiles, open); err != nil {
			return nil, err
		}
		s.Profiles = lib.own.name
	}
	c := siteCheck{lib: lib, ids: map[string]bool{}, ports: map[string]string{}}
	c.site(n, &s)
	return &s, c.bad.orNil()
}

func openFolder(n *node, dir string, open func(string) (*Library, error)) (*Library, error) {
	at := n.fields["profiles"]
	if open == nil {
		return nil, oneProblem(at, "profiles", "a folder of profiles needs a site file")
	}
	lib, err := open(dir)
	if err != nil {
		return nil, oneProblem(at, "profiles", "%v", err)
	}
	return lib, nil
}
