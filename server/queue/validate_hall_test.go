package queue

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestValidateHallNamesThePlace(t *testing.T) {
	hall := func(change func(*HallSetting)) func(*Settings) {
		return func(s *Settings) { s.Hall = demoHall(); change(&s.Hall) }
	}
	long := strings.Repeat("ạ", 501)
	testSpoils(t, []spoil{
		{"hall.complaints.name.vi", hall(func(h *HallSetting) { h.Complaints.Name.VI = "" })},
		{"hall.complaints.address.vi", hall(func(h *HallSetting) { h.Complaints.Address.VI = long })},
		{"hall.complaints.phone", hall(func(h *HallSetting) { h.Complaints.Phone = "call us" })},
		{"hall.complaints.phone", hall(func(h *HallSetting) { h.Complaints.Phone = "12" })},
		{"hall.complaints.phone", hall(func(h *HallSetting) { h.Complaints.Phone = "0" + strings.Repeat(" 1", 30) })},
		{"hall.complaints.email", hall(func(h *HallSetting) { h.Complaints.Email = "a@b" })},
		{"hall.complaints.email", hall(func(h *HallSetting) { h.Complaints.Email = "a b@c.vn" })},
		{"hall.complaints.hours.en", hall(func(h *HallSetting) { h.Complaints.Hours.EN = "a\nb" })},
		{"hall.portal", hall(func(h *HallSetting) { h.Portal = "http://dichvucong.gov.vn" })},
		{"hall.conduct", hall(func(h *HallSetting) { h.Conduct = make([]Text, 21); fill(h.Conduct) })},
		{"hall.conduct[1].vi", hall(func(h *HallSetting) { h.Conduct[1].VI = "" })},
		{"hall.conduct[1].en", hall(func(h *HallSetting) { h.Conduct[1].EN = long })},
		{"hall.tariff.basis", hall(func(h *HallSetting) { h.Tariff.Basis = long })},
		{"hall.tariff.rows[0].price.vi", hall(func(h *HallSetting) { h.Tariff.Rows[0].Price.VI = "" })},
		{"hall.tariff.rows[2].name.vi", hall(func(h *HallSetting) { h.Tariff.Rows[2].Name.VI = " x" })},
		{"hall.offices[0].id", hall(func(h *HallSetting) { h.Offices[0].ID = "Thuế" })},
		{"hall.offices[1].id", hall(func(h *HallSetting) { h.Offices[1].ID = h.Offices[0].ID })},
		{"hall.offices[2].contact.phone", hall(func(h *HallSetting) { h.Offices[2].Contact.Phone = "x" })},
		{"hall.offices[2].contact.name.vi", hall(func(h *HallSetting) { h.Offices[2].Contact.Name = Text{} })},
		{"hall.offices[1].fields[1]", hall(func(h *HallSetting) { h.Offices[1].Fields[1] = "" })},
		{"hall.offices[0].procedures[0]", hall(func(h *HallSetting) { h.Offices[0].Procedures = []string{"1 001"} })},
		{"hall.offices[0].procedures[1]", hall(func(h *HallSetting) { h.Offices[0].Procedures = []string{"1.001193", "1.001193"} })},
		{"hall.offices[0].levels[0]", hall(func(h *HallSetting) { h.Offices[0].Levels = []string{long} })},
		{"hall.offices[0].metres", hall(func(h *HallSetting) { h.Offices[0].Metres = -1 })},
		{"hall.playlist[0]", hall(func(h *HallSetting) { h.Playlist[0] = SlideSetting{Seconds: 5} })},
		{"hall.playlist[0].file", hall(func(h *HallSetting) { h.Playlist[0].File = "../staff.db" })},
		{"hall.playlist[0].file", hall(func(h *HallSetting) { h.Playlist[0].File = "a/b.png" })},
		{"hall.playlist[0].file", hall(func(h *HallSetting) { h.Playlist[0].File = ".png" })},
		{"hall.playlist[0].file", hall(func(h *HallSetting) { h.Playlist[0].File = strings.Repeat("a", 80) + ".png" })},
		{"hall.playlist[1].seconds", hall(func(h *HallSetting) { h.Playlist[1].Seconds = 601 })},
		{"hall.playlist[1].from", hall(func(h *HallSetting) { h.Playlist[1].From = "2026-02-30" })},
		{"hall.playlist[1].to", hall(func(h *HallSetting) { h.Playlist[1].From, h.Playlist[1].To = "2026-11-22", "2026-11-21" })},
		{"box.keep_days", func(s *Settings) { s.Box.KeepDays = -1 }},
		{"dossiers.soon_days", func(s *Settings) { s.Dossiers.SoonDays = 31 }},
		{"services[1].kind", func(s *Settings) { s.Services[1].Kind = "letters" }},
	})
}

func fill(list []Text) {
	for i := range list {
		list[i].VI = "x"
	}
}

// What halls print on their own walls.
func TestHallTakesWhatHallsHave(t *testing.T) {
	for _, phone := range []string{"1022", "1900 1234", "(024) 3825 1234", "+84 24 3825 1234", "0234.3823.456, 0912 345 678", "0912-345-678"} {
		if !isPhone(phone) {
			t.Errorf("%s is refused", phone)
		}
	}
	s := copyOf(t, ProductionSettings("hall"))
	s.Hall = demoHall()
	s.Hall.Complaints = ContactSetting{Phone: "1022"} // a hall that posts a number alone
	s.Hall.Playlist = append(s.Hall.Playlist, SlideSetting{File: "Le-hoi_2026.v2.mp4", From: "2026-11-22", To: "2026-11-22"})
	s.Services = append(s.Services, ServiceSetting{ID: "buu-chinh", Prefix: "G", Kind: PostService, Typical: 5, WaitTarget: 30,
		Name: Text{VI: "Bưu chính công ích", EN: "Public postal service"}})
	s.Counters[0].Services = append(s.Counters[0].Services, "buu-chinh")
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
}

// A request carries at most 64 KiB; the settings of a hall stay well below.
func TestDemoSettingsStaySmall(t *testing.T) {
	document, err := json.Marshal(DemoSettings())
	if err != nil {
		t.Fatal(err)
	}
	if len(document) > 40<<10 {
		t.Errorf("the demo's settings are %d bytes", len(document))
	}
	t.Logf("%d bytes", len(document))
}
