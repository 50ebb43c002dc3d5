package api

import "motcua/server/queue"

// sentences say each refusal to a person, in Vietnamese and in English.
var sentences = map[queue.Code]queue.Text{
	queue.UnknownBranch:   {VI: "Không có trung tâm này.", EN: "There is no such branch."},
	queue.UnknownService:  {VI: "Không có hàng chờ này.", EN: "There is no such service."},
	queue.UnknownCounter:  {VI: "Không có quầy này.", EN: "There is no such counter."},
	queue.UnknownTicket:   {VI: "Không tìm thấy phiếu số thứ tự này.", EN: "This ticket was not found."},
	queue.UnknownPriority: {VI: "Không có nhóm ưu tiên này.", EN: "There is no such priority group."},
	queue.UnknownBooking:  {VI: "Không tìm thấy lịch đặt này, hoặc lịch đã qua ngày.", EN: "This booking was not found, or its day is over."},
	queue.UnknownVerb:     {VI: "Quầy không có thao tác này.", EN: "A counter has no such command."},
	queue.UnknownNotice:   {VI: "Thông báo này không còn nữa.", EN: "This notice stands no longer."},
	codeUnknownProcedure:  {VI: "Không có thủ tục hành chính với mã này.", EN: "There is no procedure with this code."},
	codeUnknownDossier:    {VI: "Không tìm thấy hồ sơ với mã này.", EN: "There is no dossier with this code."},
	codeUnknownPass:       {VI: "Trang đặt lịch này đã hết hạn. Mời quét mã mới tại máy lấy số hoặc bàn hướng dẫn.", EN: "This booking page has expired. Please scan a new code at the ticket machine or the help desk."},
	codeUnknownPairing:    {VI: "Không có mã ghép nối này, hoặc mã đã hết hạn.", EN: "There is no such pairing code, or its time is over."},
	codeUnknownWords:      {VI: "Không có góp ý này.", EN: "There is no such suggestion."},
	codeBoxClosed:         {VI: "Hộp thư góp ý đang đóng.", EN: "The suggestion box is closed."},
	codeMediaKind:         {VI: "Tệp này không phải ảnh (png, jpeg, webp, avif) hoặc phim (mp4, webm), hoặc đuôi tên tệp không đúng.", EN: "This file is no picture (png, jpeg, webp, avif) and no film (mp4, webm), or its name ends in the wrong letters."},
	codeMediaUsed:         {VI: "Tệp này đang được dùng trong danh sách trình chiếu hoặc làm ảnh cán bộ ở quầy.", EN: "This file is in use: in the playlist, or as a clerk's photo."},
	codeLastAdmin:         {VI: "Đây là khóa quản trị cuối cùng. Xin tạo khóa quản trị khác trước khi thu hồi.", EN: "This is the last administrator key. Make another one before revoking it."},
	codeMediaMany:         {VI: "Thư mục đã có quá nhiều tệp, xin xóa bớt.", EN: "The folder has too many files; please remove some first."},
	codeUnknownDevice:     {VI: "Không có thiết bị này.", EN: "There is no such device."},
	codeNoVoice:           {VI: "Máy này chưa đọc được nội dung này.", EN: "This machine cannot read this aloud."},
	codeNoPrinter:         {VI: "Không có máy in nào in được lúc này.", EN: "No printer can print now."},
	codePrinterNotReady:   {VI: "Máy in chưa sẵn sàng.", EN: "The printer is not ready."},
	codePassUsed:          {VI: "Trang này đã đặt lịch rồi.", EN: "This page has booked already."},
	codePaired:            {VI: "Mã ghép nối này đã được duyệt.", EN: "This pairing code has been approved already."},
	codeNameTaken:         {VI: "Tên này đã có máy khác dùng.", EN: "Another machine has this name."},
	codeTooLate:           {VI: "Thao tác đến quá muộn nên không thực hiện.", EN: "This came too late and was not done."},
	codeTooManyCopies:     {VI: "Phiếu này đã được in lại nhiều lần.", EN: "This ticket has been printed again too often."},
	codeUnknownKey:        {VI: "Không có khóa này.", EN: "There is no such key."},
	codeUnknownVisit:      {VI: "Không có lượt này trong lịch sử, hoặc đã quá thời gian lưu.", EN: "The history has no such visit, or it is kept no longer."},
	codeUnknownExport:     {VI: "Không có tệp báo cáo này, hoặc đã quá một giờ kể từ khi lập.", EN: "There is no such report file, or it is more than an hour old."},
	codeNotFound:          {VI: "Không có địa chỉ này.", EN: "There is nothing at this address."},

	queue.ServiceClosed:  {VI: "Hàng chờ này hiện không phát số.", EN: "This service gives no numbers at the moment."},
	queue.QuotaFull:      {VI: "Buổi này đã phát hết số.", EN: "All numbers of this half-day have been given out."},
	queue.NoOneWaiting:   {VI: "Không còn ai chờ.", EN: "Nobody is waiting."},
	queue.CounterBusy:    {VI: "Quầy đang có người.", EN: "The counter has a visitor."},
	queue.CounterNotOpen: {VI: "Quầy chưa mở.", EN: "The counter is not open."},
	queue.WrongState:     {VI: "Không làm được việc này lúc này.", EN: "This cannot be done at this point."},
	queue.NotWaiting:     {VI: "Số này không còn chờ.", EN: "This ticket is not waiting."},
	queue.NothingToUndo:  {VI: "Không có gì để hoàn tác.", EN: "There is nothing to undo."},
	queue.NothingToRate:  {VI: "Không có lượt phục vụ nào để đánh giá.", EN: "There is nothing to rate."},
	queue.AlreadyRated:   {VI: "Lượt phục vụ này đã được đánh giá.", EN: "This has been rated already."},
	queue.BookingOver:    {VI: "Lịch đặt này đã dùng, hoặc không phải của hôm nay.", EN: "This booking has been used, or is not for today."},
	queue.TooManyTickets: {VI: "Mỗi người chỉ cần một số cho mỗi việc.", EN: "One person needs only one number for each matter."},
	queue.TooManyNotices: {VI: "Đang có quá nhiều thông báo, xin kết thúc bớt.", EN: "Too many notices stand; please end some first."},
	queue.SettingsInUse:  {VI: "Còn người đang chờ hoặc quầy đang mở, chưa bỏ được.", EN: "Somebody still waits or works there; it cannot be removed yet."},
	queue.SettingsChange: {VI: "Cấu hình vừa được người khác lưu, hãy tải lại.", EN: "Somebody else has saved the settings meanwhile; load them again."},
	queue.DayChanged:     {VI: "Ngày làm việc chưa mở.", EN: "The business day is not open."},

	codeExportNotReady: {VI: "Tệp báo cáo này chưa lập xong, hoặc đã bị hủy.", EN: "This report file is not ready, or was cancelled."},
	codeTooManyExports: {VI: "Đang lập nhiều tệp báo cáo, xin đợi một tệp xong rồi thử lại.", EN: "Many report files are being made; please try again when one of them is ready."},
	codeAuditDown:      {VI: "Chưa dùng được nhật ký nên không thay đổi gì. Xin xem lại ổ đĩa của máy chủ rồi thử lại.", EN: "The audit log cannot be used, so nothing was changed. Look at the server's disk and try again."},
	codeFiguresBusy:    {VI: "Máy chủ đang tính nhiều báo cáo, xin thử lại sau ít phút.", EN: "The server is busy with other reports; please try again in a few minutes."},

	queue.SettingsInvalid: {VI: "Cấu hình chưa hợp lệ.", EN: "The settings are not valid."},
	queue.KeyReused:       {VI: "Mã chống lặp đã dùng cho yêu cầu khác.", EN: "This idempotency key was used for another request."},

	codeImportFailed:  {VI: "Tệp có lỗi nên chưa nhập gì; danh sách lỗi ở bên dưới.", EN: "The file has errors, so nothing was imported; they are listed below."},
	codeImportKind:    {VI: "Chỉ nhập được tệp .xlsx, .csv, .jsonl hoặc .jsonl.gz.", EN: "Only files ending in .xlsx, .csv, .jsonl or .jsonl.gz can be imported."},
	codeImportRunning: {VI: "Một tệp khác đang được nhập, xin đợi tệp đó xong.", EN: "Another file is being imported; please wait until it is done."},
	codeNoUndo:        {VI: "Lần nhập này không hoàn tác được nữa: đã hoàn tác rồi, hoặc đã có lần nhập sau.", EN: "This import cannot be undone any more: it is undone already, or a later one was applied."},

	queue.BadParameter: {VI: "Tham số không hợp lệ.", EN: "A parameter is not valid."},
	codeKeyMissing:     {VI: "Thiếu mã chống lặp (Idempotency-Key).", EN: "The Idempotency-Key is missing."},
	codeBadJSON:        {VI: "Nội dung gửi lên không phải JSON đúng.", EN: "The body is not the JSON that is wanted."},
	codeUnknownField:   {VI: "Nội dung gửi lên có trường lạ.", EN: "The body has a field nobody knows."},
	codeBadRequest:     {VI: "Yêu cầu không đọc được.", EN: "The request cannot be read."},

	codeUnauthorized:  {VI: "Cần khóa hoặc phiên đăng nhập.", EN: "A key or a session is needed."},
	codeForbidden:     {VI: "Khóa này không có quyền đó.", EN: "This key does not have that right."},
	codeOriginRefused: {VI: "Trang này không được phép kết nối.", EN: "This page may not connect."},
	codeMethod:        {VI: "Địa chỉ này không nhận phương thức đó.", EN: "This address does not take that method."},
	codeTooLarge:      {VI: "Nội dung gửi lên quá lớn.", EN: "The request is too large."},
	codeUpgrade:       {VI: "Địa chỉ này chỉ dành cho websocket.", EN: "This address is for websockets only."},
	codeTooMany:       {VI: "Thử quá nhiều lần, xin chờ một lát.", EN: "Too many tries; please wait a while."},

	queue.StoreFull: {VI: "Máy chủ hết chỗ lưu, chưa có gì thay đổi.", EN: "The server's disk is full; nothing was changed."},
	queue.StoreDown: {VI: "Máy chủ chưa trả lời, xin thử lại.", EN: "The store did not answer; please try again."},
	queue.Fenced:    {VI: "Một máy chủ khác đang giữ dữ liệu này.", EN: "Another server holds this store now."},
	queue.CodeTaken: {VI: "Xin thử lại.", EN: "Please try again."},
	codeInternal:    {VI: "Máy chủ gặp lỗi.", EN: "The server has failed."},
}

// inEmergency is said instead of the sentence of service_closed: it is no matter of the hour.
var inEmergency = queue.Text{VI: "Trung tâm đang có thông báo khẩn cấp nên tạm ngừng phát số.",
	EN: "An emergency has been announced; no numbers are given out for now."}

func sentence(code queue.Code, detail, lang string) string {
	if code == queue.ServiceClosed && detail == string(queue.ReasonEmergency) {
		return inEmergency.In(lang)
	}
	if text, ok := sentences[code]; ok {
		return text.In(lang)
	}
	return sentences[codeInternal].In(lang)
}
