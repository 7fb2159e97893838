package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/prepare/grid"
	"github.com/autolfads/autolfads/rng"
)

// splitByBlocks divides trials in the order of time into blocks of as equal number as
// can be, and blocks as a whole into parts: what drifts slowly, and what neighbouring
// trials share, is then not in all parts.
func (m *maker) splitByBlocks(o *SplitOptions) ([]part, error) {
	n, blocks := len(m.starts), o.Blocks
	if blocks == 0 {
		blocks = min(usualBlocks, n)
	}
	if blocks > n {
		return nil, fmt.Errorf("--split-blocks %d: there are %d trials, so at most as many blocks", blocks, n)
	}
	validate, tests := blockCount(o.division().Share, blocks), blockCount(o.TestShare, blocks)
	if validate+tests >= blocks {
		return nil, fmt.Errorf("of %d blocks %d would validate, %d test and none train: make more (--split-blocks)", blocks, validate, tests)
	}
	is := slices.Repeat([]part{toTrain}, blocks)
	for place, block := range rng.NewSource(rng.Derive(o.Seed, rng.Split)).Perm(blocks)[:validate+tests] {
		if is[block] = toValidate; place >= validate {
			is[block] = toTest
		}
	}
	parts := make([]part, n)
	for place, i := range m.inTime() {
		parts[i] = is[place*blocks/n]
	}
	m.rule = fmt.Sprintf("%d blocks of successive trials, %d of which validate%s, by seed %d", blocks, validate, andTest(tests), o.Seed)
	return parts, nil
}

func andTest(blocks int) string {
	if blocks == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d test", blocks)
}

// blockCount is a share of blocks to the nearest, one at least unless there is none to
// be.
func blockCount(share float64, blocks int) int {
	if share == 0 {
		return 0
	}
	return max(1, int(math.Round(share*float64(blocks))))
}

// overlapping counts the trials that begin before the one in front of them ends.
func (m *maker) overlapping() int {
	return overlapping(slices.Sorted(slices.Values(m.starts)), m.Seconds())
}

// sharing marks the trials that train and share time with one that does not.
func (m *maker) sharing() []bool {
	shares, order := make([]bool, len(m.starts)), m.inTime()
	for place, i := range order {
		for _, j := range order[place+1:] {
			if grid.Behind(m.starts[j], m.starts[i]) >= float64(m.Length()) {
				break
			}
			if m.parts[i] != m.parts[j] {
				shares[i] = shares[i] || m.parts[i] == toTrain
				shares[j] = shares[j] || m.parts[j] == toTrain
			}
		}
	}
	return shares
}

// dropShared leaves these out.
func (m *maker) dropShared(shared []bool) error {
	keep := make([]bool, len(shared))
	var parts []part
	for i, is := range shared {
		if keep[i] = !is; !is {
			parts = append(parts, m.parts[i])
		}
	}
	m.keepTrials(keep, "it would train, and shares time with one that does not (--drop-shared)")
	m.rate()
	if m.parts, m.shared = parts, 0; len(m.trialsFor(toTrain)) == 0 {
		return fmt.Errorf("--drop-shared leaves no trial to train on: all %d overlap with one that validates or tests; divide by blocks (--split-blocks), or leave it out", len(shared))
	}
	return nil
}
