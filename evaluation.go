package autolfads

import (
	"context"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/evaluate/factors"
	"github.com/autolfads/autolfads/evaluate/nlb"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/outputs"
	"github.com/autolfads/autolfads/report"
)

// Evaluation is a request for what rates are worth that lie in files: those of this
// program, of its baselines, or of others.
type Evaluation struct {
	// Files hold the rates: output files, or run folders, whose outputs are meant. The
	// first is scored, the others stand beside it as rivals.
	Files []string
	Data  string     // the data file that the rates are of; "": that of the first run folder
	File  DataConfig // what the data file leaves open
	Group string     // in which rates stand, of files with several groups of them; "": in the only one that fits

	Draws       int    // of trials, for intervals, 100 or more; 0: no intervals
	Seed        uint64 // of the draws
	FewShot     []int  // numbers of training trials of few-shot co-smoothing; nil: the usual ones, where neurons are set aside
	NoSmoothing bool   // leaves out smoothing, which is made of the data's spikes, as a rival

	// NLB asks for scores as the Neural Latents Benchmark has them, in the place of
	// ours; Targets is a file of its targets, "" those in the data file.
	NLB     bool
	Targets string

	Observer Observer
}

// Evaluated is what rates are worth.
type Evaluated struct {
	Data  string      `json:"data"`
	Files []RatesFile `json:"files"`           // the first is the model of the scores
	Notes []string    `json:"notes,omitempty"` // what was found in the files and gone on with, a sentence each
	evaluate.Report
	InWords  []string           `json:"in_words,omitempty"`
	Readouts []evaluate.Readout `json:"readouts,omitempty"`
	Crossing *factors.Crossing  `json:"cross_decoding,omitempty"` // of all files that have factors, if they are several
	NLB      []nlb.Scores       `json:"nlb,omitempty"`            // of each file, if these were asked for

	Dataset    *dataset.Dataset     `json:"-"`
	Candidates []evaluate.Candidate `json:"-"` // as Files

	rates  []*outputs.File
	counts bool     // the data are counts
	byTest []string // what is said of scores of test trials; nil: they are of validation trials
}

// RatesFile is a file with rates.
type RatesFile struct {
	Name   string         `json:"name"` // what tables call it
	Path   string         `json:"path"`
	Layout outputs.Layout `json:"layout"`             // which program's names it has
	MadeBy string         `json:"made_by,omitempty"`  // model of a run, or method, as the file says
	Chosen string         `json:"settings,omitempty"` // of a method, as the file says
}

// Evaluate scores rates that lie in files against the data that they are of.
func Evaluate(ctx context.Context, e Evaluation) (*Evaluated, error) {
	out, err := e.evaluate(ctx)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("stopped (%w)", context.Cause(ctx))
	}
	return out, err
}

func (e *Evaluation) evaluate(ctx context.Context) (*Evaluated, error) {
	s, err := e.sources()
	if err != nil {
		return nil, err
	}
	d, err := s.config.Data.Load(s.data)
	if err != nil {
		return nil, err
	}
	if !e.NLB && (d.Valid == nil || d.Train == nil) {
		return nil, fmt.Errorf("%s has no validation trials: scores are of them, and decoders are fitted on training trials", s.data)
	}
	out := &Evaluated{Data: s.data, Dataset: d}
	if err := out.read(s, e); err != nil {
		return nil, err
	}
	if e.Targets == "" {
		if err := out.judgeByTest(s, e.NLB); err != nil {
			return nil, err
		}
	}
	if e.NLB {
		return out, out.scoreNLB(ctx, e)
	}
	if err := out.score(ctx, e, s); err != nil {
		return nil, err
	}
	return out, out.cross(ctx, e)
}

// read reads the rates of all files.
func (o *Evaluated) read(s *sources, e *Evaluation) error {
	for _, file := range s.files {
		if err := o.readFile(file, e); err != nil {
			return err
		}
	}
	return nil
}

// score scores the first file beside the others.
func (o *Evaluated) score(ctx context.Context, e *Evaluation, s *sources) error {
	l, name, err := s.likelihood(o.Dataset)
	if err != nil {
		return err
	}
	o.counts = l.Counts()
	options := evaluate.Options{Likelihood: l, Name: name, ModelNLL: s.score, Smoothing: !e.NoSmoothing, FewShot: e.FewShot, Progress: e.Observer.Scored}
	options.Resampling = o.resampling(e)
	model := o.Candidates[0]
	model.Name = ""
	if o.Report, err = evaluate.Scores(ctx, o.Dataset, model, o.Candidates[1:], options); err != nil {
		return err
	}
	o.InWords = append(o.byTest, o.Report.Words(o.Dataset)...)
	o.Readouts, err = evaluate.Readouts(ctx, o.Dataset, &model)
	return err
}

// Draw draws what the scores are of into a folder, as files of a format
// (report.Formats). drawn are their names; undrawn says why a figure is not there.
func (o *Evaluated) Draw(ctx context.Context, dir, format string) (drawn, undrawn []string, err error) {
	f := report.Evaluation{Dataset: o.Dataset, Candidates: o.Candidates, Scores: o.Scores, Decoded: o.Decoded, PSTHKernel: o.PSTHKernel, Counts: o.counts}
	for _, r := range o.Readouts {
		f.Spaces = append(f.Spaces, report.Subspace{Name: r.Name, Note: fmt.Sprintf("R\u00B2 %.2f", r.R2), Points: r.Valid})
	}
	return f.Draw(ctx, dir, format)
}

// resampling says how intervals are made.
func (o *Evaluated) resampling(e *Evaluation) metric.Resampling {
	r := metric.DefaultResampling(o.Dataset.Valid.Condition)
	r.Draws, r.Seed = e.Draws, e.Seed
	return r
}

// cross decodes the factors of all files from each other's. If they cannot be, it is said.
func (o *Evaluated) cross(ctx context.Context, e *Evaluation) (err error) {
	var models []factors.Model
	for _, c := range o.Candidates {
		if c.Train.Factors != nil && c.Valid.Factors != nil {
			models = append(models, factors.Model{Name: c.Name, Train: c.Train.Factors, Valid: c.Valid.Factors})
		}
	}
	if len(models) < 2 {
		return nil
	}
	o.Crossing, err = factors.Cross(ctx, models, stepOf("factors from factors", e.Observer.Scored))
	if err != nil && ctx.Err() == nil {
		o.Skipped = append(o.Skipped, "scoring cross-decoding: "+strings.TrimPrefix(err.Error(), "cross-decoding: "))
		return nil
	}
	if err != nil || e.Draws == 0 {
		return err
	}
	return o.Crossing.Resample(ctx, o.resampling(e))
}

// scoreNLB scores all files as the benchmark does.
func (o *Evaluated) scoreNLB(ctx context.Context, e *Evaluation) error {
	for i, f := range o.rates {
		s, err := nlb.Evaluate(ctx, nlb.Request{
			Dataset: o.Dataset, Data: o.Data, Targets: e.Targets, Rates: f, Progress: stepOf(o.Files[i].Name, e.Observer.Scored),
		})
		if err != nil {
			return err
		}
		o.NLB = append(o.NLB, s)
	}
	return nil
}

// stepOf tells how far one step is; nil if nobody listens.
func stepOf(step string, tell func(step string, done, total int)) decode.Progress {
	if tell == nil {
		return nil
	}
	return func(done, total int) { tell(step, done, total) }
}
