package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"motcua/server/queue"
)

// names turns the ids of a report into what people read, and knows their order.
type names struct {
	branches       map[string]string
	settings       map[string]*queue.Settings
	only           string // the branch, when there is one only
	procedure      func(string) string
	fewest, ranked int
}

func namesOf(branches []branch, o Options) *names {
	n := &names{branches: map[string]string{}, settings: map[string]*queue.Settings{}, procedure: o.Procedure}
	for _, b := range branches {
		set := o.settings(b.id)
		n.only = b.id
		n.settings[b.id] = set
		n.branches[b.id] = cmp.Or(set.Name.VI, b.name, b.id)
		// Of several branches the most careful limit holds for all.
		n.fewest, n.ranked = max(n.fewest, set.Report.FewestRatings()), max(n.ranked, set.Report.FewestRanked())
	}
	if len(branches) != 1 {
		n.only = ""
	}
	if len(branches) == 0 {
		n.fewest, n.ranked = queue.ReportSetting{}.FewestRatings(), queue.ReportSetting{}.FewestRanked()
	}
	return n
}

// split takes the branch from the id of what belongs to one.
func (n *names) split(id string) (branch, local string) {
	if n.only != "" {
		return n.only, id
	}
	branch, local, _ = strings.Cut(id, "/")
	return branch, local
}

// row names one value of a dimension.
func (n *names) row(d Dimension, id string) string {
	switch d {
	case ByService, ByCounter, ByClerk:
		return n.place(d, id)
	case ByProcedure:
		return n.procedureName(id)
	case ByField:
		return named(id, "Chưa rõ lĩnh vực")
	case ByHour:
		return id + " giờ"
	case ByWeekday:
		return weekdays[id]
	case ByPriority:
		return n.priority(id)
	case ByChannel:
		return cmp.Or(channels[id], id)
	case ByDay:
		return id[8:] + "/" + id[5:7] + "/" + id[:4]
	case ByMonth:
		return "Tháng " + id[5:] + "/" + id[:4]
	}
	return cmp.Or(n.branches[id], id)
}

func named(id, without string) string {
	if id == none {
		return without
	}
	return id
}

// place names a service, counter or clerk, with its branch when there are several.
func (n *names) place(d Dimension, id string) string {
	branch, local := n.split(id)
	name := local
	set := n.settings[branch]
	switch d {
	case ByService:
		name = serviceName(set, local)
	case ByCounter:
		name = counterName(set, local)
	}
	if n.only == "" {
		return n.branches[branch] + " · " + name
	}
	return name
}

func serviceName(set *queue.Settings, id string) string {
	for _, s := range set.Services {
		if s.ID == id {
			return s.Name.VI
		}
	}
	return id
}

func counterName(set *queue.Settings, id string) string {
	for _, c := range set.Counters {
		if c.ID == id {
			return strings.TrimSpace("Quầy " + cmp.Or(c.Label, c.ID) + separated(c.Name.VI))
		}
	}
	return "Quầy " + id
}

func separated(s string) string {
	if s == "" {
		return ""
	}
	return " · " + s
}

func (n *names) procedureName(code string) string {
	if code == none {
		return "Không chọn thủ tục"
	}
	if n.procedure == nil {
		return code
	}
	return cmp.Or(n.procedure(code), code)
}

// priority and reason ask the settings of all branches: the ids are the same
// wherever the same rule is meant.
func (n *names) priority(id string) string {
	if id == none {
		return "Không ưu tiên"
	}
	for _, branch := range n.ids() {
		for _, p := range n.settings[branch].Priorities {
			if p.ID == id {
				return p.Name.VI
			}
		}
	}
	return id
}

func (n *names) reason(id string) string {
	for _, branch := range n.ids() {
		for _, r := range n.settings[branch].Rating.Reasons {
			if r.ID == id {
				return r.Name.VI
			}
		}
	}
	return id
}

func (n *names) ids() []string {
	list := make([]string, 0, len(n.settings))
	for id := range n.settings {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// pauseName names the reason of a pause: one the desk offers, or what was written.
func pauseName(reason string) string {
	return cmp.Or(pauseReasons[reason], reason, "Không ghi lý do")
}

var pauseReasons = map[string]string{"break": "Nghỉ giải lao", "meeting": "Họp đột xuất", "urgent": "Xử lý việc khẩn", "helping": "Hỗ trợ đồng nghiệp",
	"fault": "Sự cố kỹ thuật", "hours": "Hết giờ", "away": "Vắng tạm thời", "other": "Lý do khác"}

var weekdays = map[string]string{"0": "Chủ nhật", "1": "Thứ Hai", "2": "Thứ Ba", "3": "Thứ Tư", "4": "Thứ Năm", "5": "Thứ Sáu", "6": "Thứ Bảy"}

var channels = map[string]string{"kiosk": "Máy lấy số", "desk": "Bàn cán bộ", "booking": "Đặt hẹn trước", "phone": "Điện thoại", none: "Không rõ"}

// sort puts rows into the order people expect: services and counters as in the
// settings, weekdays from Monday, hours and days by time, the rest by name in the
// order of Vietnamese, and what has no value last.
func (n *names) sort(d Dimension, list []Row) {
	place := map[string]int{}
	for _, r := range list {
		place[r.ID] = n.placeOf(d, r.ID)
	}
	compare := collate.New(language.Vietnamese).CompareString
	if d == ByDay || d == ByMonth {
		compare = func(a, b string) int { return 0 } // their ids are in the order of time
	}
	slices.SortFunc(list, func(a, b Row) int {
		return cmp.Or(cmp.Compare(place[a.ID], place[b.ID]), compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}

const last = 1 << 30

func (n *names) placeOf(d Dimension, id string) int {
	if id == none {
		return last
	}
	number, _ := strconv.Atoi(id)
	switch d {
	case ByHour:
		return number
	case ByWeekday:
		return (number + 6) % 7
	case ByService, ByCounter:
		branch, local := n.split(id)
		return slices.Index(n.ids(), branch)*10_000 + n.indexOf(d, branch, local)
	}
	return 0
}

func (n *names) indexOf(d Dimension, branch, id string) int {
	i := -1
	set := n.settings[branch]
	if d == ByService {
		i = slices.IndexFunc(set.Services, func(s queue.ServiceSetting) bool { return s.ID == id })
	} else {
		i = slices.IndexFunc(set.Counters, func(c queue.CounterSetting) bool { return c.ID == id })
	}
	if i < 0 {
		return 9_999
	}
	return i
}
