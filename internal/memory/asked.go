package memory

import (
	"os"
	"strconv"
)

// Asked returns the bytes that SLURM was asked for on this node, for the job or the step that this
// process is part of; ok is false outside of one, and where it was asked for all that a node has. It
// is what a job is ended for beyond, also on clusters whose control groups hold nobody back
// (JobAcctGatherParams=OverMemoryKill).
func Asked() (bytes int64, ok bool) { return asked(os.Getenv) }

// asked reads an environment. What is asked for each CPU is meant of those on this node.
func asked(env func(string) string) (bytes int64, ok bool) {
	if mib, ok := mebibytes(env("SLURM_MEM_PER_NODE")); ok {
		return mib << 20, true
	}
	each, ok := mebibytes(env("SLURM_MEM_PER_CPU"))
	cpus, err := strconv.ParseInt(env("SLURM_CPUS_ON_NODE"), 10, 64)
	if !ok || err != nil || cpus < 1 || cpus > mostMebibytes/each {
		return 0, false
	}
	return each * cpus << 20, true
}

// mostMebibytes is more than any node has: a million GiB.
const mostMebibytes = 1 << 30

// mebibytes reads a number of MiB as SLURM writes it; 0 means all there is.
func mebibytes(text string) (mib int64, ok bool) {
	mib, err := strconv.ParseInt(text, 10, 64)
	return mib, err == nil && mib > 0 && mib <= mostMebibytes
}
