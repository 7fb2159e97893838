package hdf5

import (
	"fmt"
	"strings"
	"testing"
)

// ends are those of n sequences of which number i has i mod 4 values.
func ends(n int) []int {
	v := make([]int, n)
	for i := range v {
		v[i] = i % 4
		if i > 0 {
			v[i] += v[i-1]
		}
	}
	return v
}

// counted are 0, 1, 2, ... times a factor.
func counted(n int, factor float64) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i) * factor
	}
	return v
}

func TestSequences(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("sequences"))
		read := func(name string) *Sequences { return must[*Sequences](t)(dataset(t, g, name).Sequences()) }
		for name, want := range map[string][]float64{"f8": counted(12, .5), "big": counted(12, 1), "chunked": counted(12, 1)} {
			s := read(name)
			same(t, name+" ends", s.Ends, ends(9))
			same(t, name, must[[]float64](t)(s.Float64s()), want)
			same(t, name+" shape", s.Shape(), []int{12})
		}
		same(t, "type", dataset(t, g, "f8").Type().String(), "sequence of float64")
		same(t, "type of values", read("big").Type().String(), "int16")
		many := read("many")
		same(t, "many", must[[]float64](t)(many.Float64s()), counted(900, 1))
		same(t, "ends of many", many.Ends, ends(600))
		pairs := must[*Sequences](t)(read("pairs").Field("t"))
		same(t, "pairs", must[[]float64](t)(pairs.Float64s()), counted(12, .25))
		same(t, "ends of pairs", pairs.Ends, ends(9))
		refs := must[[]Reference](t)(read("refs").References())
		same(t, "refs", refs[2:4], []Reference{root.Reference(), g.Reference()})
		texts := read("texts")
		same(t, "texts", must[[]string](t)(texts.Strings()), []string{"a", "bb", "ccc", "d"})
		same(t, "ends of texts", texts.Ends, []int{3, 3, 4})
		same(t, "nested", must[*Sequences](t)(read("nested").Sequences()).Ends, []int{})
		a := must[*Sequences](t)(must[*Attribute](t)(g.Attr("f8")).Sequences())
		same(t, "attribute", must[[]float64](t)(a.Float64s()), []float64{1.5, 2.5, 3.5})
		same(t, "ends of attribute", a.Ends, []int{2, 3})
	})
}

func TestSequenceErrors(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("sequences"))
		_, err := dataset(t, g, "strings").Sequences()
		expectError(t, "strings as sequences", err, ErrType)
		_, err = dataset(t, g, "f8").Float64s()
		expectError(t, "sequences as numbers", err, ErrType)
		_, err = must[*Sequences](t)(dataset(t, g, "pairs").Sequences()).Field("j")
		expectError(t, "a field that is not there", err, ErrNotFound)
	})
}

// TestSharedSequences refuses sequences that all have the same bytes: a small file
// would else take any amount of memory.
func TestSharedSequences(t *testing.T) {
	d := dataset(t, open(t, golden(t, "rich-earliest")).Root(), "sequences/many")
	raw := must[[]byte](t)(d.Raw())
	var same []byte
	for range 200000 {
		same = append(same, raw[48:64]...)
	}
	e := elements{d.f, d.path, d.typ, []uint64{200000}, same, wholeOf(d.typ)}
	_, err := e.Sequences()
	expectError(t, "shared", err, ErrCorrupt)
}

// TestStringRows streams strings of variable length, and a slab of them.
func TestStringRows(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		d := dataset(t, root, "sequences/strings")
		var want, got []string
		for i := range 500 {
			want = append(want, fmt.Sprintf("text %d %s", i, strings.Repeat("x", i%50)))
		}
		for block, err := range must[*Dataset](t)(d.Slab([]int{150}, []int{250})).StringRows() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, block...)
		}
		same(t, "slab", got, want[150:400])
		same(t, "whole", must[[]string](t)(d.Strings()), want)
	})
}
