// Package audit keeps who changed what: one line for every change that a person
// makes, for every login, and for what the hall's rules call an exception (a number
// called out of turn, a priority changed). Lines are only ever added. Each holds the
// digest of the one before, so that one that is altered or taken out shows. The last
// lines of all could still be cut off; so the head is told where it may be written
// down: by the doctor, on the page and in every export.
//
// It holds no secret, no token and no identity number: names of such things are
// hidden and long numbers masked before a line is written.
package audit
