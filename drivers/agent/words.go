package agent

import "motcua/server/queue"

// words is every sentence of the agent that people see.
var words = map[string]queue.Text{
	"enrol": {
		VI: "Mã ghép máy: %s. Mở trang /admin/ của máy chủ và duyệt mã này.",
		EN: "Pairing code: %s. Open the server's page /admin/ and approve this code.",
	},
	"server_away": {VI: "Máy chủ hiện không trả lời. Xin chờ giây lát.", EN: "The server does not answer at the moment. Please wait a little."},
	"foreign":     {VI: "Yêu cầu này đến từ một trang khác.", EN: "This request comes from another page."},
	"waiting":     {VI: "Máy đang chờ máy chủ", EN: "This machine is waiting for the server"},
	"waiting_why": {VI: "Trang này tự mở lại khi máy chủ trả lời.", EN: "This page opens by itself as soon as the server answers."},
	"nothing":     {VI: "Không có địa chỉ này.", EN: "There is nothing at this address."},
	"pairing":     {VI: "Mã ghép máy", EN: "Pairing code"},
	"pairing_how": {VI: "Mở trang /admin/ của máy chủ và duyệt mã này.", EN: "Open the server's page /admin/ and approve this code."},
}
