package queue

import (
	"errors"
	"strings"
	"testing"
)

// told gives a state after some changes of notices.
func told(t *testing.T, events ...Event) *State {
	t.Helper()
	s := NewState("e")
	for i := range events {
		events[i].Seq = int64(i + 1)
		if err := s.Apply(events[i]); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func change(n Notice, note string) Event { return Event{Kind: NoticeChanged, Notice: &n, Note: note} }

func TestNoticesStandUntilEnded(t *testing.T) {
	fire := Notice{ID: "1", Kind: NoticeEmergency, At: "1000", Text: Text{VI: "Cháy"}}
	later := Notice{ID: "2", Kind: NoticeEmergency, At: "2000", Text: Text{VI: "Mất điện"}}
	same := Notice{ID: "3", Kind: NoticeEmergency, At: "2000"}
	help := Notice{ID: "4", Kind: NoticeHelp, At: "3000", By: "Máy 1"}

	s := told(t, change(help, ""))
	if len(s.Notices) != 1 || s.Emergency() != nil {
		t.Errorf("a call for help is no emergency: %+v", s.Notices)
	}
	s = told(t, change(later, ""), change(fire, ""), change(help, ""))
	if e := s.Emergency(); e == nil || e.ID != "2" {
		t.Errorf("the latest emergency: %+v", e)
	}
	s = told(t, change(same, ""), change(later, ""))
	if e := s.Emergency(); e.ID != "3" {
		t.Errorf("of two at the same moment always the same one: %+v", e)
	}
	s = told(t, change(later, ""), change(fire, ""), change(later, NoteEnded))
	if e := s.Emergency(); e == nil || e.ID != "1" || len(s.Notices) != 1 {
		t.Errorf("after the end of the latest: %+v", e)
	}
	s = told(t, change(fire, ""), change(fire, NoteEnded), change(fire, NoteEnded))
	if s.Emergency() != nil || len(s.Notices) != 0 {
		t.Errorf("%+v", s.Notices)
	}
	// An event of another kind, or without a notice, tells nothing of notices.
	s = told(t, Event{Kind: NoticeChanged}, Event{Kind: DeviceChanged, Notice: &fire})
	if len(s.Notices) != 0 {
		t.Errorf("%+v", s.Notices)
	}
}

// The first event of a day tells all that stands; nothing else comes over from the day before.
func TestNoticesOverDays(t *testing.T) {
	fire := Notice{ID: "1", Kind: NoticeEmergency, At: "1000"}
	help := Notice{ID: "2", Kind: NoticeHelp, At: "1000"}
	s := told(t, change(fire, ""), change(help, ""), Event{Kind: DayClosed}, Event{Kind: DayOpened, Day: "2026-11-24", Notices: []Notice{fire}})
	if len(s.Notices) != 1 || s.Emergency() == nil || s.Emergency().ID != "1" {
		t.Errorf("%+v", s.Notices)
	}
	fresh := told(t, Event{Kind: DayOpened, Day: "2026-11-24", Notices: []Notice{fire}})
	if len(fresh.Notices) != 1 || fresh.Emergency().ID != s.Emergency().ID {
		t.Errorf("%+v", fresh.Notices)
	}
}

func TestNoticeKinds(t *testing.T) {
	for _, k := range NoticeKinds {
		want := k == NoticeHelp || k == NoticePace || k == NoticePerson
		if k.ForStaff() != want {
			t.Errorf("%s", k)
		}
	}
}

func TestValidateNotice(t *testing.T) {
	long := strings.Repeat("ạ", 300)
	for _, n := range []Notice{
		{Kind: NoticeHelp}, {Kind: NoticeHelp, Service: "a"}, {Kind: NoticePace, Count: 4}, {Kind: NoticePace},
		{Kind: NoticePerson, Service: "a"}, {Kind: NoticeMaintenance}, {Kind: NoticeMaintenance, Machines: []string{"Máy 1", "Máy 2"}},
		{Kind: NoticeMaintenance, Text: Text{VI: "Thay giấy"}}, {Kind: NoticeEmergency, Text: Text{VI: long, EN: long}},
		{Kind: NoticeInfo, Text: Text{VI: "Nghỉ sớm"}},
	} {
		if err := n.Validate(); err != nil {
			t.Errorf("%+v: %v", n, err)
		}
	}
	for _, c := range []struct {
		n     Notice
		place string
	}{
		{Notice{}, "kind"}, {Notice{Kind: "fire"}, "kind"},
		{Notice{Kind: NoticeEmergency}, "text"}, {Notice{Kind: NoticeInfo}, "text"},
		{Notice{Kind: NoticeEmergency, Text: Text{EN: "Fire"}}, "text"},
		{Notice{Kind: NoticeMaintenance, Text: Text{EN: "Out"}}, "text"},
		{Notice{Kind: NoticeEmergency, Text: Text{VI: long + "a"}}, "text"},
		{Notice{Kind: NoticeEmergency, Text: Text{VI: "a", EN: long + "a"}}, "text"},
		{Notice{Kind: NoticeEmergency, Text: Text{VI: "a\x00"}}, "text"},
		{Notice{Kind: NoticeEmergency, Text: Text{VI: "\xff"}}, "text"},
		{Notice{Kind: NoticeHelp, Text: Text{VI: "a"}}, "text"},
		{Notice{Kind: NoticeEmergency, Text: Text{VI: "a"}, Machines: []string{"m"}}, "machines"},
		{Notice{Kind: NoticeMaintenance, Machines: []string{""}}, "machines[0]"},
		{Notice{Kind: NoticeMaintenance, Machines: make([]string, 51)}, "machines"},
		{Notice{Kind: NoticeInfo, Text: Text{VI: "a"}, Service: "a"}, "service"},
		{Notice{Kind: NoticeHelp, Count: 1}, "count"},
		{Notice{Kind: NoticePace, Count: -1}, "count"}, {Notice{Kind: NoticePace, Count: 1001}, "count"},
	} {
		err := c.n.Validate()
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Code != BadParameter || refusal.Detail != c.place {
			t.Errorf("%+.60v: %v, want %s", c.n, err, c.place)
		}
	}
}
