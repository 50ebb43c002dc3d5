package dossier

import (
	"context"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"motcua/server/sqlite"
)

// EndingIn counts the dossiers of a data directory whose digest fits four last digits:
// one in ten thousand does by chance. It reads beside a running server.
func EndingIn(ctx context.Context, dir, digits string) (int, error) {
	raw, err := os.ReadFile(filepath.Join(dir, KeyFile))
	if err != nil {
		return 0, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil {
		return 0, err
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, File), sqlite.Options{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, "SELECT code, digits FROM dossiers WHERE digits <> ''")
	if err != nil {
		return 0, sqlite.Wrap("digits", err)
	}
	defer rows.Close()
	s, n := &Store{key: key}, 0
	for rows.Next() {
		var code, kept string
		if err := rows.Scan(&code, &kept); err != nil {
			return 0, sqlite.Wrap("digits", err)
		}
		if s.hash(code, digits) == kept {
			n++
		}
	}
	return n, sqlite.Wrap("digits", rows.Err())
}
