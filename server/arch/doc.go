// Package arch holds the tests of the project's own shape: who may import whom,
// how long a file may be, which words and keys are complete. It has no code of
// its own; the tests read the tree as it lies on the disk, so they also see what
// does not compile at the moment or is behind a build tag.
package arch
