package api

import (
	"cmp"
	"slices"
	"time"

	"motcua/server/staff"
)

// In each zone of the hall one screen speaks: a call that two of them spoke would be
// heard twice, and not at the same moment. Whoever speaks goes on until it dies,
// says goodbye or loses its sound; then the next one does.

const (
	spokenFor  = 60 * time.Second // calls older than 20 s are not spoken by anybody
	mostSpoken = 100
)

// zoneVoice is who speaks in a zone, and what was spoken there.
type zoneVoice struct {
	branch, zone string
	speaker      string // id of the key; empty when nobody can speak
	spoken       []spokenCall
}

type spokenCall struct {
	id string
	at time.Time
}

func (z *zoneVoice) note(ids []string, now time.Time) {
	for _, id := range ids {
		if !slices.ContainsFunc(z.spoken, func(c spokenCall) bool { return c.id == id }) {
			z.spoken = append(z.spoken, spokenCall{id, now})
		}
	}
	z.spoken = slices.DeleteFunc(z.spoken, func(c spokenCall) bool { return now.Sub(c.at) >= spokenFor })
	z.spoken = z.spoken[max(0, len(z.spoken)-mostSpoken):]
}

func (z *zoneVoice) recent(now time.Time) []string {
	list := []string{}
	for _, c := range z.spoken {
		if now.Sub(c.at) < spokenFor {
			list = append(list, c.id)
		}
	}
	return list
}

// zone gives the voice of a screen's zone. The mutex is held.
func (b *wall) zone(k staff.Key) *zoneVoice { return b.voice(k.Branch, k.Screen.Zone) }

func (b *wall) voice(branch, zone string) *zoneVoice {
	name := branch + "/" + zone
	if b.zones[name] == nil {
		b.zones[name] = &zoneVoice{branch: branch, zone: zone}
	}
	return b.zones[name]
}

// elect looks who speaks in a zone. The mutex is held.
func (b *wall) elect(branch, zone string) {
	b.voice(branch, zone)
	b.electIn(branch + "/" + zone)
}

func (b *wall) electIn(name string) {
	z := b.zones[name]
	if st := b.held[z.speaker]; st != nil && b.canSpeak(st, z) {
		return
	}
	before := z.speaker
	z.speaker = ""
	var able []*screenState
	for _, st := range b.held {
		if b.canSpeak(st, z) {
			able = append(able, st)
		}
	}
	if len(able) > 0 {
		next := slices.MinFunc(able, func(x, y *screenState) int {
			return cmp.Or(cmp.Compare(x.key.Name, y.key.Name), cmp.Compare(x.key.ID, y.key.ID))
		})
		z.speaker = next.key.ID
		next.news()
	}
	if st := b.held[before]; st != nil {
		st.news()
	}
}

// canSpeak tells whether a screen can speak in a zone now.
func (b *wall) canSpeak(st *screenState, z *zoneVoice) bool {
	v := st.key.Screen
	return v.Page == "board" && v.Sound && v.Zone == z.zone && st.key.Branch == z.branch &&
		st.last.Audio == "on" && !st.gone && b.clock.Now().Sub(st.seen) <= voiceLease
}

// electAll looks in every zone, as somebody must when the one that speaks is silent
// and no other one sends a beat.
func (b *wall) electAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name := range b.zones {
		b.electIn(name)
	}
}
