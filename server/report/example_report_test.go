package report

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"motcua/server/queue"
)

// exampleFigures are figures that agree with each other, of about n visits.
func exampleFigures(n int, salt float64) Figures {
	served := n * 92 / 100
	rated := int(float64(served) * (0.30 + salt/10))
	levels := []int{rated * 80 / 100, rated * 15 / 100, rated * 3 / 100, 0}
	levels[3] = rated - levels[0] - levels[1] - levels[2]
	f := Figures{Taken: n, Served: served, NoShow: n * 4 / 100, Cancelled: n * 2 / 100, Expired: n / 200, Transferred: n / 20, Transfers: n / 18,
		PingPong: n / 300, Again: n / 12, OutOfTurn: n / 150, Priority: n * 12 / 100, Recalls: n / 9,
		Wait:     Spread{N: served, Mean: 840 + 600*salt, Median: 700 + 500*salt, P90: 1900 + 900*salt},
		Service:  Spread{N: served, Mean: 420 + 300*salt, Median: 380 + 200*salt, P90: 900 + 300*salt},
		InTarget: Share{served * 86 / 100, served}, Told: Share{served * 79 / 100, served},
		Promise: Promise{served / 3, served / 40, served / 20}, HalfDay: Promise{served / 5, served / 90, served / 60},
		Use:     Use{Open: float64(n) * 700, Idle: float64(n) * 180, Calling: float64(n) * 30, Serving: float64(n) * 420, Paused: float64(n) * 70},
		Outcome: Outcomes{served / 3, served / 3, served / 20, served / 50, served / 5}}
	f.Rating = Rating{Asked: served, Rated: rated, Levels: levels, Content: Share{levels[0] + levels[1], rated}, Low: 0.93, High: 0.981,
		Points: 2*levels[0] + levels[1], Mean: 1.7, Sources: map[string]int{"keypad": rated}, Small: rated < 5, Refused: n / 80,
		Reasons: []Named{{"wait", "Chờ lâu", float64(rated / 20)}, {"guide", "Hướng dẫn chưa rõ", float64(rated / 40)}},
		Forms:   Forms{N: rated / 10, Q1: Mark{rated / 10, rated / 6, 1.7}, Q3: Mark{rated / 10, rated / 7, 1.4}, Q4: Mark{rated / 10, rated / 6, 1.6}, Q7: Mark{}}}
	if rated > 0 && salt > 0.8 {
		f.Rating.Low = 0.61
	}
	return f
}

func exampleRows(share map[string]float64, total int, names func(id string) string) []Row {
	var rows []Row
	for i, id := range slices.Sorted(maps.Keys(share)) {
		rows = append(rows, Row{ID: id, Name: names(id), Figures: exampleFigures(int(share[id]*float64(total)), float64(i%5)/5)})
	}
	return rows
}

// exampleReport is November 2026 of a ward's hall, with what stretches a page: long
// names, a small sample, an hour nobody came in.
func exampleReport() *Report {
	const total = 3874
	r := &Report{Query: Query{Branches: []string{"hoabinh"}, From: "2026-11-01", To: "2026-11-30"}, Days: 21, Fewest: 5, Ranked: 30, Sample: true,
		Made: time.Date(2026, 12, 1, 8, 5, 0, 0, queue.Zone), Total: exampleFigures(total, 0.3), By: map[Dimension][]Row{},
		Dossiers: &Dossiers{2840, 2711, 129, 12}}
	r.Total.Use.Open = 21 * 8 * 3600 * 6
	same := func(id string) string { return id }
	services := map[string]string{"a": "Chứng thực", "b": "Hộ tịch", "c": "Đất đai", "d": "Đăng ký kinh doanh", "e": "Trả kết quả",
		"f": "Xác nhận tình trạng hôn nhân, trợ cấp xã hội và chính sách người có công với cách mạng", "g": "Hướng dẫn"}
	r.By[ByService] = exampleRows(map[string]float64{"a": .31, "b": .22, "c": .17, "d": .06, "e": .18, "f": .058, "g": .002}, total, func(id string) string { return services[id] })
	r.By[ByField] = exampleRows(map[string]float64{"Hộ tịch": .4, "Đất đai": .3, "Chứng thực": .3}, total, same)
	r.By[ByProcedure] = exampleRows(map[string]float64{"1.001193": .1, "2.000815": .12}, total, func(id string) string {
		return id + " · Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản"
	})
	r.By[ByCounter] = exampleRows(map[string]float64{"01": .2, "02": .2, "03": .18, "04": .2, "05": .12, "06": .1}, total, func(id string) string { return "Quầy " + id })
	r.By[ByClerk] = exampleRows(map[string]float64{"Nguyễn Thị Lan": .4, "Trần Văn Hùng": .35, "Phạm Thu Hà": .25}, total, same)
	r.By[ByPriority] = exampleRows(map[string]float64{"": .88, "NCT": .07, "PNMT": .05}, total, func(id string) string {
		return map[string]string{"": "Không ưu tiên", "NCT": "Người cao tuổi", "PNMT": "Phụ nữ mang thai"}[id]
	})
	r.By[ByChannel] = exampleRows(map[string]float64{"kiosk": .8, "desk": .1, "booking": .07, "phone": .03}, total, func(id string) string {
		return map[string]string{"kiosk": "Máy lấy số", "desk": "Tại bàn", "booking": "Đặt trước", "phone": "Điện thoại"}[id]
	})
	r.By[ByBranch] = []Row{{ID: "hoabinh", Name: "Trung tâm Phục vụ hành chính công phường Hòa Bình", Figures: r.Total}}
	r.By[ByMonth] = []Row{{ID: "2026-11", Name: "Tháng 11/2026", Figures: r.Total}}
	hours := map[int]float64{7: .24, 8: .2, 9: .14, 10: .1, 11: .02, 13: .15, 14: .09, 15: .05, 16: .01}
	for _, h := range slices.Sorted(maps.Keys(hours)) {
		r.By[ByHour] = append(r.By[ByHour], Row{ID: fmt.Sprint(h), Name: fmt.Sprint(h, " giờ"), Figures: exampleFigures(int(hours[h]*total), hours[h]*4)})
		for day := 1; day <= 5; day++ {
			n := int(hours[h] * total / 5 * (1.4 - float64(day)/8))
			r.Heat[day][h] = Cell{Taken: n, Wait: 300 + float64(n)*8}
		}
	}
	// A counter that stood open in the evening, with nobody coming.
	r.By[ByHour] = append(r.By[ByHour], Row{ID: "22", Name: "22 giờ", Figures: Figures{Use: Use{Open: 3600, Idle: 3600}}})
	for day := 1; day <= 5; day++ {
		r.By[ByWeekday] = append(r.By[ByWeekday], Row{ID: fmt.Sprint(day), Name: "", Figures: exampleFigures(total/5, float64(day)/5)})
	}
	i := 0
	for d := r.Query.From; d <= r.Query.To; d = d.Add(1) {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			r.By[ByDay] = append(r.By[ByDay], Row{ID: string(d), Figures: exampleFigures(150+int(w)*-9+i*37%61, float64(i%7)/7)})
			i++
		}
	}
	for i := range r.Histogram {
		r.Histogram[i] = max(0, 600-i*i*9+i*20)
	}
	r.Histogram[24] = 3
	r.Pauses = []Named{{"rest", "Nghỉ giải lao", 51000}, {"meeting", "Họp đột xuất", 20000}}
	for i := range 30 {
		o := Override{Branch: "hoabinh", Seq: int64(9000 - i), At: queue.MillisOf(r.Query.From.Start().Add(time.Duration(700-i*20) * time.Hour)), Kind: "out_of_turn",
			Number: fmt.Sprintf("A%03d", 20+i), Visit: "v", Counter: "0" + fmt.Sprint(1+i%6), By: "Nguyễn Thị Lan", Reason: "Người cao tuổi đi cùng cháu nhỏ, đã trình giấy tờ"}
		if i%5 == 1 {
			o.Kind, o.Was, o.Became = "priority", "", "NCT"
		}
		r.Overrides = append(r.Overrides, o)
	}
	return r
}

func examplePaper(lang string) Paper {
	p := Paper{Lang: lang, Body: "Trung tâm Phục vụ hành chính công phường Hòa Bình",
		Letterhead: queue.LetterheadSetting{Above: "Ủy ban nhân dân phường Hòa Bình", Body: "Trung tâm Phục vụ hành chính công", Place: "Hòa Bình", Title: "Giám đốc", Signer: "Đỗ Thị Mỹ Hạnh"},
		Levels:     []string{"Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng"}}
	known := func(v float64) *float64 { return &v }
	for i := range 19 {
		b := Ranked{Branch: fmt.Sprint("u", i), Name: fmt.Sprintf("Đơn vị thứ %d", i+1), Kind: []string{"department", "district", "commune"}[i%3], Place: i/3 + 1,
			Figures: exampleFigures(400-i*15, 0.2), Indicators: [9]*float64{known(1.8), nil, known(1.5), known(1.6), nil, known(2), known(1.9)}, Points: 8.8, Most: 10, Scale: 15.8 - float64(i)*0.6, Class: "excellent"}
		switch {
		case i == 18:
			b.Place, b.Class, b.Scale, b.Indicators, b.Points = 0, "", 0, [9]*float64{}, 0
		case b.Scale < 12:
			b.Class = "fair"
		case b.Scale < 15:
			b.Class = "good"
		}
		p.Ranked = append(p.Ranked, b)
	}
	return p
}
