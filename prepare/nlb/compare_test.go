package nlb

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/ingest"
)

// Tolerances, as parts of a tensor's largest value. The tools store single precision,
// and average PSTHs of sums that a Fourier transform in single precision makes.
const (
	nearBehavior = 1e-9
	nearPSTH     = 2e-6
)

// prepared has the package prepare what stands at a path.
func prepared(t testing.TB, source string, o Options) (*Set, *Report) {
	t.Helper()
	set, report, err := prepareAt(source, o)
	if err != nil {
		t.Fatal(err)
	}
	return set, report
}

func prepareAt(source string, o Options) (*Set, *Report, error) {
	files, err := Files(source)
	if err != nil {
		return nil, nil, err
	}
	all, err := Open(files, ingest.Options{})
	if err != nil {
		return nil, nil, err
	}
	defer Close(all)
	return Prepare(all, o)
}

// compare compares a set with a file of nlb_tools: keys, shapes, and values.
func compare(t *testing.T, set *Set, path string) {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := arraysOf(t, f.Root(), "")
	var keys, wanted []string
	for _, tensor := range set.Tensors {
		keys = append(keys, tensor.Key)
	}
	for key := range want {
		wanted = append(wanted, key)
	}
	slices.Sort(keys)
	slices.Sort(wanted)
	if !slices.Equal(keys, wanted) {
		t.Fatalf("keys\n%v, want\n%v", keys, wanted)
	}
	for _, tensor := range set.Tensors {
		compareTensor(t, tensor, want[tensor.Key])
	}
}

// arraysOf finds all arrays of a group and those in it.
func arraysOf(t *testing.T, g *hdf5.Group, in string) map[string]*hdf5.Dataset {
	t.Helper()
	all := map[string]*hdf5.Dataset{}
	for _, name := range g.Keys() {
		if d, err := g.Dataset(name); err == nil {
			all[in+name] = d
			continue
		}
		inner, err := g.Group(name)
		if err != nil {
			t.Fatal(err)
		}
		for key, d := range arraysOf(t, inner, in+name+"/") {
			all[key] = d
		}
	}
	return all
}

func compareTensor(t *testing.T, got *Tensor, want *hdf5.Dataset) {
	t.Helper()
	if !slices.Equal(got.Shape, want.Shape()) {
		t.Errorf("%s has shape %v, want %v", got.Key, got.Shape, want.Shape())
		return
	}
	var values, wanted []float64
	var err error
	if got.Lists != nil {
		values, wanted, err = flat(t, got, want)
	} else {
		values = numbersOf(got)
		wanted, err = want.Float64s()
	}
	if err != nil {
		t.Fatal(err)
	}
	near := 0.
	switch {
	case strings.HasSuffix(got.Key, "_behavior"):
		near = nearBehavior
	case strings.HasSuffix(got.Key, "psth"):
		near = nearPSTH
	}
	compareValuesOf(t, got.Key, values, wanted, near)
}

// compareValuesOf counts what differs by more than a part of the largest value, and
// what is NaN in one alone.
func compareValuesOf(t *testing.T, key string, got, want []float64, near float64) {
	t.Helper()
	largest, worst, wrong, known := 0., 0., 0, 0
	for _, v := range want {
		if !math.IsNaN(v) {
			largest = math.Max(largest, math.Abs(v))
			known++
		}
	}
	for i, v := range got {
		switch d := math.Abs(v - want[i]); {
		case math.IsNaN(v) != math.IsNaN(want[i]):
			wrong++
		case d > near*largest:
			wrong++
			worst = math.Max(worst, d)
		}
	}
	if wrong > 0 {
		t.Errorf("%s: %d of %d values differ, by up to %g of %g", key, wrong, len(got), worst, largest)
	}
	if known == 0 && len(want) > 0 {
		t.Errorf("%s: nothing in it is known", key)
	}
}

// flat compares how long lists are, and returns their numbers.
func flat(t *testing.T, got *Tensor, want *hdf5.Dataset) (values, wanted []float64, err error) {
	t.Helper()
	s, err := want.Sequences()
	if err != nil {
		return nil, nil, err
	}
	for k, list := range got.Lists {
		for _, v := range list {
			values = append(values, float64(v))
		}
		if len(values) != s.Ends[k] {
			t.Errorf("%s: list %d ends at %d, want %d", got.Key, k, len(values), s.Ends[k])
		}
	}
	wanted, err = s.Float64s()
	if err == nil && len(wanted) != len(values) {
		t.Fatalf("%s has %d numbers, want %d", got.Key, len(values), len(wanted))
	}
	return values, wanted, err
}

func numbersOf(t *Tensor) []float64 {
	var out []float64
	for _, v := range t.Numbers {
		out = append(out, float64(v))
	}
	for _, v := range t.Whole {
		out = append(out, float64(v))
	}
	for _, v := range t.Flags {
		n := 0.
		if v {
			n = 1
		}
		out = append(out, n)
	}
	return out
}
