package factors

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

var quick = FewShot{Trials: []int{3, 30}, Draws: 8, Seed: 1}

func shots(t *testing.T, f FewShot, train, valid decode.Counted) []Shots {
	t.Helper()
	s, err := f.Score(t.Context(), train, valid, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Of two models that know the states, few trials tell which has extraneous
// dynamics beside; many hardly do.
func TestFewTrialsTellExtraneousDynamics(t *testing.T) {
	states := waves(1, simStates)
	spikes := counts(states)
	plainTrain, plainValid := counted(modelled(states, 0, 4), spikes)
	plain := shots(t, quick, plainTrain, plainValid)
	busyTrain, busyValid := counted(modelled(states, 27, 5), spikes)
	busy := shots(t, quick, busyTrain, busyValid)
	few, many := plain[0].Mean-busy[0].Mean, plain[1].Mean-busy[1].Mean
	if few < .1 || many > few/4 || plain[1].Mean < .3 {
		t.Errorf("plain %v and %v, with extraneous dynamics %v and %v: differences %v by 3 trials, %v by 30",
			plain[0].Mean, plain[1].Mean, busy[0].Mean, busy[1].Mean, few, many)
	}
}

// A draw's score is bits per spike of a Poisson regression of the trials drawn, with
// the penalty in the factors' own units.
func TestShotsAreBitsPerSpike(t *testing.T) {
	states := waves(1, simStates)
	train, valid := counted(modelled(states, 2, 4), counts(states))
	for i := range train.Inputs.Data {
		train.Inputs.Data[i] *= 100
	}
	for i := range valid.Inputs.Data {
		valid.Inputs.Data[i] *= 100
	}
	got := shots(t, quick, train, valid)[0]
	s := &session{FewShot: quick, train: train, valid: valid}
	for draw, bits := range got.Bits {
		few, others := s.draw(3, scored, draw)
		if few.Counts.Trials != 3 || others.Counts.Trials != simTrials-3 {
			t.Fatalf("%d trials drawn and %d left of %d", few.Counts.Trials, others.Counts.Trials, simTrials)
		}
		p, err := decode.PoissonRegression(t.Context(), few.Inputs, few.Counts, got.L2*meanVariance(train.Inputs), nil)
		if err != nil {
			t.Fatal(err)
		}
		want := metric.BitsPerSpike(p.Rates(valid.Inputs, simBins), valid.Counts).PerSpike
		if math.Abs(bits-want) > 1e-4 { // log rates are within 1e-5, about
			t.Errorf("draw %d: %v bits per spike, want %v", draw, bits, want)
		}
	}
	mean, sd := meanAndSD([]float64{1, 2, 6})
	if mean != 3 || math.Abs(sd-math.Sqrt(7)) > 1e-15 {
		t.Errorf("mean %v, sd %v of 1, 2, 6", mean, sd)
	}
}

// The size of factors does not matter, nor the number of cores.
func TestShotsSame(t *testing.T) {
	states := waves(1, simStates)
	spikes := counts(states)
	train, valid := counted(modelled(states, 3, 4), spikes)
	want := shots(t, quick, train, valid)
	for _, cores := range []int{1, 3} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			if got := shots(t, quick, train, valid); !reflect.DeepEqual(got, want) {
				t.Errorf("%v on %d cores, %v before", got, cores, want)
			}
		}()
	}
	for _, a := range []*dataset.Array{train.Inputs, valid.Inputs} {
		for i := range a.Data {
			a.Data[i] *= 1024
		}
	}
	for i, got := range shots(t, quick, train, valid) {
		if got.L2 != want[i].L2 || math.Abs(got.Mean-want[i].Mean) > 1e-5 {
			t.Errorf("%v of factors 1024 times as large, want %v", got, want[i])
		}
	}
}

func TestShotsSkipAndRefuse(t *testing.T) {
	states := waves(1, simStates)
	train, valid := counted(states, counts(states))
	for i := range train.Counts.Data {
		if i%simNeurons == 2 && i > 4*simBins*simNeurons { // a neuron of four trials
			train.Counts.Data[i] = float32(math.NaN())
		}
	}
	got := shots(t, FewShot{Trials: []int{2, simTrials}, Draws: 6}, train, valid)
	if len(got[0].Bits) != 6 || got[0].Skipped != "" {
		t.Errorf("%v with a neuron that most draws lack", got[0])
	}
	if want := fmt.Sprintf("there are %d training trials", simTrials); got[1].Bits != nil || !strings.Contains(got[1].Skipped, want) {
		t.Errorf("%+v of all trials, want %q", got[1], want)
	}
	unknown := decode.Counted{Inputs: train.Inputs, Counts: dataset.NewArray(simTrials, simBins, simNeurons)}
	for i := simBins * simNeurons; i < len(unknown.Counts.Data); i++ { // one trial alone has counts
		unknown.Counts.Data[i] = float32(math.NaN())
	}
	lacking := shots(t, FewShot{Trials: []int{1}, Draws: 1, Seed: 1}, unknown, valid)[0]
	if !strings.Contains(lacking.Skipped, "k = 1 says nothing") {
		t.Errorf("%+v of a trial without neurons", lacking)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := quick.Score(ended, train, valid, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v after the end", err)
	}
	other := decode.Counted{Inputs: waves(2, 4), Counts: counts(states)}
	if _, err := quick.Score(t.Context(), train, other, nil); err == nil || !strings.Contains(err.Error(), "3 factors and 12 neurons in training trials, 4 and 12") {
		t.Errorf("error %v for factors of another model", err)
	}
	clear(valid.Counts.Data)
	if _, err := quick.Score(t.Context(), train, valid, nil); err == nil || !strings.Contains(err.Error(), "no spike in 20 validation trials") {
		t.Errorf("error %v without a spike", err)
	}
}

// Each draw is another, and so are those that the penalty is chosen on.
func TestDrawsDiffer(t *testing.T) {
	states := waves(1, simStates)
	train, valid := counted(states, counts(states))
	s := &session{FewShot: quick, train: train, valid: valid}
	var seen []decode.Counted
	for purpose := range 2 {
		for n := range 3 {
			few, _ := s.draw(4, purpose, n)
			for _, other := range seen {
				if reflect.DeepEqual(few.Inputs, other.Inputs) {
					t.Errorf("draw %d for purpose %d came before", n, purpose)
				}
			}
			seen = append(seen, few)
		}
	}
}

func TestShotsTellProgress(t *testing.T) {
	states := waves(1, simStates)
	train, valid := counted(states, counts(states))
	last, total := 0, 0
	_, err := FewShot{Trials: []int{2, 99}, Draws: 2}.Score(t.Context(), train, valid, func(d, n int) {
		if d <= last {
			t.Errorf("%d after %d", d, last)
		}
		last, total = d, n
	})
	if err != nil || last != total || total == 0 {
		t.Errorf("%d of %d at the end, %v", last, total, err)
	}
}
