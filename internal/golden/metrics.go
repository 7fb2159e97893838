package golden

import (
	"fmt"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Metrics returns the groups of metrics.h5: what the Neural Latents
// Benchmark's tools and scikit-learn score on small inputs. Groups are bps,
// psth, tp and vel; their inputs, too, are exactly representable in float32.
func Metrics(t testing.TB) map[string]*Group {
	t.Helper()
	root := open(t, "metrics")
	groups := map[string]*Group{}
	for _, name := range root.Keys() {
		groups[name] = read(t, root, name)
	}
	return groups
}

// Dataset returns a as trials, bins and features. It panics if a has another
// number of dimensions.
func (a Array) Dataset() *dataset.Array {
	if len(a.Shape) != 3 {
		panic(fmt.Sprintf("golden: shape %v is not trials, bins, features", a.Shape))
	}
	out := dataset.NewArray(a.Shape[0], a.Shape[1], a.Shape[2])
	for i, v := range a.Data {
		out.Data[i] = float32(v)
	}
	return out
}

// Int64s returns the numbers of a as integers.
func (a Array) Int64s() []int64 {
	out := make([]int64, len(a.Data))
	for i, v := range a.Data {
		out[i] = int64(v)
	}
	return out
}
