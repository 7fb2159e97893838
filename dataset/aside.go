package dataset

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/tree"
)

// Neurons set aside are neither read nor reconstructed by any model. How well a few
// trials of them teach to predict them from a model's factors says what the factors tell
// of neurons that had no part in making them (few-shot co-smoothing, Dabholkar and
// Barak 2024). A file has them in arrays of their own, or they are drawn from the neurons
// read when it is loaded (drawn.go).

const (
	suffixAside = "_set_aside_data"
	attrAside   = "set_aside_ids" // what these neurons are called, in the order of the arrays
)

// ErrNoneAside: few-shot co-smoothing is asked for of data without neurons set aside.
var ErrNoneAside = errors.New("no neurons are set aside, which few-shot co-smoothing predicts: make the file with `autolfads prepare --set-aside N`, or start the run with --set-aside N")

// CheckAside returns an error for what is no number of neurons to set aside: 0 for none,
// a share of them below 1, or a whole number.
func CheckAside(amount float64) error {
	if amount >= 0 && (amount < 1 || amount == math.Trunc(amount) && amount <= math.MaxInt32) {
		return nil
	}
	return fmt.Errorf("%g neurons are to be set aside: it must be a whole number of them, or a share between 0 and 1 (--set-aside, data.set_aside)", amount)
}

// neuronsAside is the purpose of the random numbers that say which neurons are set aside.
var neuronsAside = rng.Named("dataset: neurons set aside")

// DrawAside returns which of n neurons are set aside, ascending: as many as an amount
// says that [CheckAside] takes, a share to the nearest, but one at least and not all. The
// draw depends on the seed and on how many neurons there are alone.
func DrawAside(n int, amount float64, seed uint64) ([]int, error) {
	if err := CheckAside(amount); err != nil || amount == 0 {
		return nil, err
	}
	count := int(amount)
	if amount < 1 {
		count = max(1, min(n-1, int(math.Round(amount*float64(n)))))
	}
	if count >= n {
		return nil, fmt.Errorf("of %s %d cannot be set aside: one at least must be left to read (--set-aside, data.set_aside)", plural(n, "neuron"), count)
	}
	places := rng.NewSource(rng.Derive(seed, neuronsAside)).Perm(n)[:count]
	slices.Sort(places)
	return places, nil
}

// aside reads the neurons that a file has set aside, which no inference needs.
func (l *loader) aside(split string, s *Split) {
	if l.layout.whole == "" && !l.options.SpikesAlone {
		s.SetAside = l.array(l.layout.key(split, suffixAside))
	}
}

// asideNames reads what they are called: by their places, where the file does not say.
func (l *loader) asideNames(d *Dataset) {
	if l.options.SpikesAlone {
		d.SetAside, _ = tree.Words(l.group, attrAside)
		return
	}
	n := features(d, func(s *Split) *Array { return s.SetAside })
	if d.SetAside = l.words(attrAside, n, "neurons set aside"); d.SetAside != nil {
		return
	}
	for i := range n {
		d.SetAside = append(d.SetAside, strconv.Itoa(i))
	}
}

// eachAside calls check for the counts of neurons set aside, with the key that has them
// and the place there of each.
func (d *Dataset) eachAside(check func(key string, a *Array, neuron func(int) int) error) error {
	for _, s := range d.splits() {
		if s.SetAside == nil {
			continue
		}
		key, place := d.keys().key(s.name, suffixAside), same
		if d.Drawn != nil {
			_, key = d.keys().keysOf(s.name)
			place = func(i int) int { return d.Drawn.all[i] }
		}
		if err := check(key, s.SetAside, place); err != nil {
			return fmt.Errorf("dataset: %s: %w", d.Name, err)
		}
	}
	return nil
}

// asideLine says which neurons are set aside; "": none are.
func asideLine(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("; %d set aside, which models neither read nor reconstruct: %s", len(names), someNames(names))
}
