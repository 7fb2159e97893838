package autolfads

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/run"
)

// sources finds the models to infer with: that of From, and those whose rates are averaged
// with its.
func (r *Inference) sources() (all []*source, err error) {
	for _, from := range slices.Concat([]string{r.From}, r.Ensemble) {
		s, err := r.source(from)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(other *source) bool { return other.path == s.path }) {
			return nil, fmt.Errorf("%s is given twice: an ensemble is of different models (--ensemble)", from)
		}
		all = append(all, s)
	}
	nameSources(all)
	for _, s := range all[1:] {
		if err := cmp.Or(all[0].agrees(s), all[0].sameUnits(s)); err != nil {
			return nil, err
		}
		r.warnOfTrials(all[0], s)
	}
	return all, nil
}

// nameSources calls models by as much of their paths as tells them apart.
func nameSources(all []*source) {
	for parts := 1; parts < 10; parts++ {
		var names []string
		for _, s := range all {
			s.name = s.lastParts(parts)
			names = append(names, s.name)
		}
		slices.Sort(names)
		if len(slices.Compact(names)) == len(all) {
			return
		}
	}
}

// lastParts names a model by the last parts of its run's folder, and by its checkpoint
// there, if it is not the best one.
func (s *source) lastParts(n int) string {
	name := lastParts(s.dir+".", n) // what stands before the last dot of a folder's name is not all of it
	within, err := filepath.Rel(s.dir, s.path)
	if within = filepath.ToSlash(within); err != nil || within == bestCheckpoint {
		return name
	}
	return name + "/" + within
}

// agrees returns an error unless the rates of other can be averaged with those of s: what
// both were trained on must be the same but for its trials.
func (s *source) agrees(other *source) error {
	a, b := s.config.Model.Likelihood, other.config.Model.Likelihood
	if a != b {
		return fmt.Errorf("%s has the likelihood %s, %s %s: an ensemble is of models with the same", other.name, b, s.name, a)
	}
	if what := unlikeTrials(&s.header.Trials, &other.header.Trials); what != "" {
		return fmt.Errorf("%s and %s were trained on data of different %s (run.yaml): an ensemble is of models of the same data, or of other trials of the same neurons", s.name, other.name, what)
	}
	return nil
}

// unlikeTrials says in what the data of two models differ, so that rates of one are no
// rates of the other; "": in nothing.
func unlikeTrials(a, b *run.Trials) string {
	switch {
	case a.BinMs != b.BinMs && a.BinMs != 0 && b.BinMs != 0:
		return fmt.Sprintf("bin widths, %g and %g ms", a.BinMs, b.BinMs)
	case a.ForwardBins != b.ForwardBins:
		return fmt.Sprintf("forward bins, %d and %d", a.ForwardBins, b.ForwardBins)
	case a.SetAsideOf != b.SetAsideOf || !slices.Equal(a.SetAside, b.SetAside):
		return "neurons set aside (trials.set_aside)"
	case !slices.Equal(a.NeuronOrder, b.NeuronOrder):
		return "orders of neurons (trials.neuron_order)"
	case a.ScaleUnit != b.ScaleUnit || !slices.Equal(a.ScaleFactor, b.ScaleFactor) || !slices.Equal(a.ScaleOffset, b.ScaleOffset):
		return "scales (trials.scale_factor)"
	}
	return ""
}

// sameUnits returns an error if the data of two models name their units otherwise: models
// know neurons by their places alone. Where a data file is gone, or names none, nothing
// is known.
func (s *source) sameUnits(other *source) error {
	is, was := s.units(), other.units()
	if len(is) == 0 || len(was) == 0 || slices.Equal(is, was) {
		return nil
	}
	return fmt.Errorf("%s was trained on the units %s, %s on %s: an ensemble is of models of the same neurons in the same order", other.name, firstOf(was), s.name, firstOf(is))
}

// units are the ids of the neurons that a model was trained on; nil: not known.
func (s *source) units() []string {
	was, err := trainedOn(s.dir, &s.header)
	if err == nil {
		err = setAsideOf(was, &s.header.Trials)
	}
	if err != nil {
		return nil
	}
	return was.Neurons
}

// progressOf tells how far model i of n is, among the trials of all.
func (r *Inference) progressOf(i, n int) func(done, total int) {
	tell := r.Resources.Observer.Inferred
	if tell == nil {
		return nil
	}
	return func(done, total int) { tell(i*total+done, n*total) }
}

// warnOfTrials tells where a model may have been trained on trials by which another one
// is judged.
func (r *Inference) warnOfTrials(s, other *source) {
	a, b := &s.config.Data, &other.config.Data
	if s.header.Data.SHA256 == other.header.Data.SHA256 && (a.ValidShare != b.ValidShare || a.SplitSeed != b.SplitSeed) {
		r.Resources.Observer.note(fmt.Sprintf("warning: %s and %s divided the trials of one file otherwise (data.valid_share, data.split_seed): if the file does not divide them, trials that validate one have trained the other, and scores of the mean say too much", s.name, other.name))
	}
}

// ensemble infers the data with one model after another and writes the mean.
func (r *Inference) ensemble(ctx context.Context, all []*source, d *dataset.Dataset, from infer.Source) error {
	var sum *infer.Averaging
	for i, s := range all {
		result, err := r.infer(ctx, s, d, r.progressOf(i, len(all)))
		if err != nil {
			return err
		}
		m := infer.Model{Name: s.name, Seed: s.seed, Samples: result.Samples, AllTrials: trainedOnAll(&s.header, r.Data)}
		if i == 0 {
			sum = infer.NewAveraging(result, m)
		} else if err := sum.Add(result, m); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return sum.Ensemble().Write(r.Out, d, from)
}
