package wire

import (
	"strconv"
	"strings"

	"motcua/server/queue"
)

// PromiseText says a promise in words: the same on the kiosk and on the printed
// ticket. Empty when nothing is promised.
func PromiseText(p queue.Promise) queue.Text {
	en := strconv.FormatFloat(p.Amount, 'f', -1, 64)
	vi := strings.Replace(en, ".", ",", 1)
	switch {
	case p.Unit == queue.HalfDays && p.Amount <= 1:
		return queue.Text{VI: "Trả kết quả trong buổi", EN: "Result within this half-day"}
	case p.Unit == queue.HalfDays:
		return queue.Text{VI: "Trả kết quả trong " + vi + " buổi làm việc", EN: "Result within " + en + " half-days"}
	case p.Unit == queue.WorkingDays:
		return queue.Text{VI: "Trả kết quả trong " + vi + " ngày làm việc", EN: "Result within working days: " + en}
	case p.Unit == queue.CalendarDays && p.Amount == 0:
		return queue.Text{VI: "Trả kết quả trong ngày", EN: "Result within the day"}
	case p.Unit == queue.CalendarDays:
		return queue.Text{VI: "Trả kết quả trong " + vi + " ngày", EN: "Result within days: " + en}
	case p.Unit == queue.ThisWeek:
		return queue.Text{VI: "Trả kết quả trong tuần", EN: "Result within this week"}
	}
	return queue.Text{}
}
