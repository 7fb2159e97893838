package outputs

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// part is one split with what the file is to have of it, as the file is to have it.
type part struct {
	name       string
	ids        []int64 // of its trials
	split      *dataset.Split
	quantities []Quantity // the first are rates; those of neurons in the file's order and the recording's unit
}

func parts(d *dataset.Dataset, of *Content, n *dataset.Numbering) []part {
	var all []part
	for _, s := range []struct {
		part
		of *Part
	}{
		{part{name: "train", ids: n.Train, split: d.Train}, of.Train},
		{part{name: "valid", ids: n.Valid, split: d.Valid}, of.Valid},
		{part{name: "test", ids: n.Test, split: d.Test}, of.Test},
	} {
		if s.of != nil {
			s.quantities = inFile(d, of, s.of)
			all = append(all, s.part)
		}
	}
	return all
}

// inFile returns what the file is to have of a split: neurons in the order of the data
// file, in the recording's unit if it is known.
func inFile(d *dataset.Dataset, of *Content, p *Part) []Quantity {
	rates := d.Scale.In(inFileOrder(p.Rates, d))
	all := []Quantity{{Name: outputParams, Unit: recorded(d, of.Unit, 1), Values: rates, Kind: OfNeurons, Power: 1, Of: of.Of}}
	for _, q := range p.Others {
		if q.Kind == OfNeurons && q.Values != nil {
			q.Unit = recorded(d, q.Unit, q.Power)
			q.Values = d.Scale.InPower(inFileOrder(q.Values, d), q.Power)
		}
		all = append(all, q)
	}
	return all
}

// inFileOrder returns rates with the neurons in the order of the data file.
func inFileOrder(rates *dataset.Array, d *dataset.Dataset) *dataset.Array {
	if d.Order == nil {
		return rates
	}
	out := dataset.NewArray(rates.Trials, rates.Bins, rates.Features)
	for trial := range rates.Trials {
		for bin := range rates.Bins {
			to := out.Bin(trial, bin)
			for n, rate := range rates.Bin(trial, bin) {
				to[d.InFile(n)] = rate
			}
		}
	}
	return out
}

// recorded is the unit of what is in a power of the recording's, if the file of scaled
// data says it; else the unit given.
func recorded(d *dataset.Dataset, unit string, power int) string {
	if d.Scale == nil || d.Scale.Unit == "" {
		return unit
	}
	switch power {
	case 0:
		return unit
	case 1:
		return d.Scale.Unit
	case -1:
		return "1/" + d.Scale.Unit
	}
	return fmt.Sprintf("%s^%d", d.Scale.Unit, power)
}

func (p *part) write(w *writer) error {
	for _, q := range p.quantities {
		if q.Values == nil {
			continue
		}
		name := w.in(p.name + "_" + q.Name)
		if err := w.Write(name, q.Values.Data, q.shape()); err != nil {
			return err
		}
		if err := w.says(name, q.Unit, q.Of); err != nil {
			return err
		}
	}
	if starts := p.split.Starts; starts != nil {
		if err := w.Write(w.in(p.name+"_start_bin"), starts, []int{len(starts)}); err != nil {
			return err
		}
	}
	return w.Write(w.in(p.name+"_inds"), p.ids, []int{len(p.ids)})
}

func (q *Quantity) shape() []int {
	if q.Kind == OfTrials {
		return []int{q.Values.Trials, q.Values.Features}
	}
	return []int{q.Values.Trials, q.Values.Bins, q.Values.Features}
}

// rates are those of all neurons.
func (p *part) rates() *dataset.Array { return p.quantities[0].Values }
