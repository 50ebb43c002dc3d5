package queue

import "slices"

// NoticeKind is what a notice is for.
type NoticeKind string

// The kinds of notices. The first three go to screens, the others to staff.
const (
	NoticeEmergency   NoticeKind = "emergency"   // on every screen; no numbers are given while it stands
	NoticeMaintenance NoticeKind = "maintenance" // the named kiosks (all when none is named) give no numbers
	NoticeInfo        NoticeKind = "info"        // one more sentence on boards and kiosks
	NoticeHelp        NoticeKind = "help"        // somebody at a kiosk asks for the guide
	NoticePace        NoticeKind = "pace"        // a kiosk gave many tickets one after the other
	NoticePerson      NoticeKind = "person"      // a scanned card was refused one more number
)

// NoticeKinds lists them.
var NoticeKinds = []NoticeKind{NoticeEmergency, NoticeMaintenance, NoticeInfo, NoticeHelp, NoticePace, NoticePerson}

// ForStaff tells whether the kind is shown to staff and to kiosks, not to the
// hall. Such a notice ends with the day, and a machine has one of each at a time.
func (k NoticeKind) ForStaff() bool {
	return k == NoticeHelp || k == NoticePace || k == NoticePerson
}

// Notice is something screens or staff are told until somebody ends it.
type Notice struct {
	ID       string     `json:"id"`
	Kind     NoticeKind `json:"kind"`
	Text     Text       `json:"text,omitzero"`      // emergency, info; maintenance may have one
	Machines []string   `json:"machines,omitempty"` // maintenance: names of the kiosks' keys
	Service  string     `json:"service,omitempty"`  // person: what the number was for; pace and help may have it
	Count    int        `json:"count,omitempty"`    // pace: tickets within the time
	By       string     `json:"by,omitempty"`       // name of the device or account
	At       Millis     `json:"at"`
	Ended    Millis     `json:"ended,omitempty"`
	EndedBy  string     `json:"ended_by,omitempty"`
}

// Bounds of a notice.
const (
	noticeText     = 300 // characters of its text in one language
	noticeMachines = 50
	noticeCount    = 1000
)

// Validate gives nil, or a refusal BadParameter with the name of what is wrong.
// It does not look at the form of Unicode: the caller sees to NFC.
func (n Notice) Validate() error {
	k := &checker{}
	k.check(slices.Contains(NoticeKinds, n.Kind), "kind", "is none of the kinds")
	k.check(n.Text == (Text{}) || !n.Kind.ForStaff(), "text", "is not for this kind")
	k.text("text", n.Text.VI, noticeText)
	k.text("text", n.Text.EN, noticeText)
	needed := n.Kind == NoticeEmergency || n.Kind == NoticeInfo || n.Text.EN != ""
	k.check(n.Text.VI != "" || !needed, "text", "is missing")
	k.check(len(n.Machines) == 0 || n.Kind == NoticeMaintenance, "machines", "are not for this kind")
	k.texts("machines", n.Machines, shortText, noticeMachines)
	k.check(n.Service == "" || n.Kind.ForStaff(), "service", "is not for this kind")
	k.check(n.Count == 0 || n.Kind == NoticePace, "count", "is not for this kind")
	k.between("count", n.Count, 0, noticeCount)
	if len(k.problems) > 0 {
		return Refuse(BadParameter, k.problems[0].Place)
	}
	return nil
}

// NoteEnded is the note of notice.changed when the notice no longer stands.
const NoteEnded = "ended"

// applyNotice takes what an event tells of notices. Those to staff end with the
// day; a fault does not end at midnight, so that day.opened tells the others again.
func (s *State) applyNotice(e *Event) {
	if e.Kind != NoticeChanged || e.Notice == nil {
		return
	}
	if e.Note == NoteEnded {
		delete(s.Notices, e.Notice.ID)
		return
	}
	s.Notices[e.Notice.ID] = e.Notice
}

// Emergency gives the emergency that stands now, the latest when there are
// several; nil when there is none.
func (s *State) Emergency() *Notice {
	var found *Notice
	for _, n := range s.Notices {
		if n.Kind == NoticeEmergency && (found == nil || n.At > found.At || n.At == found.At && n.ID > found.ID) {
			found = n
		}
	}
	return found
}
