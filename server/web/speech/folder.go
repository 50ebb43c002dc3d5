package speech

import (
	"io/fs"
	"os"
)

// Folder is a hall's own clips on disk. It may come and go while the server
// runs, and nothing outside it is ever read, whatever names or links lead there.
type Folder string

// Open opens a file below the folder.
func (f Folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(name)
}
