// Package storetest is the one suite both engines must pass: every verb in
// every state, the numbers, the calling order, undo, days, ratings, and the
// agreement of the events with the records. It also starts a real redis-server.
package storetest
