package nlb

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
)

// Set is the tensors of one data set.
type Set struct {
	Group   string // where targets stand: the data set's name, behind it _20 for bins of 20 ms
	BinMs   int
	Tensors []*Tensor

	// Attributes say what units, behaviour and conditions are called, and which rows of
	// the table of trials were taken.
	Attributes map[string]any
}

// Prepare makes the tensors of a data set of its recordings, as Open opens them, and
// tells what was done.
func Prepare(recordings []*dataset.Recording, o Options) (*Set, *Report, error) {
	if err := o.check(); err != nil {
		return nil, nil, fmt.Errorf("nlb: %w", err)
	}
	m := &maker{preset: find(o.Preset), o: o, set: &Set{Group: o.group(), BinMs: o.BinMs}}
	report, err := m.make(recordings)
	if err != nil {
		return nil, nil, fmt.Errorf("nlb: %s: preset nlb/%s: %w", namesOf(recordings), o.Preset, err)
	}
	return m.set, report, nil
}

// namesOf are the names of recordings.
func namesOf(recordings []*dataset.Recording) string {
	names := make([]string, len(recordings))
	for i, r := range recordings {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

// maker makes the tensors of one session. It plans all, and then fills what it planned
// while it reads units one at a time.
type maker struct {
	*preset
	*session
	o     Options
	set   *Set
	takes []take
	psth  *psth // nil: none is made
	train []int // trials
	eval  []int
}

func (m *maker) make(recordings []*dataset.Recording) (*Report, error) {
	var err error
	if m.session, err = newSession(recordings, m.o.BinMs); err != nil {
		return nil, err
	}
	if err := m.complete(); err != nil {
		return nil, err
	}
	if err := m.findSignals(); err != nil {
		return nil, err
	}
	if err := m.fits(); err != nil {
		return nil, err
	}
	if err := m.all(); err != nil {
		return nil, err
	}
	err = m.eachUnit(m.o.Progress, func(u *unit, place int) {
		for i := range m.takes {
			m.takes[i].fill(u, place)
		}
		if m.psth != nil {
			m.psth.add(u, place)
		}
	})
	if err != nil {
		return nil, err
	}
	report := m.report()
	m.call(report.Conditions)
	return report, nil
}

// all plans or makes all tensors.
func (m *maker) all() error {
	var columns [][]float64
	if m.behavior != "" {
		var err error
		if columns, err = m.decimated(m.behavior); err != nil {
			return err
		}
	}
	if err := m.trained(columns); err != nil {
		return err
	}
	if err := m.evaluated(); err != nil || m.o.Eval == Test {
		return err
	}
	return m.targets(columns)
}

// aligned are the moments that some trials are aligned to, and by how many ms each of
// these was moved.
func (m *maker) aligned(trials []int) (moments []int64, jitter []float64) {
	jitter = make([]float64, len(trials))
	if m.timing {
		jitter = m.jitters(trials)
	}
	return m.moved(m.align, trials, jitter), jitter
}

// about is a window about moments, some ms later.
func (m *maker) about(moments []int64, later float64, overlap bool) cut {
	w := prepare.Window{From: m.window.From + later, To: m.window.To + later}
	return cut{start: dataset.ColumnStart, stop: dataset.ColumnStop, align: moments, window: &w, overlap: overlap}
}

// ahead is the bins behind the window.
func (m *maker) ahead(moments []int64) cut {
	c := m.about(moments, 0, true)
	c.window.From, c.window.To = m.window.To, m.window.To+forwardMs
	return c
}

// trained makes what a model trains on.
func (m *maker) trained(columns [][]float64) error {
	moments, _ := m.aligned(m.train)
	pieces := m.cutOut(m.about(moments, 0, m.overlap), m.train)
	if err := m.both("train_spikes_", "", pieces); err != nil {
		return err
	}
	if err := m.behave("train_behavior", columns, m.train, m.overlap); err != nil {
		return err
	}
	return m.both("train_spikes_", "_forward", m.cutOut(m.ahead(moments), m.train))
}

// both makes tensors of the units held in and of those held out.
func (m *maker) both(before, behind string, pieces []piece) error {
	if err := m.stack(before+"heldin"+behind, heldIn, pieces); err != nil {
		return err
	}
	return m.stack(before+"heldout"+behind, heldOut, pieces)
}

// evaluated makes what is read of trials that are evaluated. Those of split test have
// no units held out.
func (m *maker) evaluated() error {
	moments, _ := m.aligned(m.eval)
	c := m.about(moments, 0, m.overlap)
	c.gaps = true
	pieces := m.cutOut(c, m.eval)
	if m.o.Eval == Test {
		return m.stack("eval_spikes_heldin", heldIn, pieces)
	}
	return m.both("eval_spikes_", "", pieces)
}

// behave makes the behaviour of some trials.
func (m *maker) behave(key string, columns [][]float64, trials []int, overlap bool) error {
	if m.behavior == "" {
		m.ofTrials(key, m.columns, trials)
		return nil
	}
	moments, _ := m.aligned(trials)
	c := m.about(moments, m.lagMs, overlap)
	c.gaps = true
	pieces := m.cutOut(c, trials)
	if err := m.haveAll(key, pieces, trials); err != nil {
		return err
	}
	m.jagged(key, columns, pieces)
	return nil
}

// haveAll checks that each trial has a piece.
func (m *maker) haveAll(key string, pieces []piece, trials []int) error {
	for k, i := range trials {
		if k < len(pieces) && pieces[k].trial == i {
			continue
		}
		why := "its window lies outside of the recording"
		if m.trials.moments[m.align][i] == unknown {
			why = m.align + " is not known"
		}
		return fmt.Errorf("%s: trial %d, counted from 0, of split %s cannot be taken: %s; nlb_tools refuse this, too: give it the split none in the file",
			key, i, m.trials.values[columnSplit][i], why)
	}
	return nil
}

// targets makes what predictions are compared with.
func (m *maker) targets(columns [][]float64) error {
	in := m.set.Group + "/"
	moments, jitter := m.aligned(m.eval)
	if err := m.heldOutTarget(in+"eval_spikes_heldout", moments, jitter); err != nil {
		return err
	}
	if err := m.behave(in+"train_behavior", columns, m.train, m.overlapEval); err != nil {
		return err
	}
	if err := m.behave(in+"eval_behavior", columns, m.eval, m.overlapEval); err != nil {
		return err
	}
	if err := m.both(in+"eval_spikes_", "_forward", m.cutOut(m.ahead(moments), m.eval)); err != nil {
		return err
	}
	if m.mask != "" {
		m.decodeMask(in+"train_decode_mask", m.train)
		m.decodeMask(in+"eval_decode_mask", m.eval)
	}
	if m.conditions == nil {
		return nil
	}
	return m.planPSTH()
}

// heldOutTarget makes the spikes held out of trials that are evaluated: those of timing
// from set to go.
func (m *maker) heldOutTarget(key string, moments []int64, jitter []float64) error {
	if !m.timing {
		return m.stack(key, heldOut, m.cutOut(m.about(moments, 0, m.overlapEval), m.eval))
	}
	pieces := m.cutOut(cut{start: columnSet, stop: m.align, align: moments}, m.eval)
	if err := m.haveAll(key, pieces, m.eval); err != nil {
		return err
	}
	m.frontPadded(key, int(m.window.To-m.window.From)/m.factor, pieces, jitter)
	return nil
}
