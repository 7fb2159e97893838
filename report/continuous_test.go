package report

import (
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/plot/vg"

	"github.com/autolfads/autolfads/dataset"
)

// long is a recording of two stretches of 40 and 80 bins of 50 ms, in windows of 20
// that share 5, of two neurons: in the longer one, the first fires at first, the second
// then.
func long(t *testing.T) *Figures {
	t.Helper()
	c := &dataset.Chop{Window: 20, Overlap: 5, Power: 2, Origin: 10, Bins: 130}
	spikes, rates := make([]float32, 2*c.Bins), make([]float32, 2*c.Bins)
	for i := range spikes {
		spikes[i] = float32(i % 2)
		if first := i/2 < 90; first == (i%2 == 0) {
			rates[i] = 1
		}
	}
	starts := c.Starts([]dataset.Stretch{{First: 0, Last: 40}, {First: 50, Last: 130}}, 1)
	all := c.Cut(spikes, 2, starts)
	d := &dataset.Dataset{Name: "long", BinWidth: 50 * time.Millisecond, Chop: c, Neurons: []string{"a", "b"}}
	d.Divide(&dataset.Split{Encod: all, Recon: all, Starts: starts}, dataset.Division{Share: .3})
	m, err := c.Merge(20, dataset.Placed{Starts: starts, Values: c.Cut(rates, 2, starts)})
	if err != nil {
		t.Fatal(err)
	}
	valid := dataset.NewArray(d.Valid.Trials(), 20, 2)
	return &Figures{Dir: t.TempDir(), Dataset: d, Rates: valid, Continuous: m}
}

// A stretch of a continuous recording is drawn where there is one: rates dark where
// they are high, spikes in their rows.
func TestContinuousShowsTheRates(t *testing.T) {
	f := long(t)
	drawn, undrawn, err := f.Draw(t.Context())
	name := filepath.Join("figures", "continuous.png")
	if err != nil || len(undrawn) > 0 || !slices.Contains(drawn, name) {
		t.Fatalf("drew %v, not %v, %v", drawn, undrawn, err)
	}
	file, err := os.Open(filepath.Join(f.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for at, dark := range map[[2]float64]bool{{.1, .25}: true, {.9, .25}: false, {.1, .75}: false, {.9, .75}: true} {
		x := mapsLeft + longWidth*vg.Length(at[0])
		got := pixel(img, x, mapsTop+longHeight+mapGap+longHeight*vg.Length(at[1]))
		if want := map[bool]uint8{true: shade(1).G, false: shade(0).G}[dark]; got.G != want {
			t.Errorf("rates at %v are %v", at, got)
		}
	}
	f.Continuous = nil
	if drawn, _, err := f.Draw(t.Context()); err != nil || slices.Contains(drawn, name) {
		t.Errorf("of trials that are no windows %v are drawn, %v", drawn, err)
	}
}

// The middle of the longest stretch is shown.
func TestStretchShown(t *testing.T) {
	all := []dataset.Stretch{{First: 0, Last: 40}, {First: 50, Last: 130}}
	for bins, want := range map[int64]dataset.Stretch{600: {First: 50, Last: 130}, 20: {First: 80, Last: 100}} {
		if got := stretchShown(all, bins); got != want {
			t.Errorf("of %d bins %v are shown, want %v", bins, got, want)
		}
	}
}
