// Package versions keeps every version of every branch's settings that was ever in
// force: who saved it, when, what it changed, and the document itself, so that a
// hall can look back and go back.
//
// The store holds the version in force alone. Versions are told by whoever saves
// one and, since there are other ways to change settings (another server, the
// console, a restored store), read from the stream of events as well.
package versions
