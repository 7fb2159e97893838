package work

import (
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/train"
)

// Beside what it trains with, a process of a unit has these bytes.
const (
	program  = 64 << 20 // the program itself, its stacks, what the collector has not taken back yet
	rounding = 64 << 20 // memory is asked for in steps of so much
)

// UnitMemory returns what memory a process needs that executes one unit of a search, with so
// many threads: its member at the largest that is searched, the dataset, which is in memory twice
// while it is read, and the program.
func UnitMemory(c config.Config, d *dataset.Dataset, s pbt.Search, threads int) int64 {
	member, copied := memberMemory(c, d, s, threads)
	need := member.Total() + copied + 2*d.Bytes() + program
	return (need + need/10 + rounding - 1) / rounding * rounding
}

// MemberMemory returns what a member of a search holds in training beside the data, at the
// largest that is searched.
func MemberMemory(c config.Config, d *dataset.Dataset, s pbt.Search, threads int) train.Memory {
	member, _ := memberMemory(c, d, s, threads)
	return member
}

// memberMemory also returns the bytes of trials that are copied for members which train on all.
func memberMemory(c config.Config, d *dataset.Dataset, s pbt.Search, threads int) (member train.Memory, copied int64) {
	here := local.Cores{Workers: 1, Threads: threads}
	p := planOf(c, d, s, here)
	_, _, member = p.need(here)
	return member, p.copied
}
