package paper

import (
	"context"
	"math"
	"slices"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/train"
)

// probes ask a model what of its input reaches single loss terms. Each is a trial of its
// own whose recording is NaN, and so without a loss, but for one element. All passes have
// the same random numbers: what changes from one to another, the input alone has changed.
type probes struct {
	data     *dataset.Dataset
	model    lfads.Config
	dropout  float64
	elements []element
	lags     int // how far from an element inputs are changed, in bins
}

// element is one of a training trial's, which encoders read.
type element struct{ trial, bin, neuron int }

// probeNumbers are random numbers of which elements are probed.
var probeNumbers = rng.Named("autolfads/paper: elements that are probed")

// newProbes chooses elements at random.
func newProbes(l *Lab, d *dataset.Dataset) *probes {
	c := autolfads.DefaultConfig()
	p := &probes{data: d, model: c.Model, dropout: c.Train.DropoutRate, lags: scaled(l.Scale, 3, 10, 20)}
	for _, dim := range []*int{
		&p.model.GeneratorDim, &p.model.InitialConditionDim, &p.model.ICEncoderDim, &p.model.CIEncoderDim, &p.model.ControllerDim, &p.model.Factors,
	} {
		*dim = scaled(l.Scale, 6, 32, *dim)
	}
	read, src := d.Train.Encod, rng.NewSource(rng.Derive(coordinatedSeed, probeNumbers))
	for range scaled(l.Scale, 40, 512, 2048) {
		p.elements = append(p.elements, element{src.IntN(read.Trials), src.IntN(read.Bins), src.IntN(read.Features)})
	}
	return p
}

// probed is what a spike more in the input did to loss terms that teach, by how many bins
// the input lies behind the term's own.
type probed struct {
	terms, teach     int
	lags             []lagged // from -lags to lags
	ownMost          float64  // change of a term by its own input, in nats
	ownChanged       int      // terms
	gradientsChanged int      // terms whose gradients their own input changes
}

// lagged are changes of terms at one lag.
type lagged struct {
	lag int
	sum float64 // of absolute changes, in nats
	n   int
}

// probe probes a model of fresh parameters under coordinated dropout of a rate. A term
// teaches if its gradient with respect to the parameters is not all 0.
func (p *probes) probe(ctx context.Context, rate float64) (*probed, error) {
	m, err := lfads.New(p.model, train.ShapeOf(p.data))
	if err != nil {
		return nil, err
	}
	m.Initialise(coordinatedSeed, 0)
	m.StartReadout(p.data.Train.Recon)
	e := &probing{probes: p, engine: lfads.NewCPU(m, 1), model: m, gradient: make([]float32, len(m.Params)), pass: lfads.Pass{
		Draws: lfads.Draws{Seed: coordinatedSeed, Pass: rng.Training}, DropoutRate: p.dropout,
		Augmentations: []augment.Augmentation{augment.CoordinatedDropout{Rate: rate}},
	}}
	usual := p.trials(0, false)
	before, out := e.losses(usual), &probed{terms: len(p.elements)}
	teach := e.teach(usual, p.trials(0, true), out)
	for lag := -p.lags; lag <= p.lags; lag++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out.compare(p, lag, teach, before, e.losses(p.trials(lag, true)))
	}
	return out, nil
}

// trials are the probes: with one spike more where the encoders read the element, or lag
// bins behind, if it is to be changed.
func (p *probes) trials(lag int, change bool) *dataset.Split {
	from, places := p.data.Train, make([]int, len(p.elements))
	for i, e := range p.elements {
		places[i] = e.trial
	}
	s := &dataset.Split{Encod: from.Encod.Pick(places), Recon: from.Recon.Pick(places)}
	if from.External != nil {
		s.External = from.External.Pick(places)
	}
	for i, e := range p.elements {
		own := s.Recon.Bin(i, e.bin)[e.neuron]
		row := s.Recon.Trial(i)
		for k := range row {
			row[k] = float32(math.NaN())
		}
		s.Recon.Bin(i, e.bin)[e.neuron] = own
		if at := e.bin + lag; change && at >= 0 && at < s.Encod.Bins {
			s.Encod.Bin(i, at)[e.neuron]++
		}
	}
	return s
}

// probing is a model that is asked.
type probing struct {
	*probes
	engine   *lfads.CPU
	model    *lfads.Model
	gradient []float32
	pass     lfads.Pass
}

// objective is the reconstruction loss alone.
var objective = &lfads.Objective{LossScale: 1}

// losses are the loss terms of all probes, in nats.
func (e *probing) losses(s *dataset.Split) []float64 {
	all := make([]int, s.Trials())
	for i := range all {
		all[i] = i
	}
	pass := e.pass
	pass.ByTrial = make([]float64, len(all))
	e.engine.Evaluate(lfads.Batch{Data: e.model.NewData(s), Trials: all}, objective, &pass)
	return pass.ByTrial
}

// teach says which loss terms have a gradient with respect to the parameters, and counts
// them and those whose gradient is another where their own input has changed.
func (e *probing) teach(usual, changed *dataset.Split, out *probed) []bool {
	teach, a, b := make([]bool, usual.Trials()), e.model.NewData(usual), e.model.NewData(changed)
	other := make([]float32, len(e.gradient))
	for i := range teach {
		e.engine.Gradient(e.gradient, lfads.Batch{Data: a, Trials: []int{i}}, objective, &e.pass)
		e.engine.Gradient(other, lfads.Batch{Data: b, Trials: []int{i}}, objective, &e.pass)
		if teach[i] = slices.ContainsFunc(e.gradient, func(v float32) bool { return v != 0 }); teach[i] {
			out.teach++
		}
		if !slices.Equal(e.gradient, other) {
			out.gradientsChanged++
		}
	}
	return teach
}

// compare takes in what an input did that lies some bins behind each term's own.
func (o *probed) compare(p *probes, lag int, teach []bool, before, after []float64) {
	l := lagged{lag: lag}
	for i, e := range p.elements {
		if at := e.bin + lag; !teach[i] || at < 0 || at >= p.data.Train.Encod.Bins {
			continue
		}
		change := math.Abs(after[i] - before[i])
		l.sum, l.n = l.sum+change, l.n+1
		if lag == 0 {
			o.ownMost = max(o.ownMost, change)
			if change != 0 {
				o.ownChanged++
			}
		}
	}
	o.lags = append(o.lags, l)
}

// values are what a table has of it.
func (o *probed) values() map[string]float64 {
	r := Row{}
	sum, n := 0., 0
	for _, l := range o.lags {
		if l.lag != 0 {
			sum, n = sum+l.sum, n+l.n
		}
	}
	r.set("terms", float64(o.terms))
	r.set("teach", float64(o.teach))
	r.set("own_most", o.ownMost)
	r.set("own_changed", float64(o.ownChanged))
	r.set("gradients_changed", float64(o.gradientsChanged))
	r.set("other_mean", sum/float64(n))
	return r.Values
}

// x are the lags, in bins.
func (o *probed) x() (all []float64) {
	for _, l := range o.lags {
		all = append(all, float64(l.lag))
	}
	return all
}

// means are the mean changes by lag, in nats; of no terms 0.
func (o *probed) means() (all []float64) {
	for _, l := range o.lags {
		all = append(all, l.sum/float64(max(l.n, 1)))
	}
	return all
}
