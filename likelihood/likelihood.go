package likelihood

import (
	"iter"

	"github.com/autolfads/autolfads/nn"
)

// Likelihood is the distribution of a neuron's datum in a bin given the readout.
// One value serves one model, on several threads at a time.
type Likelihood interface {
	// Outputs is the number of readout outputs for each neuron: the parameters of
	// the distribution. Outputs of all neurons for one parameter lie together:
	// [Outputs][neurons][w].
	Outputs() int
	// Check says in a few words what is wrong with a datum that the distribution
	// cannot have, and what to do; "" if it can.
	Check(y float32) (fault string)
	// Counts says whether data are counts of spikes: means are then rates in
	// spikes per bin, and scores relative to the number of spikes make sense.
	Counts() bool
	// Unit is that of a mean, for files and figures.
	Unit() string
	// Loss adds the negative log likelihood of a bin, except for DataTerm, to
	// b.Loss, and computes its gradient if b.Grad is not nil.
	Loss(b *Block)
	// DataTerm is the part of an element's negative log likelihood that depends
	// on the datum alone.
	DataTerm(y float32) float64
	// Mean writes the expected data, [neurons][w], from out.
	Mean(dst, out []float32)
	// Start returns the outputs of a neuron, [Outputs], that learning starts
	// from: those that describe its data best as long as they are constant. The
	// data may be gone through several times, and hold one value at least.
	Start(neuron iter.Seq[float32]) []float64
}

// OfMean is a likelihood whose mean says all: rates known from elsewhere, such as
// the true ones of synthetic data, have a likelihood, too.
type OfMean interface {
	Likelihood
	// NLL is the negative log likelihood of a datum, with its data term, in nats.
	NLL(mean, y float64) float64
}

// Named is a likelihood whose loss has another name than a negative log likelihood.
type Named interface {
	Likelihood
	// LossName returns what the loss of an element is called, and its unit.
	LossName() (name, unit string)
}

// LossName returns what the loss of an element is called, and its unit.
func LossName(l Likelihood) (name, unit string) {
	if n, ok := l.(Named); ok {
		return n.LossName()
	}
	return "negative log likelihood", "nats"
}

// Parametric is a likelihood whose mean does not say all: files hold the posterior
// averages of its parameters, too.
type Parametric interface {
	Likelihood
	// Parameters lists them.
	Parameters() []Parameter
	// Natural writes them on the scale that their names stand for,
	// [Parameters][neurons][w], from out.
	Natural(dst, out []float32)
}

// Parameter is one of a [Parametric] likelihood.
type Parameter struct {
	Name  string // of data sets in files, such as alpha
	Unit  string // "1": it has none
	Power int    // of the data's unit that it is in: 2 of a variance; 0 where it has none
}

// ParametersOf lists those of a likelihood; nil if it is not [Parametric].
func ParametersOf(l Likelihood) []Parameter {
	if p, ok := l.(Parametric); ok {
		return p.Parameters()
	}
	return nil
}

// Mixing is a [Parametric] likelihood of which some parameters are known of a mixture
// in equal parts, too, as the average of several models is one.
type Mixing interface {
	Parametric
	// Mixtures says of each parameter, in their order, how that of a mixture follows.
	Mixtures() []Mixture
}

// Mixture is how a parameter of a mixture follows from those of its parts.
type Mixture int

// Ways in which it does.
const (
	NoMixture       Mixture = iota // in none: a mixture has no such parameter
	MeanOfParts                    // it is their mean, as of probabilities
	VarianceOfParts                // it is the mean of their variances and the variance of their means
)

// MixturesOf says of each parameter of a likelihood how that of a mixture follows:
// in no way, where a likelihood does not say.
func MixturesOf(l Likelihood) []Mixture {
	if m, ok := l.(Mixing); ok {
		return m.Mixtures()
	}
	return make([]Mixture, len(ParametersOf(l)))
}

// Learned is a likelihood with parameters of its own, beside those that a model reads
// out: learned ones, the same in all bins of all trials. They are neuron after neuron
// or tensor after tensor as it likes; methods take the model's flat vector.
type Learned interface {
	Likelihood
	// Bind adds the parameters to a model's.
	Bind(layout *nn.Layout, neurons int)
	// Initialise sets first values that make sense without data.
	Initialise(params []float32)
	// StartLearned sets the values of a neuron that learning starts from, as
	// [Likelihood.Start] gives the outputs.
	StartLearned(params []float32, neuron int, data iter.Seq[float32])
	// Prepare reads the parameters: called whenever they changed.
	Prepare(params []float32)
	// Penalty is what the parameters add to a model's L2 term. If grad is not nil,
	// weight times its gradient is added there.
	Penalty(weight float64, grad []float32) float64
}

// Block is one time bin of a block of trials, Width lanes, as [Likelihood.Loss]
// takes it.
type Block struct {
	Width int
	Out   []float32 // [Outputs][neurons][Width], the readout; lost: Loss may use it as scratch
	Y     []float32 // [neurons][Width]; what is not observed may be overwritten
	// Grad receives Scale[lane] times the gradient at Out; nil: not wanted. It may
	// be Out itself.
	Grad []float32 // [Outputs][neurons][Width]
	// Learned, of a [Learned] likelihood, is added Scale[lane] times the gradient at its
	// parameters, tensor after tensor in the order in which Bind added them; nil with
	// Grad.
	Learned []float64
	// Two masks of [neurons], each a row of nn.MaskBytes(Width); nil is everywhere.
	// An element that is not observed counts neither in the loss nor in the
	// gradient, whatever Y holds there; one that does not pass counts in the loss
	// alone. Pass, if there, lies within Observed.
	Observed, Pass []uint8
	Scale          []float32 // [Width], 0 in lanes beyond the trials: those hold a trial once more
	Loss           []float32 // [Width], added to
}

// Neurons is the number of neurons.
func (b *Block) Neurons() int { return len(b.Y) / b.Width }

// IsObserved says whether element i of [neurons][Width] is observed.
func (b *Block) IsObserved(i int) bool { return b.Observed == nil || nn.Kept(b.Observed, i, b.Width) }

// ScaleOf returns what element i's gradient is multiplied by: its lane's scale, or
// 0 where none passes.
func (b *Block) ScaleOf(i int) float32 {
	if !b.passes(i) {
		return 0
	}
	return b.Scale[i%b.Width]
}

// passes says whether element i has a gradient.
func (b *Block) passes(i int) bool {
	return b.IsObserved(i) && (b.Pass == nil || nn.Kept(b.Pass, i, b.Width))
}

// passing is the mask of the elements that have a gradient; nil is everywhere.
func (b *Block) passing() []uint8 {
	if b.Pass == nil {
		return b.Observed
	}
	return b.Pass
}

// hide gives what is not observed a readout and a datum that add nothing: for a
// kernel that knows one mask. The likelihood has one output.
func (b *Block) hide(out, y float32) {
	for i := range b.Y {
		if !nn.Kept(b.Observed, i, b.Width) {
			b.Out[i], b.Y[i] = out, y
		}
	}
}
