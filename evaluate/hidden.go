package evaluate

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

const nameHidden = "true rates at missing bins"

// hiddenTruth scores rates against true rates where spikes were not observed:
// there a model has to say what it cannot copy. Neurons that were never observed in
// training are left out, for of them it has learned nothing.
func (e *evaluation) hiddenTruth() error {
	valid, train := e.d.Valid, e.d.Train
	if valid.Truth == nil || train.Truth == nil {
		return nil
	}
	learned := train.Recon.Observed()
	truth, n := whereMissing(valid.Truth, valid.Recon, learned)
	if n == 0 {
		return nil
	}
	note := fmt.Sprintf("of %d of %d values", n, len(truth.Data))
	if never := neverLearned(learned); never > 0 {
		note += fmt.Sprintf(", without %s never observed in training", count(never, "neuron"))
	}
	return e.like(ofRates(nameHidden), truth, chooseBy(train, learned), note)
}

// chooseBy returns the true rates of training trials by which a kernel is chosen:
// those where nothing was observed, or all if these are too few to vary.
func chooseBy(train *dataset.Split, learned []int) *dataset.Array {
	hidden, _ := whereMissing(train.Truth, train.Recon, learned)
	if metric.R2(hidden.Data, hidden.Data, hidden.Features).Varying == 0 {
		return train.Truth
	}
	return hidden
}

// whereMissing returns true rates where the spikes were not observed, of neurons
// that a model could learn (of which so much was observed), NaN elsewhere; and how
// many they are.
func whereMissing(truth, spikes *dataset.Array, learned []int) (hidden *dataset.Array, n int) {
	hidden = dataset.NewArray(truth.Trials, truth.Bins, truth.Features)
	for i, rate := range truth.Data {
		if !dataset.IsMissing(spikes.Data[i]) || learned[i%truth.Features] == 0 {
			rate = float32(math.NaN())
		} else {
			n++
		}
		hidden.Data[i] = rate
	}
	return hidden, n
}
