package search

// The points. A gap between two rules is wider than what tells two hits of one
// rule apart by a word more or less; place and daily use may bridge it.
const (
	ptWords   = 600 // every word met
	ptNear    = 240 // neighbours in the question are neighbours in the name
	ptPhrase  = 100 // all side by side and in order
	ptMarks   = 60  // every mark typed is in the name
	ptBegins  = 80  // the name begins with it
	ptShare   = 140 // of the name that was asked for
	ptCommune = 80

	ptOtherMark = -130 // for each word with other marks than typed
	ptKeys      = -10
	ptBegun     = -120
	ptSlip      = -280
	ptSlipMore  = -60
	ptUnknown   = -150
	ptSynonym   = -240
	ptDeclared  = -20
	ptKeyword   = -30
	ptField     = -110
	ptOther     = -330

	enough = 760 // a best score below this makes the search look for slips in known words, too
	poor   = 400 // and below this, for entries that do not hold every word
)
