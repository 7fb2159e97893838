package baselinetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

// Run tests the method registered under a name.
func Run(t *testing.T, name string) {
	method, err := baseline.New(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range Faults(t.Context(), method) {
		t.Error(fault)
	}
}

// Faults says in a sentence each what of the contract a method does not keep.
func Faults(ctx context.Context, method baseline.Method) (faults []string) {
	for _, l := range layouts {
		s := subject{ctx, method, l}
		for _, c := range []struct {
			what  string
			check func() error
		}{
			{"rates", s.rates},
			{"learning from training trials alone", s.learnsFromTraining},
			{"not reading what is to be predicted", s.readsWhatIsRead},
			{"each trial by itself", s.trialsAlone},
			{"the same bits on any cores", s.sameBits},
			{"data left as they are", s.leavesData},
			{"stopping", s.stops},
		} {
			if err := c.check(); err != nil {
				faults = append(faults, fmt.Sprintf("%s: %s: %v", l.name, c.what, err))
			}
		}
	}
	return append(faults, refusals(ctx, method)...)
}

// subject is a method on one session.
type subject struct {
	ctx    context.Context
	method baseline.Method
	layout
}

// result is what a method says of a session.
type result struct {
	settings           string
	train, valid, test baseline.Estimate
}

// on fits a method to a session, and estimates the splits of another.
func (s *subject) on(ctx context.Context, learned, estimated *dataset.Dataset) (r result, err error) {
	f, err := s.method.Fit(ctx, learned, nil)
	if err != nil {
		return r, fmt.Errorf("fitting: %w", err)
	}
	r.settings = f.Settings()
	for _, of := range []struct {
		split *dataset.Split
		to    *baseline.Estimate
	}{{estimated.Train, &r.train}, {estimated.Valid, &r.valid}, {estimated.Test, &r.test}} {
		if *of.to, err = f.Estimate(ctx, of.split); err != nil {
			return r, fmt.Errorf("estimating: %w", err)
		}
	}
	return r, nil
}

// same returns an error if two results differ in a bit.
func (r *result) same(other *result) error {
	if r.settings != other.settings {
		return fmt.Errorf("what was chosen is %q, was %q", other.settings, r.settings)
	}
	for _, e := range []struct {
		split string
		a, b  *baseline.Estimate
	}{{"train", &r.train, &other.train}, {"valid", &r.valid, &other.valid}, {"test", &r.test, &other.test}} {
		for _, q := range []struct {
			what string
			a, b *dataset.Array
		}{{"rates", e.a.Rates, e.b.Rates}, {"factors", e.a.Factors, e.b.Factors}} {
			if err := sameArrays(q.a, q.b); err != nil {
				return fmt.Errorf("%s of %s: %w", q.what, e.split, err)
			}
		}
	}
	return nil
}

func sameArrays(a, b *dataset.Array) error {
	if a == nil && b == nil {
		return nil
	}
	if a == nil || b == nil || a.String() != b.String() {
		return fmt.Errorf("%v, were %v", b, a)
	}
	for i, v := range a.Data {
		if w := b.Data[i]; v != w {
			return fmt.Errorf("element %d is %v, was %v", i, w, v)
		}
	}
	return nil
}
