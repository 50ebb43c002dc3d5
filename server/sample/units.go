package sample

import (
	"fmt"

	"motcua/server/queue"
)

// Unit is one hall of a made-up province.
type Unit struct {
	Kind     string // department, district, commune
	Settings queue.Settings
	Options  Options
}

// Units are 19 small halls, as many and of the kinds that a pilot of one-stop halls
// began with: 7 departments, 4 districts of before July 2025 and 8 communes, each
// with one or two visits a day. They give the comparison of halls something to
// compare; their names say that they are made up.
func Units(seed uint64) []Unit {
	var list []Unit
	add := func(kind, id, name string, mood float64, services ...string) {
		list = append(list, Unit{Kind: kind, Settings: unitSettings(id, name, services),
			Options: Options{Seed: seed + uint64(len(list)) + 1, Kind: Quiet, Mood: mood}})
	}
	for i, name := range []string{"Nội vụ", "Tài chính", "Tư pháp", "Xây dựng", "Y tế", "Nông nghiệp và Môi trường", "Công Thương"} {
		add("department", fmt.Sprintf("so-%d", i+1), "Sở "+name+" (mẫu)", []float64{0.6, 1, 2.5, 0.8}[i%4], "kinh-doanh", "bao-tro", "ket-qua")
	}
	for i := range 4 {
		add("district", fmt.Sprintf("huyen-%d", i+1), fmt.Sprintf("Chi nhánh số %d, huyện cũ (mẫu)", i+1), []float64{1, 4, 0.5, 1.5}[i],
			"ho-tich", "chung-thuc", "dat-dai", "ket-qua")
	}
	for i, name := range []string{"An Bình", "Tân Lập", "Phú Sơn", "Đồng Tâm", "Hòa Lạc", "Minh Khai", "Vạn Xuân", "Yên Mỹ"} {
		add("commune", fmt.Sprintf("xa-%d", i+1), "Xã "+name+" (mẫu)", []float64{0.7, 1, 3, 0.4, 1.6}[i%5],
			"ho-tich", "chung-thuc", "dat-dai", "bao-tro", "ket-qua")
	}
	return list
}

// unitSettings is a hall of one counter that serves everything.
func unitSettings(id, name string, services []string) queue.Settings {
	set := queue.ProductionSettings(id)
	set.Name = queue.Text{VI: name}
	set.Services = nil
	for _, s := range services {
		if known, ok := queue.ProductionSettings(id).Service(s); ok {
			set.Services = append(set.Services, known)
		}
	}
	set.Counters = []queue.CounterSetting{{ID: "1", Label: "01", Services: services}}
	// What people would tell of a hall like it.
	n := len(id) + int(id[len(id)-1])
	set.Report.Indicators = map[string]int{"2": 1 + n%2, "5": n % 3, "6": 1 + n/2%2, "8": 2, "9": n / 3 % 3}
	return set
}
