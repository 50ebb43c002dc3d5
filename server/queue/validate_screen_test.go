package queue

import "testing"

func TestValidateBoardNamesThePlace(t *testing.T) {
	board := func(change func(*BoardSetting)) func(*Settings) {
		return func(s *Settings) {
			s.Board = BoardSetting{
				Zones: []ZoneSetting{{ID: "a", Name: Text{VI: "Khu A"}, Counters: []string{s.Counters[0].ID}}},
				Night: NightSetting{From: "22:00", To: "06:00"},
				Voice: VoiceSetting{On: true, Region: "south", Numbers: "whole", Also: []string{"tyz"},
					Hours: []LoudnessHour{{Zone: "a", From: "11:30", To: "13:30", Percent: 50}}},
			}
			change(&s.Board)
		}
	}
	good := DemoSettings()
	board(func(*BoardSetting) {})(&good)
	if p := good.Problems(); len(p) > 0 {
		t.Fatal(p)
	}
	testSpoils(t, []spoil{
		{"board.zones[0].id", board(func(b *BoardSetting) { b.Zones[0].ID = "Khu A" })},
		{"board.zones[1].id", board(func(b *BoardSetting) { b.Zones = append(b.Zones, b.Zones[0]) })},
		{"board.zones[0].name.vi", board(func(b *BoardSetting) { b.Zones[0].Name.VI = "" })},
		{"board.zones[0].counters[0]", board(func(b *BoardSetting) { b.Zones[0].Counters = []string{"none"} })},
		{"board.night.to", board(func(b *BoardSetting) { b.Night.To = "" })},
		{"board.voice.region", board(func(b *BoardSetting) { b.Voice.Region = "middle" })},
		{"board.voice.numbers", board(func(b *BoardSetting) { b.Voice.Numbers = "pairs" })},
		{"board.voice.also[0]", board(func(b *BoardSetting) { b.Voice.Also[0] = "../x" })},
		{"board.voice.also[0]", board(func(b *BoardSetting) { b.Voice.Also[0] = "en" })},
		{"board.voice.hours[0].zone", board(func(b *BoardSetting) { b.Voice.Hours[0].Zone = "b" })},
		{"board.voice.hours[0].from", board(func(b *BoardSetting) { b.Voice.Hours[0].From = "25:00" })},
		{"board.voice.hours[0].percent", board(func(b *BoardSetting) { b.Voice.Hours[0].Percent = 101 })},
	})
}
