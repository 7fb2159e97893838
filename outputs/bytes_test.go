package outputs

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
)

// Files keep their bytes, so that a run that goes on after an update of the program ends
// with the files that it would have had. AUTOLFADS_UPDATE=1 stores what they are now.
func TestStoredBytes(t *testing.T) {
	files := map[string]func(d *dataset.Dataset, of *Content){
		"counts":        func(*dataset.Dataset, *Content) {},
		"one split":     func(_ *dataset.Dataset, of *Content) { of.Train, of.Test = nil, nil },
		"unknown width": func(d *dataset.Dataset, _ *Content) { d.BinWidth = 0 },
		"units in order, prepared": func(d *dataset.Dataset, _ *Content) {
			d.Order, d.Neurons = nil, []string{"a", "b", "c", "d", "e"}
			d.Attributes = map[string]any{"source": "session.nwb", "prepare_version": "1"}
		},
		"divided": func(d *dataset.Dataset, _ *Content) { d.Divided = &dataset.Division{Share: .25, Seed: 7} },
		"without ids": func(d *dataset.Dataset, _ *Content) {
			d.Train.TrialIDs, d.Valid.TrialIDs, d.Test.TrialIDs = nil, nil, nil
		},
		"a scale, parameters": func(d *dataset.Dataset, of *Content) {
			d.Scale = &dataset.Scale{Unit: "V", Factor: []float64{1, 2, 4, 8, 16}}
			of.Counts, of.Unit = false, "as the data"
			for _, p := range []*Part{of.Train, of.Valid, of.Test} {
				p.Others = append(p.Others,
					Quantity{Name: "ic_mean", Unit: arbitrary, Values: dataset.NewArray(p.Rates.Trials, 1, 3), Kind: OfTrials},
					Quantity{Name: "output_variance", Unit: "as the data, squared", Values: p.Rates, Kind: OfNeurons, Power: 2},
					Quantity{Name: "output_alpha", Unit: "1", Values: p.Rates, Kind: OfNeurons})
			}
		},
		"windows without times": func(d *dataset.Dataset, _ *Content) {
			d.BinWidth = 0
			d.Chop = &dataset.Chop{Window: bins, Overlap: 2, Power: 2, Bins: 1 << 40}
			d.Train.Starts, d.Valid.Starts, d.Test.Starts = []int64{10, 2, 24, 44}, []int64{6, 40}, []int64{20}
		},
	}
	sums := map[string]string{}
	for name, change := range files {
		d := session()
		of := OfCounts(estimates(d))
		change(d, &of)
		text, err := os.ReadFile(written(t, d, of))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		sums[name] = hex.EncodeToString(sum[:])
	}
	for name, was := range testenv.Stored(t, "testdata/bytes.json", sums) {
		if sums[name] != was {
			t.Errorf("%s: the file has other bytes than before", name)
		}
	}
}
