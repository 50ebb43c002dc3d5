package catalogue

import (
	"bytes"
	_ "embed"
	"io"
)

// sampleFile holds the procedures of a ward, written for the demo: code, field,
// time and fee as published in July 2026, names and papers in short. Every record
// is marked as sample data, which is no substitute for the published text.
//
//go:embed sample.jsonl
var sampleFile []byte

// SampleName is the name the demo catalogue is imported under.
const SampleName = "sample.jsonl"

// Sample gives the demo catalogue as a file to import.
func Sample() io.Reader { return bytes.NewReader(sampleFile) }
