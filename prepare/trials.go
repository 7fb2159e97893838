package prepare

import (
	"errors"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// Trials makes a dataset of a recording's trials, and tells what was done. The
// dataset's trial ids are the trials' rows in their table from 0 on, or the windows'
// places.
func Trials(r *dataset.Recording, o Options) (*dataset.Dataset, *Report, error) {
	d, report, err := trials(r, &o)
	if err != nil {
		return nil, nil, fmt.Errorf("prepare: %s: %w", r.Name, err)
	}
	return d, report, nil
}

func trials(r *dataset.Recording, o *Options) (*dataset.Dataset, *Report, error) {
	if err := o.Check(); err != nil {
		return nil, nil, err
	}
	r, signals, err := sourceOf(r, o)
	if err != nil {
		return nil, nil, err
	}
	all := r.Units.IDs
	r, left, err := selectUnits(r, &o.Units)
	if err == nil {
		r, err = joinUnits(r, o.Units.Join)
	}
	if err == nil {
		r, err = inOrder(r, o.Units.ids)
	}
	if err != nil {
		return nil, nil, err
	}
	p, err := newPlan(r, o)
	if err == nil {
		err = p.enough(&o.Units)
	}
	if err == nil {
		err = fits(float64(len(p.starts)), p.Grid, r.Units.Len(), o.bytesPerCount())
	}
	if err != nil {
		return nil, nil, err
	}
	c := newCounter(p, r.Units.Len())
	c.left = left
	if o.Units.Join != "" {
		c.note("units of one %s are taken for one", o.Units.Join)
	}
	if signals != nil {
		err = c.sample(r, signals, all, o)
	} else {
		err = c.count(r, o.Progress)
	}
	if err != nil {
		return nil, nil, err
	}
	if err := c.choose(&o.Units); err != nil {
		return nil, nil, err
	}
	if err := c.split(r, o); err != nil {
		return nil, nil, err
	}
	if err := c.holdOut(r, o); err != nil {
		return nil, nil, err
	}
	return c.dataset(r, o)
}

// sourceOf is what windows are filled with: the recording's units, or signals.
func sourceOf(r *dataset.Recording, o *Options) (*dataset.Recording, []*signal, error) {
	if o.Signals != nil {
		return channelsOf(r, o)
	}
	if r.Units.Len() > 0 {
		return r, nil, nil
	}
	if len(r.Streams) > 0 {
		return nil, nil, fmt.Errorf("the recording has no units, so no spikes to count: %s; if signals are to be modelled instead, name one (--signal %s --signal-kind emg, calcium, lfp or raw)", streamsThere(r), Command(r.Streams[0].Name))
	}
	return nil, nil, errors.New("the recording has no units, so no spikes to count")
}

// dataset divides what was counted into trials to train on and to validate with.
func (c *counter) dataset(r *dataset.Recording, o *Options) (*dataset.Dataset, *Report, error) {
	all := &dataset.Split{Encod: c.readCounts(), Recon: c.counts, TrialIDs: c.ids}
	d := &dataset.Dataset{Name: r.Name, BinWidth: c.BinWidth(), Neurons: idsOf(c.spikes), Scale: c.scaleOf()}
	if o.Condition != "" {
		var err error
		if all.Condition, d.Conditions, err = conditions(r, c.table, o.Condition, c.ids); err != nil {
			return nil, nil, err
		}
	}
	if d.Chop = c.chop; d.Chop != nil {
		all.Starts = c.startBins()
	}
	beside, err := c.beside(r, o, all, d)
	if err != nil {
		return nil, nil, err
	}
	c.divide(d, all)
	report := c.report(r, d, o)
	report.add(r, beside)
	return d, report, nil
}
