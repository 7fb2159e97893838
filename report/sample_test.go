package report

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// reaches is a set of trials of some conditions, which move away from where they begin,
// each condition in its direction, at a speed of 100 mm/s. The first neuron fires once a
// bin in the first condition, the second once a bin in all, others never; the last is
// held out. Half of the trials are to validate with.
func reaches(trials, conditions, bins, neurons int) *dataset.Dataset {
	all := &dataset.Split{Recon: dataset.NewArray(trials, bins, neurons), Behavior: dataset.NewArray(trials, bins, 2)}
	for i := range trials {
		c := i / 2 % conditions
		all.Condition, all.TrialIDs = append(all.Condition, int64(c)), append(all.TrialIDs, int64(100+i))
		sin, cos := math.Sincos(2 * math.Pi * float64(c) / float64(conditions))
		for bin := range bins {
			copy(all.Behavior.Trial(i)[2*bin:], []float32{float32(100 * cos), float32(100 * sin)})
			if c == 0 {
				all.Recon.Trial(i)[bin*neurons] = 1
			}
			if neurons > 1 {
				all.Recon.Trial(i)[bin*neurons+1] = 1
			}
		}
	}
	all.Encod = all.Recon.Pick(upTo(trials)).Columns(upTo(max(neurons-1, 1)))
	d := &dataset.Dataset{Name: "reaches", BinWidth: 10 * time.Millisecond, Outputs: []dataset.Quantity{{Name: "vx", Unit: "mm/s"}, {Name: "vy", Unit: "mm/s"}}}
	half := func(odd int) *dataset.Split {
		s := &dataset.Split{}
		var of []int
		for i := odd; i < trials; i += 2 {
			of = append(of, i)
			s.Condition, s.TrialIDs = append(s.Condition, all.Condition[i]), append(s.TrialIDs, all.TrialIDs[i])
		}
		s.Encod, s.Recon = all.Encod.Pick(of), all.Recon.Pick(of).Columns(upTo(neurons))
		s.Behavior = all.Behavior.Pick(of)
		return s
	}
	d.Train, d.Valid = half(0), half(1)
	return d
}

// methods are n that say of the validation trials what was recorded.
func methods(d *dataset.Dataset, n int) (all []Estimate) {
	for i := range n {
		all = append(all, Estimate{Name: string(rune('A' + i)), Rates: d.Valid.Recon, Decoded: d.Valid.Behavior})
	}
	return all
}

// spoilt are data that figures must bear.
func spoilt(t *testing.T) map[string]*dataset.Dataset {
	t.Helper()
	missing, huge := reaches(8, 2, 6, 3), reaches(8, 2, 6, 3)
	for _, a := range []*dataset.Array{missing.Train.Recon, missing.Valid.Recon, missing.Valid.Behavior} {
		for i := range a.Data {
			a.Data[i] = float32(math.NaN())
		}
	}
	for _, a := range []*dataset.Array{huge.Valid.Recon, huge.Valid.Behavior} {
		for i := range a.Data {
			a.Data[i] *= 3e38
		}
	}
	partly := reaches(8, 2, 6, 3)
	copy(partly.Valid.Behavior.Data, slices.Repeat([]float32{float32(math.NaN())}, 5))
	copy(partly.Valid.Recon.Data, slices.Repeat([]float32{float32(math.Inf(1)), float32(math.NaN())}, 4))
	return map[string]*dataset.Dataset{
		"one of each":      reaches(2, 1, 1, 1),
		"one condition":    reaches(8, 1, 6, 3),
		"one neuron":       reaches(8, 2, 6, 1),
		"60 conditions":    reaches(240, 60, 6, 3),
		"100 conditions":   reaches(200, 100, 6, 3),
		"nothing recorded": missing, "huge": huge, "some missing": partly,
	}
}
