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
	program  = 64 << 20 // the program itself, its stacks, and what the runtime and the readers of files keep
	rounding = 64 << 20 // memory is asked for in steps of so much
)

// garbage is how many times as much memory a member takes as it holds: it leaves copies behind
// (states of its best epochs, buffers of files) until the collector takes them back, which by itself
// waits until there is as much garbage as there is memory in use: twice. The limit that a process
// sets itself by what was asked for (memory.Asked) has it work before; with room for three quarters it
// seldom has to.
const garbage = 1.75

// UnitMemory returns what memory a process needs that executes one unit of a search, with so
// many threads: its member at the largest that is searched, the checkpoint that it writes, the
// dataset, which is in memory twice while it is read, and the program. A member trains when the
// data have been read, so that what is left of the one is room for the other's garbage, too.
func UnitMemory(c config.Config, d *dataset.Dataset, s pbt.Search, threads int) int64 {
	member, copied := memberMemory(c, d, s, threads)
	training := float64(member.Total() + member.Optimiser) // a checkpoint's file is put together in memory
	need := int64(garbage*training) + copied + 2*d.Bytes() + program
	return (need + rounding - 1) / rounding * rounding
}

// DriverMemory returns what memory the process needs that drives a search while its units train in
// others, which have so many threads: it reads the data as they do, scores models anew, infers
// all trials in the end and scores them. What it infers on all its cores is taken to need no more
// than a member in training does.
func DriverMemory(c config.Config, d *dataset.Dataset, s pbt.Search, threads int) int64 {
	p := planOf(c, d, s, local.Cores{Workers: 1, Threads: threads})
	need := UnitMemory(c, d, s, threads) + int64(garbage*float64(p.scoring()))
	return (need + rounding - 1) / rounding * rounding
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
