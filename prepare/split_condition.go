package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/rng"
)

// splitByCondition takes the shares of the trials of each condition, to the nearest
// whole trial. Where that is none, of such conditions together.
func (m *maker) splitByCondition() ([]part, error) {
	numbers, _, err := conditions(m.r, m.table, m.o.Condition, m.ids)
	if err != nil {
		return nil, err
	}
	parts := slices.Repeat([]part{toTrain}, len(numbers))
	validates, tests := quota{share: m.o.Split.division().Share}, quota{share: m.o.Split.TestShare}
	for _, condition := range slices.Compact(slices.Sorted(slices.Values(numbers))) {
		trials := placesOf(numbers, condition)
		random := rng.NewSource(rng.Derive(m.o.Split.Seed, rng.Split, uint64(condition)))
		order := random.Perm(len(trials))
		first := validates.of(len(trials), len(trials)-1)
		second := tests.of(len(trials), len(trials)-1-first)
		for place, i := range order[:first+second] {
			if parts[trials[i]] = toValidate; place >= first {
				parts[trials[i]] = toTest
			}
		}
	}
	m.rule = shareRule(&m.o.Split, " of the trials of each "+m.o.Condition)
	m.parts = parts
	return parts, m.someValidate()
}

// someValidate returns an error if no trial validates.
func (m *maker) someValidate() error {
	if len(m.trialsFor(toValidate)) > 0 {
		return nil
	}
	return fmt.Errorf("--split-by-condition: of %d trials none would validate, for the conditions have too few each: take a larger share (--valid-share), or leave it out", len(m.starts))
}

// quota takes a share of one group after another.
type quota struct {
	share       float64
	seen, taken int // of the groups of which the share is less than half a trial
}

// of returns how many of n are taken, at most so many.
func (q *quota) of(n, most int) int {
	take := int(math.Round(q.share * float64(n)))
	if take == 0 {
		q.seen += n
		take = min(1, int(math.Round(q.share*float64(q.seen)))-q.taken)
		q.taken += take
	}
	return max(0, min(take, most))
}

func placesOf(all []int64, one int64) (places []int) {
	for i, v := range all {
		if v == one {
			places = append(places, i)
		}
	}
	return places
}
