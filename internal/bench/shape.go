package bench

import (
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/train"
)

// Shape is a size of data and model to time.
type Shape struct {
	Name            string
	BinMs           float64
	HeldIn, Neurons int // neurons read and reconstructed
	Bins, ReconBins int
	Batch           int
	Model           lfads.Config
	Train, Valid    int // trials of a usual recording: what a generation of training goes through
}

// Shapes lists the standard shapes: NLB's MC_Maze-Small and MC_RTT at 5 ms,
// MC_Maze at 20 ms, with the trials of their training and validation splits,
// and the Lorenz sets of the AutoLFADS papers (65 conditions x 20 trials).
var Shapes = []Shape{
	{"maze-small", 5, 107, 142, 140, 180, 64, dims(100, 80, 80, 100, 100, 40, 4), 75, 25},
	{"maze-20ms", 20, 137, 182, 35, 45, 256, dims(64, 64, 64, 200, 64, 100, 4), 1721, 574},
	{"rtt", 5, 98, 130, 120, 160, 256, dims(100, 80, 80, 100, 100, 40, 4), 810, 270},
	{"lorenz", 10, 50, 50, 100, 100, 65, dims(64, 64, 64, 100, 64, 40, 4), 1040, 260},
	{"lorenz-plain", 10, 30, 30, 100, 100, 65, dims(64, 0, 0, 64, 64, 40, 0), 1040, 260},
}

// dims takes its seven arguments in the order of docs/performance.md, as a table.
func dims(icEncoder, ciEncoder, controller, generator, ic, factors, inputs int) lfads.Config {
	c := lfads.DefaultConfig()
	c.ICEncoderDim, c.CIEncoderDim, c.ControllerDim = icEncoder, ciEncoder, controller
	c.GeneratorDim, c.InitialConditionDim, c.Factors, c.InferredInputs = generator, ic, factors, inputs
	return c
}

// GFLOP returns the operations of one step, in units of 1e9.
func (s *Shape) GFLOP() float64 {
	c := &s.Model
	linear := func(bins, in, out int) float64 { return 2 * float64(bins) * float64(in) * float64(out) }
	gru := func(bins, in, hidden int) float64 {
		return linear(bins, in, 3*hidden) + linear(bins, hidden, 3*hidden)
	}
	n := 2*gru(s.Bins, s.HeldIn, c.ICEncoderDim) +
		linear(1, 2*c.ICEncoderDim, 2*c.InitialConditionDim) + linear(1, c.InitialConditionDim, c.GeneratorDim) +
		gru(s.ReconBins, c.InferredInputs, c.GeneratorDim) +
		linear(s.ReconBins+1, c.GeneratorDim, c.Factors) + // factors are read before the first bin too
		linear(s.ReconBins, c.Factors, s.likelihood().Outputs()*s.Neurons)
	if c.InferredInputs > 0 {
		n += 2*gru(s.Bins, s.HeldIn, c.CIEncoderDim) +
			gru(s.ReconBins, 2*c.CIEncoderDim+c.Factors, c.ControllerDim) +
			linear(s.ReconBins, c.ControllerDim, 2*c.InferredInputs)
	}
	return 3 * n * float64(s.Batch) / 1e9
}

// trials returns the rows of the batch.
func (s *Shape) trials() []int {
	trials := make([]int, s.Batch)
	for i := range trials {
		trials[i] = i
	}
	return trials
}

// likelihood returns that of the model, whose name has been checked.
func (s *Shape) likelihood() likelihood.Likelihood {
	l, _ := s.Model.NewLikelihood()
	return l
}

// Member returns a member in training on one batch of random data.
func (s *Shape) Member(threads int) (*train.Member, error) {
	return train.New(s.Model, s.config(), s.dataset(), train.Identity{Seed: 1}, lfads.Threads(threads))
}

func (s *Shape) config() train.Config {
	c := train.DefaultConfig()
	c.BatchSize, c.CoordinatedDropoutRate, c.DropoutRate = s.Batch, .3, .3
	return c
}

// dataset returns one batch of random data of the likelihood's kind, to train on and to
// score.
func (s *Shape) dataset() *dataset.Dataset {
	recon := dataset.NewArray(s.Batch, s.ReconBins, s.Neurons)
	src, draw := rng.NewSource(rng.Derive(1, rng.Synthesis)), s.drawer()
	for i := range recon.Data {
		recon.Data[i] = draw(src)
	}
	encod := dataset.NewArray(s.Batch, s.Bins, s.HeldIn)
	for trial := range s.Batch {
		for bin := range s.Bins {
			copy(encod.Bin(trial, bin), recon.Bin(trial, bin))
		}
	}
	split := &dataset.Split{Encod: encod, Recon: recon}
	return &dataset.Dataset{Train: split, Valid: split}
}

// Names lists the standard shapes for messages.
func Names() string {
	names := make([]string, len(Shapes))
	for i, s := range Shapes {
		names[i] = s.Name
	}
	return strings.Join(names, ", ")
}
