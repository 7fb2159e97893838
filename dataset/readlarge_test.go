package dataset

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/tree"
)

// repeated is an array of the same block again and again.
type repeated struct {
	tree.Array
	blocks int
	block  []float32
}

func (r repeated) Path() string { return "/spikes" }
func (r repeated) Shape() []int { return []int{r.blocks, len(r.block), 1} }

func (r repeated) Float32Rows() iter.Seq2[[]float32, error] {
	return func(yield func([]float32, error) bool) {
		for range r.blocks {
			if !yield(r.block, nil) {
				return
			}
		}
	}
}

// What a small file unpacks to is refused if it is more than zeros; zeros are read.
func TestNumbersOfBombs(t *testing.T) {
	zeros, ones := make([]float32, 1<<20), slices.Repeat([]float32{1}, 1<<20)
	for _, c := range []struct {
		array repeated
		size  int64
		says  string // "": it is read
	}{
		{repeated{nil, 256, zeros}, 1 << 20, ""},
		{repeated{nil, 256, ones}, 1 << 20, "/spikes of shape [256 1048576 1] unpacks to 1.0 GiB, of which more than 16 MiB are not zeros, out of a file of 1.0 MiB"},
		{repeated{nil, 64, ones}, 1 << 10, ""},
	} {
		values, err := (&loader{size: c.size}).numbersIn(c.array)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%d blocks of %v: error %v, want one with %q", c.array.blocks, c.array.block[0], err, c.says)
		}
		if err == nil && (len(values) != c.array.blocks<<20 || values[len(values)-1] != c.array.block[0]) {
			t.Errorf("%d blocks of %v: %d values, the last is %v", c.array.blocks, c.array.block[0], len(values), values[len(values)-1])
		}
	}
}

func TestCopyPages(t *testing.T) {
	src := make([]float32, 3*pageLength+5)
	src[pageLength+7], src[len(src)-1] = 2, 3
	dst := make([]float32, len(src)+1)
	if n := copyPages(dst, src); n != pageLength+5 || !slices.Equal(dst[:len(src)], src) {
		t.Errorf("%d numbers written", n)
	}
	clear(src)
	if copyPages(dst, src); !slices.Equal(dst[:len(src)], src) {
		t.Error("zeros are not copied over what is there")
	}
}
