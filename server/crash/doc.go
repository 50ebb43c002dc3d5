// Package crash holds the tests that take the running program apart: kill -9
// under load, power cuts on a disk image, lost replies, a full disk. Each ends
// with the same question: is everything that was answered still true, and was
// every number given out once?
package crash
