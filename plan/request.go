package plan

import (
	"fmt"
	"time"
)

// Request is what a unit of a search asks a batch system for.
type Request struct {
	Cores  int
	Memory int64         // bytes
	Time   time.Duration // of the longest unit, with a margin
}

// timeMargin is how many times what is expected is asked for. Nodes are not those that were
// measured on, and have other tenants. A unit that meets its end of time saves and is sent
// again, so that too little costs a wait and not a run; too much makes every unit wait longer in
// the queue.
const timeMargin = 1.5

// RequestOf returns the request of units of which the longest takes so long, of so many bytes, on
// so many cores: whole steps of 5 minutes (of an hour, from 6 hours on).
func RequestOf(longest time.Duration, bytes int64, cores int) Request {
	t := time.Duration(timeMargin*float64(longest)) + time.Minute
	step := 5 * time.Minute
	if t > 6*time.Hour {
		step = time.Hour
	}
	return Request{Cores: max(cores, 1), Memory: bytes, Time: time.Duration(upTo(int64(t), int64(step)))}
}

// upTo is the least multiple of a step that is not below n.
func upTo(n, step int64) int64 { return (n + step - 1) / step * step }

// SlurmTime is a time as SLURM writes it: hours, minutes and seconds, behind days if there are any.
func (r Request) SlurmTime() string {
	minutes := int64((r.Time + time.Minute - 1) / time.Minute)
	text := fmt.Sprintf("%02d:%02d:00", minutes/60%24, minutes%60)
	if days := minutes / (24 * 60); days > 0 {
		text = fmt.Sprintf("%d-%s", days, text)
	}
	return text
}

// SlurmMemory is the memory as SLURM writes it, in MiB.
func (r Request) SlurmMemory() string { return fmt.Sprintf("%dM", upTo(r.Memory, 1<<20)>>20) }
