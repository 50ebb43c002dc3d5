package search

// Tables are the words and the life events a catalogue is shown by.
type Tables struct {
	Synonyms Synonyms
	Events   []Event
	// Mark tells these tables from others; empty for those of the program.
	Mark string
}

// DefaultTables are those that come with the program.
func DefaultTables() Tables {
	return Tables{Synonyms: DefaultSynonyms(), Events: DefaultEvents()}
}
