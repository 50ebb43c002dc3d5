package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// entry is one file of a package.
type entry struct {
	source string // below the project's folder, or below the programs' after "bin:"
	target string // absolute, on the machine it is installed on
	mode   int64
	config bool // a conffile: what a person changed in it stays
}

// pack is one package.
type pack struct {
	name, section, depends, recommends string
	about                              string // a line, then more lines
	files                              []entry
	everywhere                         bool // holds no program: Architecture: all

	version, arch string
	date          time.Time
}

func (p *pack) fileName() string { return p.name + "_" + p.version + "_" + p.architecture() + ".deb" }

func (p *pack) architecture() string {
	if p.everywhere {
		return "all"
	}
	return p.arch
}

// file is an entry that was read.
type file struct {
	entry
	body []byte
}

// build gives the package's bytes: an ar archive of three files (man 5 deb).
func (p *pack) build(top, bin string) ([]byte, error) {
	var files []file
	for _, e := range p.files {
		from := filepath.Join(top, e.source)
		if name, ok := strings.CutPrefix(e.source, "bin:"); ok {
			from = filepath.Join(bin, name)
		}
		body, err := os.ReadFile(from)
		if err != nil {
			return nil, err
		}
		files = append(files, file{e, body})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.target, b.target) })
	data, err := p.tarball(folders(files), files)
	if err != nil {
		return nil, err
	}
	scripts, err := p.control(top, files)
	if err != nil {
		return nil, err
	}
	control, err := p.tarball([]string{"/"}, scripts)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("!<arch>\n")
	for _, member := range []struct {
		name string
		body []byte
	}{{"debian-binary", []byte("2.0\n")}, {"control.tar.gz", control}, {"data.tar.gz", data}} {
		fmt.Fprintf(&b, "%-16s%-12d%-6d%-6d%-8o%-10d`\n", member.name, p.date.Unix(), 0, 0, 0o100644, len(member.body))
		b.Write(member.body)
		if len(member.body)%2 == 1 {
			b.WriteByte('\n')
		}
	}
	return b.Bytes(), nil
}

// folders gives every folder above the files, parents first.
func folders(files []file) []string {
	list := []string{"/"}
	for _, f := range files {
		for dir := path.Dir(f.target); dir != "/"; dir = path.Dir(dir) {
			list = append(list, dir+"/")
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// control gives the files dpkg reads before it unpacks.
func (p *pack) control(top string, files []file) ([]file, error) {
	var sums, config strings.Builder
	size := 0
	for _, f := range files {
		size += (len(f.body) + 1023) / 1024
		fmt.Fprintf(&sums, "%x  %s\n", md5.Sum(f.body), strings.TrimPrefix(f.target, "/"))
		if f.config {
			config.WriteString(f.target + "\n")
		}
	}
	var head strings.Builder
	fmt.Fprintf(&head, "Package: %s\nVersion: %s\nArchitecture: %s\nMaintainer: Mot Cua <motcua@localhost>\nInstalled-Size: %d\n",
		p.name, p.version, p.architecture(), size)
	for _, line := range [][2]string{{"Depends", p.depends}, {"Recommends", p.recommends}} {
		if line[1] != "" {
			fmt.Fprintf(&head, "%s: %s\n", line[0], line[1])
		}
	}
	fmt.Fprintf(&head, "Section: %s\nPriority: optional\nDescription: %s\n", p.section, strings.ReplaceAll(p.about, "\n", "\n "))
	list := []file{{entry{target: "/control", mode: 0o644}, []byte(head.String())}, {entry{target: "/md5sums", mode: 0o644}, []byte(sums.String())}}
	if config.Len() > 0 {
		list = append(list, file{entry{target: "/conffiles", mode: 0o644}, []byte(config.String())})
	}
	for _, name := range []string{"postinst", "postrm", "prerm"} {
		body, err := os.ReadFile(filepath.Join(top, "docker/deb", p.name, name))
		if err != nil {
			return nil, err
		}
		list = append(list, file{entry{target: "/" + name, mode: 0o755}, body})
	}
	slices.SortFunc(list, func(a, b file) int { return strings.Compare(a.target, b.target) })
	return list, nil
}

// tarball packs folders and files, all of root's and of the package's date.
func (p *pack) tarball(dirs []string, files []file) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(z)
	put := func(h tar.Header, body []byte) error {
		h.Name, h.ModTime, h.Format = "."+h.Name, p.date, tar.FormatGNU
		h.Uname, h.Gname = "root", "root"
		if err := w.WriteHeader(&h); err != nil {
			return err
		}
		_, err := w.Write(body)
		return err
	}
	for _, dir := range dirs {
		if err := put(tar.Header{Typeflag: tar.TypeDir, Name: dir, Mode: 0o755}, nil); err != nil {
			return nil, err
		}
	}
	for _, f := range files {
		if err := put(tar.Header{Typeflag: tar.TypeReg, Name: f.target, Mode: f.mode, Size: int64(len(f.body))}, f.body); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
