package run

import (
	"errors"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/pbt"
)

// Replay is what a run trains that follows the line of another run's model. It is all
// that is taken from there: the other run is not needed any more.
type Replay struct {
	Run       string `yaml:"run"` // folder of the other run, its name alone
	pbt.Place `yaml:",inline"`
	Schedule  pbt.Replay `yaml:",inline"`
}

// Lineage returns the units of the line that ends at a place, each with its result; the
// one that began with fresh parameters first. Of checkpoints it needs none.
func (f Files) Lineage(end pbt.Place) (units []Unit, results []Result, err error) {
	for at := &end; at != nil; {
		u, err := f.Unit(at.Generation, at.Member)
		if err != nil {
			return nil, nil, fmt.Errorf("the line of generation %d, member %d is not whole: %w", end.Generation, end.Member, err)
		}
		r, err := f.Result(u)
		if err == nil && r == nil {
			err = fmt.Errorf("%s, from which the model comes, has no result", u)
		}
		if err != nil {
			return nil, nil, err
		}
		units, results = append(units, u), append(results, *r)
		if at, err = parentOf(&u); err != nil {
			return nil, nil, err
		}
	}
	slices.Reverse(units)
	slices.Reverse(results)
	return units, results, nil
}

// parentOf returns from where a unit goes on; nil: it begins.
func parentOf(u *Unit) (*pbt.Place, error) {
	if u.Parent == nil {
		return nil, nil
	}
	if u.Parent.Generation >= u.Generation {
		return nil, errors.New(u.String() + " goes on from a generation that is not before it: the run folder was edited")
	}
	return &u.Parent.Place, nil
}
