// Package queue is the domain of the hall: what a visit, a counter, a day and
// a branch are, which commands change them, which events tell of a change, and
// which refusals a command may meet. It knows neither Redis nor HTTP and
// imports only the standard library.
//
// The rules that decide a command live once, in server/store/lua, one file a
// verb. What they need as data (the transition table, the policy, the calendar
// of the moment) comes from here as arguments; what they decided comes back as
// events, and State rebuilds the day from nothing but those.
package queue
