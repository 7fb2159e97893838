package report

import (
	"math"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// TestSignals: data that are no counts are drawn in the recording's unit, each channel
// by the levels of its own signal, gaps and channels that never change, too.
func TestSignals(t *testing.T) {
	recon, means := dataset.NewArray(2, 8, 3), dataset.NewArray(2, 8, 3)
	for i := range recon.Data {
		recon.Data[i], means.Data[i] = float32(i%5), 2
		if i%3 == 2 {
			recon.Data[i] = 1 // the last channel never changes
		}
	}
	recon.Data[3] = float32(math.NaN())
	scale := &dataset.Scale{Unit: "V", Factor: []float64{1e-5, 2e-5, 1}, Offset: []float64{0, 1e-5, 0}}
	d := &dataset.Dataset{Name: "muscles", BinWidth: 10 * time.Millisecond, Scale: scale, Valid: &dataset.Split{Encod: recon, Recon: recon}}
	f := &Figures{Dir: t.TempDir(), Dataset: d, Means: means}
	drawn, undrawn, err := f.Draw(t.Context())
	if err != nil || len(drawn) != 1 || len(undrawn) != 0 {
		t.Fatalf("drew %v, said %v, %v", drawn, undrawn, err)
	}
	if got := f.trialInUnit(means, 1)[:3]; got[0] != 2e-5 || got[1] != 5e-5 || got[2] != 2 {
		t.Errorf("means in V are %v", got)
	}
	s := (&SignalsToMeans{BinWidth: d.BinWidth, Channels: make([]string, 3), Signals: f.trialInUnit(recon, 0), Means: f.trialInUnit(means, 0)}).prepare()
	levels := s.levels(s.signals)
	for bin, want := range []float64{0, math.NaN(), .25} { // of 0, NaN, 1 among 0 to 4
		if got := levels.at(bin, 0); math.Abs(got-want) > 1e-6 || (got == got) != (want == want) {
			t.Errorf("bin %d of the first channel is at %v, want %v", bin, got, want)
		}
	}
	if got := levels.at(0, 2); got != .5 {
		t.Errorf("a channel that never changes is at %v, want the middle", got)
	}
	d.Order = []int{2, 1, 0} // the scale is in the file's order
	if got := f.trialInUnit(means, 0)[0]; got != 2 {
		t.Errorf("of another order the mean is %v, want its own number", got)
	}
}
