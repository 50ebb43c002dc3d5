package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// parts is an XLSX file as a container.
type parts struct {
	zip    *zip.Reader
	sheets []string // the part of each sheet, in the workbook's order
}

// most unpacked of a part that only lists others.
const maxList = 4 << 20

func openParts(data []byte) (*parts, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.Join(ErrNotSheet, err)
	}
	var total uint64
	for _, f := range z.File {
		if total += f.UncompressedSize64; total > MaxUnzipped || f.UncompressedSize64 > MaxUnzipped {
			return nil, ErrTooLarge
		}
	}
	p := &parts{zip: z}
	return p, p.list()
}

// list follows the workbook's relations to the parts of its sheets.
func (p *parts) list() error {
	var book struct {
		Sheets []struct {
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := p.decode("xl/workbook.xml", &book); err != nil {
		return err
	}
	if err := p.decode("xl/_rels/workbook.xml.rels", &relations); err != nil {
		return err
	}
	targets := map[string]string{}
	for _, r := range relations.List {
		if t, absolute := strings.CutPrefix(r.Target, "/"); absolute {
			targets[r.ID] = t
		} else {
			targets[r.ID] = path.Join("xl", r.Target)
		}
	}
	for _, s := range book.Sheets {
		part := ""
		for _, a := range s.Attrs {
			if a.Name.Local == "id" && a.Name.Space != "" {
				part = targets[a.Value]
			}
		}
		p.sheets = append(p.sheets, part)
	}
	return nil
}

func (p *parts) decode(name string, into any) error {
	f, err := p.open(name)
	if err != nil {
		return err
	}
	if f == nil {
		return fmt.Errorf("%w: no %s", ErrNotSheet, name)
	}
	defer f.Close()
	if err := xml.NewDecoder(io.LimitReader(f, maxList)).Decode(into); err != nil {
		return errors.Join(ErrNotSheet, err)
	}
	return nil
}

// open gives a part; nil when there is none of that name.
func (p *parts) open(name string) (io.ReadCloser, error) {
	for _, f := range p.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			r, err := f.Open()
			if err != nil {
				return nil, errors.Join(ErrNotSheet, err)
			}
			return r, nil
		}
	}
	return nil, nil
}

// sheet opens the part of a sheet; nil when it is no worksheet.
func (p *parts) sheet(index int) (io.ReadCloser, error) {
	if index >= len(p.sheets) || !strings.Contains(p.sheets[index], "worksheets/") {
		return nil, nil
	}
	return p.open(p.sheets[index])
}

// kinds reads from a worksheet which cells hold numbers, one row after another.
type kinds struct {
	dec     *xml.Decoder
	at      int          // number of the row read last
	columns map[int]bool // its columns with numbers
	done    bool
}

func newKinds(r io.Reader) *kinds {
	return &kinds{dec: xml.NewDecoder(io.LimitReader(r, MaxUnzipped))}
}

// row gives the columns of row n that hold numbers. Rows are asked for in order.
func (k *kinds) row(n int) (map[int]bool, error) {
	for !k.done && k.at < n {
		if err := k.next(); err != nil {
			return nil, err
		}
	}
	if k.at != n {
		return nil, nil
	}
	return k.columns, nil
}

// end reads what is left: a sheet that breaks off is an error, not a short sheet.
func (k *kinds) end() error {
	for !k.done {
		if err := k.next(); err != nil {
			return err
		}
	}
	return nil
}

// next reads one row.
func (k *kinds) next() error {
	column := -1
	for {
		token, err := k.dec.Token()
		if err == io.EOF {
			k.done = true
			return nil
		}
		if err != nil {
			return errors.Join(ErrNotSheet, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "row":
				k.at++
				if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
					k.at = n
				}
				k.columns = map[int]bool{}
			case "c":
				column = columnOf(attr(e, "r"), column)
				if t := attr(e, "t"); (t == "" || t == "n") && k.columns != nil {
					k.columns[column] = true
				}
			}
		case xml.EndElement:
			if e.Name.Local == "row" {
				return nil
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf reads the column of an address like "AB12"; without one it is the
// column after the last.
func columnOf(address string, last int) int {
	n := 0
	for _, r := range address {
		if r < 'A' || r > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	if n == 0 {
		return last + 1
	}
	return n - 1
}
