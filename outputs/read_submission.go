package outputs

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// Submissions to the Neural Latents Benchmark keep rates of the neurons that are read and
// of those that are held out apart, and forward bins apart from both, in counts per bin;
// nlb_tools scores such files. Training trials stand as in the benchmark's tensors, those
// that train together with those that validate.

// tensors are the parts of a split's rates, by the end of their keys.
var tensors = []struct {
	name             string
	heldOut, forward bool
}{
	{"_rates_heldin", false, false},
	{"_rates_heldout", true, false},
	{"_rates_heldin_forward", false, true},
	{"_rates_heldout_forward", true, true},
}

// submittedWords are what keys begin with.
var submittedWords = []string{"train", "eval"}

// isSubmission reports whether a group has rates as the benchmark takes them.
func isSubmission(g tree.Group) bool {
	return slices.ContainsFunc(submittedWords, func(word string) bool { return trialsIn(g, word) != "" })
}

// trialsIn returns the key of the first array of a word that is there; "": none is.
func trialsIn(g tree.Group, word string) string {
	for _, t := range tensors {
		if g.Has(word + t.name) {
			return word + t.name
		}
	}
	return ""
}

// submission plans what is read of a submission.
func (r *reader) submission(g tree.Group) (all []*piece, err error) {
	r.file.Layout, r.file.Counts = OfNLB, true
	covered := false // whether train's are of the trials that validate, too
	for _, word := range submittedWords {
		key := trialsIn(g, word)
		if key == "" {
			continue
		}
		_, shape, err := arrayAt(g, key)
		if err != nil {
			return nil, err
		}
		rows, err := r.submitted(word, key, shape[0], covered)
		if err != nil {
			return nil, err
		}
		if rows == nil {
			r.note("%s and so on are left out: the data have no trials that go with them", key)
			continue
		}
		covered = len(r.splitsOf(rows)) > 1
		pieces, err := r.tensors(g, word, rows)
		if err != nil {
			return nil, err
		}
		all = append(all, pieces...)
	}
	return all, nil
}

// splitsOf are the splits that rows go to.
func (r *reader) splitsOf(rows []place) (all []*wanted) {
	for _, s := range r.splits {
		if slices.ContainsFunc(rows, func(p place) bool { return p.wanted == s }) {
			all = append(all, s)
		}
	}
	return all
}

// submitted returns where the n trials of a word go; nil: nowhere, for the data have none
// that could be meant.
func (r *reader) submitted(word, key string, n int, covered bool) ([]place, error) {
	train, valid, test := r.split("train"), r.split("valid"), r.split("test")
	switch {
	case word == "train" && train != nil && valid != nil && n == train.trials+valid.trials:
		return r.together(train, valid)
	case word == "train" && train != nil && n == train.trials:
		return inOrder(train), nil
	case word == "train":
		return nil, fmt.Errorf("%s has %d trials, the data %s: are they rates of these data?", key, n, r.trialsInWords())
	case test != nil && n == test.trials:
		return inOrder(test), nil
	case valid != nil && !covered && n == valid.trials:
		r.note("%s and so on are taken to be of the trials that validate", key)
		return inOrder(valid), nil
	case test == nil && covered:
		return nil, nil
	}
	return nil, fmt.Errorf("%s has %d trials, the data %s: are they rates of these data?", key, n, r.trialsInWords())
}

func (r *reader) split(name string) *wanted {
	for _, s := range r.splits {
		if s.name == name {
			return s
		}
	}
	return nil
}

func (r *reader) trialsInWords() string {
	var words []string
	for _, s := range r.splits {
		words = append(words, fmt.Sprintf("%d that %s", s.trials, doing(s.name)))
	}
	return strings.Join(words, ", ")
}

func inOrder(s *wanted) []place {
	rows := make([]place, s.trials)
	for i := range rows {
		rows[i] = place{s, i}
	}
	return rows
}

// together returns the order in which the benchmark keeps trials that train and trials
// that validate: that of the file that was divided, or of the recording.
func (r *reader) together(train, valid *wanted) ([]place, error) {
	n := train.trials + valid.trials
	if train.bins != valid.bins || train.neurons != valid.neurons {
		return nil, errors.New("its training trials are those of the data that train and those that validate together, and these have other bins or neurons than those")
	}
	if by := r.d.Divided; by != nil && len(by.Validation(n)) == valid.trials {
		return undone(train, valid, by.Undo(n)), nil
	}
	if train.ids == nil || valid.ids == nil {
		return nil, errors.New("its training trials are those of the data that train and those that validate together, and the data do not say in which order they were recorded (train_inds, valid_inds)")
	}
	rows := slices.Concat(inOrder(train), inOrder(valid))
	slices.SortFunc(rows, func(a, b place) int { return cmp.Compare(a.ids[a.trial], b.ids[b.trial]) })
	return rows, nil
}

// undone are the trials of both in the order before they were divided.
func undone(train, valid *wanted, by []dataset.DividedTrial) []place {
	rows := make([]place, len(by))
	for i, was := range by {
		rows[i] = place{train, was.Trial}
		if was.Validates {
			rows[i].wanted = valid
		}
	}
	return rows
}

// tensors plans what is read of a word's arrays.
func (r *reader) tensors(g tree.Group, word string, rows []place) (all []*piece, err error) {
	s := rows[0].wanted
	in, bins := s.split.Encod.Features, s.split.Encod.Bins
	var lacking []string
	for _, t := range tensors {
		key := word + t.name
		p := &piece{key: key, bins: bins, rows: rows, columns: upTo(0, in), into: (*wanted).rates}
		if t.heldOut {
			p.columns = upTo(in, s.neurons-in)
		}
		if t.forward {
			p.bin, p.bins = bins, s.bins-bins
		}
		switch {
		case len(p.columns) == 0 || p.bins == 0:
			continue
		case !g.Has(key):
			lacking = append(lacking, key)
			continue
		}
		if p.array, err = p.open(g); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	if len(lacking) > 0 {
		r.note("it lacks %s: of these there is no score", strings.Join(lacking, ", "))
	}
	for _, s := range r.splitsOf(rows) {
		s.key = "what " + word + "_rates_* have of it"
	}
	return all, nil
}

// open opens the array of a piece and checks its shape.
func (p *piece) open(g tree.Group) (tree.Array, error) {
	a, shape, err := arrayAt(g, p.key)
	if err == nil && shape != [3]int{len(p.rows), p.bins, len(p.columns)} {
		err = fmt.Errorf("%s has %d trials x %d bins x %d neurons, and by the data should have %d x %d x %d: are they rates of these data?",
			p.key, shape[0], shape[1], shape[2], len(p.rows), p.bins, len(p.columns))
	}
	return a, err
}
