package baselinetest

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

// wrong is smoothing with a mistake.
type wrong struct {
	fit      func(ctx context.Context, d *dataset.Dataset) (*dataset.Dataset, context.Context)
	estimate func(s *dataset.Split, e *baseline.Estimate)
	blind    bool // to the end of a context, in Estimate
}

type wrongly struct {
	baseline.Fitted
	*wrong
}

func (w *wrong) Fit(ctx context.Context, d *dataset.Dataset, tell baseline.Progress) (baseline.Fitted, error) {
	if w.fit != nil {
		d, ctx = w.fit(ctx, d)
	}
	f, err := baseline.Smoothing{SDs: []time.Duration{40 * time.Millisecond}, Penalties: []float64{.1}}.Fit(ctx, d, tell)
	return wrongly{f, w}, err
}

func (w wrongly) Estimate(ctx context.Context, s *dataset.Split) (baseline.Estimate, error) {
	if w.blind {
		ctx = context.WithoutCancel(ctx)
	}
	e, err := w.Fitted.Estimate(ctx, s)
	if err == nil && w.estimate != nil {
		w.estimate(s, &e)
	}
	return e, err
}

// The suite finds what a method may do wrong, and nothing in one that does all right.
func TestMistakesAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		method wrong
		found  string // in a fault; "": there is none
	}{
		"nothing": {},
		"learns from validation": {wrong{fit: func(ctx context.Context, d *dataset.Dataset) (*dataset.Dataset, context.Context) {
			other := *d
			other.Train = d.Valid
			return &other, ctx
		}}, "learning from training trials alone"},
		"looks at what is to be predicted": {wrong{estimate: func(s *dataset.Split, e *baseline.Estimate) {
			if s.Recon != nil && s.Recon.Data[len(s.Recon.Data)-1] > 0 {
				e.Rates.Data[len(e.Rates.Data)-1]++
			}
		}}, "not reading what is to be predicted"},
		"Hz": {wrong{estimate: func(_ *dataset.Split, e *baseline.Estimate) { scale(e.Rates, 50) }}, "rates are counts per bin"},
		"means over trials": {wrong{estimate: func(s *dataset.Split, e *baseline.Estimate) {
			scale(e.Rates, 1+float32(s.Trials())/100)
		}}, "each trial by itself"},
		"negative": {wrong{estimate: func(_ *dataset.Split, e *baseline.Estimate) { e.Rates.Data[0] = -1e-9 }}, "rate 0 is -1e-09"},
		"too few bins": {wrong{estimate: func(s *dataset.Split, e *baseline.Estimate) {
			e.Rates = e.Rates.FirstBins(s.Encod.Bins - 1)
		}}, "rates are"},
		"factors of one trial": {wrong{estimate: func(_ *dataset.Split, e *baseline.Estimate) { e.Factors = dataset.NewArray(1, 25, 2) }}, "factors are"},
		"bits by cores": {wrong{estimate: func(_ *dataset.Split, e *baseline.Estimate) {
			e.Rates.Data[0] += float32(runtime.GOMAXPROCS(0)) / 1e4
		}}, "the same bits on any cores"},
		"fills gaps in place": {wrong{estimate: func(s *dataset.Split, _ *baseline.Estimate) {
			for i, v := range s.Encod.Data {
				if dataset.IsMissing(v) {
					s.Encod.Data[i] = 0
				}
			}
		}}, "spikes were changed"},
		"never stops fitting": {wrong{fit: func(ctx context.Context, d *dataset.Dataset) (*dataset.Dataset, context.Context) {
			return d, context.WithoutCancel(ctx)
		}}, "fitting with a context that has ended"},
		"never stops estimating": {wrong{blind: true}, "estimating with a context that has ended"},
		"takes any bins": {wrong{fit: func(ctx context.Context, d *dataset.Dataset) (*dataset.Dataset, context.Context) {
			other := *d
			other.BinWidth = 20e6
			return &other, ctx
		}}, "bins of unknown width"},
		"takes all neurons for granted": {wrong{fit: func(ctx context.Context, d *dataset.Dataset) (*dataset.Dataset, context.Context) {
			_ = d.Train.Recon.Trials
			return d, ctx
		}}, "no training trials of all neurons: the error of Fit is a panic"},
	} {
		t.Run(name, func(t *testing.T) {
			faults := strings.Join(Faults(t.Context(), &c.method), "\n")
			if c.found == "" && faults != "" || !strings.Contains(faults, c.found) {
				t.Errorf("want %q, found\n%s", c.found, faults)
			}
		})
	}
}

func scale(a *dataset.Array, by float32) {
	for i := range a.Data {
		a.Data[i] *= by
	}
}
