package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"motcua/server/catalogue"
)

// Shelf is the catalogue as it is searched: the procedures of one edition, in
// memory. A new edition takes the place of the old one whole, between two searches.
type Shelf struct{ now atomic.Pointer[edition] }

type edition struct {
	number  int64
	mark    string
	index   *Index
	byCode  map[string]*catalogue.Procedure
	owns    map[string]catalogue.Own
	dates   map[string]time.Time
	list    []Hit // all, in Vietnamese order of their names: for who has typed nothing yet
	updated time.Time
	sample  bool
	fields  []FieldCount
	events  []EventFound
}

// Update reads the catalogue anew when its edition or the tables are others, and
// tells whether they were.
func (s *Shelf) Update(ctx context.Context, store *catalogue.Store, tables Tables) (bool, error) {
	number, err := store.Version(ctx)
	if err != nil {
		return false, err
	}
	if e := s.now.Load(); e != nil && e.number == number && e.mark == tables.Mark {
		return false, nil
	}
	all, err := store.All(ctx)
	if err != nil {
		return false, err
	}
	owns, err := store.Owns(ctx)
	if err != nil {
		return false, err
	}
	dates, err := store.Dates(ctx)
	if err != nil {
		return false, err
	}
	e := newEdition(all, owns, tables)
	e.number, e.mark, e.dates = number, tables.Mark, dates
	for _, at := range dates {
		if at.After(e.updated) {
			e.updated = at
		}
	}
	s.now.Store(e)
	return true, nil
}

func newEdition(all []catalogue.Procedure, owns map[string]catalogue.Own, tables Tables) *edition {
	e := &edition{byCode: make(map[string]*catalogue.Procedure, len(all)), owns: owns}
	docs := make([]Document, len(all))
	keys := make(map[string]string, len(all))
	order, buffer := collate.New(language.Vietnamese), &collate.Buffer{}
	counts := map[string]int{}
	for i := range all {
		p := &all[i]
		docs[i] = FromProcedure(*p)
		docs[i].Keywords = append(slices.Clone(docs[i].Keywords), owns[p.Code].Words...)
		e.byCode[p.Code] = p
		e.list = append(e.list, Hit{Code: p.Code, Name: p.Name})
		keys[p.Code] = string(order.KeyFromString(buffer, p.Name))
		buffer.Reset()
		counts[p.Field]++
		e.sample = e.sample || p.Sample
	}
	slices.SortFunc(e.list, func(a, b Hit) int {
		return cmp.Or(strings.Compare(keys[a.Code], keys[b.Code]), strings.Compare(a.Code, b.Code))
	})
	for name, n := range counts {
		e.fields = append(e.fields, FieldCount{name, n})
	}
	slices.SortFunc(e.fields, func(a, b FieldCount) int {
		return cmp.Or(order.CompareString(a.Name, b.Name), strings.Compare(a.Name, b.Name))
	})
	e.index = New(docs, tables.Synonyms)
	for _, event := range tables.Events {
		if codes := event.codes(e.index, func(code string) bool { return e.byCode[code] != nil }); len(codes) > 0 {
			e.events = append(e.events, EventFound{event, codes})
		}
	}
	return e
}

// Len is how many procedures there are.
func (s *Shelf) Len() int {
	if e := s.now.Load(); e != nil {
		return len(e.list)
	}
	return 0
}

// Procedure gives a procedure that is shown.
func (s *Shelf) Procedure(code string) (catalogue.Procedure, bool) {
	e := s.now.Load()
	if e == nil {
		return catalogue.Procedure{}, false
	}
	p, ok := e.byCode[code]
	if !ok {
		return catalogue.Procedure{}, false
	}
	return *p, true
}

// Own gives what the hall itself knows of a procedure, and whether it knows anything.
func (s *Shelf) Own(code string) (catalogue.Own, bool) {
	e := s.now.Load()
	if e == nil {
		return catalogue.Own{}, false
	}
	o, ok := e.owns[code]
	return o, ok
}

// Changed is when an import last changed a procedure; zero when none is known.
func (s *Shelf) Changed(code string) time.Time {
	if e := s.now.Load(); e != nil {
		return e.dates[code]
	}
	return time.Time{}
}

// FieldCount is a field of the catalogue and how many procedures it has.
type FieldCount struct {
	Name  string
	Count int
}

// EventFound is a life event with the procedures it calls for, in order.
type EventFound struct {
	Event
	Codes []string
}

// Overview is what the catalogue holds.
type Overview struct {
	Edition int64
	Updated time.Time // the last import; zero when there was none
	Total   int
	Sample  bool         // it holds sample data
	Fields  []FieldCount // in Vietnamese order
	Events  []EventFound // those that call for a procedure of the catalogue
}

// Overview tells what the catalogue holds. The lists are shared: who wants to
// change them copies them.
func (s *Shelf) Overview() Overview {
	e := s.now.Load()
	if e == nil {
		return Overview{}
	}
	return Overview{e.number, e.updated, len(e.list), e.sample, e.fields, e.events}
}

// Edition is the edition that is shown, and the mark of the tables it is shown by.
func (s *Shelf) Edition() (int64, string) {
	if e := s.now.Load(); e != nil {
		return e.number, e.mark
	}
	return 0, ""
}

// Search answers a question; an empty one lists an event in its own order, a
// field, or everything, by name.
func (s *Shelf) Search(q string, o Options) Result {
	e := s.now.Load()
	if e == nil {
		return Result{}
	}
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	asked := strings.TrimSpace(q) != ""
	switch {
	case o.Event != "":
		return e.ofEvent(q, asked, o)
	case asked:
		return e.index.Search(q, o)
	}
	return page(e.list, o, e.inField(o.Field))
}

func (e *edition) inField(name string) func(Hit) bool {
	field := Fold(name)
	return func(h Hit) bool { return field == "" || Fold(e.byCode[h.Code].Field) == field }
}

// ofEvent keeps to the procedures of an event: in its order, or best first when
// something is asked.
func (e *edition) ofEvent(q string, asked bool, o Options) Result {
	at := slices.IndexFunc(e.events, func(x EventFound) bool { return x.ID == o.Event })
	if at < 0 {
		return Result{}
	}
	codes := e.events[at].Codes
	if asked {
		all := e.index.Search(q, Options{Field: o.Field, Limit: len(e.list)}).Hits
		return page(all, o, func(h Hit) bool { return slices.Contains(codes, h.Code) })
	}
	hits := make([]Hit, len(codes))
	for i, code := range codes {
		hits[i] = Hit{Code: code, Name: e.byCode[code].Name}
	}
	return page(hits, o, e.inField(o.Field))
}

// page takes from a list what fits, and of that the part asked for.
func page(list []Hit, o Options, fits func(Hit) bool) Result {
	var r Result
	for _, h := range list {
		if !fits(h) {
			continue
		}
		if r.Total++; r.Total > o.Offset && len(r.Hits) < o.Limit {
			r.Hits = append(r.Hits, h)
		}
	}
	return r
}
