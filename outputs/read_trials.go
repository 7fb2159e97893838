package outputs

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/tree"
)

// rows returns which trial of a split each of n rows of an array is: by the ids that the
// file has of them where the data have ids, too, else by place. Training trials may be
// those that validate, too, as a model infers of a file that does not divide them.
func (r *reader) rows(g tree.Group, s *wanted, key string, n int) ([]place, error) {
	of := r.rowsOf(g, s, n)
	if of == nil {
		return nil, fmt.Errorf("%s has %d trials, the data %d that %s: %s", key, n, s.trials, doing(s.name), r.divisionOf(g))
	}
	inds := s.name + "_inds"
	switch recorded := !slices.ContainsFunc(of, func(s *wanted) bool { return s.ids == nil }); {
	case recorded && g.Has(inds):
		return r.recorded(g, of, inds, n)
	case recorded:
		r.note("it has no %s: its trials are taken in the order of the data's", inds)
	}
	if len(of) == 2 {
		return r.together(of[0], of[1])
	}
	return inOrder(s), nil
}

// rowsOf are the splits that n trials of a split go to; nil: none.
func (r *reader) rowsOf(g tree.Group, s *wanted, n int) []*wanted {
	valid := r.split("valid")
	undivided := s.name == "train" && valid != nil && !g.Has("valid_"+outputParams)
	switch {
	case n == s.trials:
		return []*wanted{s}
	case undivided && n == s.trials+valid.trials && valid.bins == s.bins && valid.neurons == s.neurons:
		return []*wanted{s, valid}
	}
	return nil
}

// recorded finds the n trials of an array by their ids.
func (r *reader) recorded(g tree.Group, of []*wanted, inds string, n int) ([]place, error) {
	ids, err := idsAt(g, inds, n)
	if err != nil {
		return nil, err
	}
	at := make(map[int64]place, n)
	for _, s := range of {
		for i, id := range s.ids {
			at[id] = place{s, i}
		}
	}
	rows := make([]place, n)
	for i, id := range ids {
		p, ok := at[id]
		if !ok {
			return nil, r.stranger(g, of, inds, id)
		}
		delete(at, id)
		rows[i] = p
	}
	return rows, nil
}

func idsAt(g tree.Group, key string, n int) ([]int64, error) {
	a, err := tree.ArrayAt(g, key)
	if err != nil {
		return nil, err
	}
	length := 1
	for _, axis := range a.Shape() {
		length *= axis
	}
	if length != n {
		return nil, fmt.Errorf("%s has shape %v for %d trials: it must have an index of each", key, a.Shape(), n)
	}
	ids, err := a.Int64s()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	return ids, nil
}

// stranger says what is wrong with an id that no trial of the splits has, or that two
// rows have.
func (r *reader) stranger(g tree.Group, of []*wanted, inds string, id int64) error {
	if slices.ContainsFunc(of, func(s *wanted) bool { return slices.Contains(s.ids, id) }) {
		return fmt.Errorf("%s has trial %d twice: each must be there once", inds, id)
	}
	for _, other := range r.splits {
		if slices.Contains(other.ids, id) {
			return fmt.Errorf("%s has trial %d, which in the data is one of those that %s: %s", inds, id, doing(other.name), r.divisionOf(g))
		}
	}
	return fmt.Errorf("%s has trial %d, which the data have not: are they rates of these data?", inds, id)
}

// doing says what trials of a split do.
func doing(split string) string {
	return map[string]string{"train": "train", "valid": "validate", "test": "test"}[split]
}

// divisionOf says how trials were divided when the rates were made, if the file says it.
func (r *reader) divisionOf(g tree.Group) string {
	share, ok, err := tree.Number(g, attrShare)
	seed, hasSeed, seedErr := tree.Number(g, attrSeed)
	if ok && hasSeed && err == nil && seedErr == nil {
		return fmt.Sprintf("divide them as they were for these rates, --valid-share %g --split-seed %.0f", share, seed)
	}
	return "give the data file that the rates were made of, divided as it was (--valid-share, --split-seed)"
}
