package synth

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// EMG makes the set that o describes. A fifth of the trials, chosen by the seed,
// are for validation. Both splits hold activity (Encod and Recon share it),
// Truth (its envelope, in the unit of the activity), Behavior and Latents
// ([trials, bins, 6] and [trials, bins, 4], see the package's comment), and
// TrialIDs.
//
// Options that make no sense are an error.
func EMG(o EMGOptions) (*dataset.Dataset, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	e := newEMG(&o)
	train, valid := splitTrials(o.Seed, 1, o.Trials)
	d := &dataset.Dataset{Name: "emg", BinWidth: o.BinWidth, Train: e.split(train), Valid: e.split(valid)}
	d.OracleLikelihood, d.Oracle = "gamma", meanGammaNLL(d.Valid.Recon, d.Valid.Truth, o.Shape)
	d.Attributes = map[string]any{
		"generator": "emg", "seed": o.Seed, "gamma_shape": o.Shape,
		"behavior": []string{"angle 1 (deg)", "angle 2 (deg)", "angle 3 (deg)", "acceleration 1 (deg/s^2)", "acceleration 2 (deg/s^2)", "acceleration 3 (deg/s^2)"},
		"latents":  []string{"sine of the phase", "cosine of the phase", "cadence (steps/s)", "vigour"},
	}
	return d, nil
}

// warmUp is how long in seconds a trial's rhythm goes on before it is recorded:
// by then, what the joints do no longer depends on where they began.
const warmUp = 2.

type emg struct {
	*EMGOptions
	muscles   []muscle
	limb      *limb
	dt        float64
	envelopes []float64 // of a bin
}

func newEMG(o *EMGOptions) *emg {
	e := &emg{EMGOptions: o, limb: newLimb(o.Seed, o.Channels), dt: o.BinWidth.Seconds(), envelopes: make([]float64, o.Channels)}
	for i := range o.Channels {
		e.muscles = append(e.muscles, newMuscle(o.Seed, i))
	}
	return e
}

func (e *emg) split(ids []int64) *dataset.Split {
	s := &dataset.Split{
		Recon:    dataset.NewArray(len(ids), e.Bins, e.Channels),
		Truth:    dataset.NewArray(len(ids), e.Bins, e.Channels),
		Behavior: dataset.NewArray(len(ids), e.Bins, 2*joints),
		Latents:  dataset.NewArray(len(ids), e.Bins, strideStates),
		TrialIDs: ids,
	}
	s.Encod = s.Recon
	for i, id := range ids {
		e.move(s, i, newGait(rng.Derive(e.Seed, rng.Synthesis, emgGait, uint64(id))))
		e.addNoise(s, i)
	}
	return s
}

// move fills in what of a trial is without noise.
func (e *emg) move(s *dataset.Split, trial int, g *gait) {
	e.limb.rest()
	for bin := -int(math.Ceil(warmUp / e.dt)); bin < e.Bins; bin++ {
		stride := g.next(e.dt)
		for m := range e.muscles {
			e.envelopes[m] = e.muscles[m].envelope(g, &stride)
		}
		e.limb.move(e.envelopes, e.dt)
		if bin >= 0 {
			toFloat32(s.Truth.Bin(trial, bin), e.envelopes...)
			toFloat32(s.Latents.Bin(trial, bin), stride.sin, stride.cos, stride.cadence, stride.vigour)
			behavior := s.Behavior.Bin(trial, bin)
			toFloat32(behavior[:joints], e.limb.angle[:]...)
			toFloat32(behavior[joints:], e.limb.acceleration[:]...)
		}
	}
}

func toFloat32(dst []float32, values ...float64) {
	for i, v := range values {
		dst[i] = float32(v)
	}
}

// addNoise draws the activity of a trial from its envelopes.
func (e *emg) addNoise(s *dataset.Split, trial int) {
	for c := range e.Channels {
		src := rng.NewSource(rng.Derive(e.Seed, rng.Synthesis, emgNoise, uint64(s.TrialIDs[trial]), uint64(c)))
		for bin := range e.Bins {
			s.Recon.Bin(trial, bin)[c] = float32(float64(s.Truth.Bin(trial, bin)[c]) * gammaNumber(src, e.Shape))
		}
	}
}
