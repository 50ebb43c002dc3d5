// Package box is the suggestion box: what people write without a name, kept
// until the head of the hall has read it and no longer than the hall's own time.
//
// It keeps as little as it can. Telephone numbers, identity and card numbers and
// e-mail addresses are masked before the text is written anywhere. Of the time
// only the day and the half of the day are kept, of the sender nothing: no
// address, no key, no order of arrival.
package box
