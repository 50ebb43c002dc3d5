package queue

import "testing"

// A wish to print a list of what to bring names a printer as it was when somebody
// asked; what was told of it since stays.
func TestWishForAListIsNoNews(t *testing.T) {
	s := NewState("e")
	now := Device{ID: "Máy 1/printer", Kind: "printer", State: DevicePaperOut}
	was := now
	was.State = DeviceReady
	for i, e := range []Event{
		{Kind: DeviceChanged, Device: &now},
		{Kind: DeviceChanged, Device: &was, Note: NoteList + "list-1"},
	} {
		e.Seq = int64(i + 1)
		if err := s.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Devices[now.ID].State; got != DevicePaperOut {
		t.Errorf("the printer is %s", got)
	}
	if job, ok := ListOf(NoteList + "list-1"); !ok || job != "list-1" {
		t.Errorf("%q %v", job, ok)
	}
	if _, ok := ListOf(NotePrint); ok {
		t.Error("a ticket is taken for a list")
	}
}
