package main

import "testing"

// Few outputs are printed one by one, of many how they lie; one without a score is left
// out of that.
func TestPerOutput(t *testing.T) {
	var values []*float64
	for i := range 8 {
		v := float64(i) / 10
		values = append(values, &v)
	}
	if text := perOutput([]string{"x", "y"}, values[:2]); text != "(x 0.0000, y 0.1000)" {
		t.Errorf("of two: %q", text)
	}
	values[7] = nil
	if text := perOutput(nil, values); text != "(of 7: median 0.3000, quartiles 0.1500 and 0.4500)" {
		t.Errorf("of eight: %q", text)
	}
}
