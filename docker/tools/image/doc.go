// Package image holds the tests of the container: what docker/Dockerfile and the
// compose files say is read back, and the root folder of the image is run under
// chroot as the user it names. No container engine is needed, and none was used:
// docs/install.md says what that leaves open.
package image
