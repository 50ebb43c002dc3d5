// Package api is the edge: it turns HTTP requests into commands and reads, says
// who may do what, and serves the pages and the sockets. It decides nothing
// about the queue.
//
// Strings of a fiber context die with the handler; input.go alone reads them,
// and what it gives out is a copy.
package api
