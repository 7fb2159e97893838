package outputs

import (
	"errors"
	"strings"
	"testing"
)

// What a file of rates is, is told without the data.
func TestDescribe(t *testing.T) {
	d := session()
	d.Neurons = []string{"a\x1b[2J", "b", "c", "d", "e"}
	train, valid, test := estimates(d)
	for name, c := range map[string]struct{ path, want string }{
		"ours": {written(t, d, OfCounts(train, valid, test)), `file         rates, in the layout of autolfads 1
made by      smoothing
data         session.h5
trials       4 train, 2 valid, 1 test
rates        output_params: 8 bins x 5 neurons, spikes per bin
also         factors (2)
settings     bin_width_ms 5, sd_ms 50, unit_ids a?[2J b c d e
`},
		"lfads-torch": {makeFile(t, foreign(d, valid, "valid", d.Valid.TrialIDs)), `file         rates, in the layout of lfads-torch
trials       2 valid
rates        output_params: 8 bins x 5 neurons
also         factors (2)
`},
		"submission": {makeFile(t, submission("mc_rtt/", train, valid, test)), `file         rates, in the layout of Neural Latents Benchmark, in group mc_rtt
trials       6 train, 1 eval
rates        rates_heldin: 6 bins x 3 neurons
rates        rates_heldin_forward: 2 bins x 3 neurons
rates        rates_heldout: 6 bins x 2 neurons
rates        rates_heldout_forward: 2 bins x 2 neurons
`},
		"a group instead": {makeFile(t, map[string]array{"train_output_params/x": of(valid.Rates)}), "file         rates, in the layout of lfads-torch\n"},
	} {
		all, err := Describe(c.path)
		if err != nil || len(all) != 1 || all[0].String() != c.want {
			t.Errorf("%s: %v, %v, want\n%s", name, err, all, c.want)
		}
	}
}

func TestDescribeOthers(t *testing.T) {
	d := session()
	if _, err := Describe(makeFile(t, map[string]array{"train_encod_data": of(d.Train.Encod)})); !errors.Is(err, ErrNoRates) {
		t.Errorf("a file of spikes: %v", err)
	}
	if _, err := Describe("testdata/others.py"); err == nil || errors.Is(err, ErrNoRates) || strings.Contains(err.Error(), "\n") {
		t.Errorf("no file of arrays: %v", err)
	}
}
