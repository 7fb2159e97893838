package paper

import (
	"math"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// bins is a score of bins: the mean of those that count, each as often as it does.
type bins []float64

func (b bins) Trials() int { return len(b) }

func (b bins) Of(times []int) float64 {
	sum, n := 0., 0
	for i, v := range b {
		t := 1
		if times != nil {
			t = times[i]
		}
		sum, n = sum+float64(t)*v, n+t
	}
	return sum / float64(n)
}

// Bins of a block count as often as it does, wherever blocks stand in time, and without
// draws each counts once.
func TestInBlocks(t *testing.T) {
	b := newInBlocks(bins{1, 2, 3, 10, 20, 7}, []int{0, 1, 4, 10, 14, 29}, 5) // bins 0 to 4, 10 to 14, 25 to 29
	if b.Trials() != 3 {
		t.Fatalf("%d blocks", b.Trials())
	}
	for _, c := range []struct {
		times []int
		want  float64
	}{{nil, 43. / 6}, {[]int{1, 1, 1}, 43. / 6}, {[]int{0, 3, 0}, 15}, {[]int{1, 0, 2}, 20. / 5}} {
		if got := b.Of(c.times); got != c.want {
			t.Errorf("blocks %v score %v, want %v", c.times, got, c.want)
		}
	}
	if got := (meanScore{bins{1, 3}, bins{5, 7}}).Of([]int{0, 1}); got != 5 {
		t.Errorf("the mean score is %v", got)
	}
}

// A block is of 2 s, or of a window that is longer, or where nobody knows how wide bins are.
func TestBlockBins(t *testing.T) {
	for _, c := range []struct {
		width  time.Duration
		window int
		want   int
	}{{10 * time.Millisecond, 60, 200}, {10 * time.Millisecond, 300, 300}, {0, 60, 60}} {
		if got := blockBins(&dataset.Dataset{BinWidth: c.width, Chop: &dataset.Chop{Window: c.window}}); got != c.want {
			t.Errorf("blocks of %d bins of %v in windows of %d, want %d", got, c.width, c.window, c.want)
		}
	}
}

// A rival that is worse in every block is so beyond its interval; one that is so in half of
// them is not; too few blocks, or a missing score, give no interval.
func TestSetBeside(t *testing.T) {
	ours, worse, mixed := bins{}, bins{}, bins{}
	for i := range 12 {
		v := float64(i % 5)
		ours, worse, mixed = append(ours, v), append(worse, v-1-float64(i)/12), append(mixed, v+math.Pow(-1, float64(i)))
	}
	rows := make([]Row, 4)
	setBeside(rows, []metric.ByTrial{ours, worse, mixed, nil})
	if a, b := rows[1], rows[2]; !(a.number(lowKey) > 0) || a.number(lowKey) > a.number(lessKey) || !(b.number(lowKey) < 0) || !(b.number(highKey) > 0) {
		t.Errorf("one that is worse throughout: %v; one that is so in half: %v", a, b)
	}
	if len(rows[3].Values) != 0 || rows[0].number(lowKey) == rows[0].number(lowKey) || rows[0].number(scoreKey) != ours.Of(nil) {
		t.Errorf("without a score: %v; the first: %v", rows[3], rows[0])
	}
	few := make([]Row, 2)
	setBeside(few, []metric.ByTrial{ours[:5], worse[:5]})
	if low := few[1].number(lowKey); low == low || few[1].number(lessKey) <= 0 {
		t.Errorf("of five blocks: %v", few[1])
	}
}

// Accelerations alone are scored where outputs are called so, without a change to the set.
func TestAccelerationsAlone(t *testing.T) {
	split := func() *dataset.Split {
		return &dataset.Split{Behavior: &dataset.Array{Trials: 1, Bins: 2, Features: 2, Data: []float32{1, 2, 3, 4}}}
	}
	d := &dataset.Dataset{Outputs: []dataset.Quantity{{Name: "angle"}, {Name: "acceleration"}}, Train: split(), Valid: split()}
	some := accelerationsAlone(d)
	if len(some.Outputs) != 1 || some.Outputs[0].Name != "acceleration" || some.Valid.Behavior.Features != 1 || some.Train.Behavior.Data[1] != 4 {
		t.Errorf("accelerations are %v: %v", some.Outputs, some.Train.Behavior.Data)
	}
	if len(d.Outputs) != 2 || d.Train.Behavior.Features != 2 {
		t.Errorf("the set was changed: %v", d.Outputs)
	}
	d.Outputs = nil
	if got := accelerationsAlone(d); got.Train.Behavior.Features != 2 {
		t.Errorf("without names there are %v", got.Train.Behavior)
	}
}
