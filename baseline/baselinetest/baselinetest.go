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
		for _, fault := range faultsOf(ctx, method, l) {
			faults = append(faults, l.name+": "+fault)
		}
	}
	return append(faults, refusals(ctx, method)...)
}

// faultsOf are a method's on one session.
func faultsOf(ctx context.Context, method baseline.Method, l layout) (faults []string) {
	s, err := newSubject(ctx, method, l)
	if err != nil {
		return []string{err.Error()}
	}
	for _, c := range []struct {
		what  string
		check func() error
	}{
		{"rates", s.rates},
		{"data left as they are", s.leavesData},
		{"learning from training trials alone", s.learnsFromTraining},
		{"not reading what is to be predicted", s.readsWhatIsRead},
		{"each trial by itself", s.trialsAlone},
		{"the same bits on any cores", s.sameBits},
		{"stopping", s.stops},
	} {
		if err := c.check(); err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", c.what, err))
		}
	}
	return faults
}

// subject is a method on one session, and what it says of it.
type subject struct {
	layout
	ctx    context.Context
	method baseline.Method
	data   *dataset.Dataset
	fitted baseline.Fitted
	result *result
}

func newSubject(ctx context.Context, method baseline.Method, l layout) (*subject, error) {
	s := &subject{layout: l, ctx: ctx, method: method, data: l.session()}
	var err error
	if s.fitted, err = method.Fit(ctx, s.data, nil); err != nil {
		return nil, fmt.Errorf("fitting: %w", err)
	}
	s.result, err = resultOf(ctx, s.fitted, s.data)
	return s, err
}

// result is what a method says of a session.
type result struct {
	settings           string
	train, valid, test baseline.Estimate
}

// resultOf estimates the splits of a session.
func resultOf(ctx context.Context, f baseline.Fitted, d *dataset.Dataset) (*result, error) {
	r := &result{settings: f.Settings()}
	for _, of := range []struct {
		split *dataset.Split
		to    *baseline.Estimate
	}{{d.Train, &r.train}, {d.Valid, &r.valid}, {d.Test, &r.test}} {
		var err error
		if *of.to, err = f.Estimate(ctx, of.split); err != nil {
			return nil, fmt.Errorf("estimating: %w", err)
		}
	}
	return r, nil
}

// again fits the method anew, and compares what it says of the session with what it
// said.
func (s *subject) again(learned *dataset.Dataset) error {
	f, err := s.method.Fit(s.ctx, learned, nil)
	if err != nil {
		return fmt.Errorf("fitting: %w", err)
	}
	r, err := resultOf(s.ctx, f, s.session())
	if err != nil {
		return err
	}
	return s.result.same(r)
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
