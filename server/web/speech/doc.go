// Package speech holds the voice of the screens: short clips of speech, one for
// each piece of a sentence, with the rules that say which pieces there are. The
// page's own /web/speech.js joins them; the program make renders them.
//
// Nothing here speaks at run time: the clips are files, made once and embedded,
// and a hall can put its own recordings in their place (see docs/speech.md).
package speech
