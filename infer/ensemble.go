package infer

import (
	"errors"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
)

// Model says which model a result is of, and how it was inferred.
type Model struct {
	Name    string
	Seed    uint64
	Samples int
	// AllTrials says that it was trained on the validation trials, too.
	AllTrials bool
}

// Ensemble is what several models say of the same trials. Factors, inferred inputs and
// states mean something in their own model alone: they are the first one's.
type Ensemble struct {
	Models []Model
	First  *Result // what the first model says alone
	Mean   *Result // as First, but with the mean rates of all, and what follows of a mixture for parameters (likelihood.Mixing)
}

// Averaging adds up what models say, one after another: it holds the first result and
// sums, in float64 and in the order of the models, and no other result.
type Averaging struct {
	models []Model
	first  *Result
	splits []*sumsOf // train, valid, test; nil: not there
}

// sumsOf are those of a split.
type sumsOf struct {
	first      *lfads.Posterior
	rates      []float64
	parameters [][]float64 // nil: a mixture has none
}

// NewAveraging begins with the first model, whose result must not be changed.
func NewAveraging(first *Result, m Model) *Averaging {
	a := &Averaging{first: first}
	mixtures := likelihood.MixturesOf(first.Likelihood)
	for _, p := range first.splits() {
		a.splits = append(a.splits, newSums(p, mixtures))
	}
	a.take(first, m)
	return a
}

func newSums(p *lfads.Posterior, mixtures []likelihood.Mixture) *sumsOf {
	if p == nil {
		return nil
	}
	s := &sumsOf{first: p, rates: make([]float64, len(p.Rates.Data)), parameters: make([][]float64, len(mixtures))}
	for i, m := range mixtures {
		if m != likelihood.NoMixture {
			s.parameters[i] = make([]float64, len(p.Rates.Data))
		}
	}
	return s
}

// splits are train, valid and test; nil: not there.
func (r *Result) splits() []*lfads.Posterior { return []*lfads.Posterior{r.Train, r.Valid, r.Test} }

// Add takes a further model. The error says how its rates differ in shape.
func (a *Averaging) Add(r *Result, m Model) error {
	for i, p := range r.splits() {
		s := a.splits[i]
		if (p == nil) != (s == nil) {
			return errors.New("it has rates of other trials than the first")
		}
		if s != nil && p.Rates.String() != s.first.Rates.String() {
			return fmt.Errorf("its rates are %v, those of the first %v", p.Rates, s.first.Rates)
		}
	}
	a.take(r, m)
	return nil
}

func (a *Averaging) take(r *Result, m Model) {
	a.models = append(a.models, m)
	mixtures := likelihood.MixturesOf(a.first.Likelihood)
	for i, p := range r.splits() {
		if p != nil {
			a.splits[i].add(p, mixtures)
		}
	}
}

func (s *sumsOf) add(p *lfads.Posterior, mixtures []likelihood.Mixture) {
	for i, m := range p.Rates.Data {
		s.rates[i] += float64(m)
	}
	for q, kind := range mixtures {
		sum := s.parameters[q]
		for i := range sum {
			sum[i] += s.term(p, q, i, kind)
		}
	}
}

// term is what element i of a model's parameter q adds. Variances of means are taken about
// the first model's, which keeps their digits.
func (s *sumsOf) term(p *lfads.Posterior, q, i int, kind likelihood.Mixture) float64 {
	is := float64(p.Parameters[q].Data[i])
	if kind == likelihood.VarianceOfParts {
		off := float64(p.Rates.Data[i]) - float64(s.first.Rates.Data[i])
		is += float64(off * off)
	}
	return is
}

// Ensemble is of all models that were taken.
func (a *Averaging) Ensemble() *Ensemble {
	mixtures := likelihood.MixturesOf(a.first.Likelihood)
	mean := *a.first
	for i, to := range []**lfads.Posterior{&mean.Train, &mean.Valid, &mean.Test} {
		if s := a.splits[i]; s != nil {
			*to = s.mean(float64(len(a.models)), mixtures)
		}
	}
	return &Ensemble{a.models, a.first, &mean}
}

// mean is the mean of n models.
func (s *sumsOf) mean(n float64, mixtures []likelihood.Mixture) *lfads.Posterior {
	p := *s.first
	p.Rates = like(p.Rates)
	for i, sum := range s.rates {
		p.Rates.Data[i] = float32(sum / n)
	}
	p.Parameters = append([]*dataset.Array(nil), p.Parameters...)
	for q, kind := range mixtures {
		if kind != likelihood.NoMixture {
			p.Parameters[q] = s.mixed(q, n, kind)
		}
	}
	return &p
}

// mixed is parameter q of the mixture of n models.
func (s *sumsOf) mixed(q int, n float64, kind likelihood.Mixture) *dataset.Array {
	a := like(s.first.Rates)
	for i, sum := range s.parameters[q] {
		is := sum / n
		if kind == likelihood.VarianceOfParts {
			off := s.rates[i]/n - float64(s.first.Rates.Data[i])
			is -= float64(off * off)
		}
		a.Data[i] = float32(is)
	}
	return a
}

func like(a *dataset.Array) *dataset.Array { return dataset.NewArray(a.Trials, a.Bins, a.Features) }

// String says of how many runs an ensemble is, and of which.
func (e *Ensemble) String() string {
	return fmt.Sprintf("%d runs: %s", len(e.Models), strings.Join(e.names(), ", "))
}

func (e *Ensemble) names() (all []string) {
	for _, m := range e.Models {
		all = append(all, m.Name)
	}
	return all
}
