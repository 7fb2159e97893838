package factors

import (
	"context"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/decode"
)

// FewShot says how few-shot co-smoothing is done.
type FewShot struct {
	Trials []int // how many training trials the regression sees: a score for each
	Draws  int   // of these trials, for each
	Seed   uint64
}

// Usual is 4, 16 and 64 trials, each drawn twenty times.
var Usual = FewShot{Trials: []int{4, 16, 64}, Draws: 20, Seed: 1}

// Shots is the score of one number of trials.
type Shots struct {
	Trials  int       `json:"trials"`
	Mean    float64   `json:"mean"` // bits per spike, over draws
	SD      float64   `json:"sd"`
	Bits    []float64 `json:"bits_per_spike"` // of each draw
	L2      float64   `json:"l2"`             // for factors of a mean variance of 1
	Skipped string    `json:"skipped,omitempty"`
}

// L2s are the penalties to choose of, for factors of a mean variance of 1.
var L2s = []float64{1e-5, 1e-4, 1e-3, 1e-2, .1, 1, 10}

// tunings is how many draws the penalty is chosen on: others than those scored.
const tunings = 5

// Score predicts counts of neurons that the model never saw from its factors, of
// validation trials by regressions of a few training trials. The penalty is chosen
// once for each number of trials and shared by neurons: the best on training trials
// beside a few drawn of them. A number of trials that leaves none to choose it on
// is skipped, with a sentence. A neuron that drawn trials lack is left out of that
// draw. tell may be nil.
func (f FewShot) Score(ctx context.Context, train, valid decode.Counted, tell decode.Progress) ([]Shots, error) {
	if err := checkCounted(train, valid); err != nil {
		return nil, err
	}
	s := &session{FewShot: f, ctx: ctx, train: train, valid: valid, unit: meanVariance(train.Inputs), tell: tell}
	s.total = len(f.Trials) * (f.Draws + tunings)
	var shots []Shots
	for _, k := range f.Trials {
		one, err := s.score(k)
		if err != nil {
			return nil, fmt.Errorf("few-shot co-smoothing with k = %d: %w", k, err)
		}
		shots = append(shots, one)
	}
	return shots, nil
}

// checkCounted reports counts that nothing can be said of.
func checkCounted(train, valid decode.Counted) error {
	if train.Inputs.Features != valid.Inputs.Features || train.Counts.Features != valid.Counts.Features {
		return fmt.Errorf("few-shot co-smoothing: %d factors and %d neurons in training trials, %d and %d in validation trials: take both from one model and one file",
			train.Inputs.Features, train.Counts.Features, valid.Inputs.Features, valid.Counts.Features)
	}
	for _, k := range valid.Counts.Data {
		if k > 0 {
			return nil
		}
	}
	return fmt.Errorf("few-shot co-smoothing: the neurons set aside have no spike in %d validation trials: set others aside, or more", valid.Counts.Trials)
}

// session is a score on its way.
type session struct {
	FewShot
	ctx          context.Context
	train, valid decode.Counted
	unit         float64 // mean variance of the factors
	tell         decode.Progress
	done, total  int
}

func (s *session) score(k int) (Shots, error) {
	shots := Shots{Trials: k}
	if trials := s.train.Counts.Trials; k >= trials || k < 1 {
		shots.Skipped = fmt.Sprintf("k = %d was not tried: there are %d training trials, and the penalty is chosen on others than those drawn", k, trials)
		s.did(s.Draws + tunings)
		return shots, nil
	}
	l2, err := s.choose(k)
	if err != nil {
		return shots, err
	}
	shots.L2 = l2
	for draw := range s.Draws {
		few, _ := s.draw(k, scored, draw)
		bits, err := decode.PoissonBits(s.ctx, few, s.valid, []float64{l2 * s.unit}, nil)
		if err != nil {
			return shots, err
		}
		s.did(1)
		if !math.IsNaN(bits[0]) {
			shots.Bits = append(shots.Bits, bits[0])
		}
	}
	if len(shots.Bits) == 0 {
		shots.Skipped = fmt.Sprintf("k = %d says nothing: in no draw of them was a neuron recorded that has spikes in validation trials", k)
	}
	shots.Mean, shots.SD = meanAndSD(shots.Bits)
	return shots, nil
}

// choose returns the penalty that predicts other training trials best.
func (s *session) choose(k int) (float64, error) {
	l2s, mean := make([]float64, len(L2s)), make([]float64, len(L2s))
	for i, l2 := range L2s {
		l2s[i] = l2 * s.unit
	}
	for draw := range tunings {
		few, others := s.draw(k, chosen, draw)
		bits, err := decode.PoissonBits(s.ctx, few, others, l2s, nil)
		if err != nil {
			return 0, err
		}
		s.did(1)
		for i, b := range bits {
			if !math.IsNaN(b) {
				mean[i] += b / tunings
			}
		}
	}
	return L2s[decode.Best(mean)], nil
}

func (s *session) did(n int) {
	s.done += n
	if s.tell != nil {
		s.tell(s.done, s.total)
	}
}

// meanAndSD returns 0 and 0 of nothing, and no deviation of one number.
func meanAndSD(v []float64) (mean, sd float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		sd += float64((x - mean) * (x - mean))
	}
	return mean, math.Sqrt(sd / float64(max(1, len(v)-1)))
}
