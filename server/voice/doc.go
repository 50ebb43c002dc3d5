// Package voice reads free text aloud with a speech program of the machine: the
// papers of a procedure, a notice somebody typed. What the screens say with their
// own words has clips (package speech); nobody could record every record of the
// catalogue.
package voice
