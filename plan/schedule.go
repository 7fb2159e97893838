package plan

import (
	"container/heap"
	"math"
	"slices"
	"time"

	"github.com/autolfads/autolfads/rng"
)

// Site is where the units of a search train.
type Site struct {
	Name    string
	Slots   int           // units at a time
	Threads int           // of each
	Start   time.Duration // what each unit does before it trains in a process of its own
	Latency time.Duration // of a generation: until units begin, and until their results are seen
	Held    bool          // the cores are held from beginning to end, also while they wait, and while data are read and rates inferred
	Slower  float64       // how many times as long as measured the driving process takes to score and infer; 0: once
}

// driven is what the driving process takes there for what was measured.
func (s *Site) driven(d time.Duration) time.Duration {
	if s.Slower > 0 {
		return time.Duration(float64(d) * s.Slower)
	}
	return d
}

// Schedule is how a search would run.
type Schedule struct {
	Generations int           // without a finish
	Epochs      int           // of all units
	Search      time.Duration // from the first generation to the last
	Whole       time.Duration // with what is before and after
	Shortest    time.Duration // the shortest unit
	Longest     time.Duration // the longest
	Busy        float64       // seconds of all slots together: units under way
	Open        float64       // of all slots together that are held or used, from each generation's first unit to its last
	CoreSeconds float64       // of cores that are held
}

// Waiting is the share of the slots' time that is spent waiting for a generation's last units.
func (s *Schedule) Waiting() float64 {
	if s.Open == 0 {
		return 0
	}
	return 1 - s.Busy/s.Open
}

// alike is how many of generations that are alike are simulated: their mean stands for all.
const alike = 20

// Of returns the schedule of a search of a shape, with these costs, at a site.
func Of(shape *Shape, c *Cost, site Site) Schedule {
	s := Schedule{Generations: shape.Generations(), Epochs: shape.Epochs()}
	for i, p := range shape.Parts {
		s.add(p, i, c, site, shape.Reviewed)
	}
	s.Whole = c.Before + s.Search + time.Duration(shape.Finalists)*site.driven(c.Review) + site.driven(c.Infer) + c.After
	s.CoreSeconds = s.Busy
	if site.Held {
		s.CoreSeconds = float64(max(site.Slots, 1)) * s.Whole.Seconds()
	}
	s.CoreSeconds *= float64(max(site.Threads, 1))
	return s
}

// add adds generations that are alike, the part of the given number.
func (s *Schedule) add(p Part, number int, c *Cost, site Site, reviewed bool) {
	n := min(p.Times, alike)
	times := float64(p.Times) / float64(n)
	slots := min(max(site.Slots, 1), len(p.Units))
	open := slots
	if site.Held {
		open = max(site.Slots, 1)
	}
	beside := (site.Latency + c.generation(len(p.Units), reviewed && !p.Finish, site)).Seconds()
	for g := range n {
		units := unitTimes(p.Units, number, g, c, site)
		makespan, busy := run(units, slots)
		s.Longest = max(s.Longest, lasting(slices.Max(units)))
		if least := lasting(slices.Min(units)); s.Shortest == 0 || least < s.Shortest {
			s.Shortest = least
		}
		s.Search += lasting((makespan + beside) * times)
		s.Busy += busy * times
		s.Open += makespan * float64(open) * times
	}
}

// forever is as long as a time gets: a year, so that those of some generations can be added up.
// A slower search is as good as never over.
const forever = 365 * 24 * time.Hour

// lasting is a time of so many seconds.
func lasting(seconds float64) time.Duration {
	return time.Duration(min(math.Round(seconds*1e9), float64(forever)))
}

// leastShare is the least share of its usual time that a unit takes, whatever is drawn.
const leastShare = .5

// unitTimes is how many seconds the units of a generation take.
func unitTimes(epochs []int, part, generation int, c *Cost, site Site) []float64 {
	draws := rng.NewSource(rng.Derive(0, spread, uint64(part), uint64(generation)))
	each, beside := c.EpochOn(site.Threads).Seconds(), (site.Start + c.Unit).Seconds()
	units := make([]float64, len(epochs))
	for i, n := range epochs {
		share := max(leastShare, 1+float64(c.Spread*draws.Normal()))
		units[i] = beside + float64(float64(n)*each*share)
	}
	return units
}

// run has units run in slots, each in its turn in the first that is free. It returns when the
// last one ends, and how long they take together.
func run(units []float64, slots int) (makespan, busy float64) {
	free := make(moments, slots)
	for _, u := range units {
		free[0] += u
		busy += u
		makespan = max(makespan, free[0])
		heap.Fix(&free, 0)
	}
	return makespan, busy
}

// moments are when slots are free, a heap whose first is the earliest.
type moments []float64

func (m moments) Len() int           { return len(m) }
func (m moments) Less(i, j int) bool { return m[i] < m[j] }
func (m moments) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }

// Push implements [heap.Interface]; slots do not become more.
func (m *moments) Push(any) { panic("plan: a slot more") }

// Pop implements [heap.Interface]; slots do not become fewer.
func (m *moments) Pop() any { panic("plan: a slot less") }
