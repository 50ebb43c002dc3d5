package queue

// Services of the two ready-made branches.
const (
	civil     = "ho-tich"
	certify   = "chung-thuc"
	land      = "dat-dai"
	business  = "kinh-doanh"
	welfare   = "bao-tro"
	residence = "cu-tru"
	results   = "ket-qua"
)

// threeOClock is when the 15:00 notice begins to hold (product rules).
const threeOClock HM = "15:00"

// template is what the ready-made branches have in common: everything but the
// counters and the calendar.
func template(id string) Settings {
	return Settings{
		ID:         id,
		Tag:        TagFor(id),
		Name:       Text{VI: "Trung tâm Phục vụ hành chính công", EN: "Public Administrative Service Centre"},
		Services:   usualServices(),
		Priorities: usualPriorities(),
		Policy: PolicySetting{Mode: Interleave, N: 2, MaxWait: 60, HeadStart: 15,
			Basis: "Quy chế hoạt động của trung tâm: cứ 1 số ưu tiên thì gọi tối đa 2 số thường"},
		Rating:  usualRating(),
		Booking: BookingSetting{LateMinutes: 15, DaysAhead: 6},
		Pace:    PaceSetting{Kiosk: 3, Seconds: 60}, // a word to the guide, no refusal
		Hall:    HallSetting{Portal: nationalPortal, Conduct: usualConduct()},
		Box:     BoxSetting{KeepDays: 90},
		Board:   BoardSetting{Voice: VoiceSetting{On: true}}, // by the screens that have a loudspeaker
	}
}

// usualServices are the queues of a ward's hall. Typical times are the middle of
// what halls report (civil status 10-20 minutes, certification 3-8, land 15-30,
// results 2-4), else an estimate until the hall has its own figures.
func usualServices() []ServiceSetting {
	list := []ServiceSetting{
		{ID: civil, Prefix: "A", Field: "Hộ tịch", Fields: []string{"Nuôi con nuôi", "Quốc tịch"},
			Name:  Text{VI: "Hộ tịch, khai sinh, kết hôn", EN: "Civil status, births, marriages"},
			Short: Text{VI: "Hộ tịch", EN: "Civil status"}, Promise: Promise{Unit: HalfDays, Amount: 1}, Typical: 15,
			Late: LateNote{From: threeOClock, Text: Text{
				VI: "Hồ sơ nhận sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo.",
				EN: "A dossier received after 15:00 that cannot be settled at once is returned on the next working day."}}},
		{ID: certify, Prefix: "B", Field: "Chứng thực",
			Name:  Text{VI: "Chứng thực, sao y bản chính", EN: "Certification, certified copies"},
			Short: Text{VI: "Chứng thực", EN: "Certification"}, Promise: Promise{Unit: HalfDays, Amount: 1}, Typical: 5,
			Late: LateNote{From: threeOClock, Text: Text{
				VI: "Yêu cầu tiếp nhận sau 15 giờ được trả kết quả trong ngày làm việc tiếp theo.",
				EN: "A request received after 15:00 is returned on the next working day."}}},
		{ID: land, Prefix: "C", Field: "Đất đai", Fields: []string{"Hoạt động xây dựng", "Đăng ký biện pháp bảo đảm"},
			Name:  Text{VI: "Đất đai, xây dựng", EN: "Land, construction"},
			Short: Text{VI: "Đất đai", EN: "Land"}, Promise: Promise{Unit: ThisWeek}, Typical: 22},
		{ID: business, Prefix: "D", Field: "Thành lập và hoạt động của doanh nghiệp",
			Fields: []string{"Thuế", "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)", "Thành lập và hoạt động của tổ hợp tác, hợp tác xã, liên hiệp hợp tác xã"},
			Name:   Text{VI: "Kinh doanh, thuế", EN: "Business, taxes"},
			Short:  Text{VI: "Kinh doanh", EN: "Business"}, Promise: Promise{Unit: WorkingDays, Amount: 3}, Typical: 12},
		{ID: welfare, Prefix: "E", Field: "Bảo trợ xã hội", Fields: []string{"Người có công", "Thực hiện chính sách BHXH"},
			Name:  Text{VI: "Bảo trợ xã hội, người có công", EN: "Social protection, meritorious service"},
			Short: Text{VI: "Bảo trợ xã hội", EN: "Social protection"}, Promise: Promise{Unit: WorkingDays, Amount: 1.5}, Typical: 12},
		{ID: residence, Prefix: "F", Field: "Đăng ký, quản lý cư trú", Fields: []string{"Cấp, quản lý căn cước"},
			Name:  Text{VI: "Cư trú, căn cước", EN: "Residence, identity cards"},
			Short: Text{VI: "Cư trú", EN: "Residence"}, Promise: Promise{Unit: WorkingDays, Amount: 3}, Typical: 10},
		{ID: results, Prefix: "T",
			Name:  Text{VI: "Nhận kết quả", EN: "Collect results"},
			Short: Text{VI: "Kết quả", EN: "Results"}, Typical: 3, Kind: ResultService},
	}
	for i := range list {
		list[i].WaitTarget = 30
	}
	return list
}

// goldenDays are an example of "Hai ngày vàng trong tuần": land on Tuesdays and
// Thursdays, returned the same day.
func goldenDays() []Special {
	return []Special{{Weekdays: []int{2, 4}, Services: []string{land}, Promise: &Promise{Unit: CalendarDays, Amount: 0}}}
}

// noSlipDays are an example of "Ngày không phiếu hẹn".
func noSlipDays() []Special {
	return []Special{{Weekdays: []int{5}, Services: []string{civil, certify}}}
}

// usualPriorities are groups that halls commonly put first. No law settles who
// goes first in such a queue: the hall's own rules do, and name what they lean on.
func usualPriorities() []PrioritySetting {
	return []PrioritySetting{
		{ID: "NCT", Name: Text{VI: "Người từ 75 tuổi", EN: "Aged 75 or over"},
			Basis: "Quy chế hoạt động của trung tâm; Luật Người cao tuổi số 39/2009/QH12"},
		{ID: "NKT", Name: Text{VI: "Người khuyết tật", EN: "Person with disability"},
			Basis: "Quy chế hoạt động của trung tâm; Luật Người khuyết tật số 51/2010/QH12"},
		{ID: "PNMT", Name: Text{VI: "Phụ nữ mang thai, bế con nhỏ", EN: "Pregnant or with a small child"},
			Basis: "Quy chế hoạt động của trung tâm"},
		{ID: "NCC", Name: Text{VI: "Người có công với cách mạng", EN: "Person with meritorious service"},
			Basis: "Quy chế hoạt động của trung tâm; Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14"},
		{ID: "TE", Name: Text{VI: "Đi cùng trẻ dưới 6 tuổi", EN: "With a child under 6"},
			Basis: "Quy chế hoạt động của trung tâm"},
	}
}

func usualRating() RatingSetting {
	return RatingSetting{
		Levels: []RatingLevel{
			{ID: "very-satisfied", Name: Text{VI: "Rất hài lòng", EN: "Very satisfied"}, Value: 2},
			{ID: "satisfied", Name: Text{VI: "Hài lòng", EN: "Satisfied"}, Value: 2},
			{ID: "neutral", Name: Text{VI: "Bình thường", EN: "Neutral"}, Value: 1},
			{ID: "not-satisfied", Name: Text{VI: "Không hài lòng", EN: "Not satisfied"}, Value: 0},
		},
		Reasons: []RatingLevel{
			{ID: "long-wait", Name: Text{VI: "Chờ lâu", EN: "Long wait"}},
			{ID: "unclear", Name: Text{VI: "Hướng dẫn chưa rõ", EN: "Unclear guidance"}},
			{ID: "attitude", Name: Text{VI: "Thái độ", EN: "Attitude"}},
			{ID: "complicated", Name: Text{VI: "Thủ tục phức tạp", EN: "Complicated procedure"}},
			{ID: "many-visits", Name: Text{VI: "Phải đi lại nhiều lần", EN: "Too many visits"}},
		},
		Window: 30,
	}
}
