package ingest_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

func openSignals(t *testing.T, name string, o ingest.Options) (*dataset.Recording, error) {
	t.Helper()
	r, err := ingest.Open(testenv.Gunzip(t, "testdata/signals_"+name+".gz", filepath.Join(t.TempDir(), name)), o)
	if err == nil {
		t.Cleanup(func() { r.Close() })
	}
	return r, err
}

// Files of signals alone are recordings, whichever way round the array is and wherever
// its rate stands.
func TestSignalsAlone(t *testing.T) {
	muscles := []string{"biceps", "triceps", "deltoid"}
	for name, want := range map[string]struct {
		stream string
		start  float64
		names  []string
		unit   string
		trials int
	}{
		"own_rate.npz":    {stream: "emg", trials: 3},
		"shared_rate.npz": {stream: "emg"},
		"clock.npz":       {stream: "emg", start: .1},
		"bare.npy":        {stream: "bare"},
		"turned.mat":      {stream: "EMG", names: muscles},
		"struct.mat":      {stream: "emg", names: muscles},
		"group.h5":        {stream: "emg", names: muscles, unit: "mV"},
	} {
		o := ingest.Options{}
		if name == "bare.npy" {
			o.SampleRate = 500
		}
		r, err := openSignals(t, name, o)
		if err != nil {
			t.Error(err)
			continue
		}
		if r.Format != "signals" || r.Units.Len() != 0 || len(r.Streams) != 1 || r.Stream(want.stream) == nil {
			t.Errorf("%s: %s of %d units and %d streams", name, r.Format, r.Units.Len(), len(r.Streams))
			continue
		}
		s := r.Stream(want.stream)
		if s.Len() != 1200 || s.Features != 3 || s.Unit != want.unit || !slices.Equal(s.Names, want.names) {
			t.Errorf("%s: %d samples of %d channels %v in %q", name, s.Len(), s.Features, s.Names, s.Unit)
		}
		if got, err := s.Data.Read(400, 402); err != nil || !slices.Equal(got, []float64{4000, 4001, 4002, 4010, 4011, 4012}) {
			t.Errorf("%s: samples 400 and 401 are %v (%v)", name, got, err)
		}
		if at, err := s.Times(500, 501); err != nil || at[0] != 1+want.start {
			t.Errorf("%s: sample 500 is at %v s (%v)", name, at, err)
		}
		if trials := r.Trials(); (trials == nil) != (want.trials == 0) || trials != nil && trials.Rows != want.trials {
			t.Errorf("%s: trials %v", name, trials)
		}
	}
}

// A long array without a rate is an error that says how to give it.
func TestSignalsWithoutRate(t *testing.T) {
	_, err := openSignals(t, "bare.npy", ingest.Options{})
	if err == nil || !strings.Contains(err.Error(), "add --sample-rate HZ") || !strings.Contains(err.Error(), "trials x bins x neurons") {
		t.Errorf("error %v", err)
	}
}
