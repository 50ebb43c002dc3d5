package queue

import "errors"

// Code is a stable word for one way a request can be refused. Codes are product
// behaviour: server/api maps each to one HTTP status and to a sentence in
// Vietnamese and English, and a test demands that mapping for every code here.
type Code string

// The codes a command can be refused with.
const (
	UnknownBranch   Code = "unknown_branch"
	UnknownService  Code = "unknown_service"
	UnknownCounter  Code = "unknown_counter"
	UnknownTicket   Code = "unknown_ticket"
	UnknownPriority Code = "unknown_priority"
	UnknownBooking  Code = "unknown_booking"
	UnknownVerb     Code = "unknown_verb"
	UnknownNotice   Code = "unknown_notice" // it stands no longer, or never did

	ServiceClosed   Code = "service_closed"
	QuotaFull       Code = "quota_full"
	NoOneWaiting    Code = "no_one_waiting"
	CounterBusy     Code = "counter_busy"
	CounterNotOpen  Code = "counter_closed"
	WrongState      Code = "wrong_state"
	NotWaiting      Code = "not_waiting"
	NothingToUndo   Code = "nothing_to_undo"
	NothingToRate   Code = "nothing_to_rate"
	AlreadyRated    Code = "already_rated"
	BookingOver     Code = "booking_over" // used, or its day has passed
	TooManyTickets  Code = "too_many_tickets"
	TooManyNotices  Code = "too_many_notices"  // so many stand that one more would be read by nobody
	SettingsInUse   Code = "settings_in_use"   // would take a queue away from somebody who waits in it
	SettingsChange  Code = "settings_conflict" // somebody saved another version meanwhile
	SettingsInvalid Code = "settings_invalid"

	BadParameter Code = "bad_parameter"
	KeyReused    Code = "idempotency_key_reused"

	StoreFull Code = "store_full"        // the disk takes no more; nothing was changed
	StoreDown Code = "store_unavailable" // the store did not answer; the change may or may not have happened, the same key is safe
	Fenced    Code = "fenced"            // another server holds this store now

	// Two refusals that only ever reach our own code, which then tries again.
	DayChanged Code = "day_changed" // the command was made for a day that is not the open one
	CodeTaken  Code = "code_taken"  // the 6-character code is in use today
)

// Error is a refusal: a code for programs, and for people who read logs the
// object it was about. The sentence a person sees comes from the edge.
type Error struct {
	Code   Code
	Detail string
}

// Refuse makes a refusal.
func Refuse(code Code, detail string) *Error { return &Error{Code: code, Detail: detail} }

func (e *Error) Error() string {
	if e.Detail == "" {
		return string(e.Code)
	}
	return string(e.Code) + ": " + e.Detail
}

// Is lets errors.Is compare refusals by their code alone.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// CodeOf gives the code of a refusal, "" for any other error.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
