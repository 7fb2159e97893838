package prepare

import (
	"errors"

	"github.com/autolfads/autolfads/dataset"
)

// checkAside returns an error for units that cannot be set aside.
func (o *Options) checkAside() error {
	if o.SetAside != 0 && o.Signals != nil {
		return errors.New("units are set aside to predict their spikes from a model's factors, and signals have none: leave out --set-aside, or --signal")
	}
	return dataset.CheckAside(o.SetAside)
}

// setAside takes units out of the counts, which no model then sees: as many as asked for,
// by the seed of the split, of those that are not named to be held out.
func (m *maker) setAside() error {
	if m.o.SetAside == 0 {
		return nil
	}
	may, err := m.mayBeAside()
	if err != nil {
		return err
	}
	drawn, err := dataset.DrawAside(len(may), m.o.SetAside, m.o.Split.Seed)
	if err != nil {
		return err
	}
	places := at(may, drawn)
	m.asideUnits = at(m.units, places)
	m.aside = dataset.NewArray(m.counts.Trials, m.Bins, len(places))
	for row := range m.counts.Trials * m.Bins {
		for to, from := range places {
			m.aside.Data[row*len(places)+to] = m.counts.Data[row*len(m.units)+from]
		}
	}
	m.keepUnits(otherPlaces(len(m.units), places))
	return nil
}

// mayBeAside returns the places of the units that are not named to be held out.
func (m *maker) mayBeAside() ([]int, error) {
	if m.o.HoldOut.Units == "" {
		return otherPlaces(len(m.units), nil), nil
	}
	out, err := m.o.HoldOut.places(m.r, m.units, m.o.Split.Seed)
	return otherPlaces(len(m.units), out), err
}

// otherPlaces are those of n that are not among some, which ascend.
func otherPlaces(n int, some []int) (rest []int) {
	for i := range n {
		if len(some) > 0 && some[0] == i {
			some = some[1:]
			continue
		}
		rest = append(rest, i)
	}
	return rest
}
