package api

import (
	"strings"

	"motcua/server/queue"
	"motcua/server/staff"
)

// weak says what is wrong with a password; {n} is how many characters it needs.
var weak = map[staff.Weakness]queue.Text{
	staff.TooShort:  {VI: "Mật khẩu cần ít nhất {n} ký tự.", EN: "A password needs at least {n} characters."},
	staff.TooLong:   {VI: "Mật khẩu dài quá 128 ký tự.", EN: "This password is longer than 128 characters."},
	staff.OneKind:   {VI: "Mật khẩu cần ít nhất hai loại ký tự: chữ thường, chữ hoa, chữ số, dấu.", EN: "A password needs at least two kinds of characters: small letters, capitals, digits, signs."},
	staff.LikeLogin: {VI: "Mật khẩu không được chứa tên đăng nhập.", EN: "A password must not hold the login name."},
	staff.Common:    {VI: "Mật khẩu này quá dễ đoán, xin chọn mật khẩu khác.", EN: "This password is too easy to guess; choose another one."},
	staff.UsedLast:  {VI: "Mật khẩu này đã dùng gần đây, xin chọn mật khẩu khác.", EN: "This password was used before; choose another one."},
}

// weakSentence says why a password is refused, as weakness names it: "short 12".
func weakSentence(detail, lang string) string {
	why, n, _ := strings.Cut(detail, " ")
	text, ok := weak[staff.Weakness(why)]
	if !ok {
		text = sentences[codeWeakPassword]
	}
	return strings.ReplaceAll(text.In(lang), "{n}", n)
}
