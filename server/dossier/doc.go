// Package dossier keeps where filed dossiers stand, as the one-stop software tells
// it: a code, a stage, some times, and where the result is collected. Nothing about
// a person is kept. The last digits of an identity number, by which somebody may
// ask for more than the degree, become a keyed hash while they are read.
package dossier
