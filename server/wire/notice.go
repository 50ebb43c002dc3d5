package wire

import (
	"cmp"
	"slices"

	"motcua/server/queue"
)

// NoticeFor gives a notice as a view may see it; false when it may not. What
// staff and kiosks are told is no business of the hall, and neither is who told it.
func NoticeFor(view View, n *queue.Notice) (queue.Notice, bool) {
	if view.Staff() || view == Kiosk {
		return *n, true
	}
	if n.Kind.ForStaff() {
		return queue.Notice{}, false
	}
	shown := *n
	shown.By, shown.EndedBy = "", ""
	return shown, true
}

// NoticesFor lists what stands now as a view may see it, the oldest first: the
// same state must give the same bytes.
func NoticesFor(view View, s *queue.State) []queue.Notice {
	list := make([]queue.Notice, 0, len(s.Notices))
	for _, n := range s.Notices {
		if shown, ok := NoticeFor(view, n); ok {
			list = append(list, shown)
		}
	}
	slices.SortFunc(list, func(a, b queue.Notice) int {
		return cmp.Or(cmp.Compare(a.At.Int(), b.At.Int()), cmp.Compare(a.ID, b.ID))
	})
	return list
}
