// Package chain tests the whole road from a key to the queue and from the queue
// to the paper: the server and the agent as they are delivered, each a process of
// its own, and devices at the other end of serial lines: the keypad's firmware on a
// simulated chip, and the printer, keypads and scanner of the demo. Cables are
// pulled and processes killed on the way. There is no product code here.
package chain
