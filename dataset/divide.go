package dataset

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/tree"
)

// Division is how trials were divided into those to train on and those to validate
// with, where the file does not say.
type Division struct {
	Share float64 // of trials that validate
	Seed  uint64
}

// DefaultShare of trials validates where neither the file nor the options say.
const DefaultShare = .2

// Attributes of a file that was divided.
const (
	attrShare = "split_share"
	attrSeed  = "split_seed"
)

// Validation returns which of n trials validate: of a random order of all, the
// first, as many as the share says to the nearest, but one at least and not all. The
// order depends on the seed and on how many trials there are alone.
func (v Division) Validation(n int) []int {
	count := max(1, min(n-1, int(math.Round(v.Share*float64(n)))))
	order := v.order(n)[:count]
	slices.Sort(order)
	return order
}

// Parts returns which of n trials validate, and which test: of the same order those
// behind them, as many as their share says to the nearest, but one at least and not all;
// none if that share is 0.
func (v Division) Parts(n int, testShare float64) (valid, test []int) {
	valid = v.Validation(n)
	if testShare == 0 {
		return valid, nil
	}
	order := v.order(n)[len(valid):]
	count := max(1, min(len(order)-1, int(math.Round(testShare*float64(n)))))
	test = order[:min(count, len(order))]
	slices.Sort(test)
	return valid, test
}

// DividedTrial is a trial of a file that was divided: in which part it is, and where.
type DividedTrial struct {
	Validates bool
	Trial     int
}

// Undo returns where each of n trials is after [Division.Validation], in the order before.
func (v Division) Undo(n int) []DividedTrial {
	all, validates, moved := make([]DividedTrial, n), v.Validation(n), 0
	for i := range all {
		if moved < len(validates) && validates[moved] == i {
			all[i] = DividedTrial{true, moved}
			moved++
			continue
		}
		all[i] = DividedTrial{false, i - moved}
	}
	return all
}

// order is a random one of n trials.
func (v Division) order(n int) []int { return rng.NewSource(rng.Derive(v.Seed, rng.Split)).Perm(n) }

// Check returns an error for a share that leaves no trials to train on or to validate
// with.
func (v Division) Check() error {
	if !(v.Share > 0 && v.Share < 1) {
		return fmt.Errorf("the share of trials that validate is %g: must be between 0 and 1 (--valid-share, data.valid_share)", v.Share)
	}
	return nil
}

// Divide makes d's training and validation trials of all, two at least, whose arrays
// are moved within their memory: all is used up.
func (d *Dataset) Divide(all *Split, by Division) {
	d.divide(all, by, map[*Array]bool{})
}

// DivideAt makes d's splits of all: trials at the places in valid validate, those in
// test test, both ascending, and the others train. The arrays of all are moved within
// their memory: all is used up.
func (d *Dataset) DivideAt(all *Split, valid, test []int) {
	flat := map[*Array]bool{}
	if len(test) > 0 {
		all, d.Test = all.part(test, flat)
	}
	rest := make([]int, len(valid))
	for i, place := range valid {
		before, _ := slices.BinarySearch(test, place)
		rest[i] = place - before
	}
	d.Train, d.Valid = all.part(rest, flat)
}

func (d *Dataset) divide(all *Split, by Division, flat map[*Array]bool) {
	valid := by.Validation(all.Trials())
	d.Train, d.Valid = all.part(valid, flat)
	d.Divided = &by
}

// division is what the options say.
func (l *loader) division() (Division, error) {
	v := Division{l.options.ValidShare, l.options.SplitSeed}
	if v.Share == 0 {
		v.Share = DefaultShare
	}
	return v, v.Check()
}

// divide divides trials into those to train on and those to validate with. Without
// ids, trials are numbered as they stand in the file.
func (l *loader) divide(d *Dataset, all *Split, key string) {
	if l.err != nil {
		return
	}
	by, err := l.division()
	n := all.Trials()
	if err == nil && n < 2 {
		err = fmt.Errorf("%s has %d trials: there must be some to train on and some to validate with", key, n)
	}
	if err == nil {
		err = l.sameTrials(all, key)
	}
	if l.err = err; err != nil {
		return
	}
	if all.TrialIDs == nil {
		all.TrialIDs = numbered(0, n)
	}
	d.divide(all, by, l.flat)
	if l.divided = n; l.glanced != nil {
		l.divided = l.glanced.trialsOf(key)
	}
	l.notes = append(l.notes, fmt.Sprintf("no split of trials in the file: %d of the %d trials of %s validate (a share of %g by seed %d; --valid-share, --split-seed)",
		len(by.Validation(l.divided)), l.divided, key, by.Share, by.Seed))
}

// sameTrials checks that all that is divided has as many trials.
func (l *loader) sameTrials(all *Split, key string) error {
	n := all.Trials()
	for suffix, a := range map[string]*Array{
		suffixAside: all.SetAside, suffixExternal: all.External, suffixTruth: all.Truth, suffixLatents: all.Latents, suffixBehavior: all.Behavior,
	} {
		if a != nil && a.Trials != n {
			return fmt.Errorf("%s has %v, %s has %d trials: %s", l.layout.key("train", suffix), a, key, n, goWithout)
		}
	}
	for suffix, length := range map[string]int{suffixTrialIDs: len(all.TrialIDs), suffixesCondition[0]: max(len(all.Condition), len(all.words))} {
		if length != 0 && length != n {
			return fmt.Errorf("%s has %d values for %d trials: %s", l.layout.key("train", suffix), length, n, goWithout)
		}
	}
	return nil
}

func numbered(from, n int) []int64 {
	ids := make([]int64, n)
	for i := range ids {
		ids[i] = int64(from + i)
	}
	return ids
}

// part divides a split: valid are the places of the trials that validate, ascending.
// The arrays of both parts lie in the memory of s.
func (s *Split) part(valid []int, flat map[*Array]bool) (train, validation *Split) {
	train, validation = &Split{}, &Split{}
	done := map[*Array][2]*Array{}
	arrays := func(a *Array) (*Array, *Array) {
		if a == nil {
			return nil, nil
		}
		if _, twice := done[a]; !twice {
			first, second := a.part(valid)
			done[a] = [2]*Array{first, second}
			flat[first], flat[second] = flat[a], flat[a]
		}
		return done[a][0], done[a][1]
	}
	train.Encod, validation.Encod = arrays(s.Encod)
	train.Recon, validation.Recon = arrays(s.Recon)
	train.SetAside, validation.SetAside = arrays(s.SetAside)
	train.External, validation.External = arrays(s.External)
	train.Truth, validation.Truth = arrays(s.Truth)
	train.Latents, validation.Latents = arrays(s.Latents)
	train.Behavior, validation.Behavior = arrays(s.Behavior)
	train.DecodeMask, validation.DecodeMask = arrays(s.DecodeMask)
	train.Condition, validation.Condition = parted(s.Condition, valid)
	train.words, validation.words = parted(s.words, valid)
	train.TrialIDs, validation.TrialIDs = parted(s.TrialIDs, valid)
	train.Starts, validation.Starts = parted(s.Starts, valid)
	return train, validation
}

// part brings some trials behind the others and returns both parts, which share
// memory with a.
func (a *Array) part(last []int) (first, second *Array) {
	row := a.Bins * a.Features
	behind := NewArray(len(last), a.Bins, a.Features)
	to, moved := 0, 0
	for i := range a.Trials {
		if moved < len(last) && last[moved] == i {
			copyPages(behind.Trial(moved), a.Trial(i))
			moved++
			continue
		}
		copyPages(a.Trial(to), a.Trial(i))
		to++
	}
	copyPages(a.Data[to*row:], behind.Data)
	return &Array{to, a.Bins, a.Features, a.Data[: to*row : to*row]}, &Array{a.Trials - to, a.Bins, a.Features, a.Data[to*row:]}
}

// parted divides what there is one of a trial; nil stays nil.
func parted[T any](v []T, last []int) (first, second []T) {
	for i := range v {
		if _, is := slices.BinarySearch(last, i); is {
			second = append(second, v[i])
		} else {
			first = append(first, v[i])
		}
	}
	return first, second
}

// wasDivided reads how a file was divided when it was written.
func (l *loader) wasDivided(d *Dataset) {
	share, ok, err := tree.Number(l.group, attrShare)
	seed, hasSeed, seedErr := tree.Number(l.group, attrSeed)
	if ok && hasSeed && err == nil && seedErr == nil && seed >= 0 {
		d.Divided = &Division{share, uint64(seed)}
	}
}
