package autolfads

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/run"
)

// drawnOf returns which neurons a run set aside of its data file; nil: none.
func drawnOf(t *run.Trials) (*dataset.Drawn, error) {
	if len(t.SetAside) == 0 {
		return nil, nil
	}
	w := &dataset.Drawn{Places: t.SetAside, Of: t.SetAsideOf, Order: t.NeuronOrder, Scale: scaleOf(t)}
	if err := w.Check(); err != nil {
		return nil, fmt.Errorf("run.yaml, trials.set_aside: %w: put back what the run wrote", err)
	}
	return w, nil
}

// trainedLike returns what a run's header says of the trials that a model was trained on,
// of neurons as d has them: of all that the run's file has, then w, which are to be set
// aside of d, too; or of those that remained, then nil.
func trainedLike(d *dataset.Dataset, t run.Trials) (run.Trials, *dataset.Drawn, error) {
	w, err := drawnOf(&t)
	if err != nil || w == nil || d.First().Encod.Features == w.Of {
		return t, w, err
	}
	t.NeuronOrder = w.RestOrder()
	t.ScaleFactor, t.ScaleOffset = nil, nil
	if s := w.RestScale(); s != nil {
		t.ScaleFactor, t.ScaleOffset = s.Factor, s.Offset
	}
	return t, nil, nil
}

// trainedOn loads, at a glance, the data file that the run in dir trained on.
func trainedOn(dir string, header *run.Header) (*dataset.Dataset, error) {
	data, err := header.Data.Find(dir)
	if err != nil {
		return nil, err
	}
	return dataset.Load(data.Path, dataset.Options{Glance: true})
}

// setAsideOf sets aside of a run's data what the run did.
func setAsideOf(was *dataset.Dataset, t *run.Trials) error {
	w, err := drawnOf(t)
	if err == nil && w != nil && w.Of == was.First().Encod.Features {
		was.SetAsideAt(w.Places)
	}
	return err
}

// setAsideAs sets aside of d the neurons that its model's data had set aside in their file,
// by their ids, where d has all of them among those that are read.
func setAsideAs(d, was *dataset.Dataset) {
	if was.Drawn != nil || len(was.SetAside) == 0 || len(d.SetAside) > 0 {
		return
	}
	var places []int
	for i := range d.First().Encod.Features {
		if at := d.InFile(i); at < len(d.Neurons) && slices.Contains(was.SetAside, d.Neurons[at]) {
			places = append(places, i)
		}
	}
	if len(places) == len(was.SetAside) && len(places) < d.First().Encod.Features {
		d.SetAsideAt(places)
	}
}
