package ingest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// namesByTrial are names of structs of trials that may have the spikes of each.
var namesByTrial = slices.Concat(namesTrials, []string{"tr", "td", "trial_data"})

// byTrial are spike times trial by trial, an array for each unit in each.
type byTrial struct {
	path   string
	trials [][]tree.Array // a row a trial, an array a unit; nil: no spikes
}

// trialUnits are the spike times of each trial, in cells of units: a struct for
// each trial with its spikes, or cells of trials that hold cells of units. They
// become one train a unit where a table says when trials start.
func (a *arrays) trialUnits(g tree.Group) (bool, error) {
	b, from, err := byTrialIn(g)
	if b == nil || err != nil {
		return false, err
	}
	if a.looking {
		return true, nil
	}
	a.used[b.path] = true
	if from != g {
		a.take(from)
		err = a.table(from, "")
	} else {
		err = a.trials(g)
	}
	if err != nil {
		return true, err
	}
	if b, err = b.onTrials(a.r.Trials()); err != nil {
		return true, err
	}
	return true, a.joinTrials(g, b)
}

// gridOfTrials reads cells of trials x units, or units x trials, if there is a table
// of as many trials and the times lie in them. Not found: they are something else.
func (a *arrays) gridOfTrials(g tree.Group, path string, all []tree.Array, shape []int) (bool, error) {
	if len(shape) != 2 || shape[0] < 2 || shape[1] < 2 {
		return false, nil
	}
	if err := a.trials(g); err != nil {
		return true, err
	}
	b := &byTrial{path: path, trials: slices.Collect(slices.Chunk(all, shape[1]))}
	b, err := b.onTrials(a.r.Trials())
	if err != nil {
		return false, nil
	}
	err = a.joinTrials(g, b)
	if errors.Is(err, errOtherClock) {
		return false, nil
	}
	return true, err
}

// byTrialIn finds spikes trial by trial in a group, or in the structs of trials in
// it, with what they stand in; nil: there are none.
func byTrialIn(g tree.Group) (*byTrial, tree.Group, error) {
	candidates := []tree.Group{g}
	if key := firstOf(g, namesByTrial); key != "" {
		if inner := tableOrGroup(g, key); inner != nil {
			candidates = append(candidates, inner)
		}
	}
	for i, in := range candidates {
		cells := nodeAt[tree.Cells](in, firstOf(in, slices.Concat(namesSpikes, namesTimes[:4])))
		if cells == nil {
			continue
		}
		b, err := nested(cells, i > 0)
		if b != nil || err != nil {
			return b, in, err
		}
	}
	return nil, nil, nil
}

func tableOrGroup(g tree.Group, key string) tree.Group {
	if t := tableAt(g, key); t != nil {
		return t
	}
	return groupAt(g, key)
}

// nested reads cells of cells: in each trial the units'. In a struct of trials a
// plain array is that of the only unit. Nil: the cells are something else.
func nested(cells tree.Cells, ofTrials bool) (*byTrial, error) {
	b := &byTrial{path: cells.Path(), trials: make([][]tree.Array, cells.Len())}
	inner := false
	for i := range b.trials {
		n, err := cells.Cell(i)
		if err != nil {
			return nil, err
		}
		switch n := n.(type) {
		case tree.Cells:
			inner = inner || n.Len() > 1
			if b.trials[i], err = cellsOf(n); err != nil {
				return nil, err
			}
		case tree.Array:
			if !n.IsNumber() && sizeOf(n.Shape()) > 0 || !ofTrials && sizeOf(n.Shape()) > 0 {
				return nil, nil
			}
			b.trials[i] = []tree.Array{n}
		case nil:
		default:
			return nil, nil
		}
	}
	if !inner && !ofTrials || len(b.trials) < 2 {
		return nil, nil
	}
	return b, nil
}

// units is the number of units, the same in all trials that have spikes at all.
func (b *byTrial) units() (int, error) {
	units := 0
	for i, t := range b.trials {
		if empty := len(t) == 0 || len(t) == 1 && (t[0] == nil || sizeOf(t[0].Shape()) == 0); empty {
			continue
		}
		if units > 0 && len(t) != units {
			return 0, fmt.Errorf("%s: trial %d has %d units, those before %d: each must have a cell, an empty one where it has no spikes", b.path, i+1, len(t), units)
		}
		units = len(t)
	}
	return units, nil
}

// turned exchanges trials and units.
func (b *byTrial) turned(units int) *byTrial {
	t := &byTrial{b.path, make([][]tree.Array, units)}
	for u := range t.trials {
		t.trials[u] = make([]tree.Array, len(b.trials))
		for i, trial := range b.trials {
			if u < len(trial) {
				t.trials[u][i] = trial[u]
			}
		}
	}
	return t
}

// onTrials holds spikes to the table of trials, which says how many these are and
// when each starts.
func (b *byTrial) onTrials(t *dataset.Table) (*byTrial, error) {
	units, err := b.units()
	if err != nil {
		return nil, err
	}
	if t == nil || t.Numbers(dataset.ColumnStart) == nil {
		return nil, fmt.Errorf("%s has the spike times of %d x %d trials and units apart, and nothing says when a trial starts: add trials.start_time and trials.stop_time (s, one a trial), or store counts, trials x bins x neurons, as spikes",
			b.path, len(b.trials), units)
	}
	switch t.Rows {
	case len(b.trials):
		return b, nil
	case units:
		return b.turned(units), nil
	}
	return nil, fmt.Errorf("%s has the spike times of %d x %d trials and units, and %s has %d rows: one a trial is needed", b.path, len(b.trials), units, t.Name, t.Rows)
}
