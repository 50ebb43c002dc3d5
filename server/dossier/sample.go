package dossier

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"motcua/server/queue"
	"motcua/server/sheet"
)

// SampleName is what the import of the sample is called.
const SampleName = "sample"

// SampleDigits are the last digits of every sample dossier.
const SampleDigits = "1234"

// sample are made-up dossiers of the demo. Days are counted from today, so that
// at any time one is late and one is nearly.
var sample = []struct {
	code, procedure string
	stage           Stage
	received, due   int
	again           int // the new day; 0 for none
	collect         string
}{
	{"H15.50.05.13-261008-0975", "1.004873", Processing, -6, 4, 0, "Quầy 6"},
	{"H15.50.05.13-261008-0976", "1.001193", Ready, -3, 1, 0, "Quầy 6"},
	{"H15.50.05.13-261009-0981", "2.000635", Returned, -9, -5, 0, "Quầy 6"},
	{"H15.50.05.13-261012-1004", "1.004873", Supplement, -8, -1, 0, ""},
	{"H15.50.05.13-261013-1012", "2.000720", Processing, -14, -2, 0, "Quầy 6"},
	{"H15.50.05.13-261014-1020", "1.001612", Processing, -12, -3, 2, "Quầy 6"},
	{"H15.50.05.13-261015-1033", "2.000815", Received, 0, 1, 0, ""},
	{"H15.50.05.13-261016-100045", "1.001612", Processing, -10, 1, 0, "Quầy 5"},
	{"000.00.16.H15-251118-0007", "1.000656", Ready, -5, 0, 0, "Quầy 6"},
	{"G10.16.02-261020-100312", "1.000656", Processing, -2, 18, 0, "Quầy 5"},
}

// SampleCodes names one that is ready, one late and one that waits for papers.
func SampleCodes() []string {
	return []string{sample[1].code, sample[4].code, sample[3].code}
}

// Sample imports the sample for a branch; the demo does so when nothing was
// imported before.
func (s *Store) Sample(ctx context.Context, branch string, now time.Time) error {
	var items []json.RawMessage
	day := func(n int) string { return string(queue.DayOf(now).Add(n)) }
	for _, d := range sample {
		it := map[string]string{partCode: d.code, partProcedure: d.procedure, partStage: string(d.stage), partReceived: day(d.received),
			partDue: day(d.due), partCollect: d.collect, partDigits: SampleDigits}
		if d.again != 0 {
			it[partReappointed] = day(d.again)
		}
		switch d.stage {
		case Returned:
			it[partProcessing], it[partReady], it[partReturned] = day(d.received), day(d.due), day(d.due)
		case Ready:
			it[partProcessing], it[partReady] = day(d.received), day(-1)
		case Supplement:
			it[partProcessing], it[partSupplement] = day(d.received), day(-2)
		case Processing:
			it[partProcessing] = day(d.received)
		}
		raw, err := json.Marshal(it)
		if err != nil {
			return err
		}
		items = append(items, raw)
	}
	_, err := s.Push(ctx, items, Options{File: SampleName, Source: FromSample, Branch: branch, Now: now})
	return err
}

// Template writes an empty table with every column that is read.
func Template(w io.Writer) error {
	table := sheet.Table{Name: "Hồ sơ", Titles: []string{
		"Mã hồ sơ: H15.50.05.13-261008-0975 hoặc 000.00.16.H40-200915-0001. Chỉ Mã hồ sơ và Trạng thái là bắt buộc.",
		"Trạng thái: Tiếp nhận, Đang giải quyết, Chờ bổ sung, Có kết quả, Đã trả kết quả. Ngày: 08/10/2026 hoặc 08/10/2026 09:15.",
		"Không ghi họ tên, số điện thoại, địa chỉ: các cột khác không được đọc."}}
	for _, c := range columns {
		if c.title != "" {
			table.Headings = append(table.Headings, sheet.Heading{Name: c.title, Width: 22, Text: true})
		}
	}
	return sheet.Write(w, table)
}
