package queue

import (
	"fmt"
	"regexp"
	"slices"
)

// The most a hall may ask of its boards and its voice.
const (
	mostZones    = 40
	mostLoudness = 40
	mostSpoken   = 3 // languages beside Vietnamese and English: a call ends some time
)

// languageTag is the name of a folder of texts or recordings.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$`)

func (s Settings) checkBoard(c *checker) {
	counters := make([]string, 0, len(s.Counters))
	for _, counter := range s.Counters {
		counters = append(counters, counter.ID)
	}
	c.count("board.zones", len(s.Board.Zones), 0, mostZones)
	var zones []string
	for i, zone := range s.Board.Zones {
		at := fmt.Sprintf("board.zones[%d]", i)
		c.id(at+".id", zone.ID)
		c.unique(at+".id", "zone id", zone.ID)
		c.name(at+".name", zone.Name)
		c.among(at+".counters", zone.Counters, counters, "counter")
		zones = append(zones, zone.ID)
	}
	if night := s.Board.Night; night != (NightSetting{}) {
		c.hm("board.night.from", night.From)
		c.hm("board.night.to", night.To)
	}
	s.Board.Voice.check(c, zones)
}

func (v VoiceSetting) check(c *checker, zones []string) {
	c.check(slices.Contains([]string{"", "south"}, v.Region), "board.voice.region", "must be south, or empty for the northern words")
	c.check(slices.Contains([]string{"", "whole"}, v.Numbers), "board.voice.numbers", "must be whole, or empty for digit by digit")
	c.count("board.voice.also", len(v.Also), 0, mostSpoken)
	for i, tag := range v.Also {
		place := fmt.Sprintf("board.voice.also[%d]", i)
		c.check(languageTag.MatchString(tag), place, "is not the tag of a language")
		c.check(tag != "vi" && tag != "en" && !slices.Contains(v.Also[:i], tag), place, "is spoken anyway")
	}
	c.count("board.voice.hours", len(v.Hours), 0, mostLoudness)
	for i, h := range v.Hours {
		at := fmt.Sprintf("board.voice.hours[%d]", i)
		c.check(h.Zone == "" || slices.Contains(zones, h.Zone), at+".zone", "is none of the zones")
		c.hm(at+".from", h.From)
		c.hm(at+".to", h.To)
		c.between(at+".percent", h.Percent, 0, 100)
	}
}
