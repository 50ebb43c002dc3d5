// Package media is the folder of the hall's own pictures and films, which its
// screens show when nobody uses them.
//
// What a file is, its first bytes say and not its name: nothing that a browser
// runs is ever given out, a drawing in SVG neither. Files that somebody copied
// into the folder by hand are as good as those that were sent.
package media
