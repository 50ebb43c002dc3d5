package sim

// Device is one thing on the bench: a printer, a scanner, or a bus with keypads
// and panels. All methods may be called from any goroutine.
type Device interface {
	// ID is the device's id in its site file.
	ID() string
	// Kind is printer, keypad, panel or scanner; of a bus with keypads and panels, keypad.
	Kind() string
	// State is what a page needs to draw it, made for JSON. It is a copy.
	State() any
	// Act does what a hand does to the device. ErrAction (wrapped) says that the
	// device knows no such action or cannot make sense of arg.
	Act(action, arg string) error
	// Cable is the line it hangs on.
	Cable() *Cable
	// Close ends it and its cable, and waits until its goroutines are gone.
	Close() error
}

// Pictured is a device that can be seen: a printer shows its tickets.
type Pictured interface {
	// Picture is a PNG. n counts the tickets from 1 on, 0 is what is coming out
	// now; nil when there is nothing to see.
	Picture(n int) ([]byte, error)
}

// Watched is a device that says when its State is another. Bench sets the
// function once, before the device is used; it must return at once.
type Watched interface {
	Watch(changed func())
}
