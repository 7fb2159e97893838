package train

import (
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
)

// odd gives the first neurons of a split data that say little: always the same number,
// never observed, one number in all, large ones, small ones; and, where the likelihood
// can have it, 0 always.
func odd(s *dataset.Split, l likelihood.Likelihood) {
	zero := float32(0)
	if l.Check(0) != "" {
		zero = 1
	}
	large, small := float32(1e5), float32(1e-5)
	if l.Counts() {
		large, small = 1000, 1
	}
	for trial := range s.Recon.Trials {
		for bin := range s.Recon.Bins {
			row, one := s.Recon.Bin(trial, bin), nan
			if trial == 1 && bin == 1 {
				one = 3
			}
			copy(row, []float32{2, nan, one, large * (row[6] + 1), small * (row[7] + 1), zero})
			for n := 6; n < len(row); n++ {
				row[n] += zero / 4
			}
		}
	}
	s.Encod = s.Recon
}

// Neurons that say little keep no likelihood from training, one trial at a time. (A
// constant one rules the loss where spread is learned: info warns of such.)
func TestOddNeurons(t *testing.T) {
	for _, name := range likelihood.Names() {
		if name == "gaussian" || name == "mse" {
			continue // of numbers of any size their squares are large ones
		}
		t.Run(name, func(t *testing.T) {
			d, model, c := small(t)
			model.Likelihood, c.BatchSize = name, 1
			l, err := model.NewLikelihood()
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range []*dataset.Split{d.Train, d.Valid} {
				odd(s, l)
			}
			m, err := New(model, c, d, Identity{Seed: 1}, lfads.Threads(1))
			if err != nil {
				t.Fatal(err)
			}
			first := epochs(t, m, 1)
			if last := epochs(t, m, 5); !(last.Recon < first.Recon) {
				t.Errorf("after six epochs %+v, after one %+v", last, first)
			}
		})
	}
}
