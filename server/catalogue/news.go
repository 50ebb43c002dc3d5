package catalogue

import (
	"context"
	"encoding/json"
	"time"

	"motcua/server/sqlite"
)

// News lists what imports at or after a moment did, the last first, at most
// limit. The import that first filled the catalogue is none: it would call every
// procedure new. The decision is that of the import or else of the record.
func (s *Store) News(ctx context.Context, since time.Time, limit int) ([]Change, error) {
	from := int64(0)
	if !since.IsZero() {
		from = since.UnixMilli()
	}
	rows, err := s.db.QueryContext(ctx, `SELECT r.version, v.at, coalesce(nullif(v.decision, ''), json_extract(r.content, '$.decision'), ''),
		coalesce(nullif(v.effective, ''), json_extract(r.content, '$.effective'), ''), r.code, r.name, r.kind, r.parts
		FROM records r JOIN versions v ON v.id = r.version
		WHERE r.version > (SELECT min(version) FROM records) AND v.at >= ? ORDER BY r.version DESC, r.code LIMIT ?`, from, limit)
	if err != nil {
		return nil, sqlite.Wrap("read the changes", err)
	}
	defer rows.Close()
	list := []Change{}
	for rows.Next() {
		var c Change
		var at int64
		var parts []byte
		if err := rows.Scan(&c.Version, &at, &c.Decision, &c.Effective, &c.Code, &c.Name, &c.Kind, &parts); err != nil {
			return nil, sqlite.Wrap("read the changes", err)
		}
		if err := json.Unmarshal(parts, &c.Parts); err != nil {
			return nil, err
		}
		c.At = time.UnixMilli(at)
		list = append(list, c)
	}
	return list, sqlite.Wrap("read the changes", rows.Err())
}

// Dates gives when an import last changed each procedure, by code.
func (s *Store) Dates(ctx context.Context) (map[string]time.Time, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT r.code, max(v.at) FROM records r JOIN versions v ON v.id = r.version GROUP BY r.code")
	if err != nil {
		return nil, sqlite.Wrap("read the catalogue", err)
	}
	defer rows.Close()
	dates := map[string]time.Time{}
	for rows.Next() {
		var code string
		var at int64
		if err := rows.Scan(&code, &at); err != nil {
			return nil, sqlite.Wrap("read the catalogue", err)
		}
		dates[code] = time.UnixMilli(at)
	}
	return dates, sqlite.Wrap("read the catalogue", rows.Err())
}
