package infer_test

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Of data on a scale, what is inferred is written in the recording's unit: means with
// factor and offset, parameters by the power of the unit that they are in, channel by
// channel in the order of the file. What is of no unit of the data stays as it is.
func TestWriteInTheRecordingsUnit(t *testing.T) {
	for kind, named := range map[string]map[string]struct {
		parameter, power int
		unit             string
	}{
		"gaussian":            {"output_variance": {0, 2, "V^2"}},
		"gamma":               {"output_alpha": {0, 0, "1"}, "output_beta": {1, -1, "1/V"}},
		"zero_inflated_gamma": {"output_alpha": {0, 0, "1"}, "output_beta": {1, -1, "1/V"}, "output_nonzero": {2, 0, "1"}},
	} {
		d := recording()
		d.Order = []int{2, 0, 3, 1}
		d.Scale = &dataset.Scale{Unit: "V", Factor: []float64{1e-5, 3e-6, .25, 7}, Offset: []float64{0, 1e-6, -3, 2}}
		r := run(t, newModelOf(t, 2, kind), d, 1)
		g := open(t, write(t, d, r))
		wantText(t, data(t, g, "valid_output_params"), "unit", "V")
		means := floats(t, g, "valid_output_params")
		for i, v := range r.Valid.Rates.Data {
			channel := d.InFile(i % neurons)
			want := float64(v)*d.Scale.Factor[channel] + d.Scale.Offset[channel]
			wantNear(t, kind+" mean", means[i-i%neurons+channel], want)
		}
		for name, q := range named {
			wantText(t, data(t, g, "valid_"+name), "unit", q.unit)
			got := floats(t, g, "valid_"+name)
			for i, v := range r.Valid.Parameters[q.parameter].Data {
				channel := d.InFile(i % neurons)
				wantNear(t, kind+" "+name, got[i-i%neurons+channel], float64(v)*math.Pow(d.Scale.Factor[channel], float64(q.power)))
			}
		}
		wantText(t, data(t, g, "valid_factors"), "unit", "arbitrary")
	}
}

func wantNear(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if math.Abs(float64(got)-want) > 1e-6*math.Abs(want) {
		t.Fatalf("%s is %v, want %v", what, got, want)
	}
}

// Where the file does not say the unit, it is as the likelihood says.
func TestWriteWithoutUnit(t *testing.T) {
	d := recording()
	d.Scale = &dataset.Scale{Factor: []float64{1, 1, 1, 1}}
	g := open(t, write(t, d, run(t, newModelOf(t, 0, "gaussian"), d, 1)))
	wantText(t, data(t, g, "train_output_params"), "unit", "as the data")
	wantText(t, data(t, g, "train_output_variance"), "unit", "as the data, squared")
}
