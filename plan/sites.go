package plan

import "time"

// What a batch system adds to a generation when slots are free: until units begin, and until
// their results are seen, in the two ways of running on SLURM. Tasks of an array are started by
// its controller, steps by the allocation that is there, and results are looked for every half
// second: generations of 20 units took 1.0 to 2.1 s and .6 to .7 s longer than their epochs on a
// cluster of one machine (SLURM 22.05, in tests). How long a queue is nobody knows: waiting in it is in no
// schedule.
const (
	ArrayLatency = 2 * time.Second
	StepsLatency = time.Second
)

// How a unit begins in a process of its own: the program starts, and reads the data.
const (
	startsIn = 100 * time.Millisecond
	readRate = 100e6 // bytes a second, unpacked and looked through, by a shared file system
)

// Starting is what a unit takes on a cluster before it trains, of so many bytes of data.
func Starting(data int64) time.Duration {
	return startsIn + time.Duration(float64(data)/readRate*float64(time.Second))
}

// Array is SLURM's array of a task for each unit: cores are held while units run. The process
// that drives the run is on a login node, where it takes one thread: less than it was measured
// with by so many times.
func Array(slots, threads int, data int64, slower float64) Site {
	return Site{Name: "SLURM, an array a generation", Slots: slots, Threads: threads, Start: Starting(data), Latency: ArrayLatency, Slower: slower}
}

// Steps is one allocation of SLURM in which each unit is a step: its cores are held from beginning
// to end, also while the driving process reads, infers and scores.
func Steps(slots, threads int, data int64) Site {
	return Site{Name: "SLURM, steps in one allocation", Slots: slots, Threads: threads, Start: Starting(data), Latency: StepsLatency, Held: true}
}

// CheckpointRate is at how many bytes a second checkpoints are taken to be written and read, with
// the wait until they are on disk.
const CheckpointRate = 200e6

// Checkpoints is what a unit takes for those of so many bytes: its parent's that is read, its
// own and its best epoch's that are written.
func Checkpoints(bytes int64) time.Duration {
	const wait = 20 * time.Millisecond
	return wait + time.Duration(3*float64(bytes)/CheckpointRate*float64(time.Second))
}

// Estimate is the schedules of a search at a site: of the fewest generations, or epochs, that
// its rules allow, and of the most.
type Estimate struct {
	Site
	Members      int
	Fewest, Most Schedule
}

// Estimated returns the estimate of the two shapes of a search.
func Estimated(fewest, most *Shape, c *Cost, site Site) Estimate {
	return Estimate{Site: site, Members: most.Members(), Fewest: Of(fewest, c, site), Most: Of(most, c, site)}
}

// Step is a size of population on so many slots.
type Step struct{ Members, Slots int }

// largePopulations are those that a plan shows beside the one that is asked for.
var largePopulations = []int{100, 300, 1000}

// Ladder is how a search grows from one slot to a thousand members: the population that is
// asked for on twice as many slots each time until each member has one, then larger ones, on
// a slot for five members and on one for each.
func Ladder(members int) (steps []Step) {
	for slots := 1; slots < members; slots *= 2 {
		steps = append(steps, Step{members, slots})
	}
	steps = append(steps, Step{members, members})
	for _, n := range largePopulations {
		if n > members {
			steps = append(steps, Step{n, n / 5}, Step{n, n})
		}
	}
	return steps
}
