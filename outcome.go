package autolfads

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/run"
)

// Outcome is what a run came to.
type Outcome struct {
	Reason      string            `json:"reason"`           // why the search ended
	Best        run.Best          `json:"best"`             // the chosen model
	Diverged    int               `json:"diverged"`         // how often a member ended a generation without a score
	Oracle      *float64          `json:"oracle,omitempty"` // negative log likelihood of the true rates; nil: unknown
	Overfitting string            `json:"identity_overfitting,omitempty"`
	Scores      []evaluate.Figure `json:"scores"`
	Skipped     []string          `json:"skipped_scores,omitempty"` // why a score is not there
	Output      string            `json:"output"`                   // file with the rates, in the run folder

	dir string // the run folder

	Dataset *dataset.Dataset `json:"-"`
	Result  *infer.Result    `json:"-"`
}

// finish infers rates from the best model, scores them, and writes outputs/ and
// scores.json. Nothing in those depends on when or where the run ran.
func finish(ctx context.Context, f *run.Folder, c Config, d *dataset.Dataset, ending run.Ending, how How) (*Outcome, error) {
	state, err := checkpoint.Read(filepath.Join(f.Dir, "best", "checkpoint.safetensors"))
	if err != nil {
		return nil, err
	}
	o := &Outcome{dir: f.Dir, Reason: ending.Reason, Best: ending.Best, Diverged: ending.Diverged, Dataset: d, Output: filepath.Join("outputs", d.Name+".h5")}
	if o.Result, err = average(ctx, &c, d, state, f.Header.Seed, how); err != nil {
		return nil, fmt.Errorf("inferring rates: %w; go on with `autolfads resume %s`", err, f.Dir)
	}
	if err := durable.MkdirAll(filepath.Join(f.Dir, "outputs")); err != nil {
		return nil, err
	}
	from := infer.Source{
		Version: Version, Data: filepath.Base(f.Header.Data.Path), Samples: c.Infer.Samples, Seed: f.Header.Seed,
		Run: fmt.Sprintf("generation %d, member %d, epoch %d", o.Best.Generation, o.Best.Member, o.Best.Epoch),
	}
	if err := infer.Write(outputPath(f.Dir, d.Name), d, o.Result, from); err != nil {
		return nil, err
	}
	o.score()
	return o, o.write(filepath.Join(f.Dir, "scores.json"))
}

// average infers a dataset from a checkpoint.
func average(ctx context.Context, c *Config, d *dataset.Dataset, state *checkpoint.State, seed uint64, how How) (*infer.Result, error) {
	model, err := modelOf(c, d, state)
	if err != nil {
		return nil, err
	}
	return infer.Run(ctx, model, d, infer.Options{
		Samples: c.Infer.Samples, Seed: seed, Threads: how.threads(), Progress: how.Inferred,
	})
}

// score fills in what the rates are worth.
func (o *Outcome) score() {
	o.Scores, o.Skipped = evaluate.Scores(o.Dataset,
		evaluate.Inferred{Rates: o.Result.Train.Rates, Factors: o.Result.Train.Factors},
		evaluate.Inferred{Rates: o.Result.Valid.Rates, Factors: o.Result.Valid.Factors})
	if oracle, ok := evaluate.Oracle(o.Dataset); ok {
		o.Oracle = &oracle
		if over, sentence := metric.JudgeOverfitting(o.Best.Score, oracle); over {
			o.Overfitting = sentence
		}
	}
}

func (o *Outcome) write(path string) error {
	text, err := json.MarshalIndent(o, "", "  ")
	if err != nil {
		return err
	}
	return durable.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	})
}
