package queue

// DemoSettings is the branch of `motcua demo`: a ward's hall that is open at any
// hour, without quotas. Every service is served by at least two counters, the
// first one by all of them.
func DemoSettings() Settings {
	s := template("hoabinh")
	s.Tag = "hb"
	s.Place = Text{VI: "Phường Hòa Bình", EN: "Hòa Bình Ward"}
	s.Counters = demoCounters()
	s.Hall = demoHall()
	s.Box.Open = true
	s.Report.Letterhead = LetterheadSetting{Above: "ỦY BAN NHÂN DÂN PHƯỜNG HÒA BÌNH", Place: "Hòa Bình", Title: "GIÁM ĐỐC"}
	s.Report.Indicators = map[string]int{"6": 2} // the demo posts its procedures on screens and on paper
	s.Calendar = Calendar{
		Always: true,
		Halves: []Half{},
		Week:   []WeekDay{},
		Golden: goldenDays(),
		NoSlip: noSlipDays(),
	}
	return s
}

func demoCounters() []CounterSetting {
	list := []CounterSetting{
		counterOf("1", "01", civil, results),
		counterOf("2", "02", civil, certify),
		counterOf("3", "03", civil, certify),
		counterOf("4", "04", certify, civil),
		counterOf("5", "05", certify, civil),
		counterOf("6", "06", land, civil),
		counterOf("7", "07", land, business, civil),
		counterOf("8", "08", welfare, residence, civil),
		counterOf("9", "09", residence, welfare, business, civil),
		counterOf("10", "10", results, civil),
	}
	for i, name := range demoClerks {
		list[i].Clerk = name
	}
	return list
}

// demoClerks are made-up names, by counter: the hall's reports speak of officers.
// The hall shows none of them to visitors (CounterSetting.Shown).
var demoClerks = []string{"Nguyễn Kim Lan", "Bùi Minh Hùng", "Hà Thanh Hương", "Phạm Hữu Tuấn", "Đinh Xuân Mai",
	"Trần Ngọc Dũng", "Vũ Quang Hoa", "Lương Phương Sơn", "Hoàng Thu Nga", "Quách Đức Thắng"}

// counterOf makes a counter that calls over all its services by arrival.
func counterOf(id, label string, services ...string) CounterSetting {
	return CounterSetting{ID: id, Label: label, Services: services}
}
