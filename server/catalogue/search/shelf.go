package search

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"motcua/server/catalogue"
)

// Shelf is the catalogue as it is searched: the procedures of one edition, in
// memory. A new edition takes the place of the old one whole, between two searches.
type Shelf struct{ now atomic.Pointer[edition] }

type edition struct {
	number int64
	index  *Index
	byCode map[string]*catalogue.Procedure
	list   []Hit // all, in Vietnamese order of their names: for who has typed nothing yet
}

// Update reads the catalogue anew when its edition is another one, and tells
// whether it was.
func (s *Shelf) Update(ctx context.Context, store *catalogue.Store, synonyms Synonyms) (bool, error) {
	number, err := store.Version(ctx)
	if err != nil {
		return false, err
	}
	if e := s.now.Load(); e != nil && e.number == number {
		return false, nil
	}
	all, err := store.All(ctx)
	if err != nil {
		return false, err
	}
	s.now.Store(newEdition(number, all, synonyms))
	return true, nil
}

func newEdition(number int64, all []catalogue.Procedure, synonyms Synonyms) *edition {
	e := &edition{number: number, byCode: make(map[string]*catalogue.Procedure, len(all))}
	docs := make([]Document, len(all))
	keys := make(map[string]string, len(all))
	order, buffer := collate.New(language.Vietnamese), &collate.Buffer{}
	for i := range all {
		p := &all[i]
		docs[i] = FromProcedure(*p)
		e.byCode[p.Code] = p
		e.list = append(e.list, Hit{Code: p.Code, Name: p.Name})
		keys[p.Code] = string(order.KeyFromString(buffer, p.Name))
		buffer.Reset()
	}
	slices.SortFunc(e.list, func(a, b Hit) int {
		if c := strings.Compare(keys[a.Code], keys[b.Code]); c != 0 {
			return c
		}
		return strings.Compare(a.Code, b.Code)
	})
	e.index = New(docs, synonyms)
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

// Search answers a question; an empty one lists a field, or everything, by name.
func (s *Shelf) Search(q string, o Options) Result {
	e := s.now.Load()
	switch {
	case e == nil:
		return Result{}
	case strings.TrimSpace(q) == "":
		return e.listed(o)
	}
	return e.index.Search(q, o)
}

func (e *edition) listed(o Options) Result {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	field := Fold(o.Field)
	var r Result
	for _, h := range e.list {
		if field != "" && Fold(e.byCode[h.Code].Field) != field {
			continue
		}
		if r.Total++; len(r.Hits) < o.Limit {
			r.Hits = append(r.Hits, h)
		}
	}
	return r
}
