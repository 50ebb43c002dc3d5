// Package hallfile is a hall's settings as one file, to carry them on a USB stick to
// another hall, or to many: the settings document, what the hall knows of procedures,
// its words and life events for the search, its languages, and the pictures and films
// that its screens show.
//
// The file is a zip archive: manifest.json first, with a checksum of everything else.
// Whoever hands it in may have made it by hand, so everything in it is bounded and
// checked before anything is taken over. It holds no queue, no history, no keys and
// no accounts; a Wi-Fi password of the printed tickets it does hold.
package hallfile
