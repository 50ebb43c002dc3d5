package embedded

import (
	"fmt"
	"slices"
)

// The types of keys.
const (
	String = "string"
	Hash   = "hash"
	List   = "list"
	Set    = "set"
	ZSet   = "zset"
	Stream = "stream"
)

// KeyDump is one key with its whole value.
type KeyDump struct {
	Key  string
	Type string
	// Values by type: string: the value; list: the elements; set: the members
	// sorted; hash: field, value, … sorted by field; zset: none.
	Values  []string
	Members []Member // of a zset, sorted by name
	Entries []Entry  // of a stream, oldest first
}

// Member is one member of a zset.
type Member struct {
	Name  string
	Score float64
}

// Entry is one entry of a stream: its id and field, value, ….
type Entry struct {
	ID     string
	Values []string
}

// dump gives all keys, sorted. Strings are shared and never change, so the
// dump may be used while the memory goes on. The caller holds mu.
func (m *memory) dump() ([]KeyDump, error) {
	names := m.db.Keys()
	all := make([]KeyDump, 0, len(names))
	for _, name := range names {
		k := KeyDump{Key: name, Type: m.db.Type(name)}
		if err := m.dumpValue(&k); err != nil {
			return nil, fmt.Errorf("key %q: %w", name, err)
		}
		if k.Type == Stream && len(k.Entries) == 0 {
			continue // what a refused XADD leaves; Redis has no such key
		}
		all = append(all, k)
	}
	return all, nil
}

func (m *memory) dumpValue(k *KeyDump) (err error) {
	switch k.Type {
	case String:
		var v string
		v, err = m.db.Get(k.Key)
		k.Values = []string{v}
	case Hash:
		var fields []string
		fields, err = m.db.HKeys(k.Key)
		k.Values = make([]string, 0, 2*len(fields))
		for _, f := range fields {
			k.Values = append(k.Values, f, m.db.HGet(k.Key, f))
		}
	case List:
		k.Values, err = m.db.List(k.Key)
		k.Values = slices.Clone(k.Values) // miniredis changes it in place
	case Set:
		k.Values, err = m.db.Members(k.Key)
	case ZSet:
		err = m.dumpZSet(k)
	case Stream:
		err = m.dumpStream(k)
	default:
		err = fmt.Errorf("type %q is not one we keep", k.Type)
	}
	return err
}

func (m *memory) dumpZSet(k *KeyDump) error {
	scores, err := m.db.SortedSet(k.Key)
	if err != nil {
		return err
	}
	for name, score := range scores {
		k.Members = append(k.Members, Member{name, score})
	}
	slices.SortFunc(k.Members, func(a, b Member) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return nil
}

func (m *memory) dumpStream(k *KeyDump) error {
	entries, err := m.db.Stream(k.Key)
	if err != nil {
		return err
	}
	k.Entries = make([]Entry, len(entries))
	for i, e := range entries {
		k.Entries[i] = Entry{e.ID, e.Values}
	}
	return nil
}

// load puts a dump into an empty memory.
func (m *memory) load(all []KeyDump) error {
	for i := range all {
		if err := m.loadKey(&all[i]); err != nil {
			return fmt.Errorf("key %q: %w", all[i].Key, err)
		}
	}
	return nil
}

func (m *memory) loadKey(k *KeyDump) (err error) {
	switch k.Type {
	case String:
		err = m.db.Set(k.Key, k.Values[0])
	case Hash:
		m.db.HSet(k.Key, k.Values...)
	case List:
		_, err = m.db.Push(k.Key, k.Values...)
	case Set:
		_, err = m.db.SetAdd(k.Key, k.Values...)
	case ZSet:
		for _, z := range k.Members {
			if _, err = m.db.ZAdd(k.Key, z.Score, z.Name); err != nil {
				return err
			}
		}
	case Stream:
		for _, e := range k.Entries {
			if _, err = m.db.XAdd(k.Key, e.ID, e.Values); err != nil {
				return err
			}
		}
	default:
		err = fmt.Errorf("unknown type %q", k.Type)
	}
	return err
}
