package crash

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// disk is an ext4 file system in a file, mounted. What programs wrote into it
// and did not fsync is only in the mounted system's page cache; the file holds
// what a real disk would. Losing the power is therefore copying the file.
type disk struct {
	t      *testing.T
	folder string // of the images
	image  string
	dir    string // where it is mounted
	n      int
}

// diskSize is what it could hold; the file is as large as what was written.
const diskSize = 512 << 20

func newDisk(t *testing.T) *disk {
	t.Helper()
	d := &disk{t: t, folder: t.TempDir(), dir: t.TempDir()}
	d.image = filepath.Join(d.folder, "disk0")
	f, err := os.Create(d.image)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(diskSize); err != nil {
		t.Fatal(err)
	}
	f.Close()
	needed(t, "make a file system", run("mkfs.ext4", "-q", "-F", d.image))
	needed(t, "mount an image (root and loop devices)", d.mount())
	t.Cleanup(func() {
		if err := unix.Unmount(d.dir, 0); err != nil {
			_ = unix.Unmount(d.dir, unix.MNT_DETACH)
			t.Errorf("unmount: %v", err)
		}
	})
	return d
}

// mount lets the file system write nothing by itself, so that the image does
// not change while it is copied. What fsync demands is written at once.
func (d *disk) mount() error { return run("mount", "-o", "loop,commit=900", d.image, d.dir) }

// cut is a power cut: nobody may have a file open. The disk comes back as it
// was, its journal is replayed by mounting it.
func (d *disk) cut() {
	d.t.Helper()
	d.n++
	after := filepath.Join(d.folder, fmt.Sprint("disk", d.n))
	for _, step := range []error{
		run("cp", "--sparse=always", d.image, after),
		unix.Unmount(d.dir, 0), // writes the rest into the old image, which nobody reads again
		os.Remove(d.image),
	} {
		if step != nil {
			d.t.Fatal(step)
		}
	}
	d.image = after
	if err := d.mount(); err != nil {
		d.t.Fatal(err)
	}
}

func run(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}
