// Package hub brings what the feed has read to every screen and phone.
//
// It holds no connection: a client is a place in its branch's log of events
// and a few marks, and whoever owns the socket asks it for the bytes to write
// next. So a slow screen costs the others nothing and costs us no memory, an
// event is encoded once for each view, and a burst leaves in one write.
package hub
