package infer_test

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/likelihood"
)

// Data in another unit than those of training are told, of what was observed; those
// that may be negative have no unit by their mean, nor have few spikes.
func TestUnlike(t *testing.T) {
	counts, gamma, gaussian := likelihood.Poisson{}, likelihood.Gamma{}, likelihood.Gaussian{}
	for name, c := range map[string]struct {
		l       likelihood.Likelihood
		times   float32 // what is expected
		missing bool    // half of it, where other numbers are expected
		says    string
	}{
		"alike":              {gamma, 1, false, ""},
		"a few times":        {gamma, 8, false, ""},
		"volts":              {gamma, 1e-5, false, "data of name are 1e-05 times what the model expects"},
		"a thousand times":   {gamma, 1000, false, " 1e+03 times"},
		"alike, gaps":        {gamma, 1, true, ""},
		"volts, gaps":        {gamma, 1e-5, true, " 1e-05 times"},
		"volts, any numbers": {gaussian, 1e-5, false, ""},
		"spikes in Hz":       {counts, 100, false, " 100 times"},
		"few spikes":         {counts, 1e-4, false, ""},
	} {
		d := recording()
		d.Name = "name"
		r := run(t, newModel(t, 2), d, 1)
		of := &infer.Result{Train: r.Train, Valid: r.Valid, Test: r.Test, Likelihood: c.l}
		for _, a := range []struct{ data, rates []float32 }{
			{d.Train.Encod.Data, r.Train.Rates.Data}, {d.Valid.Encod.Data, r.Valid.Rates.Data}, {d.Test.Encod.Data, r.Test.Rates.Data},
		} {
			for i := range a.rates {
				a.rates[i] = .02
			}
			for i := range a.data {
				a.data[i] = .02 * c.times
				if c.missing && i%2 == 0 {
					a.data[i] = float32(math.NaN())
				}
			}
		}
		if got := of.Unlike(d); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
	}
}
