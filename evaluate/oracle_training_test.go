package evaluate_test

import (
	"iter"
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/synth"
)

// The oracle of the EMG set is what a Gamma model that knows all would score in
// training: its loss and data term, in single precision.
func TestOracleIsWhatTrainingScores(t *testing.T) {
	o := synth.DefaultEMG()
	o.Seed, o.Trials, o.Channels, o.Bins = 1, 10, 8, 30
	d, err := synth.EMG(o)
	if err != nil {
		t.Fatal(err)
	}
	gamma, err := likelihood.New(d.OracleLikelihood, likelihood.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	got := scoreOf(gamma, d.Valid.Recon, func(i, _ int) []float64 {
		return []float64{math.Log(o.Shape), math.Log(o.Shape / float64(d.Valid.Truth.Data[i]))}
	})
	if math.Abs(got-d.Oracle) > 1e-5 {
		t.Errorf("a model that knows all scores %v, the oracle is %v", got, d.Oracle)
	}
}

// Events are not quite of a zero-inflated Gamma distribution. One that knows each
// neuron's data, but not how they change, is above the oracle, and not by far.
func TestOracleOfEventsIsBelow(t *testing.T) {
	o := synth.DefaultCalcium()
	o.Seed, o.Conditions, o.Neurons = 1, 5, 8
	d, err := synth.Calcium(o)
	if err != nil {
		t.Fatal(err)
	}
	// So many scales hold what one constant distribution needs.
	zig, err := likelihood.New(d.OracleLikelihood, likelihood.Settings{ZIGLocation: o.Threshold, ZIGScale: 20})
	if err != nil {
		t.Fatal(err)
	}
	starts := startOf(zig, d.Train.Recon)
	got := scoreOf(zig, d.Valid.Recon, func(_, neuron int) []float64 { return starts[neuron] })
	if got < d.Oracle || got > d.Oracle+.2 {
		t.Errorf("constant distributions score %v, the oracle is %v", got, d.Oracle)
	}
}

// startOf returns the readout of each neuron under the distribution that learning
// starts from.
func startOf(l likelihood.Likelihood, data *dataset.Array) [][]float64 {
	neuron := func(n int) iter.Seq[float32] {
		return func(yield func(float32) bool) {
			for i := n; i < len(data.Data) && yield(data.Data[i]); i += data.Features {
			}
		}
	}
	learned := l.(likelihood.Learned)
	layout := &nn.Layout{}
	learned.Bind(layout, data.Features)
	params := make([]float32, layout.Size)
	starts := make([][]float64, data.Features)
	for n := range starts {
		starts[n] = l.Start(neuron(n))
		learned.StartLearned(params, n, neuron(n))
	}
	learned.Prepare(params)
	return starts
}

// scoreOf is the mean of a likelihood's loss and data term over data, whose
// element i, of a neuron, has the readout that out returns.
func scoreOf(l likelihood.Likelihood, data *dataset.Array, out func(i, neuron int) []float64) float64 {
	const width = 8 // lanes, which are all alike
	n := data.Features
	b := &likelihood.Block{
		Width: width, Y: make([]float32, n*width), Out: make([]float32, l.Outputs()*n*width),
		Scale: make([]float32, width), Loss: make([]float32, width),
	}
	sum := 0.
	for row := 0; row < len(data.Data); row += n {
		clear(b.Loss)
		for neuron, y := range data.Data[row : row+n] {
			sum += l.DataTerm(y)
			for lane := range width {
				b.Y[neuron*width+lane] = y
				for p, v := range out(row+neuron, neuron) {
					b.Out[(p*n+neuron)*width+lane] = float32(v)
				}
			}
		}
		l.Loss(b)
		sum += float64(b.Loss[0])
	}
	return sum / float64(len(data.Data))
}
