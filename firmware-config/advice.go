package firmware

import (
	"fmt"
	"regexp"
	"strings"
)

// unsteady are names that go to another device when the plugs change places.
var unsteady = regexp.MustCompile(`^/dev/tty(USB|ACM)[0-9]+$`)

// Advice tells what is not wrong in a site but will make trouble, a sentence each.
func (s *Site) Advice() []string {
	var list []string
	lib, err := s.Library()
	if err != nil {
		return []string{err.Error()}
	}
	for _, d := range s.Devices {
		head, err := lib.Head(d.Profile)
		if err != nil {
			continue // ReadSite has told
		}
		if unsteady.MatchString(d.Port) {
			list = append(list, fmt.Sprintf("%s: %s changes with the order of plugging in; use a name under /dev/serial/by-id or /dev/motcua", d.ID, d.Port))
		}
		if strings.HasPrefix(d.Port, "sim/") {
			list = append(list, fmt.Sprintf("%s: %s is a simulated device", d.ID, d.Port))
		}
		if head.Verified.How != "hardware" {
			list = append(list, fmt.Sprintf("%s: nobody has confirmed the profile %s on a real device yet (%s)", d.ID, d.Profile, head.Verified.How))
		}
	}
	return list
}
