package prepare

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/prepare/signal"
)

// Windows of a signal do not reach across stretches that no channel has; one channel's
// own are NaN in them.
func TestChopSignalsWithoutNumbers(t *testing.T) {
	x := noise(8000) // 4 s
	for i := 2 * 3000; i < 2*4010; i++ {
		x[i] = math.NaN()
	}
	for k := 6000; k < 6100; k++ {
		x[2*k] = math.NaN()
	}
	o := signalOptions(signal.KindRaw)
	o.Chop = ms(300, 100)
	r := muscles(x, 2)
	r.Intervals = nil
	trials, d, report := made(t, r, o)
	if c := report.Chop; c.Stretches != 2 || math.Abs(c.Recorded-(1.5+1.995)) > 1e-9 {
		t.Errorf("%d stretches, %v s recorded", c.Stretches, c.Recorded)
	}
	starts := append(slices.Clone(d.Train.Starts), d.Valid.Starts...)
	for _, start := range starts {
		if start+30 > 150 && start < 201 {
			t.Errorf("a window begins at bin %d, and lies in what was lost", start)
		}
	}
	for id, values := range trials {
		for i := 1; i < len(values); i += 2 {
			if values[i] != values[i] {
				t.Fatalf("window %d: bin %d of the channel that is there is NaN", id, i/2)
			}
		}
	}
}

// A muscle whose channel is 0 throughout is modelled by what may be 0.
func TestRunFlagsOfSilentChannel(t *testing.T) {
	x := noise(8000)
	if _, _, report := made(t, muscles(slices.Clone(x), 2), signalOptions(signal.KindEMG)); !slices.Equal(report.RunFlags(), []string{"--preset", "emg"}) {
		t.Errorf("flags of run are %q", report.RunFlags())
	}
	for k := range 8000 {
		x[2*k] = 0
	}
	want := []string{"--preset", "emg", "--set", "model.likelihood=zero_inflated_gamma"}
	if _, _, report := made(t, muscles(x, 2), signalOptions(signal.KindEMG)); !slices.Equal(report.RunFlags(), want) {
		t.Errorf("flags of run are %q, want %q", report.RunFlags(), want)
	}
}
