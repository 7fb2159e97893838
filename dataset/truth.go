package dataset

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/tree"
)

// convertTruth turns the true rates of all splits into counts per bin, or
// removes them and says why if their unit is not known.
func (l *loader) convertTruth(d *Dataset) error {
	has := false
	for _, s := range d.splits() {
		has = has || s.Truth != nil
	}
	if !has {
		return nil
	}
	divisor, unknown, err := l.truthDivisor(d)
	if err != nil {
		return err
	}
	d.TruthUnknown, d.TruthDivisor = unknown, divisor
	for _, s := range d.splits() {
		if unknown != "" {
			s.Truth = nil
		}
		if s.Truth != nil {
			s.Truth.divide(divisor)
		}
	}
	return nil
}

// truthDivisor returns what to divide the truth by to get counts per bin, or
// why that is unknown. What the caller says goes before what the file says.
func (l *loader) truthDivisor(d *Dataset) (divisor float64, unknown string, err error) {
	switch l.options.TruthUnit {
	case TruthCount:
		return 1, "", nil
	case TruthHz:
		if d.BinWidth == 0 {
			return 0, "true rates are in Hz, and the bin width is not known: give it", nil
		}
		return 1 / d.BinWidth.Seconds(), "", nil
	case TruthFromFile:
		factor, ok, err := l.conversionFactor()
		if err != nil {
			return 0, "", err
		}
		if !ok {
			return 0, "the file has true rates but no " + keyConversion + ": say whether their unit is hz or count", nil
		}
		return factor, "", nil
	}
	return 0, "", fmt.Errorf("truth unit %q: must be %s or %s", l.options.TruthUnit, TruthHz, TruthCount)
}

// conversionFactor looks for a data set of that name, then for an attribute.
func (l *loader) conversionFactor() (factor float64, ok bool, err error) {
	if !l.group.Has(keyConversion) {
		factor, ok, err = tree.Number(l.group, keyConversion)
	} else {
		factor, err = scalar(l.group, keyConversion)
		ok = true
	}
	if err == nil && ok && (!(factor > 0) || math.IsInf(factor, 1)) {
		err = fmt.Errorf("%s is %g: must be positive", keyConversion, factor)
	}
	return factor, ok, err
}

func scalar(g tree.Group, key string) (float64, error) {
	d, err := tree.ArrayAt(g, key)
	if err != nil {
		return 0, err
	}
	v, err := d.Float64s()
	if err != nil {
		return 0, err
	}
	if len(v) != 1 {
		return 0, fmt.Errorf("%s has shape %v: must be one number", key, d.Shape())
	}
	return v[0], nil
}

func (a *Array) divide(by float64) {
	for i, v := range a.Data {
		a.Data[i] = float32(float64(v) / by)
	}
}
