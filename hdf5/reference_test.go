package hdf5

import (
	"errors"
	"fmt"
	"testing"
)

// riches are the files made by testdata/make_rich.py.
var riches = []string{"rich-earliest", "rich-v112", "rich-latest"}

// onRich runs a test on all of them.
func onRich(t *testing.T, test func(t *testing.T, root *Group)) {
	for _, name := range riches {
		t.Run(name, func(t *testing.T) { test(t, open(t, golden(t, name)).Root()) })
	}
}

func TestReferences(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("references"))
		expectReferences(t, g, "objects", must[[]Reference](t)(dataset(t, g, "objects").References()))
		expectReferences(t, g, "chunked", must[[]Reference](t)(dataset(t, g, "chunked").References()))
		array := must[*Attribute](t)(g.Attr("array"))
		expectReferences(t, g, "array", must[[]Reference](t)(array.References()))
		same(t, "shape", array.Shape(), []int{2, 2})
		one := must[[]Reference](t)(must[*Attribute](t)(g.Attr("one")).References())
		same(t, "one", one, []Reference{dataset(t, g, "target").Reference()})
		same(t, "type", array.Type().String(), "reference")
	})
}

// expectReferences wants references to the data set target, to nothing, to the
// group, and to the root.
func expectReferences(t *testing.T, g *Group, what string, got []Reference) {
	t.Helper()
	target := dataset(t, g, "target")
	same(t, what, got, []Reference{target.Reference(), {}, g.Reference(), g.f.root.Reference()})
	same(t, what+" data", must[[]float64](t)(must[*Dataset](t)(got[0].Dataset()).Float64s()), rule(35, true))
	if _, ok := must[Object](t)(got[0].Object()).(*Dataset); !ok {
		t.Errorf("%s: the first is no data set", what)
	}
	if _, ok := must[Object](t)(got[2].Object()).(*Group); !ok {
		t.Errorf("%s: the third is no group", what)
	}
	same(t, what+" group", must[*Group](t)(got[2].Group()).Keys(), g.Keys())
	same(t, what+" null", got[1].IsNull(), true)
	_, err := got[1].Object()
	expectError(t, what+" null", err, ErrNotFound)
	_, err = got[0].Group()
	expectError(t, what+" data set as group", err, ErrType)
	_, err = got[2].Dataset()
	expectError(t, what+" group as data set", err, ErrType)
}

func expectError(t *testing.T, what string, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: got error %v, want one that is %v", what, err, kind)
	}
}

func TestRegions(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("references"))
		target := dataset(t, g, "target").Reference()
		steps := spaced()
		want := []Region{
			{Dataset: target, Blocks: []Block{{[]int{1, 2}, []int{2, 4}}}},
			{Dataset: target, Blocks: steps},
			{Dataset: target, Blocks: []Block{{[]int{0, 0}, []int{5, 7}}}},
			{Dataset: target, Blocks: []Block{{[]int{4, 6}, []int{1, 1}}, {[]int{0, 1}, []int{1, 1}}, {[]int{2, 2}, []int{1, 1}}}},
			{Dataset: target, Blocks: []Block{{[]int{0, 0}, []int{2, 2}}, {[]int{3, 4}, []int{2, 3}}}},
			{Dataset: target},
			{},
		}
		d := dataset(t, g, "regions")
		got := must[[]Region](t)(d.Regions())
		for i := range want {
			same(t, fmt.Sprint("region ", i), got[i], want[i])
		}
		same(t, "data sets", must[[]Reference](t)(d.References()), []Reference{target, target, target, target, target, target, {}})
		a := must[*Attribute](t)(g.Attr("region"))
		same(t, "attribute", must[[]Region](t)(a.Regions()), want[:1])
		_, err := dataset(t, g, "objects").Regions()
		expectError(t, "regions of object references", err, ErrType)
		_, err = dataset(t, g, "target").References()
		expectError(t, "references of numbers", err, ErrType)
	})
}

// spaced are three times three elements, two rows and three columns apart.
func spaced() []Block {
	steps := make([]Block, 9)
	for i := range steps {
		steps[i] = Block{[]int{i / 3 * 2, i % 3 * 3}, []int{1, 1}}
	}
	return steps
}

// TestNewerReferences reads the encoding of HDF5 1.12.
func TestNewerReferences(t *testing.T) {
	for _, name := range riches[1:] {
		g := must[*Group](t)(open(t, golden(t, name)).Root().Group("references2"))
		target := dataset(t, g, "target").Reference()
		d := dataset(t, g, "any")
		got := must[[]Reference](t)(d.References())
		same(t, name, got, []Reference{target, target, target, target, {}})
		box := []Block{{[]int{1, 2}, []int{2, 4}}}
		steps := spaced()
		same(t, name, must[[]Region](t)(d.Regions()), []Region{
			{Dataset: target, All: true}, {Dataset: target, Blocks: box}, {Dataset: target, Blocks: steps}, {Dataset: target, All: true}, {},
		})
	}
}

// TestHostileReferences points references to every byte of a file.
func TestHostileReferences(t *testing.T) {
	mendChecksums(t)
	for _, name := range riches {
		b := golden(t, name)
		f := open(t, b)
		opened := 0
		for at := range uint64(len(b)) + 10 {
			o, err := (Reference{f, at}).Object()
			if err == nil {
				opened++
				_, err = o.Attrs()
			}
			if err != nil && !allowed(err) {
				t.Errorf("%s: byte %d: an error without a name: %v", name, at, err)
			}
		}
		if opened < 4 || opened > 200 {
			t.Errorf("%s: %d objects", name, opened)
		}
	}
}
