package report

import (
	"slices"

	"motcua/server/queue"
)

// Definitions says how every figure is counted, in the order of a report. Their ids
// are those of the visits that can be listed behind them.
func Definitions() []Definition {
	list := slices.Concat(visitDefinitions, timeDefinitions, promiseDefinitions, ratingDefinitions, hallDefinitions)
	for i := range list {
		list[i].Visits = visitFigures[list[i].ID]+transactionFigures[list[i].ID] != ""
	}
	return list
}

func define(id, vi, en, textVI, textEN, source string) Definition {
	return Definition{ID: id, Name: queue.Text{VI: vi, EN: en}, Text: queue.Text{VI: textVI, EN: textEN}, Source: source}
}

var visitDefinitions = []Definition{
	define("taken", "Lấy số", "Taken",
		"Số lượt đã được cấp số trong khoảng ngày, kể cả lượt sau đó hủy hoặc hết ngày. Lượt đặt hẹn chỉ tính khi người dân đã đến. Lượt nhận trực tiếp tại quầy rồi hoàn tác ngay vẫn tính là đã lấy số và đã hủy, vì số của lượt đó không được cấp lại. Mỗi lượt thuộc hàng chờ đã lấy số; với từng quầy và cán bộ, lượt được tính ở mỗi nơi đã phục vụ, nên tổng các quầy có thể lớn hơn tổng chung. Lượt chưa ai phục vụ được tính ở quầy gọi sau cùng.",
		"Visits that were given a number in the span, also those cancelled or expired later. A booking counts once its visitor has come. A walk-in taken at the counter and taken back at once counts as taken and cancelled: its number is not given out again. A visit belongs to the service it was taken for; by counter and clerk it counts wherever it was served, so the counters may add up to more than the total. A visit nobody served counts at the counter that called it last.", ""),
	define("served", "Đã phục vụ", "Served",
		"Số lượt có ít nhất một lượt phục vụ.",
		"Visits with at least one transaction.", ""),
	define("no_show", "Vắng mặt", "No-show",
		"Số lượt được gọi mà không đến quầy ít nhất một lần, kể cả lượt sau đó được gọi lại và phục vụ.",
		"Visits that did not come to a call at least once, also those reinstated and served later.", ""),
	define("cancelled", "Hủy", "Cancelled",
		"Số lượt kết thúc vì người dân hoặc cán bộ hủy.",
		"Visits that ended because the visitor or the staff cancelled them.", ""),
	define("expired", "Hết ngày chưa phục vụ", "Expired",
		"Số lượt còn chờ, đang gọi, đang giữ lại hoặc vắng mặt khi đóng ngày.",
		"Visits that were waiting, called, parked or absent when the day closed.", ""),
	define("transferred", "Lượt bị chuyển", "Transferred visits",
		"Số lượt được chuyển ít nhất một lần sang quầy hoặc hàng chờ khác.",
		"Visits that were transferred at least once to another counter or service.", ""),
	define("transfers", "Số lần chuyển", "Transfers",
		"Tổng số lần chuyển của các lượt.",
		"All transfers of the visits.", ""),
	define("ping_pong", "Chuyển qua chuyển lại", "Ping-pong transfers",
		"Số lần một lượt bị chuyển trở lại quầy hoặc hàng chờ mà trước đó nó đã bị chuyển đi.",
		"Transfers that sent a visit back to a counter or service it had been sent away from.", ""),
	define("again", "Phải đến lại", "Repeat visits",
		"Số lượt được phục vụ thêm lần nữa cho cùng một hàng chờ (chẳng hạn bị chuyển đi rồi chuyển lại), hoặc kết thúc với yêu cầu bổ sung hồ sơ. Lượt được giữ lại rồi gọi tiếp không tính.",
		"Visits that were served once more for the same service (sent away and back, say), or that ended with papers to be supplemented. To be kept aside and called to go on does not count.", ""),
	define("out_of_turn", "Gọi ngoài thứ tự", "Calls out of turn",
		"Số lần cán bộ gọi một số đã chọn thay vì số đến lượt. Mỗi lần gọi có lý do trong bảng ngoại lệ.",
		"Calls of a chosen number in place of the next one. Each is listed with its reason among the exceptions.", ""),
	define("priority", "Ưu tiên", "Priority",
		"Số lượt thuộc một nhóm ưu tiên.",
		"Visits that belong to a priority group.", ""),
	define("recalls", "Gọi lại", "Recalls",
		"Số lần nhắc lại một số vừa gọi, trừ các lần đã được hoàn tác.",
		"How often a number just called was called once more, without those undone.", ""),
}

var timeDefinitions = []Definition{
	define("wait", "Thời gian chờ", "Wait",
		"Từ lúc lấy số đến lần gọi đầu tiên; với lượt đặt hẹn, từ giờ hẹn hoặc giờ đến, tính theo giờ muộn hơn. Lượt chưa được gọi, hoặc được cán bộ nhận trực tiếp tại quầy, không có thời gian chờ. Trung vị là giá trị ở giữa (số lượt chẵn thì lấy trung bình hai giá trị giữa); P90 là mức nhỏ nhất mà ít nhất 90% lượt không chờ lâu hơn.",
		"From taking the number to the first call; of a booking from the booked time or the arrival, whichever is later. Visits never called, and walk-ins taken at the counter, have no wait. The median is the middle value (of an even count the mean of the two); P90 is the smallest value that at least 90% do not exceed.", ""),
	define("in_target", "Chờ trong mục tiêu", "Within target",
		"Trong số lượt đã được gọi, số lượt chờ không quá mục tiêu của hàng chờ.",
		"Of the visits that were called, those that waited no longer than the service's target.", ""),
	define("over_target", "Chờ quá mục tiêu", "Beyond target",
		"Trong số lượt đã được gọi, số lượt chờ lâu hơn mục tiêu của hàng chờ.",
		"Of the visits that were called, those that waited longer than the service's target.", ""),
	define("told", "Chờ không quá thời gian đã báo", "Within the time told",
		"Trong số lượt đã được gọi và đã được báo thời gian chờ khi lấy số, số lượt chờ không quá mức cao của thời gian đã báo.",
		"Of the visits that were called and had been told a wait, those that waited no longer than the upper end of it.", ""),
	define("over_told", "Chờ quá thời gian đã báo", "Beyond the time told",
		"Trong số lượt đã được gọi và đã được báo thời gian chờ, số lượt chờ lâu hơn mức cao của thời gian đã báo.",
		"Of the visits that were called and had been told a wait, those that waited longer than the upper end of it.", ""),
	define("service", "Thời gian phục vụ", "Service time",
		"Của mỗi lượt phục vụ đã kết thúc, từ lúc bắt đầu đến lúc kết thúc tại một quầy. Lượt kết thúc do đóng ngày không tính vì không rõ đã xong lúc nào. Lượt phục vụ thuộc hàng chờ, quầy, cán bộ và giờ bắt đầu của chính nó.",
		"Of every transaction that has ended, from its start to its end at one counter. One that the day's end cut off is left out: nobody knows when it was done. A transaction belongs to its own service, counter, clerk and hour of start.", ""),
	define("use", "Thời gian của quầy", "Time of the counters",
		"Quầy mở gồm: chờ việc (không có ai ở quầy), đang gọi, đang phục vụ, tạm nghỉ. Thời gian đóng quầy không tính. Trạng thái còn kéo dài được tính đến lúc lập báo cáo, nhiều nhất đến hết ngày. Khi báo cáo lọc theo hàng chờ, lĩnh vực, thủ tục, nhóm ưu tiên hoặc kênh, thời gian này để trống vì quầy không thuộc riêng loại nào.",
		"An open counter is idle (nobody there), calling, serving or paused. Closed time does not count. A state that still lasts counts until the report was made, at most until its day was over. A report filtered by service, field, procedure, priority group or channel leaves it empty: a counter's time belongs to none of them.", ""),
	define("pauses", "Tạm nghỉ theo lý do", "Pauses by reason",
		"Tổng thời gian tạm nghỉ của các quầy theo lý do cán bộ đã chọn.",
		"The time counters were paused, by the reason the clerk gave.", ""),
	define("heat", "Bản đồ nhiệt", "Heat map",
		"Số lượt lấy số và trung vị thời gian chờ theo thứ trong tuần và giờ lấy số.",
		"Numbers taken and the median wait, by weekday and hour of taking the number.", ""),
	define("histogram", "Phân bố thời gian chờ", "Lengths of waits",
		"Số lượt theo từng mức 5 phút thời gian chờ; mức cuối gồm mọi lượt chờ từ 120 phút.",
		"Visits by five minutes of wait; the last holds all from 120 minutes on.", ""),
}

var promiseDefinitions = []Definition{
	define("promise", "Giữ cam kết", "Promise kept",
		"Trong số lượt phục vụ đã kết thúc mà hàng chờ có cam kết thời hạn và đã biết kết quả, phần trả kết quả đúng hạn. Lượt chuyển đi hoặc giữ lại được xét ở lượt phục vụ sau, nhưng thời hạn vẫn tính từ lần đầu được phục vụ cho hàng chờ đó. Lượt chưa xác định được nêu riêng, không bao giờ tính là đúng hạn.",
		"Of the ended transactions whose service promised a time and whose end is known, those with the result in time. What was transferred or parked is judged by its later transaction, but it falls due as counted from the first one for that service. Unknown ones stand apart and never count as kept.", "NĐ 61/2018/NĐ-CP Đ30"),
	define("half_day", "Giữ cam kết trong buổi", "Promise kept, half-days",
		"Như giữ cam kết, chỉ với các hàng chờ cam kết tính bằng buổi.",
		"As promise kept, of the services that promise in half-days only.", ""),
	define("kept", "Cam kết: đúng hạn", "Promise: kept",
		"Kết quả hoàn thành trước thời hạn đã cam kết, hoặc hồ sơ tiếp nhận được trả đúng hạn theo dữ liệu hồ sơ.",
		"Done before it fell due, or received and returned in time by the dossiers' data.", ""),
	define("broken", "Cam kết: trễ hạn", "Promise: broken",
		"Kết quả có sau thời hạn đã cam kết.",
		"The result came after it fell due.", ""),
	define("unknown", "Cam kết: chưa xác định", "Promise: unknown",
		"Đã cam kết nhưng chưa có dữ liệu để biết đúng hạn hay trễ hạn.",
		"Something was promised and nobody told yet whether it was kept.", ""),
	define("outcome_done", "Kết quả: hoàn thành", "Outcome: done",
		"Lượt phục vụ kết thúc với kết quả được trả ngay.", "Transactions that ended with the result handed over.", ""),
	define("outcome_received", "Kết quả: tiếp nhận", "Outcome: received",
		"Lượt phục vụ kết thúc với hồ sơ được tiếp nhận, trả kết quả sau.", "Transactions that ended with the dossier received, its result to come.", ""),
	define("outcome_supplement", "Kết quả: bổ sung", "Outcome: supplement",
		"Lượt phục vụ kết thúc với yêu cầu bổ sung hồ sơ.", "Transactions that ended with papers to be supplemented.", ""),
	define("outcome_refused", "Kết quả: từ chối", "Outcome: refused",
		"Lượt phục vụ kết thúc với hồ sơ bị từ chối tiếp nhận.", "Transactions that ended with the dossier refused.", ""),
	define("outcome_guided", "Kết quả: hướng dẫn", "Outcome: guided",
		"Lượt phục vụ kết thúc sau khi hướng dẫn.", "Transactions that ended with guidance.", ""),
	define("dossiers", "Hồ sơ", "Dossiers",
		"Số hồ sơ tiếp nhận, đã giải quyết, đang giải quyết và quá hạn theo phần mềm một cửa; hệ thống xếp hàng chỉ hiển thị lại.",
		"Dossiers received, resolved, pending and overdue as the one-stop software told; the queue only repeats them.", ""),
}
