package catalogue

import "regexp"

const (
	council = `(?:hoi dong nhan dan|hdnd)`
	decides = `(?:quyet dinh|quy dinh|nghi quyet|ban hanh)`
)

var (
	feeWord     = regexp.MustCompile(`\b(?:phi|muc thu|muc)\b`)
	byCouncil   = regexp.MustCompile(council + `[^.;]{0,120}` + decides)
	ofCouncil   = regexp.MustCompile(decides + `[^.;]{0,60}` + council)
	provinceSay = regexp.MustCompile(`^(?:theo )?(?:nghi quyet|quy dinh) (?:so [^ ]+ )?(?:cua )?` + council)
)

// ByProvince tells whether a fee or its note says that the council of the
// province sets the fee. The national catalogue then often holds "Miễn phí"
// beside it, which must not be shown as the fee.
func ByProvince(text string) bool {
	s := plain(text)
	return provinceSay.MatchString(s) || feeWord.MatchString(s) && (byCouncil.MatchString(s) || ofCouncil.MatchString(s))
}
