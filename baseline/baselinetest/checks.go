package baselinetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

// rates checks shapes and values, and that rates of training trials add up to about
// as many spikes as there were: they are counts per bin.
func (s *subject) rates() error {
	d, r := s.session(), s.result
	if r.settings == "" {
		return errors.New("method Settings says nothing")
	}
	for _, e := range []struct {
		of  *dataset.Split
		est *baseline.Estimate
	}{{d.Train, &r.train}, {d.Valid, &r.valid}, {d.Test, &r.test}} {
		if err := checkEstimate(e.est, e.of); err != nil {
			return err
		}
	}
	return checkUnit(r.train.Rates, d.Train.Recon)
}

func checkEstimate(e *baseline.Estimate, s *dataset.Split) error {
	if e.Rates == nil || e.Rates.String() != s.Recon.String() || len(e.Rates.Data) != len(s.Recon.Data) {
		return fmt.Errorf("rates are %v, want %v", e.Rates, s.Recon)
	}
	for i, v := range e.Rates.Data {
		if !(v >= 0) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("rate %d is %v", i, v)
		}
	}
	f := e.Factors
	if f == nil {
		return nil
	}
	if f.Trials != s.Trials() || f.Bins != s.Recon.Bins && f.Bins != s.Encod.Bins || f.Features == 0 {
		return fmt.Errorf("factors are %v for trials of %v", f, s.Recon)
	}
	for i, v := range f.Data {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("factor %d is %v", i, v)
		}
	}
	return nil
}

// checkUnit compares sums over what was observed.
func checkUnit(rates, counts *dataset.Array) error {
	var expected, spikes float64
	for i, v := range counts.Data {
		if !dataset.IsMissing(v) {
			spikes += float64(v)
			expected += float64(rates.Data[i])
		}
	}
	if math.Abs(expected-spikes) > .2*spikes {
		return fmt.Errorf("rates of training trials add up to %.4g spikes, and there were %.4g: rates are counts per bin", expected, spikes)
	}
	return nil
}

// learnsFromTraining checks that what is learned does not change with the other splits.
func (s *subject) learnsFromTraining() error {
	other := s.session()
	for _, split := range []*dataset.Split{other.Valid, other.Test} {
		spoil(split.Encod)
		spoil(split.Recon)
		slices.Reverse(split.Condition)
	}
	return s.again(other)
}

// spoil puts other counts in the place of those of an array.
func spoil(a *dataset.Array) {
	for i := range a.Data {
		a.Data[i] = float32(i * i % 7)
	}
}

// readsWhatIsRead checks that the rates of a split do not change with what is to be
// predicted: held-out neurons, forward bins, whether they are there or not.
func (s *subject) readsWhatIsRead() error {
	spoiled, blind := s.session(), s.session()
	for _, split := range []*dataset.Split{spoiled.Train, spoiled.Valid, spoiled.Test} {
		spoil(split.Recon)
	}
	blind.Train.Recon, blind.Valid.Recon, blind.Test.Recon = nil, nil, nil
	for _, other := range []*dataset.Dataset{spoiled, blind} {
		now, err := resultOf(s.ctx, s.fitted, other)
		if err == nil {
			err = s.result.same(now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// trialsAlone checks that the rates of a trial do not depend on those beside it.
func (s *subject) trialsAlone() error {
	valid := s.session().Valid
	e := valid.Encod
	for trial := range valid.Trials() {
		one := &dataset.Split{Encod: &dataset.Array{Trials: 1, Bins: e.Bins, Features: e.Features, Data: e.Trial(trial)}, Condition: valid.Condition[trial : trial+1]}
		alone, err := s.fitted.Estimate(s.ctx, one)
		if err != nil {
			return err
		}
		for i, want := range s.result.valid.Rates.Trial(trial) {
			if got := alone.Rates.Data[i]; math.Abs(float64(got-want)) > 1e-5*float64(want)+1e-9 {
				return fmt.Errorf("rate %d of trial %d is %v, alone %v", i, trial, want, got)
			}
		}
	}
	return nil
}

// sameBits checks that other cores do not change a bit.
func (s *subject) sameBits() error {
	cores := 1
	if runtime.GOMAXPROCS(0) == 1 {
		cores = 7
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	return s.again(s.session())
}

// leavesData checks that neither fitting nor estimating changed what was given.
func (s *subject) leavesData() error {
	was := s.session()
	for i, now := range []*dataset.Split{s.data.Train, s.data.Valid, s.data.Test} {
		then := []*dataset.Split{was.Train, was.Valid, was.Test}[i]
		if !slices.EqualFunc(now.Recon.Data, then.Recon.Data, sameBits) || !slices.EqualFunc(now.Encod.Data, then.Encod.Data, sameBits) {
			return errors.New("spikes were changed")
		}
	}
	return nil
}

func sameBits(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }

// stops checks that a context that has ended, or ends on the way, is an error.
func (s *subject) stops() error {
	ended, cancel := context.WithCancel(s.ctx)
	cancel()
	if _, err := s.method.Fit(ended, s.session(), nil); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("fitting with a context that has ended: %v", err)
	}
	if _, err := s.fitted.Estimate(ended, s.session().Valid); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("estimating with a context that has ended: %v", err)
	}
	ends, cancel := context.WithCancel(s.ctx)
	defer cancel()
	told := false
	_, err := s.method.Fit(ends, s.session(), func(step string, done, total int) {
		told = true
		cancel()
	})
	if told && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("fitting with a context that ends on the way: %v", err)
	}
	return nil
}

// refusals are sessions that no baseline can be made of: an error each, in which a
// word says why ([baseline.Check]).
func refusals(ctx context.Context, method baseline.Method) (faults []string) {
	for _, c := range []struct {
		what, word string
		spoil      func(d *dataset.Dataset)
	}{
		{"bins of unknown width", "--bin-ms", func(d *dataset.Dataset) { d.BinWidth = 0 }},
		{"negative data", "counts", func(d *dataset.Dataset) { d.Train.Recon.Data[3] = -1 }},
		{"data on a scale of their own", "counts", func(d *dataset.Dataset) { d.Scale = &dataset.Scale{} }},
		{"no training trials of all neurons", "train", func(d *dataset.Dataset) { d.Train.Recon = nil }},
	} {
		d := layouts[0].session()
		c.spoil(d)
		if err := fitting(ctx, method, d); err == nil || !strings.Contains(err.Error(), c.word) {
			faults = append(faults, fmt.Sprintf("%s: the error of Fit is %v, and does not say %q: refuse what baseline.Check does", c.what, err, c.word))
		}
	}
	return faults
}

// fitting returns the error of Fit, also where it is a panic.
func fitting(ctx context.Context, method baseline.Method, d *dataset.Dataset) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a panic, %v", p)
		}
	}()
	_, err = method.Fit(ctx, d, nil)
	return err
}
