package prepare

import (
	"cmp"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// ForModel returns the options by which trials for a trained model are made as those
// that it was trained on: of these units alone, in this order, without what it does not
// read.
func (o *Options) ForModel(units []string) *Options {
	p := *o
	p.Units = UnitOptions{ids: units}
	if o.Units.Join != "" { // of several units one was made: of the same ones
		p.Units.Join, p.Units.Where, p.Units.Only, p.Units.Without = o.Units.Join, o.Units.Where, o.Units.Only, o.Units.Without
	}
	p.SetAside, p.HoldOut, p.Split, p.Condition = 0, HoldOutOptions{}, SplitOptions{Seed: o.Split.Seed}, ""
	p.Behavior.Names, p.Behavior.LagMs = nil, 0 // external inputs stay
	return &p
}

// leastTrials is how many trials there must be, and what for: some to train on and some
// to validate with, or one, for a model that is trained.
func (o *UnitOptions) leastTrials() (n int, why string) {
	if o.ids != nil {
		return 1, "there must be one to infer"
	}
	return 2, "there must be some to train on and some to validate with"
}

// Otherwise returns the options for a recording that is not as the one that these were
// for: of other, those count that say which trials are meant and which streams are
// external inputs.
func (o *Options) Otherwise(other *Options) *Options {
	p := *o
	p.Table, p.Align = cmp.Or(other.Table, o.Table), cmp.Or(other.Align, o.Align)
	p.FromStart = o.FromStart && other.Align == "" || other.FromStart
	p.Window, p.Where = cmp.Or(other.Window, o.Window), cmp.Or(other.Where, o.Where)
	if len(other.Behavior.Inputs) > 0 {
		p.Behavior.Inputs = other.Behavior.Inputs
	}
	return &p
}

// inOrder returns a recording of the units of some ids alone, in their order; all as
// they are for none.
func inOrder(r *dataset.Recording, ids []string) (*dataset.Recording, error) {
	if ids == nil {
		return r, nil
	}
	place := map[string]int{}
	for i, id := range r.Units.IDs {
		place[id] = i
	}
	places, missing := make([]int, len(ids)), []string{}
	for i, id := range ids {
		at, has := place[id]
		if places[i] = at; !has {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("it lacks %d of the %d units that the model reads: %s; its own are %s; infer recordings of the same units by the same ids, or train on those that both have (prepare --only-units)", len(missing), len(ids), few(missing), few(r.Units.IDs))
	}
	return unitsAt(r, places), nil
}
