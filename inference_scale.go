package autolfads

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/run"
)

// onScaleOf brings data to the scale of those that a model was trained on: what is
// written of them is in the recording's unit all the same. The note says what was done
// or may be amiss; "": nothing.
func onScaleOf(trained *run.Trials, d *dataset.Dataset, path string) (note string, err error) {
	scale := scaleOf(trained)
	if scale != nil {
		if err := scale.Check(len(scale.Factor)); err != nil {
			return "", fmt.Errorf("run.yaml: %w", err)
		}
	}
	own, unit := d.Scale, true
	if own != nil && scale != nil {
		d.Scale, unit = own.InUnit(scale.Unit)
	}
	other, err := d.Rescale(scale)
	switch {
	case err != nil || !other:
	case own == nil:
		note = fmt.Sprintf("warning: %s does not say its scale (scale_factor): its numbers are taken to be in the recording's unit, and brought to the scale of the data that the model was trained on", path)
	case scale == nil:
		note = fmt.Sprintf("warning: %s has a scale (scale_factor), and the data that the model was trained on had none: its numbers are brought back to the recording's unit; if the model was trained on scaled ones, its rates mean little", path)
	default:
		note = fmt.Sprintf("%s has another scale than the data that the model was trained on: its numbers are brought to that one%s", path, outputsIn(scale, own))
	}
	if err == nil && !unit {
		note = fmt.Sprintf("warning: numbers of %s are in %s, those that the model was trained on in %s: rates mean little unless both are the same", path, unitWord(own), unitWord(scale))
	}
	return note, err
}

// outputsIn says in which unit outputs are, if it is not the recording's.
func outputsIn(scale, own *dataset.Scale) string {
	if scale.Unit == own.Unit {
		return ""
	}
	return fmt.Sprintf(", and its outputs are in %s", unitWord(scale))
}

func unitWord(s *dataset.Scale) string {
	if s.Unit == "" {
		return "a unit that is not known"
	}
	return s.Unit
}

// scaleOf is the scale of a run's data; nil: their numbers are what they are.
func scaleOf(t *run.Trials) *dataset.Scale {
	if len(t.ScaleFactor) == 0 {
		return nil
	}
	return &dataset.Scale{Unit: t.ScaleUnit, Factor: t.ScaleFactor, Offset: t.ScaleOffset}
}
