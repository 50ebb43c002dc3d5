package queue

import (
	"fmt"
	"strings"
)

// problemWord is one kind of problem: a stable code for programs, and a sentence
// for people. The sentences take the same arguments as the form they stand for.
type problemWord struct {
	code string
	Text
}

// Code is the stable name of this kind of problem.
func (p Problem) Code() string { return problemWords[p.Form].code }

// Words is the problem as a sentence for people.
func (p Problem) Words() Text {
	w := problemWords[p.Form]
	return Text{VI: filled(w.VI, p.Args), EN: filled(w.EN, p.Args)}
}

func filled(form string, args []any) string {
	if !strings.Contains(form, "%") {
		return form
	}
	return fmt.Sprintf(form, args...)
}

// problemWords has every kind of problem by its form.
var problemWords = map[string]problemWord{
	"must be %d to %d":                            {"range", Text{"Xin ghi một số từ %d đến %d.", "Enter a number from %d to %d."}},
	"must be %d to %d, or 0 for the default":      {"range_or_usual", Text{"Xin ghi một số từ %d đến %d, hoặc để trống để dùng mức mặc định.", "Enter a number from %d to %d, or leave it empty for the usual one."}},
	"must be %g to %g in steps of %g":             {"range_steps", Text{"Xin ghi một số từ %g đến %g, cách nhau %g.", "Enter a number from %g to %g in steps of %g."}},
	"must have %d to %d entries":                  {"count", Text{"Danh sách này có từ %d đến %d mục.", "This list has %d to %d entries."}},
	"must not be negative":                        {"negative", Text{"Số này không được âm.", "This number cannot be negative."}},
	"must be more than 0 and at most 480 minutes": {"typical", Text{"Xin ghi số phút lớn hơn 0, nhiều nhất 480.", "Enter minutes above 0, 480 at most."}},
	"must be 10 to 100 inches":                    {"diagonal", Text{"Xin ghi kích thước từ 10 đến 100 inch.", "Enter a size from 10 to 100 inches."}},

	"is missing":                                 {"missing", Text{"Xin điền mục này.", "Fill this in."}},
	"is not UTF-8":                               {"encoding", Text{"Có ký tự không đọc được, xin gõ lại.", "It has characters that cannot be read; type it again."}},
	"is longer than %d characters":               {"long", Text{"Xin rút gọn, nhiều nhất %d ký tự.", "Shorten it to %d characters at most."}},
	"has a control character":                    {"control", Text{"Có ký tự ẩn hoặc xuống dòng, xin gõ lại.", "It has a hidden character or a line break; type it again."}},
	"begins or ends with a space":                {"spaces", Text{"Xin bỏ khoảng trắng ở đầu hoặc cuối.", "Remove the space at its beginning or end."}},
	"is used twice":                              {"twice", Text{"Đã có mục khác dùng giá trị này, xin chọn giá trị khác.", "Another entry has this already; choose a different one."}},
	"is listed twice":                            {"listed_twice", Text{"Mục này có hai lần trong danh sách, xin bỏ bớt một.", "This stands twice in the list; remove one."}},
	"no %s has the id %.40q":                     {"unknown_id", Text{"Danh sách có mục “%[2]s” không còn nữa, xin bỏ ra hoặc chọn mục khác.", "The list names “%[2]s”, which is there no longer; remove it or choose another."}},
	"must be 1-32 characters of a-z 0-9 -":       {"id", Text{"Mã gồm 1 đến 32 ký tự: chữ thường không dấu a-z, số, dấu gạch ngang.", "An id has 1 to 32 characters: a-z, digits, hyphens."}},
	"must be 1-16 characters of A-Z a-z 0-9 - _": {"priority_id", Text{"Mã gồm 1 đến 16 ký tự: chữ không dấu, số, gạch ngang, gạch dưới.", "An id has 1 to 16 characters: letters, digits, - and _."}},
	"must be two characters of A-Z a-z 0-9 - _":  {"tag", Text{"Dấu hiệu của trung tâm gồm đúng hai ký tự: chữ không dấu, số, gạch ngang hoặc gạch dưới.", "The hall's tag is two characters: letters, digits, - or _."}},
	"must be one or two capital letters A-Z":     {"prefix", Text{"Chữ đầu của số gồm một hoặc hai chữ in hoa từ A đến Z.", "A number begins with one or two capital letters A to Z."}},

	"must be a time of day like 07:30":                            {"time", Text{"Xin ghi giờ như 07:30.", "Enter a time of day like 07:30."}},
	"must be a day like 2026-11-21":                               {"day", Text{"Xin chọn một ngày có trong lịch.", "Choose a day that exists."}},
	"must be a date mm-dd":                                        {"date", Text{"Xin chọn ngày và tháng có trong lịch.", "Choose a day and month that exist."}},
	"must be after from":                                          {"time_order", Text{"Giờ kết thúc phải sau giờ bắt đầu.", "The end must be after the beginning."}},
	"must not be before from":                                     {"day_order", Text{"Ngày cuối không được trước ngày đầu.", "The last day cannot be before the first."}},
	"is before the first day":                                     {"day_order", Text{"Ngày cuối không được trước ngày đầu.", "The last day cannot be before the first."}},
	"is more than 60 days after from":                             {"long_holiday", Text{"Một đợt nghỉ dài nhiều nhất 60 ngày.", "A holiday lasts 60 days at most."}},
	"must be within the half-day, not before take":                {"cut_off", Text{"Giờ ngừng cấp số phải nằm trong buổi và không trước giờ bắt đầu cấp số.", "The cut-off must be within the half-day, and not before numbers are given."}},
	"begins before the one before it ends":                        {"overlap", Text{"Buổi này bắt đầu trước khi buổi trước kết thúc.", "This half-day begins before the one before it ends."}},
	"is outside the half-day":                                     {"outside_half", Text{"Giờ này nằm ngoài buổi làm việc.", "This time is outside the half-day."}},
	"is not a half-day of the calendar":                           {"unknown_half", Text{"Lịch làm việc không có buổi này.", "The calendar has no such half-day."}},
	"must be the usual half-days, by id and in order":             {"season_halves", Text{"Mùa này phải có đủ các buổi như lịch thường, theo đúng thứ tự.", "The season must have the usual half-days, in the same order."}},
	"shares days with seasons[%d]":                                {"season_overlap", Text{"Có ngày trùng với mùa thứ %[1]d trong danh sách (đếm từ 0).", "It shares days with season %[1]d of the list (counted from 0)."}},
	"must be a working weekday":                                   {"weekday", Text{"Ngày làm bù phải theo giờ của một thứ có làm việc.", "A made-up day must be like a weekday that is worked."}},
	"must be before 24:00":                                        {"closing", Text{"Giờ kết thúc ngày phải trước 24:00.", "The day must close before 24:00."}},
	"is before the last half-day ends":                            {"closing_early", Text{"Giờ kết thúc ngày sớm hơn giờ kết thúc buổi cuối.", "The day would close before its last half-day ends."}},
	"must be half_days, working_days, calendar_days or this_week": {"unit", Text{"Xin chọn cách tính hạn: buổi, ngày làm việc, ngày, hoặc trong tuần.", "Choose half-days, working days, calendar days or this week."}},

	"is open, but no counter serves it":                    {"unserved", Text{"Hàng chờ đang mở nhưng chưa có quầy nào phục vụ. Xin giao cho một quầy, hoặc tạm ngừng hàng chờ.", "The queue is open, but no counter serves it. Give it to a counter, or close it."}},
	"is open, but in no half-day that is worked":           {"never_open", Text{"Hàng chờ đang mở nhưng không có buổi làm việc nào để cấp số.", "The queue is open, but in no half-day that is worked."}},
	"is in another group already":                          {"grouped", Text{"Hàng chờ này đã nằm trong nhóm khác.", "This queue is in another group already."}},
	"must be post, online_help or results, or be left out": {"kind", Text{"Xin chọn loại hàng chờ có trong danh sách, hoặc để trống.", "Choose one of the kinds, or none."}},
	"must be arrival, listed or weighted":                  {"merge", Text{"Xin chọn cách gọi khi quầy phục vụ nhiều hàng chờ.", "Choose how a counter with several queues calls."}},
	"listed needs policy.max_wait":                         {"merge_wait", Text{"Gọi theo thứ tự hàng chờ cần có thời gian chờ tối đa trong quy tắc ưu tiên.", "Calling in the order of the list needs a longest wait in the priority rule."}},
	"are only for merge weighted":                          {"weights", Text{"Tỷ lệ chỉ dùng khi quầy gọi theo tỷ lệ.", "Weights are only for calling by weight."}},
	"must be as many as services":                          {"weights_count", Text{"Mỗi hàng chờ của quầy cần một tỷ lệ.", "Each queue of the counter needs a weight."}},
	"must be interleave, strict or headstart":              {"mode", Text{"Xin chọn một cách ưu tiên có trong danh sách.", "Choose one of the ways of giving priority."}},
	"must be at least 1 for interleave":                    {"mode_n", Text{"Gọi xen kẽ cần ghi ít nhất 1 lượt ưu tiên.", "Interleaving needs at least 1."}},
	"must be at least 1 minute for strict":                 {"mode_wait", Text{"Ưu tiên trước hết cần thời gian chờ tối đa, ít nhất 1 phút.", "Strict priority needs a longest wait of at least 1 minute."}},
	"must be at least 1 minute for headstart":              {"mode_head", Text{"Ưu tiên cộng thời gian cần ghi ít nhất 1 phút.", "A head start needs at least 1 minute."}},
	"must not be better than the level before: best first": {"levels", Text{"Các mức xếp từ tốt nhất đến kém nhất.", "Levels stand from best to worst."}},

	"must name a file of the media": {"media", Text{"Xin chọn một tệp trong kho ảnh, phim.", "Choose a file of the hall's media."}},
	"must be the name of a file of the media folder: letters a-z, digits, - _ and an ending, without a path": {"media_name", Text{"Tên tệp gồm chữ không dấu, số, - và _, có đuôi tệp.", "A file's name has letters a-z, digits, - and _, and an ending."}},
	"needs a file or a text":                                              {"slide", Text{"Mục trình chiếu cần có tệp hoặc câu chữ.", "A slide needs a file or a text."}},
	"must be a telephone number like 024 3825 1234":                       {"phone", Text{"Xin ghi số điện thoại như 024 3825 1234.", "Enter a telephone number like 024 3825 1234."}},
	"must be an e-mail address":                                           {"email", Text{"Xin ghi địa chỉ thư điện tử.", "Enter an e-mail address."}},
	"must be a procedure's code like 1.001193":                            {"procedure", Text{"Xin ghi mã thủ tục như 1.001193.", "Enter a procedure's code like 1.001193."}},
	"must be an address like https://dichvucong.gov.vn":                   {"address", Text{"Xin ghi địa chỉ như https://dichvucong.gov.vn.", "Enter an address like https://dichvucong.gov.vn."}},
	"is missing: within how many seconds pace.kiosk tickets are too many": {"pace", Text{"Xin ghi trong bao nhiêu giây thì số phiếu ấy là quá nhiều.", "Say within how many seconds so many tickets are too many."}},
	"needs the network's name in paper.wifi":                              {"wifi", Text{"Có mật khẩu Wi-Fi thì cần ghi cả tên mạng.", "A Wi-Fi password needs the network's name."}},
	"must be 8-63 characters of ASCII, or - for a network without a key":  {"wifi_key", Text{"Mật khẩu Wi-Fi gồm 8 đến 63 ký tự không dấu; mạng không có mật khẩu thì ghi dấu -.", "A Wi-Fi password has 8 to 63 plain characters; - for a network without one."}},
	"%.10q is none of 2, 5, 6, 8, 9":                                      {"indicator", Text{"Chỉ tự chấm các chỉ số 2, 5, 6, 8, 9.", "Only indicators 2, 5, 6, 8 and 9 are told by people."}},
	"must be day, week, month, quarter or year":                           {"span", Text{"Xin chọn kỳ báo cáo: ngày, tuần, tháng, quý hoặc năm.", "Choose day, week, month, quarter or year."}},
	"must be pdf, xlsx or csv":                                            {"format", Text{"Xin chọn dạng tệp: pdf, xlsx hoặc csv.", "Choose pdf, xlsx or csv."}},
	"must be south, or empty for the northern words":                      {"region", Text{"Xin chọn cách đọc có trong danh sách.", "Choose one of the ways of speaking."}},
	"must be whole, or empty for digit by digit":                          {"numbers", Text{"Xin chọn cách đọc số có trong danh sách.", "Choose one of the ways of reading numbers."}},
	"is not the tag of a language":                                        {"language", Text{"Đây không phải mã ngôn ngữ.", "This is not the tag of a language."}},
	"is spoken anyway":                                                    {"language_twice", Text{"Ngôn ngữ này đã được đọc rồi.", "This language is spoken already."}},
	"is none of the zones":                                                {"zone", Text{"Xin chọn một khu vực có trong danh sách.", "Choose one of the zones."}},

	"must be set where the id ends in %s, and nowhere else": {"training", Text{"Chỉ trung tâm đào tạo có mã kết thúc bằng “%s”.", "A hall for practice has an id that ends in “%s”, and no other has."}},

	"is none of the kinds":  {"notice_kind", Text{"Xin chọn loại thông báo có trong danh sách.", "Choose one of the kinds of notices."}},
	"is not for this kind":  {"notice_part", Text{"Loại thông báo này không có mục này.", "This kind of notice does not have this."}},
	"are not for this kind": {"notice_part", Text{"Loại thông báo này không có mục này.", "This kind of notice does not have this."}},

	"counter %s is busy and would vanish":                                {"counter_busy", Text{"Quầy này đang có người, chưa bỏ được.", "This counter has a visitor and cannot be removed yet."}},
	"visitors wait for counter %s, which would vanish":                   {"counter_waited", Text{"Có người đang chờ riêng quầy này, chưa bỏ được.", "Visitors wait for this counter; it cannot be removed yet."}},
	"visitors wait for service %s, which would vanish: close it instead": {"service_waited", Text{"Còn người ở hàng chờ này, chưa bỏ được. Xin tạm ngừng hàng chờ, rồi bỏ vào ngày khác.", "Visitors wait in this queue. Close it now, and remove it another day."}},
	"visitors of service %s hold numbers with the prefix %s":             {"prefix_held", Text{"Còn người giữ số bắt đầu bằng chữ %[2]s, chưa đổi chữ được hôm nay.", "Visitors hold numbers with the letter %[2]s; it cannot be changed today."}},
	"visitors wait for service %s, which no counter would serve":         {"service_unserved", Text{"Còn người ở hàng chờ này mà không còn quầy nào phục vụ. Xin giao cho ít nhất một quầy.", "Visitors wait in this queue, and no counter would serve it. Give it to a counter."}},
}
