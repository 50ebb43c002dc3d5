package main

import (
	"context"
	"fmt"
	"path/filepath"

	"motcua/server/audit"
	"motcua/server/box"
	"motcua/server/catalogue"
	"motcua/server/dossier"
	"motcua/server/history"
	"motcua/server/sqlite"
	"motcua/server/staff"
	"motcua/server/store/embedded"
	"motcua/server/versions"
)

// schemas is how far this program brings each database of a data directory. Upgrades
// go forward only: what is further was written by a newer program.
var schemas = map[string]func() int{
	"queue.db": embedded.Schema, "staff.db": staff.Schema, "box.db": box.Schema, catalogueFile: catalogue.Schema,
	audit.File: audit.Schema, dossier.File: dossier.Schema, history.File: history.Schema, versions.File: versions.Schema,
}

// checkSchema refuses a database that a newer program has written.
func checkSchema(ctx context.Context, path string) error {
	known, ours := schemas[filepath.Base(path)]
	if !ours {
		return nil
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := sqlite.Schema(ctx, db)
	if err != nil {
		return err
	}
	if n > known() {
		return fmt.Errorf("%s has schema %d, this program knows %d: use a newer motcua", filepath.Base(path), n, known())
	}
	return nil
}
