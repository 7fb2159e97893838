package baseline

import (
	"errors"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// Check returns why no method can learn from a dataset, with what to do: it has no
// training trials of all neurons, the width of its bins is not known, or it holds
// something else than counts. Fit begins with it.
func Check(d *dataset.Dataset) error {
	_, err := sessionOf(d)
	return err
}

// session is what a method must know of all splits of a dataset.
type session struct {
	heldIn, neurons int
	read, bins      int // bins that are read; with the forward bins
	width           time.Duration
}

// sessionOf returns what a method must know of a dataset that it is to learn from,
// or why it cannot.
func sessionOf(d *dataset.Dataset) (session, error) {
	if d.Train == nil || d.Train.Recon == nil {
		return session{}, errors.New("the data have no training trials of all neurons (train_recon_data): a baseline learns from them")
	}
	encod, recon := d.Train.Encod, d.Train.Recon
	s := session{heldIn: encod.Features, neurons: recon.Features, read: encod.Bins, bins: recon.Bins, width: d.BinWidth}
	switch {
	case d.BinWidth <= 0:
		return s, errors.New("the file does not say how wide its bins are, and baselines need it: say so with --bin-ms")
	case recon.Trials == 0:
		return s, errors.New("there is no training trial: a baseline learns from them")
	case d.Scale != nil:
		return s, errNotCounts("the data are signals on a scale of their own")
	}
	for _, a := range []*dataset.Array{encod, recon} {
		for _, v := range a.Data {
			if v < 0 {
				return s, errNotCounts(fmt.Sprintf("training trials hold %v", v))
			}
		}
	}
	return s, nil
}

func errNotCounts(found string) error {
	return fmt.Errorf("%s, and baselines are of counts of spikes: take a model for other data (autolfads run --preset emg or calcium)", found)
}

// check returns an error for a split that is not of the session.
func (s *session) check(split *dataset.Split) error {
	if a := split.Encod; a.Features != s.heldIn || a.Bins != s.read {
		return fmt.Errorf("the trials to estimate have %d neurons to read in %d bins, those learned from %d in %d: give trials of the same session", a.Features, a.Bins, s.heldIn, s.read)
	}
	return nil
}

// newRates returns zero rates of so many trials.
func (s *session) newRates(trials int) *dataset.Array {
	return dataset.NewArray(trials, s.bins, s.neurons)
}

// heldOutCounts returns the counts of held-out neurons in the bins that are read, of
// counts of all.
func (s *session) heldOutCounts(recon *dataset.Array) *dataset.Array {
	return recon.Part(0, s.read, s.heldIn, s.neurons-s.heldIn)
}
