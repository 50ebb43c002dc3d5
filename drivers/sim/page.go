package sim

import (
	"embed"
	"io/fs"
)

//go:embed page
var pageFiles embed.FS

// Page holds index.html and the files beside it, to be served under /sim/.
var Page = func() fs.FS {
	sub, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return sub
}()
