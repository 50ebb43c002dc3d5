package api

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

// untouched tells that nobody has saved the settings the hall began with.
func (r *readiness) untouched() bool { return r.set.Version <= 1 && !r.s.Demo }

func (r *readiness) hall() verdict {
	if r.set.Place.VI == "" {
		return missing("Chưa có tên xã, phường của trung tâm.", "The hall's ward or commune has no name yet.")
	}
	return fine("%s, %s.", "%s, %s.", r.set.Name.VI, r.set.Place.VI)
}

func (r *readiness) services() verdict {
	n := 0
	for _, service := range r.set.Services {
		if !service.Closed {
			n++
		}
	}
	switch {
	case n == 0:
		return missing("Chưa có dịch vụ nào đang mở.", "No service is open yet.")
	case r.untouched():
		return look("%d dịch vụ đang theo mẫu, chưa ai xem lại.", "%d services are those of the template; nobody has looked at them yet.", n)
	}
	return fine("%d dịch vụ đang mở, dịch vụ nào cũng có quầy.", "%d services are open, each with a counter.", n)
}

func (r *readiness) counters() verdict {
	n := len(r.set.Counters)
	if r.untouched() {
		return look("%d quầy đang theo mẫu, chưa ai xem lại.", "%d counters are those of the template; nobody has looked at them yet.", n)
	}
	return fine("%d quầy.", "Counters: %d.", n)
}

func (r *readiness) hours() verdict {
	switch {
	case r.set.Calendar.Always:
		return look("Trung tâm mở cả ngày đêm, không nghỉ: chỉ nên dùng khi chạy thử.", "The hall is open day and night: good for trying it only.")
	case r.untouched():
		return look("Giờ làm việc đang theo mẫu, chưa ai xem lại.", "The hours are those of the template; nobody has looked at them yet.")
	}
	return fine("Mỗi tuần làm việc %d ngày.", "Working days a week: %d.", len(r.set.Calendar.Week))
}

// tet is how long a holiday lasts at least to be the lunar new year's: no other
// public holiday has five days (Bộ luật Lao động 2019, Điều 112.1.b).
const tet = 5

func (r *readiness) holidays() verdict {
	if r.set.Calendar.Always {
		return fine("Trung tâm mở mọi ngày, không cần lịch nghỉ.", "The hall is open every day: it needs no holidays.")
	}
	today := queue.DayOf(r.now)
	within := today.Add(365)
	found := slices.ContainsFunc(r.set.Calendar.Holidays, func(h queue.Holiday) bool {
		last := h.To
		if last == "" {
			last = h.From
		}
		return last >= today && h.From <= within && last >= h.From.Add(tet-1)
	})
	if !found {
		return look("Chưa có lịch nghỉ Tết Nguyên đán trong 12 tháng tới.", "The lunar new year of the next 12 months is not in the calendar yet.")
	}
	return fine("Đã có lịch nghỉ Tết Nguyên đán trong 12 tháng tới.", "The lunar new year of the next 12 months is in the calendar.")
}

func (r *readiness) admins() verdict {
	switch r.people.admins {
	case 0:
		return missing("Chưa có tài khoản quản trị nào; khóa đầu tiên chỉ nên dùng một lần.", "There is no administrator's account yet; the first key is for one use.")
	case 1:
		return look("Mới có một tài khoản quản trị. Nên có hai người, phòng khi một người vắng.", "There is one administrator's account. Two are safer, should one be away.")
	}
	return fine("%d tài khoản quản trị.", "Administrators: %d.", r.people.admins)
}

func (r *readiness) clerks() verdict {
	switch {
	case r.people.clerks > 0:
		return fine("%d tài khoản cán bộ tiếp nhận.", "Clerks' accounts: %d.", r.people.clerks)
	case r.holds(func(k staff.Key) bool { return k.Role == staff.Desk }):
		return look("Bàn tiếp nhận đang dùng khóa máy, chưa có tài khoản cán bộ.", "Desks work with keys; there is no clerk's account yet.")
	}
	return missing("Chưa có tài khoản cán bộ tiếp nhận nào.", "There is no clerk's account yet.")
}

func (r *readiness) holds(fits func(staff.Key) bool) bool { return slices.ContainsFunc(r.keys, fits) }

func (r *readiness) procedures() verdict {
	if r.s.Procedures == nil || r.s.Procedures.Overview().Total == 0 {
		return look("Chưa có danh mục thủ tục để tra cứu.", "There is no catalogue of procedures to look up yet.")
	}
	return fine("%d thủ tục.", "Procedures: %d.", r.s.Procedures.Overview().Total)
}

// kiosk is a machine that gives numbers: a screen set up as one, or one beside an agent.
func (r *readiness) kiosk() verdict {
	if !r.s.Demo && !r.holds(func(k staff.Key) bool {
		return k.Screen.Page == "kiosk" || k.Role == staff.Kiosk || k.Role == staff.Agent
	}) {
		return missing("Chưa có máy lấy số nào được ghép.", "No ticket machine is paired yet.")
	}
	return fine("Đã ghép máy lấy số.", "A ticket machine is paired.")
}

func (r *readiness) printer() verdict {
	var worst *queue.Device
	printers := 0
	for i, d := range r.devices {
		if d.Kind != "printer" {
			continue
		}
		printers++
		if d.State != queue.DeviceReady {
			worst = &r.devices[i]
		}
	}
	switch {
	case printers == 0:
		return missing("Chưa có máy in nào được ghép.", "No printer is paired yet.")
	case worst != nil && !worst.State.Prints():
		return missing("Máy in %s chưa in được.", "The printer %s cannot print.", worst.ID)
	case worst != nil:
		return look("Máy in %s: xin xem giấy.", "The printer %s: look at its paper.", worst.ID)
	}
	return fine("Máy in sẵn sàng, còn giấy.", "Printers are ready and have paper.")
}

func (r *readiness) boards() verdict {
	if !r.s.Demo && !r.holds(func(k staff.Key) bool { return k.Screen.Page == "board" || k.Role == staff.Display }) {
		return missing("Chưa có màn hình gọi số nào được ghép.", "No board is paired yet.")
	}
	return fine("Đã ghép màn hình gọi số.", "A board is paired.")
}

// tried wants a number of today that went the whole way, from paper to a counter.
func (r *readiness) tried() verdict {
	switch {
	case r.taken == 0:
		return look("Hôm nay chưa lấy thử số nào.", "No number was taken today.")
	case r.called == 0:
		return look("Hôm nay đã lấy số, chưa gọi thử.", "Numbers were taken today, none was called.")
	case !r.printed:
		return look("Hôm nay đã lấy và gọi số, chưa in thử phiếu nào.", "Numbers were taken and called today, none was printed.")
	}
	return fine("Hôm nay đã lấy, in và gọi số.", "Numbers were taken, printed and called today.")
}

// stale is how old the last backup may be.
const stale = 7 * 24 * time.Hour

func (r *readiness) backup() verdict {
	at := r.host.Backup
	switch {
	case at.IsZero():
		return missing("Chưa sao lưu lần nào. Chạy motcua backup và cất tệp ra ổ khác.", "No backup was made yet. Run motcua backup and keep the file on another disk.")
	case r.now.Sub(at) > stale:
		return look("Lần sao lưu cuối đã quá 7 ngày (%s).", "The last backup is more than 7 days old (%s).", at.In(queue.Zone).Format("02/01/2006"))
	}
	return fine("Sao lưu lần cuối: %s.", "Last backup: %s.", at.In(queue.Zone).Format("15:04 02/01/2006"))
}

func (r *readiness) address() verdict {
	u, err := url.Parse(r.s.BaseURL)
	host := ""
	if err == nil {
		host = u.Hostname()
	}
	ip := net.ParseIP(host)
	if host == "" || strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback() {
		return look("Chưa khai báo địa chỉ máy chủ (base_url): mã QR trên phiếu có thể không mở được.", "The server's address (base_url) is not set: codes on tickets may lead nowhere.")
	}
	return fine("Phiếu dẫn đến %s.", "Tickets lead to %s.", r.s.BaseURL)
}

func (r *readiness) tls() verdict {
	if r.s.TLS == nil && !strings.HasPrefix(r.s.BaseURL, "https://") {
		return look("Đường truyền trong mạng nội bộ chưa mã hóa (HTTPS).", "Traffic in the hall's network is not encrypted (HTTPS).")
	}
	return fine("Đường truyền được mã hóa (HTTPS).", "Traffic is encrypted (HTTPS).")
}

// firstYear is before every year in which this program runs: a clock that shows
// less has lost its battery.
const firstYear = 2026

func (r *readiness) clock() verdict {
	at := r.now.In(queue.Zone).Format("15:04 02/01/2006")
	switch {
	case r.now.Year() < firstYear:
		return missing("Đồng hồ máy chủ chạy sai: %s.", "The server's clock is wrong: %s.", at)
	case r.host.Clock == nil || !*r.host.Clock:
		return look("Đồng hồ máy chủ đang là %s; chưa thấy đồng bộ qua mạng, xin đối chiếu.", "The server's clock says %s and does not follow the network; please compare.", at)
	}
	return fine("Đồng hồ máy chủ được đồng bộ: %s.", "The server's clock follows the network: %s.", at)
}

func (r *readiness) store() verdict {
	if r.s.Extras.Trusted {
		return look("Chưa kiểm tra được kho dữ liệu có ghi xuống đĩa trước khi báo xong hay không (--trust-store).", "Whether the store writes to disk before it answers was not checked (--trust-store).")
	}
	return fine("Số đã cấp được ghi xuống đĩa trước khi báo xong.", "Every number is on disk before it is given out.")
}
