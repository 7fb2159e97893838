package prepare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// countsOf are the counts of each unit in a dataset, by its id, in the order of trials.
func countsOf(d *dataset.Dataset) map[string][]float32 {
	all := map[string][]float32{}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		for i, id := range d.Neurons {
			all[id] = slices.AppendSeq(all[id], s.Recon.Feature(i))
		}
		for i, id := range d.SetAside {
			all[id] = slices.AppendSeq(all[id], s.SetAside.Feature(i))
		}
	}
	return all
}

// Units set aside are among neither those read nor those reconstructed, and counted all
// the same; units named to be held out are none of them.
func TestSetAside(t *testing.T) {
	o := Options{BinMs: 100, Window: &Window{0, 300}, ForwardMs: 200}
	plain, _, err := Trials(sorted(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := countsOf(plain)
	for _, c := range []struct {
		amount float64
		out    HoldOutOptions
		aside  int
		read   int
	}{
		{1, HoldOutOptions{}, 1, 4},
		{.5, HoldOutOptions{}, 3, 2},
		{2, HoldOutOptions{Share: .3}, 2, 2},
		{2, HoldOutOptions{Units: "5,11"}, 2, 1},
	} {
		for seed := range uint64(6) {
			o.SetAside, o.HoldOut, o.Split.Seed = c.amount, c.out, seed
			d, report, err := Trials(sorted(), o)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.SetAside) != c.aside || d.Train.Encod.Features != c.read || !slices.Equal(report.SetAside, d.SetAside) || len(report.Units) != len(d.Neurons) {
				t.Errorf("%g of 5 units: %q set aside, %d read; the report has %q of %d", c.amount, d.SetAside, d.Train.Encod.Features, report.SetAside, len(report.Units))
			}
			if c.out.Units != "" && (slices.Contains(d.SetAside, "5") || slices.Contains(d.SetAside, "11")) {
				t.Errorf("units to be held out are set aside: %q", d.SetAside)
			}
			for id, counts := range countsOf(d) {
				if seed == 0 && !slices.Equal(counts, want[id]) { // of other seeds trials are divided otherwise
					t.Errorf("unit %s is counted otherwise, set aside or not", id)
				}
			}
			if text := report.String(); !strings.Contains(text, fmt.Sprintf("(by seed %d): %s\n", seed, strings.Join(d.SetAside, ", "))) {
				t.Errorf("the report is\n%s", text)
			}
		}
	}
}

func TestSetAsideRefused(t *testing.T) {
	for want, change := range map[string]func(*Options){
		"of 5 neurons 5 cannot be set aside":                         func(o *Options) { o.SetAside = 5 },
		"of 3 neurons 3 cannot":                                      func(o *Options) { o.SetAside, o.HoldOut.Units = 3, "5,11" },
		"1.5 neurons are to be set aside: it must be a whole number": func(o *Options) { o.SetAside = 1.5 },
		"of one unit none can be held out":                           func(o *Options) { o.SetAside, o.HoldOut.Share = 4, .5 },
	} {
		o := Options{BinMs: 100, Window: &Window{0, 300}}
		change(&o)
		if _, _, err := Trials(sorted(), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
