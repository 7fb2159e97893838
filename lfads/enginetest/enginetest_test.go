package enginetest

import (
	"context"
	"testing"

	"github.com/autolfads/autolfads/lfads"
)

// faulty is an engine with one thing wrong.
type faulty struct {
	lfads.Engine
	gradient  func(grad []float32)
	evaluate  func(l lfads.Loss) lfads.Loss
	pass      func(p lfads.Pass) lfads.Pass
	posterior func(ctx context.Context) context.Context
}

func (f *faulty) Gradient(grad []float32, b lfads.Batch, o *lfads.Objective, p *lfads.Pass) lfads.Loss {
	l := f.Engine.Gradient(grad, b, o, p)
	if f.gradient != nil {
		f.gradient(grad)
	}
	return l
}

func (f *faulty) Evaluate(b lfads.Batch, o *lfads.Objective, p *lfads.Pass) lfads.Loss {
	if f.pass != nil {
		changed := f.pass(*p)
		p = &changed
	}
	l := f.Engine.Evaluate(b, o, p)
	if f.evaluate != nil {
		l = f.evaluate(l)
	}
	return l
}

func (f *faulty) Posterior(ctx context.Context, d *lfads.Data, s lfads.Sampling, each func(int)) (*lfads.Posterior, error) {
	if f.posterior != nil {
		ctx = f.posterior(ctx)
	}
	p, err := f.Engine.Posterior(ctx, d, s, nil)
	return p, err
}

// noted is a test that notes that it failed, and goes on.
type noted struct {
	testing.TB
	failed bool
}

func (n *noted) Helper()               {}
func (n *noted) Errorf(string, ...any) { n.failed = true }
func (n *noted) Error(...any)          { n.failed = true }
func (n *noted) Fatalf(string, ...any) { n.failed = true }

// Each check finds the fault that is planted for it.
func TestChecksFindPlantedFaults(t *testing.T) {
	for check, plant := range map[string]func(f *faulty){
		"agrees":               func(f *faulty) { f.evaluate = func(l lfads.Loss) lfads.Loss { l.KLIC *= 1.001; return l } },
		"gradient of the loss": func(f *faulty) { f.gradient = negate },
		"leaves no trace": func(f *faulty) {
			calls := float32(0)
			f.gradient = func(grad []float32) { calls++; grad[3] += calls }
		},
		"sees new parameters": func(f *faulty) {
			var first *lfads.Loss
			f.evaluate = func(l lfads.Loss) lfads.Loss {
				if first == nil {
					first = &l
				}
				return *first
			}
		},
		"posterior":     func(*faulty) {}, // it tells nobody how far it is
		"weighs trials": func(f *faulty) { f.evaluate = func(l lfads.Loss) lfads.Loss { l.Elements = 96; return l } },
		"losses of trials": func(f *faulty) {
			f.pass = func(p lfads.Pass) lfads.Pass { p.ByTrial = nil; return p }
		},
		"stops": func(f *faulty) { f.posterior = context.WithoutCancel },
	} {
		s := newSuite(t, config(), true, func(m *lfads.Model) lfads.Engine {
			f := &faulty{Engine: lfads.NewCPU(m, 1)}
			plant(f)
			return f
		})
		n := &noted{TB: t}
		s.checks()[check](n)
		if !n.failed {
			t.Errorf("%s: it does not find the fault that is planted for it", check)
		}
	}
}

func negate(grad []float32) {
	for i := range grad {
		grad[i] = -grad[i]
	}
}
