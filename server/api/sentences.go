package api

import "motcua/server/queue"

// sentences say each refusal to a person, in Vietnamese and in English, in the words
// of the screens (e.… in common.vi.json) where these know the refusal too.
var sentences = map[queue.Code]queue.Text{
	queue.UnknownBranch:   {VI: "Không có trung tâm này.", EN: "There is no such hall."},
	queue.UnknownService:  {VI: "Không có hàng chờ này.", EN: "There is no such queue."},
	queue.UnknownCounter:  {VI: "Không có quầy này.", EN: "There is no such counter."},
	queue.UnknownTicket:   {VI: "Không tìm thấy số này hôm nay.", EN: "No such number today."},
	queue.UnknownPriority: {VI: "Không có nhóm ưu tiên này.", EN: "There is no such priority group."},
	queue.UnknownBooking:  {VI: "Không tìm thấy lịch đặt này, hoặc lịch đã qua ngày.", EN: "No such booking, or its day is over."},
	queue.UnknownVerb:     {VI: "Thao tác này không có.", EN: "There is no such action."},
	queue.UnknownNotice:   {VI: "Thông báo này không còn nữa.", EN: "This notice stands no longer."},
	codeUnknownProcedure:  {VI: "Không có thủ tục hành chính với mã này.", EN: "There is no procedure with this code."},
	codeUnknownDossier:    {VI: "Không tìm thấy hồ sơ với mã này.", EN: "There is no dossier with this code."},
	codeUnknownPass:       {VI: "Trang đặt lịch này đã hết hạn. Mời quét mã mới tại máy lấy số hoặc bàn hướng dẫn.", EN: "This booking page has expired. Please scan a new code at the ticket machine or the help desk."},
	codeUnknownPairing:    {VI: "Không có mã ghép nối này, hoặc mã đã hết hạn.", EN: "There is no such pairing code, or its time is over."},
	codeUnknownWords:      {VI: "Không có góp ý này.", EN: "There is no such suggestion."},
	codeBoxClosed:         {VI: "Hộp thư góp ý đang đóng.", EN: "The suggestion box is closed."},
	codeMediaKind:         {VI: "Tệp này không phải ảnh (png, jpeg, webp, avif) hoặc phim (mp4, webm), hoặc đuôi tên tệp không đúng.", EN: "This file is no picture (png, jpeg, webp, avif) and no film (mp4, webm), or its name ends in the wrong letters."},
	codeMediaUsed:         {VI: "Tệp này đang được dùng trong danh sách trình chiếu hoặc làm ảnh cán bộ ở quầy.", EN: "This file is in use: in the playlist, or as a clerk's photo."},
	codeLastAdmin:         {VI: "Đây là quản trị cuối cùng. Xin thêm tài khoản hoặc khóa quản trị khác trước.", EN: "This is the last administrator. Add another administrator's account or key first."},
	codeMediaMany:         {VI: "Thư mục đã có quá nhiều tệp, xin xóa bớt.", EN: "The folder has too many files; please remove some first."},
	codeUnknownDevice:     {VI: "Không có thiết bị này.", EN: "There is no such device."},
	codeNoVoice:           {VI: "Máy này chưa đọc được nội dung này.", EN: "This machine cannot read this aloud."},
	codeNoPrinter:         {VI: "Không có máy in nào in được lúc này.", EN: "No printer can print now."},
	codePrinterNotReady:   {VI: "Máy in chưa sẵn sàng.", EN: "The printer is not ready."},
	codePassUsed:          {VI: "Trang này đã đặt lịch rồi.", EN: "This page has booked already."},
	codePaired:            {VI: "Mã ghép nối này đã được duyệt.", EN: "This pairing code is approved already."},
	codeNameTaken:         {VI: "Tên này đã có máy khác dùng.", EN: "Another machine has this name."},
	codeTooLate:           {VI: "Thao tác đến quá muộn nên không thực hiện.", EN: "This came too late and was not done."},
	codeTooManyCopies:     {VI: "Phiếu này đã in lại nhiều lần.", EN: "This ticket was reprinted too often."},
	codeUnknownKey:        {VI: "Không có khóa này.", EN: "There is no such key."},
	codeUnknownVisit:      {VI: "Không có lượt này trong lịch sử, hoặc đã quá thời gian lưu.", EN: "The history has no such visit, or it is kept no longer."},
	codeFileForeign:       {VI: "Tệp này không phải tệp cài đặt của Một Cửa.", EN: "This is not a file of settings of Một Cửa."},
	codeFileNewer:         {VI: "Tệp cài đặt này từ phiên bản mới hơn. Xin nâng cấp máy chủ rồi nhập lại.", EN: "This file of settings is from a newer version. Upgrade the server, then import it again."},
	codeFileDamaged:       {VI: "Tệp cài đặt này bị hỏng hoặc đã bị sửa. Xin xuất lại từ máy kia.", EN: "This file of settings is damaged or was altered. Please export it again."},
	codeFileLarge:         {VI: "Tệp cài đặt này quá lớn.", EN: "This file of settings is too large."},
	codeUnknownVersion:    {VI: "Không còn lưu bản cài đặt này.", EN: "This version of the settings is not kept."},
	codeUnknownExport:     {VI: "Không có tệp báo cáo này, hoặc đã quá một giờ kể từ khi lập.", EN: "There is no such report file, or it is more than an hour old."},
	codeNotFound:          {VI: "Không có địa chỉ này.", EN: "There is nothing at this address."},

	queue.ServiceClosed:  {VI: "Hàng chờ này hiện không cấp số.", EN: "This queue gives no numbers now."},
	queue.QuotaFull:      {VI: "Buổi này đã hết số.", EN: "This half-day is full."},
	queue.NoOneWaiting:   {VI: "Không còn ai chờ.", EN: "Nobody is waiting."},
	queue.CounterBusy:    {VI: "Quầy đang có người.", EN: "The counter has a visitor."},
	queue.CounterNotOpen: {VI: "Quầy chưa mở.", EN: "The counter is not open."},
	queue.WrongState:     {VI: "Trạng thái vừa đổi nên chưa làm được việc này.", EN: "The state has changed, so this cannot be done now."},
	queue.NotWaiting:     {VI: "Số này không còn chờ nữa.", EN: "This number is not waiting any more."},
	queue.NothingToUndo:  {VI: "Không còn gì để hoàn tác.", EN: "There is nothing left to undo."},
	queue.NothingToRate:  {VI: "Chưa có lượt nào để đánh giá, hoặc đã hết thời gian đánh giá.", EN: "There is nothing to rate yet, or the time for it is over."},
	queue.AlreadyRated:   {VI: "Lượt này đã được đánh giá.", EN: "This has been rated already."},
	queue.BookingOver:    {VI: "Lịch đặt này đã dùng, hoặc không phải của hôm nay.", EN: "This booking has been used, or is not for today."},
	queue.TooManyTickets: {VI: "Mỗi người chỉ cần một số cho mỗi lần làm thủ tục. Nếu cần thêm, mời hỏi bàn hướng dẫn.", EN: "One number per person per visit is enough. If you need more, please ask at the help desk."},
	queue.TooManyNotices: {VI: "Đang có quá nhiều thông báo, xin kết thúc bớt.", EN: "Too many notices stand; please end some first."},
	queue.SettingsInUse:  {VI: "Còn người đang chờ hoặc quầy đang mở, chưa bỏ được.", EN: "Somebody still waits or works there; it cannot be removed yet."},
	queue.SettingsChange: {VI: "Người khác vừa lưu cài đặt. Mở lại để xem bản mới.", EN: "Somebody else has just saved the settings. Open them again."},
	queue.DayChanged:     {VI: "Ngày làm việc chưa mở.", EN: "The business day is not open."},

	codeExportNotReady: {VI: "Tệp báo cáo này chưa lập xong, hoặc đã bị hủy.", EN: "This report file is not ready, or was cancelled."},
	codeTooManyExports: {VI: "Đang lập nhiều tệp báo cáo, xin đợi một tệp xong rồi thử lại.", EN: "Many report files are being made; please try again when one of them is ready."},
	codeAuditDown:      {VI: "Chưa dùng được nhật ký nên không thay đổi gì. Xin xem lại ổ đĩa của máy chủ rồi thử lại.", EN: "The audit log cannot be used, so nothing was changed. Look at the server's disk and try again."},
	codeCertificate:    {VI: "Máy này phải có chứng thư riêng. Xin tạo bằng motcua device cert rồi cài vào máy.", EN: "This machine needs a certificate of its own. Make one with motcua device cert and install it."},
	codeFiguresBusy:    {VI: "Máy chủ đang tính nhiều báo cáo, xin thử lại sau ít phút.", EN: "The server is busy with other reports; please try again in a few minutes."},

	queue.SettingsInvalid: {VI: "Cài đặt chưa hợp lệ.", EN: "These settings are not valid."},
	queue.KeyReused:       {VI: "Mã chống gửi lặp đã dùng cho yêu cầu khác.", EN: "The Idempotency-Key was used for another request."},

	codeImportFailed:  {VI: "Tệp có lỗi nên chưa nhập gì; danh sách lỗi ở bên dưới.", EN: "The file has errors, so nothing was imported; they are listed below."},
	codeImportKind:    {VI: "Chỉ nhập được tệp .xlsx, .csv, .jsonl hoặc .jsonl.gz.", EN: "Only files ending in .xlsx, .csv, .jsonl or .jsonl.gz can be imported."},
	codeImportRunning: {VI: "Một tệp khác đang được nhập, xin đợi tệp đó xong.", EN: "Another file is being imported; please wait until it is done."},
	codeNoUndo:        {VI: "Lần nhập này không hoàn tác được nữa: đã hoàn tác rồi, hoặc đã có lần nhập sau.", EN: "This import cannot be undone any more: it is undone already, or a later one was applied."},

	queue.BadParameter: {VI: "Dữ liệu gửi đi chưa đúng.", EN: "What was sent is not right."},
	codeKeyMissing:     {VI: "Yêu cầu thiếu mã chống gửi lặp (Idempotency-Key).", EN: "The request has no Idempotency-Key."},
	codeBadJSON:        {VI: "Nội dung gửi lên không phải JSON đúng.", EN: "The body is not the JSON that is wanted."},
	codeUnknownField:   {VI: "Nội dung gửi lên có trường lạ.", EN: "The body has a field nobody knows."},
	codeBadRequest:     {VI: "Yêu cầu không đọc được.", EN: "The request cannot be read."},

	codeUnauthorized:   {VI: "Cần khóa hoặc đăng nhập lại.", EN: "A key is needed, or signing in again."},
	codeForbidden:      {VI: "Tài khoản hoặc khóa này không có quyền làm việc đó.", EN: "This account or key may not do that."},
	codeNotYourCounter: {VI: "Ông/bà không ngồi ở quầy này. Xin chọn quầy trước.", EN: "You do not sit at this counter. Choose your counter first."},
	codeNotSkilled:     {VI: "Số này thuộc dịch vụ ông/bà chưa được phân công.", EN: "This number is for a service you are not assigned to."},
	codeNoAccount:      {VI: "Việc này cần tài khoản của một người, không dùng khóa được.", EN: "This needs a person's account; a key will not do."},
	codeUnknownAccount: {VI: "Không có tài khoản này.", EN: "There is no such account."},
	codeLoginTaken:     {VI: "Tên đăng nhập này đã có người dùng.", EN: "Somebody else has this login name."},
	codeWrongLogin:     {VI: "Tên đăng nhập hoặc mật khẩu chưa đúng.", EN: "The login name or the password is not right."},
	codeWrongPassword:  {VI: "Mật khẩu đang dùng chưa đúng.", EN: "Your present password is not right."},
	codeWeakPassword:   {VI: "Mật khẩu này chưa đủ mạnh.", EN: "This password is too weak."},
	codeLocked:         {VI: "Tài khoản tạm khóa vì nhập sai nhiều lần. Xin chờ rồi thử lại, hoặc nhờ quản trị mở khóa.", EN: "This account is locked after too many wrong tries. Wait and try again, or ask an administrator to unlock it."},
	codeFactorNeeded:   {VI: "Xin nhập lại mật khẩu, kèm mã 6 số trên điện thoại của ông/bà.", EN: "Enter your password again, and the 6-digit code from your phone."},
	codeFactorWrong:    {VI: "Mã chưa đúng, hoặc đã dùng rồi. Xin nhập mã đang hiện trên điện thoại.", EN: "The code is wrong or was used already. Enter the one your phone shows now."},
	codeLoginAgain:     {VI: "Xin đăng nhập lại rồi làm việc này trong mười phút.", EN: "Log in again, then do this within ten minutes."},
	codeFactorDue:      {VI: "Xin bật xác thực hai bước trước khi làm việc khác.", EN: "Turn on the second step before doing anything else."},
	codeNoFactor:       {VI: "Xác thực hai bước đang tắt hoặc chưa bắt đầu bật.", EN: "The second step is off, or setting it up has not begun."},
	codePasswordDue:    {VI: "Xin đổi mật khẩu trước khi làm việc khác.", EN: "Change your password before doing anything else."},
	codeSeatElsewhere:  {VI: "Ông/bà đang ngồi ở quầy khác.", EN: "You sit at another counter."},
	codeSeatTaken:      {VI: "Quầy này đang có người ngồi.", EN: "Somebody sits at this counter."},
	codeOriginRefused:  {VI: "Trang này không được phép kết nối.", EN: "This page may not connect."},
	codeMethod:         {VI: "Địa chỉ này không nhận phương thức đó.", EN: "This address does not take that method."},
	codeTooLarge:       {VI: "Tệp hoặc nội dung gửi lên quá lớn.", EN: "The file or text is too large."},
	codeUpgrade:        {VI: "Địa chỉ này chỉ dành cho websocket.", EN: "This address is for websockets only."},
	codeTooMany:        {VI: "Thử quá nhiều lần. Xin chờ ít phút.", EN: "Too many tries. Please wait a few minutes."},

	queue.StoreFull: {VI: "Máy chủ hết chỗ lưu. Chưa có gì thay đổi. Mời báo cán bộ kỹ thuật.", EN: "The server's disk is full. Nothing was changed. Please tell the technicians."},
	queue.StoreDown: {VI: "Kho dữ liệu chưa trả lời. Xin thử lại.", EN: "The store does not answer. Please try again."},
	queue.Fenced:    {VI: "Máy chủ khác đang phục vụ trung tâm này.", EN: "Another server runs this hall now."},
	queue.CodeTaken: {VI: "Xin thử lại.", EN: "Please try again."},
	codeInternal:    {VI: "Máy chủ gặp lỗi.", EN: "The server has failed."},
}

// inEmergency is said instead of the sentence of service_closed: it is no matter of the hour.
var inEmergency = queue.Text{VI: "Trung tâm đang có thông báo khẩn cấp nên tạm ngừng cấp số.",
	EN: "An emergency has been announced; no numbers are given out for now."}

func sentence(code queue.Code, detail, lang string) string {
	if code == queue.ServiceClosed && detail == string(queue.ReasonEmergency) {
		return inEmergency.In(lang)
	}
	if code == codeWeakPassword {
		return weakSentence(detail, lang)
	}
	if text, ok := sentences[code]; ok {
		return text.In(lang)
	}
	return sentences[codeInternal].In(lang)
}
