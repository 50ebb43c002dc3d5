package staff

import "strings"

// common are passwords, or what is left of them without digits and marks at their
// ends, which anybody who guesses tries first; the Vietnamese ones among them are
// words, names and keyboard habits (unmarked and as typed with Telex).
var common = func() map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(commonWords) {
		set[word] = true
	}
	return set
}()

const commonWords = `
123456 1234567 12345678 123456789 1234567890 0123456789 987654321 0987654321 87654321 11111111
22222222 66666666 88888888 99999999 00000000 12121212 11223344 112233445566 123123123 123321123
147258369 159753456 147852369 123654789 135792468 102030405060 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t
1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1xsw2 qazwsx qazwsxedc qwer qwert qwerty qwertyui
qwertyuiop asdf asdfg asdfgh asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qwe qweasd qweasdzxc asdzxc
abc abcd abcde abcdef abcdefg abcdefgh abcxyz aabbcc a1b2c3d4 a1b2c3d4e5 abc123456 123abc123
pass password passwd passw0rd p@ssw0rd p@ssword p@ss pa55word pa55w0rd mypassword newpassword passpass
admin administrator adminadmin root toor superuser supervisor manager master user username guest test testtest
demo demodemo default changeme change letmein welcome hello helloworld login logmein secret access
system server oracle cisco windows linux ubuntu debian google facebook zalo viettel vnpt mobifone
vinaphone fpt iloveyou iloveu loveyou loveme love lovely forever princess monkey dragon football
baseball superman batman pokemon sunshine shadow michael charlie jordan samsung iphone computer internet
matkhau matkhaumoi matkhaucu matkhaula matkhaumacdinh mật mậtkhẩu matkhau1 matkhaau maatkhaaur matkhaukhongnho khongbiet khongnho khongco
khongcomatkhau quenmatkhau matma bimat dangnhap taikhoan nguoidung quantri quantrivien quanly canbo
congchuc vienchuc motcua mộtcửa tiepnhan trakequa traketqua hanhchinh hanhchinhcong trungtam ubnd uyban
ubndphuong ubndxa hoidong congan tuphap hotich diachinh vanphong vanthu chutich phochutich bithu
vietnam vietnamese việtnam vn saigon hanoi hànội danang haiphong cantho hue tphcm hochiminh
thanhpho quocgia tocquoc doclaptudohanhphuc doclap tudo hanhphuc yeunuoc bacho caycau
anhyeuem emyeuanh yeuem yeuanh emyeu anhyeu toiyeuem nhoem nhoanh vochong giadinh conyeu
congiau bome menho mebe beyeu chongyeu voyeu tinhyeu hanhphucnhe mailaanhem motngay
nguyen nguyenvana nguyenvan tran le pham hoang phan vu vo dang bui
linh huong lan hoa mai thao trang phuong ngoc thuy hung dung minh tuan anhtuan hoanganh
`
