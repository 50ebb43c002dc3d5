package queue

// orNone checks a setting whose zero value means the default.
func (c *checker) orNone(place string, n, least, most int) {
	c.check(n == 0 || least <= n && n <= most, place, "must be %d to %d, or 0 for the default", least, most)
}

func (s Settings) checkPeople(c *checker) {
	p := s.People
	c.orNone("people.length", p.Length, leastLength, 64)
	c.orNone("people.days", p.Days, 1, 366)
	c.orNone("people.tries", p.Tries, 3, 10)
	c.orNone("people.minutes", p.Minutes, 1, 24*60)
	c.orNone("people.idle", p.Idle, 5, 24*60)
	c.orNone("people.hours", p.Hours, 1, 24)
	c.text("brand.logo", s.Brand.Logo, shortText)
}
