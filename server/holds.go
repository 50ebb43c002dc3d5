package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"motcua/server/dossier"
	"motcua/server/queue"
	"motcua/server/sqlite"
	"motcua/server/staff"
)

// found is a place where something of a number was seen.
type found struct {
	place  string
	digest bool // only the day's digest of it
}

// holds answers "what do you hold about this number": it reads every file of a data
// directory, and every cell of every database in it. Nothing is changed, and the number
// is told to nobody: not even the answer repeats it.
func holds(ctx context.Context, data, asked string) ([]finding, error) {
	number, err := numberOf(asked)
	if err != nil {
		return nil, err
	}
	digests, err := digestsOf(data, number)
	if err != nil {
		return nil, err
	}
	s := &seeker{number: core(number), digests: digests, seen: map[found]int{}}
	files := 0
	err = filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files++
		name, err := filepath.Rel(data, path)
		if err != nil {
			return err
		}
		if err := s.file(path, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if isDatabase(path) { // copies that an upgrade made have another name
			err = s.database(ctx, path, name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	all := s.findings(files)
	if n, err := dossier.EndingIn(ctx, data, number[len(number)-dossier.Digits:]); err == nil && n > 0 {
		all = append(all, finding{hint: true, what: fmt.Sprintf("%d dossiers could belong to a number that ends in these four digits: of each only a digest of four digits is kept, under a key that is in no backup", n)})
	}
	return all, nil
}

// numberOf reads an identity number or a telephone number as people write them.
func numberOf(asked string) (string, error) {
	number := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-()", r) {
			return -1
		}
		return r
	}, strings.TrimSpace(asked))
	number = strings.TrimPrefix(number, "+")
	if len(number) < 8 || len(number) > 13 || strings.Trim(number, "0123456789") != "" {
		return "", fmt.Errorf("%w: --holds needs an identity number or a telephone number of 8 to 13 digits", errUsage)
	}
	return number, nil
}

// core is the part that every way of writing a number has: telephone numbers begin with
// 0 or with 84.
func core(number string) string {
	switch {
	case len(number) == 10 && number[0] == '0':
		return number[1:]
	case len(number) == 11 && strings.HasPrefix(number, "84"):
		return number[2:]
	}
	return number
}

// digestsOf are what agents make of the number today.
func digestsOf(data, number string) ([][]byte, error) {
	keys, err := staff.OpenDayKeys(data, rand.Reader)
	if err != nil {
		return nil, err
	}
	var list [][]byte
	keys.Each(func(_ string, _ queue.Day, key []byte) { list = append(list, []byte(staff.DayHash(key, number))) })
	return list, nil
}

// seeker looks for one number.
type seeker struct {
	number  string
	digests [][]byte
	seen    map[found]int
}

// file reads one file, and what is packed in it.
func (s *seeker) file(path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := s.stream(f, name); err != nil {
		return err
	}
	if z, err := zip.OpenReader(path); err == nil {
		defer z.Close()
		for _, part := range z.File {
			if r, err := part.Open(); err == nil {
				err = s.stream(io.LimitReader(r, mostUnpacked), name)
				r.Close()
				if err != nil {
					return err
				}
			}
		}
		return nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if z, err := gzip.NewReader(f); err == nil {
		return s.stream(io.LimitReader(z, mostUnpacked), name)
	}
	return nil
}

// mostUnpacked bounds what a packed file can make us read, in bytes.
const mostUnpacked = 1 << 30

// isDatabase tells by a file's first bytes.
func isDatabase(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 16)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == "SQLite format 3\x00"
}

// stream reads to the end and notes what it sees once.
func (s *seeker) stream(r io.Reader, place string) error {
	l := s.look()
	if _, err := io.Copy(l, r); err != nil {
		return err
	}
	s.note(l, place)
	return nil
}

// database reads every cell of every table, unpacking what is packed.
func (s *seeker) database(ctx context.Context, path, name string) error {
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	var tables []string
	rows, err := db.QueryContext(ctx, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return err
		}
		tables = append(tables, table)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, table := range tables {
		rows, err := db.QueryContext(ctx, `SELECT * FROM "`+strings.ReplaceAll(table, `"`, `""`)+`"`)
		if err != nil {
			return err
		}
		err = s.rows(rows, name+", table "+table)
		rows.Close()
		if err != nil {
			return fmt.Errorf("%s, table %s: %w", name, table, err)
		}
	}
	return nil
}

// result is what a query gives, row by row.
type result interface {
	Columns() ([]string, error)
	Next() bool
	Scan(...any) error
	Err() error
}

func (s *seeker) rows(rows result, place string) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells, at := make([]any, len(columns)), make([]any, len(columns))
	for i := range cells {
		at[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(at...); err != nil {
			return err
		}
		l := s.look()
		for _, cell := range cells {
			l.cell(cell)
		}
		s.note(l, place)
	}
	return rows.Err()
}

func (s *seeker) look() *look { return &look{seeker: s} }

func (s *seeker) note(l *look, place string) {
	if l.number {
		s.seen[found{place, false}]++
	}
	if l.digest {
		s.seen[found{place, true}]++
	}
}

// look goes through bytes. Digits count as one number across single blanks, dots and
// hyphens, since people write them so.
type look struct {
	*seeker
	number, digest bool
	run            []byte // the digits in sight
	gap            bool   // one separator was passed
	tail           []byte // the end of what was read, for digests across two writes
}

// Write never fails.
func (l *look) Write(b []byte) (int, error) {
	for _, c := range b {
		l.digit(c)
	}
	if !l.digest && len(l.digests) > 0 {
		l.tail = append(l.tail, b...)
		for _, d := range l.digests {
			l.digest = l.digest || bytes.Contains(l.tail, d)
		}
		l.tail = append(l.tail[:0], l.tail[max(0, len(l.tail)-64):]...)
	}
	return len(b), nil
}

func (l *look) digit(c byte) {
	switch {
	case c >= '0' && c <= '9':
		l.run, l.gap = append(l.run, c), false
		if len(l.run) > 32 {
			l.run = append(l.run[:0], l.run[len(l.run)-16:]...)
		}
		if bytes.HasSuffix(l.run, []byte(l.seeker.number)) {
			l.number = true
		}
	case len(l.run) > 0 && !l.gap && (c == ' ' || c == '.' || c == '-'):
		l.gap = true
	default:
		l.run, l.gap = l.run[:0], false
	}
}

func (l *look) cell(v any) {
	switch v := v.(type) {
	case int64:
		l.words([]byte(strconv.FormatInt(v, 10)))
	case string:
		l.words([]byte(v))
	case []byte:
		l.words(v)
		// Snapshots of the store are packed behind a byte that names their format.
		for _, skip := range []int{0, 1} {
			if len(v) > skip {
				raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(v[skip:])), mostUnpacked))
				if err == nil {
					l.words(raw)
				}
			}
		}
	}
}

// words are bytes with an end on both sides.
func (l *look) words(b []byte) {
	_, _ = l.Write([]byte{0})
	_, _ = l.Write(b)
	_, _ = l.Write([]byte{0})
}
