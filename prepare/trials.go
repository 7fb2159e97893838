package prepare

import (
	"errors"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/correlate"
	"github.com/autolfads/autolfads/prepare/signal"
)

// Trials makes a dataset of a recording's trials, and tells what was done. The
// dataset's trial ids are the trials' rows in their table from 0 on, or the windows'
// places.
func Trials(r *dataset.Recording, o Options) (*dataset.Dataset, *Report, error) {
	m := &maker{o: &o, r: r}
	if err := m.run(); err != nil {
		return nil, nil, fmt.Errorf("prepare: %s: %w", r.Name, err)
	}
	return m.made, m.report(), nil
}

// maker makes the trials of one recording. What it knows grows from step to step, in the
// order of these fields.
type maker struct {
	o        *Options
	r        *dataset.Recording // with the units that are counted alone, or channels in their place
	channels *signal.Channels   // of signals, that windows are filled with; nil: spikes
	rated    []string           // all units' ids, in the order of true rates of a simulation
	left     []LeftOut          // units that are not counted

	*plan // the windows

	counts  *dataset.Array // windows x bins x units, in the plan's order
	units   []UnitReport   // in the order of counts
	any     []bool         // windows in which anything was observed that the model reads
	outside int            // spikes that no window has
	unclear int            // spike times that are no numbers
	signals *signal.Report // of what are channels of signals, not units; nil: they are

	slow         []UnitReport // left out for their rate
	trains       correlate.Trains
	correlations *CorrelationReport // nil: there are no two units

	parts   []part            // what each trial is for
	divided *dataset.Division // that says it; nil: rule alone does
	rule    string            // which says it
	shared  int               // trials that train and share time with one that does not

	aside      *dataset.Array // counts of units set aside, as counts; nil: none
	asideUnits []UnitReport
	heldOut    int // of the last units, that the model does not read

	all    *dataset.Split // all trials
	beside beside         // what was taken beside the spikes
	made   *dataset.Dataset
}

// steps are what is done, in order.
var steps = []func(*maker) error{
	(*maker).open,         // the recording's units, or channels of signals in their place
	(*maker).selectUnits,  // by their ids and columns
	(*maker).planWindows,  // about moments, or over all that was recorded
	(*maker).fill,         // with counts of spikes, or with signals
	(*maker).chooseTrials, // in which anything was observed
	(*maker).chooseUnits,  // that fire, and are not like others
	(*maker).split,        // trials to train on, to validate and to test with
	(*maker).setAside,     // units that no model sees
	(*maker).holdOut,      // units that the model does not read
	(*maker).gather,       // all trials, with their conditions
	(*maker).takeTruth,    // what is behind the spikes of a simulation
	(*maker).takeBehavior, // and what the model is told
	(*maker).divide,       // into a dataset's parts
}

func (m *maker) run() error {
	if err := m.o.Check(); err != nil {
		return err
	}
	for _, step := range steps {
		if err := step(m); err != nil {
			return err
		}
	}
	return nil
}

// open finds what windows are filled with: the recording's units, or signals.
func (m *maker) open() (err error) {
	m.rated = m.r.Units.IDs
	switch {
	case m.o.Signals != nil:
		return m.openChannels()
	case m.r.Units.Len() > 0:
		return nil
	}
	return noUnits(m.r)
}

// noUnits is the error for a recording without units, of which none is asked for instead.
func noUnits(r *dataset.Recording) error {
	if s, _ := likeliestSignal(r); s != nil {
		return fmt.Errorf("the recording has no units, so no spikes to count: %s; if signals are to be modelled instead, name one (--signal %s --signal-kind %s; kinds are emg, calcium, lfp and raw)", streamsThere(r), Command(s.Name), kindOf(s))
	}
	return errors.New("the recording has no units, so no spikes to count")
}

// selectUnits leaves the units alone that the options ask for by their ids and columns.
func (m *maker) selectUnits() (err error) {
	if m.r, m.left, err = selectUnits(m.r, &m.o.Units); err != nil {
		return err
	}
	if m.r, err = joinUnits(m.r, m.o.Units.Join); err != nil {
		return err
	}
	m.r, err = inOrder(m.r, m.o.Units.ids)
	return err
}

// planWindows plans the windows. What they hold must fit in memory.
func (m *maker) planWindows() (err error) {
	if m.plan, err = newPlan(m.r, m.o); err != nil {
		return err
	}
	if err := m.enough(&m.o.Units); err != nil {
		return err
	}
	return fits(float64(len(m.starts)), m.Grid, m.r.Units.Len(), m.o.bytesPerCount())
}

// fill fills the windows.
func (m *maker) fill() error {
	m.counts, m.any = dataset.NewArray(len(m.starts), m.Bins, m.r.Units.Len()), make([]bool, len(m.starts))
	if m.o.Units.Join != "" {
		m.note("units of one %s are taken for one", m.o.Units.Join)
	}
	if m.channels != nil {
		return m.sample()
	}
	return newCounter(m).count()
}

// gather puts all trials together.
func (m *maker) gather() (err error) {
	m.all = &dataset.Split{Encod: m.readCounts(), Recon: m.counts, SetAside: m.aside, TrialIDs: m.ids}
	m.made = &dataset.Dataset{
		Name: m.r.Name, BinWidth: m.BinWidth(), Neurons: idsOf(m.units), Scale: m.scaleOf(), Chop: m.chop,
		Attributes: map[string]any{},
	}
	if m.aside != nil {
		m.made.SetAside = idsOf(m.asideUnits)
	}
	if m.o.Condition != "" {
		if m.all.Condition, m.made.Conditions, err = conditions(m.r, m.table, m.o.Condition, m.ids); err != nil {
			return err
		}
	}
	if m.chop != nil {
		m.all.Starts = m.startBins()
	}
	return nil
}
