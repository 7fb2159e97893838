package paper

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/synth"
)

// setSeed is that of all data sets that are made: named once, so that nobody chooses it.
const setSeed = 1

// chaotic returns spikes of a chaotic network that gets a pulse (synth.Chaotic), of which
// not all units are recorded: in quick 30 of 50.
func (l *Lab) chaotic() (*Set, error) {
	o := synth.DefaultChaotic()
	o.Seed = setSeed
	o.Conditions, o.TrialsPerCondition = scaled(l.Scale, 6, 100, 100), 5
	o.Neurons, o.Bins = scaled(l.Scale, 8, 50, 50), scaled(l.Scale, 12, 60, 100)
	recorded := scaled(l.Scale, 6, 30, 50)
	name := fmt.Sprintf("chaotic-%dx%dx%dx%d", o.Conditions, o.TrialsPerCondition, o.Bins, recorded)
	how := fmt.Sprintf("synth.Chaotic: %d conditions x %d trials x %d bins of 10 ms, %d of %d units recorded, gain %v, pulse %v, seed %d",
		o.Conditions, o.TrialsPerCondition, o.Bins, recorded, o.Neurons, o.Gain, o.Pulse, o.Seed)
	return l.Synthetic(name, how, func() (*dataset.Dataset, error) {
		d, err := synth.Chaotic(o)
		if err == nil {
			record(d, recorded)
		}
		return d, err
	})
}

// record leaves a set the first n of its neurons.
func record(d *dataset.Dataset, n int) {
	first := make([]int, n)
	for i := range first {
		first[i] = i
	}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Recon, s.Truth = s.Recon.Columns(first), s.Truth.Columns(first)
		s.Encod = s.Recon
	}
}

// lorenz returns spikes of neurons that the Lorenz system drives (synth.Lorenz): in quick
// 100 trials.
func (l *Lab) lorenz() (*Set, error) {
	o := synth.DefaultLorenz()
	o.Seed = setSeed
	o.Conditions, o.TrialsPerCondition = scaled(l.Scale, 4, 10, 65), scaled(l.Scale, 6, 10, 20)
	o.Neurons, o.Bins = scaled(l.Scale, 6, 30, 30), scaled(l.Scale, 12, 100, 100)
	name := fmt.Sprintf("lorenz-%dx%dx%dx%d", o.Conditions, o.TrialsPerCondition, o.Bins, o.Neurons)
	how := fmt.Sprintf("synth.Lorenz: %d conditions x %d trials x %d bins of 10 ms, %d neurons, seed %d", o.Conditions, o.TrialsPerCondition, o.Bins, o.Neurons, o.Seed)
	return l.Synthetic(name, how, func() (*dataset.Dataset, error) { return synth.Lorenz(o) })
}

// sized are the settings of models whose recurrent networks have so many units; of 0, as
// in full, the defaults, which are the paper's.
func sized(units int) (all []string) {
	if units == 0 {
		return nil
	}
	for _, key := range []string{"generator_dim", "initial_condition_dim", "ic_encoder_dim", "ci_encoder_dim", "controller_dim"} {
		all = append(all, fmt.Sprintf("model.%s=%d", key, units))
	}
	return append(all, fmt.Sprintf("model.factors=%d", min(units, 40)))
}

// ramped are the settings of penalties that rise over so many epochs.
func ramped(epochs int) []string {
	return []string{fmt.Sprintf("train.kl_ramp_epochs=%d", epochs), fmt.Sprintf("train.l2_ramp_epochs=%d", epochs)}
}
