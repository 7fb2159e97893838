package evaluate_test

import (
	"strings"
	"testing"
)

// Smoothed spikes are 0 where nothing fired near, and a logarithm of 0 is far from all:
// mixed with means they are a rival of log rates, better than means alone. A neuron that
// never fired in training costs no more than itself.
func TestSmoothingOfLogRates(t *testing.T) {
	d := lorenz(t)
	r := report(t, d, truth(d.Train), truth(d.Valid))
	s := r.Score("true log rates")
	v := smoothing(*s)
	if v == nil || !(*v > .05 && *v < 1) || !strings.Contains(smoothingNote(*s), "mixed with ") {
		t.Fatalf("smoothing has %+v", s.Rivals)
	}
	for i := 5; i < len(d.Train.Recon.Data); i += neurons {
		d.Train.Recon.Data[i] = 0
	}
	r = report(t, d, truth(d.Train), truth(d.Valid))
	if silent := smoothing(*r.Score("true log rates")); !(*silent > *v-20./neurons) {
		t.Errorf("with a silent neuron %v, before %v", *silent, *v)
	}
}
