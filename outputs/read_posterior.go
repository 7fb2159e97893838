package outputs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// splitNames are the words that keys begin with.
var splitNames = []string{"train", "valid", "test"}

// hasPosteriors reports whether a group has rates as this program or lfads-torch writes
// them.
func hasPosteriors(g tree.Group) bool {
	return slices.ContainsFunc(splitNames, func(s string) bool { return g.Has(s + "_" + outputParams) })
}

// posteriors plans what is read of the arrays of a group that has such rates.
func (r *reader) posteriors(g tree.Group) (all []*piece, err error) {
	r.file.Layout, r.file.Counts = OfLFADSTorch, r.counts()
	if _, own := tree.Text(g, attrVersion); own {
		r.file.Layout = OfAutoLFADS
	}
	if err := r.sameNeurons(g); err != nil {
		return nil, err
	}
	r.sameData(g)
	for _, s := range r.splits {
		if !g.Has(s.name + "_" + outputParams) {
			continue
		}
		p, err := r.posterior(g, s)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
		if f := r.factors(g, s, p); f != nil {
			all = append(all, f)
		}
	}
	return all, nil
}

// posterior plans what is read of rates of one split.
func (r *reader) posterior(g tree.Group, s *wanted) (*piece, error) {
	key := s.name + "_" + outputParams
	a, shape, err := arrayAt(g, key)
	if err != nil {
		return nil, err
	}
	if err := s.fits(key, shape); err != nil {
		return nil, err
	}
	rows, err := r.rows(g, s, key, shape[0])
	if err != nil {
		return nil, err
	}
	for _, of := range r.splitsOf(rows) {
		of.key = key
	}
	if shape[1] < s.bins {
		r.note("%s has no forward bins: of these there is no score", key)
	}
	p := &piece{key: key, array: a, bins: shape[1], rows: rows, columns: make([]int, s.neurons), into: (*wanted).rates}
	for i := range p.columns {
		p.columns[r.d.InFile(i)] = i
	}
	p.value, err = r.unit(a, key)
	return p, err
}

// fits checks bins and neurons of rates.
func (s *wanted) fits(key string, shape [3]int) error {
	has := func() string {
		return fmt.Sprintf("%s has %d trials x %d bins x %d neurons", key, shape[0], shape[1], shape[2])
	}
	switch encod := s.split.Encod; {
	case shape[2] == encod.Features && shape[2] < s.neurons:
		return fmt.Errorf("%s, which are the neurons that are read alone: give rates of all %d of the data, those held out, too", has(), s.neurons)
	case s.split.SetAside != nil && shape[2] == s.neurons+s.split.SetAside.Features:
		return fmt.Errorf("%s, those of the data and the %d set aside, too, which no model may have seen: score it on the data as it saw them (without --set-aside), or make it anew (with --set-aside %d)", has(), s.split.SetAside.Features, s.split.SetAside.Features)
	case shape[2] != s.neurons && shape[0] == s.neurons && (shape[1] == s.bins || shape[1] == encod.Bins):
		return fmt.Errorf("%s, which are neurons x bins x trials: turn the axes round, as MATLAB's and Python's files list them in opposite order", has())
	case shape[2] != s.neurons:
		return fmt.Errorf("%s, the data %d neurons: are they rates of these data?", has(), s.neurons)
	case shape[1] != s.bins && shape[1] != encod.Bins:
		return fmt.Errorf("%s, the data %s: give rates of the bins of the data (axes are trials, bins, neurons)", has(), s.binsInWords())
	}
	return nil
}

func (s *wanted) binsInWords() string {
	if n := s.bins - s.split.Encod.Bins; n > 0 {
		return fmt.Sprintf("%d bins and %d forward bins", s.bins-n, n)
	}
	return fmt.Sprintf("%d bins", s.bins)
}

// mostFactors that are read, unless there are more neurons.
const mostFactors = 1024

// factors plans what is read of a split's factors; nil: nothing, for the file has none
// that go with its rates.
func (r *reader) factors(g tree.Group, s *wanted, rates *piece) *piece {
	key := s.name + "_" + factors
	if !g.Has(key) {
		return nil
	}
	a, shape, err := arrayAt(g, key)
	if err == nil && areOfOther(a, rates.array) {
		return nil // the factors of one model do not go with the mean of several models' rates
	}
	if err == nil && (shape[0] != len(rates.rows) || shape[1] != rates.bins || shape[2] == 0 || shape[2] > max(mostFactors, s.neurons)) {
		err = fmt.Errorf("%s has %d trials x %d bins x %d factors, the rates %d trials x %d bins", key, shape[0], shape[1], shape[2], len(rates.rows), rates.bins)
	}
	if err != nil {
		r.note("factors are left out: %v", err)
		return nil
	}
	into := func(s *wanted) *dataset.Array {
		if s.rates(); s.is.Factors == nil {
			s.is.Factors = dataset.NewArray(s.trials, rates.bins, shape[2])
		}
		return s.is.Factors
	}
	return &piece{key: key, array: a, bins: shape[1], rows: rates.rows, columns: upTo(0, shape[2]), into: into}
}

// sameNeurons returns an error if the file and the data name their neurons, or those that
// no model saw, and otherwise.
func (r *reader) sameNeurons(g tree.Group) error {
	aside, _ := tree.Words(g, attrAside)
	if len(aside) > 0 && !slices.Equal(aside, r.d.SetAside) {
		return fmt.Errorf("its neurons set aside (%s) are %s, those of the data %s: set the same aside, --set-aside %d with the --split-seed of its run", attrAside, few(aside), few(r.d.SetAside), len(aside))
	}
	names, _ := tree.Words(g, attrNeurons)
	if len(names) == 0 || len(r.d.Neurons) == 0 || slices.Equal(names, r.d.Neurons) {
		return nil
	}
	return fmt.Errorf("its neurons (%s) are %s, those of the data %s: are they rates of other data?", attrNeurons, few(names), few(r.d.Neurons))
}

// few lists the first few of some words.
func few(words []string) string {
	const most = 4
	switch {
	case len(words) == 0:
		return "none"
	case len(words) > most:
		return fmt.Sprintf("%s, ... (%d)", strings.Join(words[:most], ", "), len(words))
	}
	return strings.Join(words, ", ")
}

// sameData tells if the file says that its rates are of another recording.
func (r *reader) sameData(g tree.Group) {
	const key = "source_sha256"
	is, _ := r.d.Attributes[key].(string)
	if was, ok := tree.Text(g, key); ok && is != "" && was != is {
		r.note("its rates are of data made of another recording than these (source_sha256)")
	}
}
