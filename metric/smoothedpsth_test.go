package metric

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// A spike in one of two trials becomes half a Gaussian's weights; their sum stays
// half a spike as long as no end cuts the kernel.
func TestSmoothedPSTH(t *testing.T) {
	spikes := dataset.NewArray(3, 41, 1)
	spikes.Bin(1, 20)[0], spikes.Bin(0, 3)[0] = 1, 5
	psth, conditions, err := SmoothedPSTH(10*time.Millisecond, 5*time.Millisecond, Labelled{spikes, []int64{-1, 4, 4}})
	if err != nil || !slices.Equal(conditions, []int64{4}) || psth.Trials != 1 {
		t.Fatal(conditions, psth, err)
	}
	sum, weights := 0., 0.
	for d := -6; d <= 6; d++ {
		weights += math.Exp(-float64(d*d) / 8)
	}
	for bin, v := range psth.Data {
		sum += float64(v)
		want := 0.
		if d := bin - 20; d >= -6 && d <= 6 {
			want = .5 * math.Exp(-float64(d*d)/8) / weights
		}
		if math.Abs(float64(v)-want) > 1e-7 {
			t.Errorf("bin %d: %v, want %v", bin, v, want)
		}
	}
	if math.Abs(sum-.5) > 1e-6 {
		t.Errorf("half a spike became %v", sum)
	}
}

// A constant stays one: at the ends of trials, and where bins were not observed.
func TestSmoothedPSTHOfAConstant(t *testing.T) {
	a, b := dataset.NewArray(1, 9, 2), dataset.NewArray(2, 9, 2)
	for _, x := range []*dataset.Array{a, b} {
		for i := range x.Data {
			x.Data[i] = 3
		}
	}
	a.Data[4], b.Data[0], b.Data[18] = nan, nan, nan
	psth, conditions, err := SmoothedPSTH(PSTHKernel, 20*time.Millisecond, Labelled{a, []int64{7}}, Labelled{b, []int64{7, 2}})
	if err != nil || !slices.Equal(conditions, []int64{2, 7}) {
		t.Fatal(conditions, err)
	}
	for i, v := range psth.Data {
		if v != 3 {
			t.Errorf("element %d of a constant is %v", i, v)
		}
	}
	psth, _, _ = SmoothedPSTH(time.Millisecond, 20*time.Millisecond, Labelled{a, []int64{7}})
	if v := psth.Data[4]; v == v {
		t.Errorf("nothing was observed, but %v", v)
	}
}

func TestSmoothedPSTHRefuses(t *testing.T) {
	a, b, ms := dataset.NewArray(1, 9, 2), dataset.NewArray(1, 8, 2), time.Millisecond
	for _, c := range []struct {
		sd, width time.Duration
		parts     []Labelled
		says      string
	}{
		{ms, ms, []Labelled{{a, []int64{-1}}}, "no trial has a condition"},
		{ms, ms, nil, "no trial has a condition"},
		{ms, ms, []Labelled{{a, []int64{1}}, {b, []int64{1}}}, "9 bins x 2 and of 1 trials x 8 bins"},
		{0, ms, []Labelled{{a, []int64{1}}}, "over 0"},
		{ms, 0, []Labelled{{a, []int64{1}}}, "--bin-ms"},
	} {
		if _, _, err := SmoothedPSTH(c.sd, c.width, c.parts...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v does not say %q", err, c.says)
		}
	}
}
