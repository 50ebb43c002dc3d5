package main

import "testing"

func TestYardstickRows(t *testing.T) {
	out := "    a_test.go:1: yardstick | touch to paper, p95 | 198.7 | 44.1 | bare HTTP | 300.0\n--- PASS\n" +
		"    a_test.go:2: yardstick | first | 1448.5 | 0.0 | an empty page | 1000.0\n"
	rows, err := yardstickRows([]byte(out))
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if r := rows[0]; r.what != "touch to paper, p95" || r.ours != "199 ms" || r.limit != "44 ms bare HTTP" || r.ratio != "4.51" || r.aim != "< 300 ms" || !r.ok {
		t.Errorf("the first row is %+v", r)
	}
	if r := rows[1]; r.ratio != "" || r.ok {
		t.Errorf("the second row is %+v", r)
	}
	for _, bad := range []string{"", "PASS\n", out + "yardstick | cut off\n"} {
		if _, err := yardstickRows([]byte(bad)); err == nil {
			t.Errorf("%q passes for a measurement", bad)
		}
	}
}
