package gpfa

import "fmt"

// Trials are square roots of counts. Trials may differ in length.
type Trials struct {
	Neurons int
	Roots   [][]float64 // of each trial, [bins][neurons]; NaN: not observed
}

// bins returns the number of bins of a trial.
func (d *Trials) bins(trial int) int { return len(d.Roots[trial]) / d.Neurons }

// at returns the neurons of one bin.
func (d *Trials) at(trial, bin int) []float64 {
	return d.Roots[trial][bin*d.Neurons : (bin+1)*d.Neurons]
}

// Select returns the trials from..to-1, which share memory with d.
func (d *Trials) Select(from, to int) *Trials { return &Trials{d.Neurons, d.Roots[from:to]} }

// without returns all trials but from..to-1.
func (d *Trials) without(from, to int) *Trials {
	rest := append([][]float64{}, d.Roots[:from]...)
	return &Trials{d.Neurons, append(rest, d.Roots[to:]...)}
}

func (d *Trials) check() error {
	for i, r := range d.Roots {
		if d.Neurons < 1 || len(r)%d.Neurons != 0 {
			return fmt.Errorf("gpfa: trial %d has %d numbers, which are no whole bins of %d neurons", i, len(r), d.Neurons)
		}
	}
	return nil
}

// stretch is neighbouring bins of one trial in which every neuron was observed.
type stretch struct{ trial, from, bins int }

// stretches returns those of all trials.
func (d *Trials) stretches() (all []stretch) {
	for trial := range d.Roots {
		all = append(all, d.stretchesOf(trial)...)
	}
	return all
}

// whole returns the trials in which all was observed, and the places of the others.
func (d *Trials) whole() (all []stretch, others []int) {
	for trial := range d.Roots {
		if bins := d.bins(trial); bins > 0 && complete(d.Roots[trial]) {
			all = append(all, stretch{trial, 0, bins})
		} else {
			others = append(others, trial)
		}
	}
	return all, others
}

func (d *Trials) stretchesOf(trial int) (all []stretch) {
	open := stretch{trial: trial}
	for bin := range d.bins(trial) {
		if complete(d.at(trial, bin)) {
			open.bins++
			continue
		}
		if open.bins > 0 {
			all = append(all, open)
		}
		open = stretch{trial, bin + 1, 0}
	}
	if open.bins > 0 {
		all = append(all, open)
	}
	return all
}

func complete(row []float64) bool {
	for _, v := range row {
		if v != v {
			return false
		}
	}
	return true
}
