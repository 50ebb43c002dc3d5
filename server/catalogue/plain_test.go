package catalogue

import (
	"reflect"
	"strings"
	"testing"

	"motcua/server/queue"
)

func TestPapersInPlainWords(t *testing.T) {
	long := "Bản chính hoặc bản sao có chứng thực hoặc bản sao kèm theo bản chính để đối chiếu hoặc bản sao điện tử Giấy ra viện, hóa đơn thanh toán chi phí khám bệnh, chữa bệnh"
	for _, c := range []struct {
		of   Document
		want PlainPaper
	}{
		{Document{Name: "Giấy chứng sinh", Originals: 1}, PlainPaper{Name: "Giấy chứng sinh", Originals: 1}},
		{Document{Name: "- Tờ khai hải quan theo mẫu do Bộ Tài chính ban hành;", Originals: 2},
			PlainPaper{Name: "Tờ khai hải quan", Whole: "- Tờ khai hải quan theo mẫu do Bộ Tài chính ban hành;", Originals: 2}},
		{Document{Name: "Căn cước của người đi đăng ký (xuất trình)"},
			PlainPaper{Name: "Căn cước của người đi đăng ký", Whole: "Căn cước của người đi đăng ký (xuất trình)", Show: true}},
		{Document{Name: "Bản sao Giấy khai sinh và xuất trình bản chính để đối chiếu", Copies: 1},
			PlainPaper{Name: "Bản sao Giấy khai sinh và xuất trình bản chính để đối chiếu", Copies: 1}},
		{Document{Name: long, Originals: 1, Copies: 1}, PlainPaper{Name: "Giấy ra viện, hóa đơn thanh toán chi phí khám bệnh, chữa bệnh", Whole: long, Originals: 1, Copies: 1}},
		{Document{Name: "- Phiếu đề nghị cấp quyền khai thác dữ liệuPhiếu đề nghị cấp quyền.docx", Originals: 1},
			PlainPaper{Name: "Phiếu đề nghị cấp quyền khai thác dữ liệu", Whole: "- Phiếu đề nghị cấp quyền khai thác dữ liệuPhiếu đề nghị cấp quyền.docx", Originals: 1, Form: "Phiếu đề nghị cấp quyền"}},
		{Document{Name: "Phương án nuôi trồng thủy sản theo Mẫu số 16 Mục III Phụ lục", Originals: 20261},
			PlainPaper{Name: "Phương án nuôi trồng thủy sản", Whole: "Phương án nuôi trồng thủy sản theo Mẫu số 16 Mục III Phụ lục", Originals: 1, Form: "Mẫu số 16"}},
		{Document{Name: "+ Đối với giấy tờ xuất trình, người tiếp nhận kiểm tra và trả lại."},
			PlainPaper{Name: "Đối với giấy tờ xuất trình, người tiếp nhận kiểm tra và trả lại", Note: true}},
	} {
		if got := paper(c.of, false, nil); got != c.want {
			t.Errorf("%q\n got %+v\nwant %+v", c.of.Name, got, c.want)
		}
	}
}

func TestFormAddresses(t *testing.T) {
	p := Procedure{Documents: []DocumentGroup{{Items: []Document{{Name: "Tờ khai A theo mẫu số 5", Originals: 1}, {Name: "Đơn B", Form: "Mẫu B", Originals: 1},
		{Name: "Đơn C", Form: "https://example.vn/c.pdf", Originals: 1}}}}}
	bring := p.Plain(&Own{Forms: map[string]string{"Tờ khai A": "https://example.vn/a.pdf", "Mẫu B": "https://example.vn/b.pdf"}}).Cases[0].Bring
	for i, want := range []string{"https://example.vn/a.pdf", "https://example.vn/b.pdf", "https://example.vn/c.pdf"} {
		if bring[i].FormURL != want {
			t.Errorf("%+v, want %s", bring[i], want)
		}
	}
}

// What everybody brings is no case to choose; what comes on top of it is.
func TestCases(t *testing.T) {
	item := func(names ...string) []Document {
		var list []Document
		for _, n := range names {
			list = append(list, Document{Name: n, Originals: 1})
		}
		return list
	}
	one := Procedure{Documents: []DocumentGroup{{"* Giấy tờ phải nộp:", item("Giấy chứng sinh")}, {"* Giấy tờ phải xuất trình:", item("Hộ chiếu")},
		{"* Lưu ý:", item("Bản chụp phải rõ")}, {"", item("Tờ khai")}}}
	c := one.Plain(nil).Cases
	if len(c) != 1 || c[0].Name != "" || said(c[0]) != "Tờ khai|Giấy chứng sinh|Hộ chiếu!|Bản chụp phải rõ?" {
		t.Errorf("%+v", c)
	}
	more := Procedure{Documents: []DocumentGroup{{"Trường hợp ủy quyền thì hồ sơ phải kèm theo một trong những giấy tờ sau:", item("Văn bản ủy quyền")}, {"", item("Giấy đề nghị; nộp 02 bộ")}}}
	c = more.Plain(nil).Cases
	if len(c) != 2 || c[0].Name != usualCase || c[1].Name != "Trường hợp ủy quyền" || said(c[0]) != "Giấy đề nghị; nộp 02 bộ" ||
		said(c[1]) != "Giấy đề nghị; nộp 02 bộ|Văn bản ủy quyền" || c[0].Sets != "2 bộ" {
		t.Errorf("%+v", c)
	}
	numbered := Procedure{Documents: []DocumentGroup{{"2. Trường hợp cấp lại", item("B")}, {"10. Trường hợp cấp đổi", item("C")}, {"1. Trường hợp cấp mới", item("A")}}}
	c = numbered.Plain(nil).Cases
	if len(c) != 3 || c[0].Name != "Trường hợp cấp mới" || c[2].Name != "Trường hợp cấp đổi" {
		t.Errorf("%+v", c)
	}
	alike := strings.Repeat("Trường hợp dài ", 12)
	c = Procedure{Documents: []DocumentGroup{{alike + "một", item("A")}, {alike + "hai", item("B")}}}.Plain(nil).Cases
	if len(c) != 2 || c[0].Name == c[1].Name {
		t.Errorf("%+v", c)
	}
	if c = (Procedure{}).Plain(nil).Cases; len(c) != 1 || c[0].Bring == nil {
		t.Errorf("%+v", c)
	}
}

// said writes a case short: papers with "!" to show, "?" for a remark.
func said(c PlainCase) string {
	var list []string
	for _, b := range c.Bring {
		s := b.Name
		if b.Show {
			s += "!"
		}
		if b.Note {
			s += "?"
		}
		list = append(list, s)
	}
	return strings.Join(list, "|")
}

func TestPlainTimes(t *testing.T) {
	channel := func(mode, time string) Channel { return Channel{Mode: mode, Time: time, Term: ParseTerm(time)} }
	for _, c := range []struct {
		of   []Channel
		want []PlainTime
	}{
		{[]Channel{channel("online", "3 Ngày làm việc"), channel("direct", "3 ngày làm việc")},
			[]PlainTime{{[]string{"direct", "online"}, "3 ngày làm việc", Term{3, UnitWorkingDay}}}},
		{[]Channel{channel("direct", "15 Ngày"), channel("online", "15 Ngày làm việc")},
			[]PlainTime{{[]string{"direct"}, "15 ngày", Term{15, UnitDay}}, {[]string{"online"}, "15 ngày làm việc", Term{15, UnitWorkingDay}}}},
		{[]Channel{channel("direct", "1")}, []PlainTime{{[]string{"direct"}, "Hỏi tại quầy", Term{N: 1}}}},
		{[]Channel{{Mode: "direct", Note: "Nộp tại xã. Trong thời hạn 12 ngày làm việc kể từ ngày nhận hồ sơ."}},
			[]PlainTime{{[]string{"direct"}, "Trong thời hạn 12 ngày làm việc kể từ ngày nhận hồ sơ", Term{}}}},
		{[]Channel{channel("direct", "")}, []PlainTime{}},
	} {
		if got := plainTimes(c.of); !reflect.DeepEqual(got, c.want) {
			t.Errorf("got %+v\nwant %+v", got, c.want)
		}
	}
}

func TestPlainFees(t *testing.T) {
	council := "(Mức lệ phí theo quyết định của Hội đồng nhân dân cấp tỉnh.)"
	channel := func(mode, fee, note string) Channel {
		return Channel{Mode: mode, Fee: fee, Note: note, ByProvince: ByProvince(fee) || ByProvince(note)}
	}
	own := &Own{Fee: "8.000 đồng", Resolution: "12/2025/NQ-HĐND", FeeFrom: queue.Day("2026-01-01")}
	province := PlainFee{Modes: []string{"direct", "online"}, Text: "8.000 đồng", Resolution: "12/2025/NQ-HĐND", From: "2026-01-01"}
	for i, c := range []struct {
		of   []Channel
		own  *Own
		want []PlainFee
	}{
		{[]Channel{channel("direct", "Miễn phí", "")}, nil, []PlainFee{{Modes: []string{"direct"}, Text: "Miễn phí"}}},
		{[]Channel{channel("online", "Miễn phí", council), channel("direct", "Miễn phí", council)}, nil,
			[]PlainFee{{Modes: []string{"direct", "online"}, Note: "Mức lệ phí theo quyết định của Hội đồng nhân dân cấp tỉnh.", ByProvince: true}}},
		{[]Channel{channel("online", "Miễn phí", council), channel("direct", "Miễn phí", council)}, own, []PlainFee{province}},
		{[]Channel{channel("direct", "Miễn phí", ""), channel("online", "", council)}, own, []PlainFee{province}},
		{[]Channel{channel("direct", "50,000", ""), channel("online", "25,000 VNĐ", "")}, own, []PlainFee{province}},
		{[]Channel{channel("direct", "50,000", "Việt Nam Đồng(/giao dịch)Nộp tại xã")}, nil, []PlainFee{{Modes: []string{"direct"}, Text: "50.000 đồng/giao dịch"}}},
		{[]Channel{channel("direct", "Miễn phí", "(Theo quy định của Luật phí và lệ phí.)")}, nil, []PlainFee{{Modes: []string{"direct"}, Note: "Theo quy định của Luật phí và lệ phí."}}},
		{[]Channel{channel("direct", "Miễn phí", "(Miễn lệ phí. Phí cấp bản sao theo Thông tư 281)")}, nil,
			[]PlainFee{{Modes: []string{"direct"}, Text: "Miễn phí", Note: "Miễn lệ phí. Phí cấp bản sao theo Thông tư 281"}}},
		{[]Channel{channel("direct", "Miễn phí", "(Không quy định)15 ngày kể từ ngày nhận")}, nil, []PlainFee{{Modes: []string{"direct"}, Text: "Miễn phí"}}},
		{[]Channel{channel("direct", "135 VNĐ", "(Lệ phí: 135.000 đồng/lần.)")}, nil, []PlainFee{{Modes: []string{"direct"}, Note: "Lệ phí: 135.000 đồng/lần."}}},
		{[]Channel{channel("direct", "10 USD", "")}, nil, []PlainFee{{Modes: []string{"direct"}, Text: "10 USD"}}},
		{[]Channel{channel("direct", "", "")}, nil, []PlainFee{}},
		{nil, own, []PlainFee{{Modes: []string{}, Text: "8.000 đồng", Resolution: "12/2025/NQ-HĐND", From: "2026-01-01"}}},
	} {
		if c.own == nil {
			c.own = &Own{}
		}
		if got := plainFees(c.of, c.own); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d: got %+v\nwant %+v", i, got, c.want)
		}
	}
}
