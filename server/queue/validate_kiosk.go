package queue

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// longestAddress is what a QR code of 20 mm still shows large enough to be read.
const longestAddress = 200

// checkGroups wants tiles that stand for at least two services each, and every
// service behind one tile at most.
func (s Settings) checkGroups(c *checker) {
	c.count("groups", len(s.Groups), 0, 16)
	services := s.serviceIDs()
	in := map[string]string{}
	for i, group := range s.Groups {
		at := fmt.Sprintf("groups[%d]", i)
		c.id(at+".id", group.ID)
		c.unique(at+".id", "group id", group.ID)
		c.name(at+".name", group.Name)
		c.count(at+".services", len(group.Services), 2, 64)
		c.among(at+".services", group.Services, services, "service")
		for j, id := range group.Services {
			other, taken := in[id]
			c.check(!taken || other == at, fmt.Sprintf("%s.services[%d]", at, j), "is in another group already")
			if !taken {
				in[id] = at
			}
		}
	}
}

// late wants both the hour and the sentence, or neither.
func (c *checker) late(place string, n LateNote) {
	if n == (LateNote{}) {
		return
	}
	if n.From == "" {
		c.add(place+".from", "is missing")
	} else {
		c.hm(place+".from", n.From)
	}
	c.required(place+".text.vi", n.Text.VI, longText)
	c.text(place+".text.en", n.Text.EN, longText)
}

// online wants an address that a phone of today opens without a warning.
func (c *checker) online(place, address string) {
	if address == "" {
		return
	}
	u, err := url.Parse(address)
	good := err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsFunc(address, func(r rune) bool { return unicode.IsSpace(r) || r < ' ' || r > '~' })
	c.check(good, place, "must be an address like https://dichvucong.gov.vn")
	c.check(len(address) <= longestAddress, place, "is longer than %d characters", longestAddress)
}

func (c *checker) pace(p PaceSetting) {
	c.between("pace.kiosk", p.Kiosk, 0, 100)
	c.between("pace.seconds", p.Seconds, 0, 3600)
	c.check(p.Kiosk == 0 || p.Seconds > 0, "pace.seconds", "is missing: within how many seconds pace.kiosk tickets are too many")
}

func (c *checker) kiosk(k KioskSetting) {
	c.check(k.Diagonal == 0 || k.Diagonal >= 10 && k.Diagonal <= 100, "kiosk.diagonal", "must be 10 to 100 inches")
	c.between("kiosk.base", k.Base, 0, 2000)
}

// wifiKey wants a passphrase as WPA has them, or "-" for a network without.
func (c *checker) wifiKey(place string, p PaperSetting) {
	if p.WiFiKey == "" {
		return
	}
	c.check(p.WiFi != "", place, "needs the network's name in paper.wifi")
	shaped := len(p.WiFiKey) >= 8 && len(p.WiFiKey) <= 63 &&
		!strings.ContainsFunc(p.WiFiKey, func(r rune) bool { return r < ' ' || r > '~' })
	c.check(p.WiFiKey == "-" || shaped, place, "must be 8-63 characters of ASCII, or - for a network without a key")
}

// paper keeps a ticket short: each line costs time on a serial line.
func (c *checker) paper(p PaperSetting) {
	c.text("paper.wifi", p.WiFi, 32) // the longest name a network may have (IEEE 802.11)
	c.wifiKey("paper.wifi_key", p)
	c.count("paper.notes", len(p.Notes), 0, 3)
	for i, note := range p.Notes[:min(len(p.Notes), 3)] {
		c.name(fmt.Sprintf("paper.notes[%d]", i), note)
	}
}
