package queue

// Verb names a command. Those of counters appear as the last part of their URL.
type Verb string

// The verbs.
const (
	Take         Verb = "take"
	Cancel       Verb = "cancel"
	Delay        Verb = "delay"
	Open         Verb = "open"
	Close        Verb = "close"
	Pause        Verb = "pause"
	Call         Verb = "call"
	Next         Verb = "next"
	Recall       Verb = "recall"
	Serve        Verb = "serve"
	MarkNoShow   Verb = "no-show"
	Reinstate    Verb = "reinstate"
	Park         Verb = "park"
	Resume       Verb = "resume"
	Transfer     Verb = "transfer"
	End          Verb = "end"
	WalkIn       Verb = "walk-in"
	Undo         Verb = "undo"
	SetPriority  Verb = "priority"
	InviteRating Verb = "invite-rating"
	Rate         Verb = "rate"
	Book         Verb = "book"
	Arrive       Verb = "arrive"
	DayOpen      Verb = "day-open"
	DayClose     Verb = "day-close"
	Settle       Verb = "settings" // a new version of the branch's settings
	Seat         Verb = "seat"     // a person with an account sits down at a counter, or leaves it
	Note         Verb = "note"     // tells of a device, notice, print or catalogue change
)

// CounterVerbs are the verbs a counter's URL may end in, in the order in which
// documents list them.
var CounterVerbs = []Verb{Open, Close, Pause, Call, Next, Recall, Serve, MarkNoShow, Reinstate,
	Park, Resume, Transfer, End, WalkIn, Undo, SetPriority, InviteRating}

// Transitions is the state machine of a visit as data: for every verb, which
// state leads to which. What is not listed is refused as wrong_state (or
// not_waiting, for what a citizen asks). The scripts get this very table; they
// have no other. Creation (take, walk-in, arrive) starts from "".
var Transitions = map[Verb]map[VisitState]VisitState{
	Take:        {"": Waiting},
	WalkIn:      {"": Serving},
	Arrive:      {Booked: Waiting},
	Cancel:      {Waiting: Cancelled},
	Delay:       {Waiting: Waiting},
	Call:        {Waiting: Called},
	Recall:      {Called: Called},
	Serve:       {Called: Serving},
	MarkNoShow:  {Called: NoShow},
	Reinstate:   {NoShow: Waiting},
	Park:        {Called: Parked, Serving: Parked},
	Resume:      {Parked: Called},
	Transfer:    {Called: Waiting, Serving: Waiting},
	End:         {Serving: Ended},
	SetPriority: {Waiting: Waiting, Called: Called, Serving: Serving, Parked: Parked, NoShow: NoShow},
	DayClose: {Waiting: Expired, Called: Expired, Parked: Expired, NoShow: Expired, Booked: Expired,
		Serving: Ended},
}

// CounterTransitions is the same for what a counter does without a visit.
var CounterTransitions = map[Verb]map[CounterState]CounterState{
	Open:  {CounterClosed: CounterOpen, CounterPaused: CounterOpen, CounterOpen: CounterOpen},
	Pause: {CounterOpen: CounterPaused, CounterPaused: CounterPaused},
	Close: {CounterOpen: CounterClosed, CounterPaused: CounterClosed, CounterClosed: CounterClosed},
}

// Undoable are the verbs that undo takes back within UndoWindow.
var Undoable = map[Verb]bool{Call: true, Next: true, MarkNoShow: true, End: true, Park: true,
	Transfer: true, WalkIn: true}

// UndoWindow is how long the last command of a counter can be taken back, in
// milliseconds (product rules: 5 s).
const UndoWindow = 5000
