package queue

// nationalPortal takes formal complaints, with name and phone, and dossiers.
const nationalPortal = "https://dichvucong.gov.vn"

// usualConduct are rules of conduct in our own words, after what the law asks of
// officers at a one-stop hall; each hall puts its own decision's in their place.
func usualConduct() []Text {
	return []Text{
		{VI: "Đón tiếp người dân lịch sự, đúng giờ, mặc trang phục gọn gàng và đeo thẻ tên.",
			EN: "Receive visitors politely and on time, neatly dressed and wearing a name badge."},
		{VI: "Hướng dẫn đầy đủ, rõ ràng, một lần; nói lời dễ hiểu.",
			EN: "Explain everything clearly and at once, in plain words."},
		{VI: "Gọi số theo đúng thứ tự; chỉ ưu tiên những trường hợp đã niêm yết.",
			EN: "Call numbers in their order; put first only those whom the posted rules name."},
		{VI: "Chỉ yêu cầu giấy tờ có trong thủ tục đã công bố.",
			EN: "Ask only for the papers that the published procedure names."},
		{VI: "Không nhận tiền, quà ngoài phí và lệ phí; mọi khoản thu đều có biên lai.",
			EN: "Take neither money nor gifts beside the fees; every payment gets a receipt."},
		{VI: "Trả kết quả đúng hẹn; nếu trễ thì xin lỗi bằng văn bản và hẹn lại một lần.",
			EN: "Return results on the day promised; if late, apologise in writing and set one new day."},
		{VI: "Giữ kín thông tin riêng của người dân.",
			EN: "Keep what visitors tell of themselves private."},
		{VI: "Lắng nghe góp ý và trả lời người dân với thái độ tôn trọng.",
			EN: "Listen to suggestions and answer with respect."},
	}
}

// demoHall is what the demo publishes. Its places, numbers and prices are made
// up, and say so.
func demoHall() HallSetting {
	return HallSetting{
		Complaints: ContactSetting{
			Name:    Text{VI: "Văn phòng UBND phường Hòa Bình (mẫu)", EN: "Office of the People's Committee of Hòa Bình Ward (sample)"},
			Address: Text{VI: "Số 1 đường Hòa Bình, phường Hòa Bình (địa chỉ mẫu)", EN: "1 Hòa Bình Street, Hòa Bình Ward (sample address)"},
			Phone:   "1900 0000", Email: "phananh@hoabinh.example",
			Hours: Text{VI: "Thứ Hai đến thứ Sáu, trong giờ làm việc", EN: "Monday to Friday, in office hours"},
		},
		Portal:   nationalPortal,
		Conduct:  usualConduct(),
		Tariff:   sampleTariff(),
		Offices:  sampleOffices(),
		Playlist: samplePlaylist(),
	}
}

func sampleTariff() TariffSetting {
	price := func(vi, en, amount string) TariffRow {
		return TariffRow{Name: Text{VI: vi, EN: en}, Price: Text{VI: amount + " đồng", EN: amount + " VND"}}
	}
	return TariffSetting{
		Basis: "Bảng giá mẫu để minh họa, không phải giá thật. Mỗi trung tâm ghi bảng giá của đơn vị bưu chính phục vụ tại đây.",
		Rows: []TariffRow{
			price("Gửi hồ sơ đến trung tâm, trong tỉnh", "Send a dossier here, within the province", "25.000"),
			price("Nhận kết quả tại nhà, trong tỉnh", "Receive the result at home, within the province", "25.000"),
			price("Gửi hồ sơ và nhận kết quả, trong tỉnh", "Both ways, within the province", "45.000"),
			price("Nhận kết quả tại nhà, ngoài tỉnh", "Receive the result at home, another province", "35.000"),
			{Name: Text{VI: "Người có công, hộ nghèo", EN: "People with meritorious service, poor households"},
				Price: Text{VI: "Hỏi tại quầy", EN: "Ask at the counter"}},
		},
	}
}

func sampleOffices() []OfficeSetting {
	hours := Text{VI: "Thứ Hai đến thứ Sáu, 7 giờ 30 đến 17 giờ", EN: "Monday to Friday, 7:30 to 17:00"}
	return []OfficeSetting{
		{ID: "cap-tinh", Levels: []string{"Cấp tỉnh"}, Metres: 4200, Contact: ContactSetting{
			Name:    Text{VI: "Trung tâm Phục vụ hành chính công cấp tỉnh (mẫu)", EN: "Provincial administrative service centre (sample)"},
			Address: Text{VI: "Số 10 đường Trung Tâm (địa chỉ mẫu)", EN: "10 Trung Tâm Street (sample address)"},
			Phone:   "1900 0001", Hours: hours}},
		{ID: "cong-an", Fields: []string{"Đăng ký, quản lý phương tiện giao thông cơ giới đường bộ", "Cấp, quản lý căn cước"}, Metres: 650, Contact: ContactSetting{
			Name:    Text{VI: "Công an phường Hòa Bình (mẫu)", EN: "Police of Hòa Bình Ward (sample)"},
			Address: Text{VI: "Số 5 đường Hòa Bình (địa chỉ mẫu)", EN: "5 Hòa Bình Street (sample address)"},
			Phone:   "1900 0002", Hours: hours}},
		{ID: "thue", Fields: []string{"Thuế"}, Metres: 1800, Contact: ContactSetting{
			Name:    Text{VI: "Thuế cơ sở (mẫu)", EN: "Local tax office (sample)"},
			Address: Text{VI: "Số 22 đường Chợ (địa chỉ mẫu)", EN: "22 Chợ Street (sample address)"},
			Phone:   "1900 0003", Hours: hours}},
	}
}

// samplePlaylist has sentences alone: pictures and films are each hall's own.
func samplePlaylist() []SlideSetting {
	list := []SlideSetting{
		{Text: Text{VI: "Mang theo căn cước để làm thủ tục nhanh hơn.", EN: "Bring your identity card: it makes everything quicker."}},
		{Text: Text{VI: "Ngày vàng đất đai: thứ Ba và thứ Năm, hồ sơ đủ thì trả kết quả trong ngày.",
			EN: "Golden days for land matters: Tuesday and Thursday, complete dossiers are settled the same day."}},
		{Text: Text{VI: "Thứ Sáu là ngày không phiếu hẹn của hộ tịch và chứng thực.",
			EN: "Friday is the day without slips for civil status and certification."}},
		{Text: Text{VI: "Nhiều thủ tục nộp được tại nhà trên Cổng Dịch vụ công quốc gia.",
			EN: "Many procedures can be filed from home on the National Public Service Portal."}},
		{Text: Text{VI: "Chạm vào màn hình để xem cần chuẩn bị giấy tờ gì.", EN: "Touch the screen to see what to bring."}},
	}
	for i := range list {
		list[i].Seconds = 12
	}
	return list
}
