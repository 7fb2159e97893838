package prepare

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// TestConditions: whole numbers stay what they are, whatever rows hold that are left
// out; other numbers are places in the order of how large they are.
func TestConditions(t *testing.T) {
	r := session([]*dataset.Column{
		column("start_time", 0, 1, 2, 3, 4), column("target", 10, 9, nan, 2, 9), column("contrast", 10.5, nan, 9, -1, 9),
		{Name: "result", Words: []string{"R", "", "F", "R", "A"}},
		{Name: "catch", Flags: []bool{true, false, true, true, false}},
	}, []float64{.5})
	for _, c := range []struct {
		column  string
		rows    []int64
		numbers []int64
		words   []string
	}{
		{"target", []int64{0, 1, 3, 4}, []int64{10, 9, 2, 9}, nil},
		{"target", []int64{0, 1, 2, 3}, []int64{2, 1, 3, 0}, []string{"2", "9", "10", "not known"}},
		{"contrast", []int64{0, 1, 2, 3, 4}, []int64{2, 3, 1, 0, 1}, []string{"-1", "9", "10.5", "not known"}},
		{"result", []int64{4, 0, 1, 2}, []int64{0, 2, 3, 1}, []string{"A", "F", "R", "not known"}},
		{"catch", []int64{0, 1}, []int64{1, 0}, []string{"false", "true"}},
	} {
		numbers, words, err := conditions(r, "", c.column, c.rows)
		if err != nil || !slices.Equal(numbers, c.numbers) || !slices.Equal(words, c.words) {
			t.Errorf("%s of rows %v: %v, %q (%v), want %v, %q", c.column, c.rows, numbers, words, err, c.numbers, c.words)
		}
	}
}
