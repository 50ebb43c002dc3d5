package api

import (
	"slices"

	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// right is something a role may do. Which routes ask for which is in docs/roles.md,
// and a test walks that table.
type right string

const (
	mayRead   right = "read" // branch, tickets, procedures, dossiers
	mayTake   right = "take" // take, cancel, book, arrive
	mayServe  right = "serve"
	mayPaper  right = "paper ratings"
	mayPress  right = "keypad and tablet ratings"
	mayReport right = "report" // what an agent tells of its devices, and what its printers need
	mayFeed   right = "feed"   // tell where dossiers stand
	mayManage right = "manage" // settings, people, keys, pairings, media
	mayTell   right = "tell"   // put a suggestion into the box, or let somebody do so by phone
	mayHear   right = "hear"   // read the box, and say what became of it

	mayFloor  right = "floor"    // the live floor, without what was rated
	mayHelp   right = "help"     // see to calls for help
	mayNotify right = "notices"  // tell the hall something, in an emergency too
	mayRemark right = "remarks"  // write beside an officer's figures
	mayFree   right = "seats"    // take somebody else off a counter
	mayTrain  right = "training" // begin, empty and end the hall for practice

	maySeeFigures right = "figures" // reports, the live floor, and the history behind them
	mayExport     right = "exports" // have files made of them
	mayAudit      right = "audit"   // read who changed what
)

// allRights are an administrator's.
var allRights = []right{mayRead, mayTake, mayServe, mayPaper, mayPress, mayReport, mayFeed, mayManage, mayTell, mayHear,
	mayFloor, mayHelp, mayNotify, mayRemark, mayFree, mayTrain, maySeeFigures, mayExport, mayAudit}

// rights says what each role may do; an admin may do everything.
var rights = map[staff.Role][]right{
	staff.Kiosk:   {mayRead, mayTake, mayTell},
	staff.Desk:    {mayRead, mayServe, mayPaper, mayHelp},
	staff.Display: {mayRead, mayTell},
	staff.Device:  {mayPress},
	staff.Feed:    {mayFeed},
	// It has no right that changes anything: every route of its right is a GET.
	staff.Reader: {maySeeFigures, mayAudit},
	// A kiosk's page takes its tickets through its agent's proxy. What its keypads
	// do at a counter goes through reports, which look at the counters of its key.
	staff.Agent: {mayRead, mayTake, mayTell, mayPress, mayReport},

	// A clerk serves where the clerk sits, and nowhere else (atCounter).
	staff.Clerk: {mayRead, mayServe, mayPaper, mayHelp},
	staff.Guide: {mayRead, mayTake, mayTell, mayFloor, mayHelp},
	staff.Head: {mayRead, mayServe, mayTell, mayHear, mayFloor, mayHelp, mayNotify, mayRemark, mayFree, mayTrain,
		maySeeFigures, mayExport},
}

// seen says which views of /live each role may have. The ticket view is nobody's
// by role: the token is its key.
var seen = map[staff.Role][]wire.View{
	staff.Kiosk:   {wire.Kiosk, wire.Lookup},
	staff.Desk:    {wire.Desk, wire.Floor, wire.Board, wire.Counter, wire.Lookup},
	staff.Display: {wire.Board, wire.Lookup, wire.Counter},
	staff.Device:  {wire.Rate, wire.Device},
	staff.Reader:  {wire.Floor},
	staff.Agent:   {wire.Device, wire.Kiosk, wire.Lookup, wire.Board, wire.Counter, wire.Rate},
	staff.Clerk:   {wire.Desk, wire.Board, wire.Counter, wire.Lookup},
	staff.Guide:   {wire.Desk, wire.Floor, wire.Board, wire.Kiosk, wire.Lookup},
	staff.Head:    {wire.Desk, wire.Floor, wire.Board, wire.Counter, wire.Kiosk, wire.Lookup},
}

// rightsOf lists what a role may do.
func rightsOf(role staff.Role) []right {
	if role == staff.Admin {
		return allRights
	}
	return listed(rights[role])
}

// mayAt is may at a branch. In a hall for practice, who looks after it also plays the
// citizens: takes numbers and presses keys.
func mayAt(role staff.Role, what right, branch string) bool {
	return may(role, what) || queue.IsTraining(branch) && may(role, mayTrain) && (what == mayTake || what == mayPress)
}

func may(role staff.Role, what right) bool { return slices.Contains(rightsOf(role), what) }

func maySee(role staff.Role, view wire.View) bool {
	return role == staff.Admin || slices.Contains(seen[role], view)
}
