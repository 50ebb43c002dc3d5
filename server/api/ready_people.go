package api

import "motcua/server/staff"

// countPeople counts those who may log in at a branch.
func (s *Server) countPeople(branch string) peopleCount {
	var n peopleCount
	for _, a := range s.Staff.Accounts() {
		if a.Off || a.Branch != "" && a.Branch != branch {
			continue
		}
		n.all++
		switch a.Role {
		case staff.Admin:
			n.admins++
		case staff.Clerk:
			n.clerks++
		}
	}
	return n
}
