package escpos

import "testing"

func BenchmarkEncode(b *testing.B) {
	p := profile(576, nil)
	for b.Loop() {
		if _, err := Encode(Sample(), p); err != nil {
			b.Fatal(err)
		}
	}
}
