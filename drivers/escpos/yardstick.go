package escpos

import "motcua/firmware-config"

// SizeRow is one line of the table of sizes: how long a ticket keeps a line busy.
type SizeRow struct {
	Name    string
	Dots    int
	Bytes   int
	Rows    int        // dots of paper
	Seconds [3]float64 // at 9600, 19200 and 115200 baud
}

// Bauds are the speeds of SizeRow.Seconds.
var Bauds = [3]int{9600, 19200, 115200}

// Sample is the ticket that sizes are measured with: eight Vietnamese lines and a
// number.
func Sample() Ticket {
	w := words("vi")
	return Ticket{
		Hall: "Trung tâm Phục vụ hành chính công", Place: "Phường Hòa Bình", Title: w["title"],
		Number: "A012", Service: "Hộ tịch, khai sinh, kết hôn",
		Facts: []Fact{
			{Label: w["ahead"], Value: fill(w["people"], "n", "4")},
			{Label: w["expected"], Value: fill(w["about"], "time", "08:55")},
			{Label: w["area"], Value: fill(w["counters"], "area", "1 – 3"), Fixed: true},
		},
		URL: "http://10.0.0.5:8080/t/hbQ8s7Kz1mXw4Tn2Yc", Code: "K7M2QX",
		Missed: w["missed"], Footer: "08:42 21/11/2026 · Máy 1",
	}
}

// Sizes measures the sample ticket in each way of sending it and for each width.
// The first row of a width is what a ticket costs without any of the means.
func Sizes() ([]SizeRow, error) {
	var all []SizeRow
	for _, dots := range []int{576, 512, 384} {
		for _, way := range ways {
			job, err := way.encode(Sample(), sampleProfile(dots))
			if err != nil {
				return nil, err
			}
			row := SizeRow{Name: way.name, Dots: dots, Bytes: len(job.Bytes), Rows: job.Rows}
			for i, baud := range Bauds {
				row.Seconds[i] = Size(row.Bytes, baud)
			}
			all = append(all, row)
		}
	}
	return all, nil
}

func sampleProfile(dots int) *firmware.Printer {
	return &firmware.Printer{Head: firmware.Head{ID: "sample"}, Dots: dots, Text: "raster", Raster: "gs_v_0", Band: 64,
		QR: "native", Number: "raster", Cut: "feed_partial", Lower: 30, Upper: 31, ChineseOff: true}
}

// ways of sending a ticket.
var ways = []struct {
	name   string
	encode func(Ticket, *firmware.Printer) (Job, error)
}{
	{"plain", Plain},
	{"drawn", Encode},
	{"memory", func(t Ticket, p *firmware.Printer) (Job, error) {
		p.NVLogo = true
		_, stored, err := Setup(p, nil, t)
		if err != nil {
			return Job{}, err
		}
		return EncodeStored(t, p, stored)
	}},
	{"tcvn3", func(t Ticket, p *firmware.Printer) (Job, error) {
		p.Text, p.Number = "tcvn3", "font"
		return Encode(t, p)
	}},
}

// Plain writes the same ticket as pictures over the whole width, at full
// resolution and with its blank rows: what everything else is compared with.
func Plain(t Ticket, p *firmware.Printer) (Job, error) {
	if err := usable(p); err != nil {
		return Job{}, err
	}
	l := &layout{ticket: t.cleaned(), dots: p.Dots &^ 31, faces: faces{}, prof: p, whole: true}
	l.all()
	var rows [][]byte
	for _, piece := range l.pieces {
		rows = append(rows, piece.sheet.rows...)
	}
	w := &writer{prof: p}
	w.begin()
	for len(rows) > 0 {
		n := min(len(rows), w.most())
		var data []byte
		for _, row := range rows[:n] {
			data = append(data, row...)
		}
		defuse(data)
		w.picture(data, l.dots/8, 1, 1)
		rows = rows[n:]
	}
	w.cut()
	return w.job()
}

// SampleList is the list that sizes are measured with: eight papers, two lines each.
func SampleList() List {
	w := words("vi")
	l := List{Hall: "Trung tâm Phục vụ hành chính công", Place: "Phường Hòa Bình", Title: w["list"],
		Name: "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", Code: fill(w["list.code"], "code", "1.012756"),
		Facts: []Fact{{Label: w["list.time"], Value: "08 ngày làm việc"}, {Label: w["list.fee"], Value: w["list.by_province"]},
			{Label: w["list.where"], Value: fill(w["counters"], "area", "4 – 6")}},
		Notes: []string{fill(w["list.as_of"], "date", "2026-07")},
		URL:   "http://10.0.0.5:8080/p/1.012756", ScanText: w["list.scan"], Footer: "08:42 21/11/2026 · Máy 1"}
	for range 8 {
		l.Papers = append(l.Papers, Paper{"Giấy chứng nhận quyền sử dụng đất đã cấp của người nộp hồ sơ", "1 bản chính, 1 bản sao"})
	}
	return l
}

// ListSizes measures the sample list drawn and in the printer's own letters, for
// each width.
func ListSizes() ([]SizeRow, error) {
	var all []SizeRow
	for _, dots := range []int{576, 512, 384} {
		for _, text := range []string{"raster", "tcvn3"} {
			p := sampleProfile(dots)
			p.Text = text
			job, err := EncodeList(SampleList(), p, nil)
			if err != nil {
				return nil, err
			}
			row := SizeRow{Name: text, Dots: dots, Bytes: len(job.Bytes), Rows: job.Rows}
			for i, baud := range Bauds {
				row.Seconds[i] = Size(row.Bytes, baud)
			}
			all = append(all, row)
		}
	}
	return all, nil
}
