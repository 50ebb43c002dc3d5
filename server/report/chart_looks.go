package report

// rgb is a colour of print.
type rgb [3]uint8

// look is how a class is drawn where no style sheet says otherwise: on paper, and in
// a file that stands alone. Series differ in lightness and in their hatching, so a
// grey print or an eye that sees no colours keeps them apart.
type look struct {
	fill   *rgb
	stroke *rgb
	width  float64 // of the stroke, pixels
	dash   float64 // pixels; 0 for a solid line
	hatch  string  // "", "/", "-", "x", "|": drawn over the fill with the stroke's colour
	text   bool
	bold   bool
}

// The colours of tokens.css, as ink.
var (
	inkColour    = &rgb{0x17, 0x23, 0x1F}
	greyColour   = &rgb{0x6E, 0x68, 0x58}
	ruleColour   = &rgb{0xD8, 0xD0, 0xBE}
	lotusColour  = &rgb{0x0F, 0x5A, 0x50}
	mistColour   = &rgb{0xB9, 0xCF, 0xC6}
	creamColour  = &rgb{0xF6, 0xEF, 0xDD}
	amberColour  = &rgb{0xF2, 0xB2, 0x33}
	redColour    = &rgb{0xB3, 0x26, 0x1E}
	bronzeColour = &rgb{0x9A, 0x6B, 0x2F}
	whiteColour  = &rgb{0xFF, 0xFF, 0xFF}
)

var looks = map[string]look{
	"axis":       {stroke: greyColour, width: 1.4},
	"grid":       {stroke: ruleColour, width: 0.8},
	"label":      {fill: inkColour, text: true},
	"label-grey": {fill: greyColour, text: true},
	"value":      {fill: inkColour, text: true},
	"bar-1":      {fill: lotusColour},
	"bar-2":      {fill: mistColour, stroke: lotusColour, hatch: "/"},
	"bar-3":      {fill: creamColour, stroke: bronzeColour, hatch: "-"},
	"bar-4":      {fill: amberColour, stroke: bronzeColour, hatch: "x"},
	"bar-5":      {fill: whiteColour, stroke: redColour, hatch: "|"},
	"line-1":     {stroke: lotusColour, width: 2.4},
	"line-2":     {stroke: bronzeColour, width: 2, dash: 6},
	"dot-1":      {fill: lotusColour},
	"dot-2":      {fill: bronzeColour},
	"heat-0":     {fill: whiteColour, stroke: ruleColour, width: 0.8},
	"heat-1":     {fill: &rgb{0xEF, 0xF6, 0xF1}},
	"heat-2":     {fill: &rgb{0xDC, 0xEB, 0xE4}},
	"heat-3":     {fill: mistColour},
	"heat-4":     {fill: &rgb{0x4F, 0x93, 0x86}},
	"heat-5":     {fill: lotusColour},
	"on-heat-1":  {fill: inkColour, text: true},
	"on-heat-2":  {fill: inkColour, text: true},
	"on-heat-3":  {fill: inkColour, text: true},
	"on-heat-4":  {fill: inkColour, text: true, bold: true},
	"on-heat-5":  {fill: whiteColour, text: true, bold: true},
}
