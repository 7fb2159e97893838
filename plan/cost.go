package plan

import "time"

// Cost is what the parts of a run take on one kind of cores.
type Cost struct {
	Epoch  time.Duration // of a member on one thread, training and validation, while its neighbours train, too
	Blocks int           // parts that a batch of training is cut into, which threads share
	Serial float64       // share of an epoch that no thread shortens

	Unit   time.Duration // of each unit beside its epochs: checkpoints read and written
	Spread float64       // standard deviation of the units' times, as a share of them

	PerGeneration time.Duration // what the driving process does after each generation,
	PerMember     time.Duration // and of this for each member
	Review        time.Duration // of a model that is scored anew, on the threads it was measured on

	Before time.Duration // until the first generation begins: data are read
	Infer  time.Duration // rates of all trials, on the threads they were measured on
	After  time.Duration // scores and figures
}

// DefaultSerial is the share of an epoch that no second thread shortens: two threads train 1.85
// times as fast as one (docs/performance.md).
const DefaultSerial = 2/1.85 - 1

// DefaultSpread is the standard deviation of the times of a generation's units, as a share of
// them: 1 to 2.5 % by the metrics of runs on a machine with nothing else to do, and more on
// nodes that others use, too. On nodes of several kinds it is more again.
const DefaultSpread = .05

// EpochOn is what an epoch takes on so many threads: the rounds that they need for a batch's
// blocks, and what only one of them does.
func (c *Cost) EpochOn(threads int) time.Duration {
	return time.Duration(float64(c.Epoch) * c.share(threads))
}

// OneThread returns what an epoch takes on one thread if it takes so long on several.
func (c *Cost) OneThread(epoch time.Duration, threads int) time.Duration {
	return time.Duration(float64(epoch) / c.share(threads))
}

func (c *Cost) share(threads int) float64 {
	blocks := max(c.Blocks, 1)
	threads = min(max(threads, 1), blocks)
	rounds := (blocks + threads - 1) / threads
	return c.Serial + float64((1-c.Serial)*float64(rounds)/float64(blocks))
}

// generation is what the driving process takes for a generation of so many members.
func (c *Cost) generation(members int, reviewed bool, site Site) time.Duration {
	t := c.PerGeneration + time.Duration(members)*c.PerMember
	if reviewed {
		t += site.driven(c.Review)
	}
	return t
}
