package ingest

import (
	"regexp"
	"slices"

	"github.com/autolfads/autolfads/tree"
)

// groupedUnits are a group with an array of times for each unit, or a group for
// each with one inside. One that has times under their own name is another way's.
func (a *arrays) groupedUnits(g tree.Group) (bool, error) {
	inner := groupAt(g, firstOf(g, namesSpikes))
	if inner == nil || len(inner.Keys()) == 0 || firstOf(inner, namesTimes) != "" {
		return false, nil
	}
	return a.unitsByName(inner, inner.Keys())
}

// unitName is what names of units are like that stand among others: neuron_12, and
// sig001a, SPK12b of Plexon's Offline Sorter.
var unitName = regexp.MustCompile(`^(?i)((unit|neuron|cell|cluster|channel|chan|ch|electrode|su|mua|sua)[ _-]?[0-9]+|(sig|spk|dsp)_?[0-9]+[a-z])$`)

// namedUnits are arrays, or groups with one, whose names say that they are units.
func (a *arrays) namedUnits(g tree.Group) (bool, error) {
	keys := slices.DeleteFunc(slices.Clone(g.Keys()), func(k string) bool { return !unitName.MatchString(k) })
	if len(keys) == 0 {
		return false, nil
	}
	return a.unitsByName(g, keys)
}

// unitsByName makes units of the arrays of some names, or of the times in the
// groups of these names; not found, if one has none.
func (a *arrays) unitsByName(g tree.Group, keys []string) (bool, error) {
	keys = inNumberOrder(keys)
	all := make([]tree.Array, len(keys))
	for i, key := range keys {
		all[i], _ = vector(g, key)
		if unit := groupAt(g, key); unit != nil {
			all[i], _ = vector(unit, firstOf(unit, namesTimes))
		}
		if all[i] == nil {
			return false, nil
		}
	}
	for _, key := range keys {
		a.used[nodePath(g, key)] = true
	}
	if a.looking {
		return true, nil
	}
	a.r.Units.IDs = keys
	return true, a.unitsOf(g, all, nil)
}
