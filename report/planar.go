package report

import (
	"github.com/autolfads/autolfads/dataset"
)

// planar is what of behaviour is movement in a plane: two outputs that follow each other.
type planar struct {
	columns  []int              // which they are
	outputs  []dataset.Quantity // what they are called; nil: nobody knows
	velocity bool               // their names or unit say so
}

// planarOf finds movement in a plane: two outputs of one unit that are all there is, or,
// among more, two that are called alike but for their last part (hand_vel_x and
// hand_vel_y), velocities first. It is nil without.
func planarOf(d *dataset.Dataset, s *dataset.Split) *planar {
	switch {
	case s.Behavior == nil || s.Behavior.Features < 2:
		return nil
	case len(d.Outputs) != s.Behavior.Features:
		if s.Behavior.Features > 2 {
			return nil
		}
		return &planar{columns: []int{0, 1}}
	case s.Behavior.Features == 2:
		if d.Outputs[0].Unit != d.Outputs[1].Unit {
			return nil
		}
		return newPlanar(d.Outputs, 0)
	}
	return planarAmong(d.Outputs)
}

// planarAmong finds the first pair of velocities, else the first pair; nil without.
func planarAmong(outputs []dataset.Quantity) (first *planar) {
	for i := 0; i < len(outputs); {
		n := alike(outputs[i:])
		if n == 2 {
			p := newPlanar(outputs, i)
			if p.velocity {
				return p
			}
			if first == nil {
				first = p
			}
		}
		i += n
	}
	return first
}

// alike counts the outputs from the first on that are called as it is but for their last
// part, and have its unit.
func alike(outputs []dataset.Quantity) int {
	n := 1
	for n < len(outputs) && outputs[n].Stem() == outputs[0].Stem() && outputs[n].Unit == outputs[0].Unit {
		n++
	}
	return n
}

func newPlanar(outputs []dataset.Quantity, i int) *planar {
	of := outputs[i : i+2]
	return &planar{columns: []int{i, i + 1}, outputs: of, velocity: isVelocity(of)}
}

// of returns the two outputs of [trials, bins, outputs].
func (p *planar) of(a *dataset.Array) *dataset.Array {
	if a.Features == 2 {
		return a
	}
	return a.Columns(p.columns)
}
