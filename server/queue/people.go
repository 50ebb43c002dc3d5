package queue

// BrandSetting is how the hall looks.
type BrandSetting struct {
	// Logo is a picture of the hall's media. The national emblem is never ours to draw:
	// the hall uploads what it may use.
	Logo string `json:"logo,omitempty"`
}

// Path is where browsers find the logo; empty for none.
func (b BrandSetting) Path() string {
	if b.Logo == "" {
		return ""
	}
	return "/media/" + b.Logo
}

// PeopleSetting is what the hall asks of its people's passwords and sessions. A zero
// value means the default that its methods give, which are meant for security level 2
// of NĐ 85/2016 (docs/people.md); a hall may ask for more, never for less.
type PeopleSetting struct {
	Length  int  `json:"length,omitempty"`  // least characters of a password; 8, and 12 for administrators
	Days    int  `json:"days,omitempty"`    // days after which a password must be changed; 0 for never
	Tries   int  `json:"tries,omitempty"`   // wrong passwords until an account is locked; 5
	Minutes int  `json:"minutes,omitempty"` // how long it is locked the first time; each further time twice as long, up to a day; 5
	Idle    int  `json:"idle,omitempty"`    // minutes without a request after which a session of an administrator, head of hall or inspector ends; 30
	Hours   int  `json:"hours,omitempty"`   // hours after which any session of a person ends; 14
	Factor  bool `json:"factor,omitempty"`  // administrators must have a second factor
}

// The defaults for people.
const (
	leastLength      = 8
	leastLengthAdmin = 12
	wrongTries       = 5
	lockedMinutes    = 5
	idleMinutes      = 30
	sessionHours     = 14
)

// StrictestPeople are rules that keep each of several: they hold for whoever may work
// in all these halls. None give the usual rules.
func StrictestPeople(all []PeopleSetting) PeopleSetting {
	if len(all) == 0 {
		return PeopleSetting{}
	}
	r := all[0]
	for _, p := range all {
		r.Length = max(r.Length, p.Length)
		if p.Days > 0 && (r.Days == 0 || p.Days < r.Days) {
			r.Days = p.Days
		}
		r.Tries = min(r.WrongTries(), p.WrongTries())
		r.Minutes = max(r.LockedMinutes(), p.LockedMinutes())
		r.Idle = min(r.IdleMinutes(), p.IdleMinutes())
		r.Hours = min(r.SessionHours(), p.SessionHours())
		r.Factor = r.Factor || p.Factor
	}
	return r
}

// LeastLength is how many characters a password has at least.
func (p PeopleSetting) LeastLength(admin bool) int {
	if admin {
		return max(p.Length, leastLengthAdmin)
	}
	return max(p.Length, leastLength)
}

// WrongTries is after how many wrong passwords in a row an account is locked.
func (p PeopleSetting) WrongTries() int { return orElse(p.Tries, wrongTries) }

// LockedMinutes is how long the first lock lasts.
func (p PeopleSetting) LockedMinutes() int { return orElse(p.Minutes, lockedMinutes) }

// IdleMinutes is after how long without a request a powerful session ends.
func (p PeopleSetting) IdleMinutes() int { return orElse(p.Idle, idleMinutes) }

// SessionHours is after how long any session of a person ends.
func (p PeopleSetting) SessionHours() int { return orElse(p.Hours, sessionHours) }
