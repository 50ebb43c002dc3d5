//go:build planted_event_before_commit

//red: ./server/store/embedded -run TestKill$

package embedded

// A call is answered, and so told to the screens, before it is in the journal: it is
// written when the calls after the next ones come. Written with the next ones, it would
// already be on its way while the disk is waited for, and a kill then finds it there.
func init() {
	var owed [2][]*call
	appendCalls = func(j *journal, calls []*call) error {
		late := owed[0]
		owed[0], owed[1] = owed[1], make([]*call, 0, len(calls))
		for _, c := range calls {
			owed[1] = append(owed[1], &call{record: c.record, script: c.script})
		}
		return j.append(late)
	}
}
