package plan

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/autolfads/autolfads/rng"
)

// second is a cost of which an epoch takes a second, and nothing else anything.
func second() *Cost { return &Cost{Epoch: time.Second, Blocks: 2} }

func shapeOf(parts ...Part) *Shape { return &Shape{Parts: parts} }

func alikeUnits(n, epochs int) []int { return slices.Repeat([]int{epochs}, n) }

// By hand: without a spread eight members on three slots take three rounds, of which the last
// has a slot that waits.
func TestScheduleByHand(t *testing.T) {
	shape := shapeOf(Part{alikeUnits(8, 100), 1, false}, Part{alikeUnits(8, 10), 4, false}, Part{alikeUnits(3, 20), 1, true})
	shape.Reviewed, shape.Finalists = true, 9
	c := second()
	c.Unit, c.PerGeneration, c.PerMember, c.Review = 2*time.Second, 500*time.Millisecond, 250*time.Millisecond, 3*time.Second
	c.Before, c.Infer, c.After = 7*time.Second, 5*time.Second, 6*time.Second
	site := Site{Slots: 3, Threads: 1, Start: time.Second, Latency: 4 * time.Second}
	s := Of(shape, c, site)
	// Rounds of units; latency; members and generation; review, but of the finish.
	first, each, finish := 3*103+4+2.5+3, 3*13+4+2.5+3, 23+4+.5+3*.25
	search := time.Duration((first + 4*each + finish) * float64(time.Second))
	whole := search + 7*time.Second + 9*3*time.Second + 11*time.Second
	if s.Search != search || s.Whole != whole {
		t.Errorf("search %s, whole %s; want %s and %s", s.Search, s.Whole, search, whole)
	}
	busy := 8*103 + 4*8*13 + 3*23.
	if s.Busy != busy || s.CoreSeconds != busy || s.Longest != 103*time.Second || s.Shortest != 13*time.Second {
		t.Errorf("busy %v s, of cores %v s, units of %s to %s; want %v twice, 13s to 103s", s.Busy, s.CoreSeconds, s.Shortest, s.Longest, busy)
	}
	if open := 3 * (3*103 + 4*3*13 + 23.); math.Abs(s.Waiting()-(1-busy/open)) > 1e-12 { // sums of whole seconds
		t.Errorf("waiting %v, want %v", s.Waiting(), 1-busy/open)
	}
	if s.Generations != 5 || s.Epochs != 8*100+4*8*10+3*20 {
		t.Errorf("%d generations, %d epochs", s.Generations, s.Epochs)
	}
	// The driving process on half the threads: five reviews, nine in the end, and inference take twice as long.
	site.Slower = 2
	if more := Of(shape, c, site); more.Search != search+5*3*time.Second || more.Whole != whole+5*3*time.Second+9*3*time.Second+5*time.Second || more.Busy != busy {
		t.Errorf("driven on half the threads: search %s, whole %s", more.Search, more.Whole)
	}
	site.Held, site.Threads = true, 2
	if s := Of(shape, c, site); s.CoreSeconds != 6*s.Whole.Seconds() || s.Whole <= s.Search {
		t.Errorf("cores that are held: %v s of %s", s.CoreSeconds, s.Whole)
	}
	// Slots that no member has wait if they are held, and are nobody's if not.
	site.Slots, site.Held = 16, false
	if s := Of(shapeOf(Part{alikeUnits(8, 100), 1, false}), c, site); s.Waiting() != 0 {
		t.Errorf("an array of 8 tasks waits %v", s.Waiting())
	}
	site.Held = true
	if s := Of(shapeOf(Part{alikeUnits(8, 100), 1, false}), c, site); s.Waiting() != .5 {
		t.Errorf("8 steps on 16 slots wait %v", s.Waiting())
	}
}

// A generation on any slots takes no less than its longest unit, no less than the units shared
// out over the slots, and no more than both together; on one slot it takes the sum; a slot more does
// not lengthen units that are alike. The same costs give the same schedule.
func TestScheduleProperties(t *testing.T) {
	draws := rng.NewSource(rng.Derive(1, rng.Named("plan test")))
	for range 300 {
		units := make([]float64, 1+draws.IntN(40))
		longest, sum := 0., 0.
		for i := range units {
			units[i] = float64(1 + draws.IntN(1000)) // whole seconds, whose sums are exact
			longest, sum = max(longest, units[i]), sum+units[i]
		}
		slots := 1 + draws.IntN(len(units))
		makespan, busy := run(units, slots)
		share := sum / float64(slots)
		if makespan < max(longest, share) || makespan > share+longest || busy != sum {
			t.Fatalf("%v on %d slots take %v, %v of them busy", units, slots, makespan, busy)
		}
		if one, _ := run(units, 1); one != sum {
			t.Fatalf("%v on one slot take %v, not their sum %v", units, one, sum)
		}
		if all, _ := run(units, len(units)); all != longest {
			t.Fatalf("%v on as many slots take %v, not the longest %v", units, all, longest)
		}
	}
	c, shape := second(), shapeOf(Part{alikeUnits(20, 50), 30, false})
	c.Spread = .1
	before := Schedule{Search: math.MaxInt64}
	for slots := 1; slots <= 20; slots++ {
		s := Of(shape, c, Site{Slots: slots, Threads: 1})
		if again := Of(shape, c, Site{Slots: slots, Threads: 1}); again != s {
			t.Fatalf("%d slots: %+v, then %+v", slots, s, again)
		}
		if s.Search > before.Search+before.Longest || s.Waiting() < 0 || s.Waiting() >= 1 {
			t.Errorf("%d slots take %s and wait %v, one less %s", slots, s.Search, s.Waiting(), before.Search)
		}
		before = s
	}
}

// The spread of units lengthens generations by the longest of their members: with a slot for
// each, by about as many standard deviations as the largest of n normal numbers has.
func TestSpread(t *testing.T) {
	c := second()
	c.Spread = .05
	for n, deviations := range map[int]float64{8: 1.42, 100: 2.51, 1000: 3.24} { // expected largest of n standard normals
		s := Of(shapeOf(Part{alikeUnits(n, 100), alike, false}), c, Site{Slots: n, Threads: 1})
		each := s.Search.Seconds() / alike / 100
		// The largest of n has a standard deviation below .65 for n >= 8; here it is a mean of 20.
		if math.Abs(each-1-.05*deviations) > .05*4*.65/math.Sqrt(alike) {
			t.Errorf("%d members: an epoch of a generation takes %v s, want %v", n, each, 1+.05*deviations)
		}
	}
}

// Many generations that are alike cost as much as few, and last as much longer.
func TestManyGenerations(t *testing.T) {
	c := second()
	c.Spread = .05
	few := Of(shapeOf(Part{alikeUnits(8, 10), alike, false}), c, Site{Slots: 3, Threads: 1})
	many := Of(shapeOf(Part{alikeUnits(8, 10), 100_000, false}), c, Site{Slots: 3, Threads: 1})
	if got, want := many.Search.Seconds(), few.Search.Seconds()*100_000/alike; math.Abs(got-want) > 1e-6*want { // rounded to ns
		t.Errorf("100,000 generations take %v s, want %v", got, want)
	}
}

// What nobody lives to see is no time that has gone round: more members, generations and seconds
// take longer, or forever.
func TestEndlessSearches(t *testing.T) {
	c := &Cost{Epoch: 1000 * time.Hour, Blocks: 2}
	s := Of(shapeOf(Part{alikeUnits(10_000, 1_000_000), 1, false}, Part{alikeUnits(10_000, 1_000_000), 100_000, false}), c, Site{Slots: 2, Threads: 4096, Held: true})
	if s.Search < forever || s.Whole < s.Search || s.CoreSeconds < s.Search.Seconds() || s.Waiting() < 0 || s.Waiting() > 1 {
		t.Errorf("%+v waits %v", s, s.Waiting())
	}
}

// Threads share the blocks of a batch, and no more of them than there are.
func TestEpochOn(t *testing.T) {
	c := Cost{Epoch: 100 * time.Second, Blocks: 4, Serial: .2}
	for threads, want := range map[int]time.Duration{0: 100, 1: 100, 2: 60, 3: 60, 4: 40, 9: 40} {
		got := c.EpochOn(threads)
		if got.Round(time.Microsecond) != want*time.Second {
			t.Errorf("on %d threads %s, want %d s", threads, got, want)
		}
		if back := c.OneThread(got, threads); back.Round(time.Microsecond) != c.Epoch {
			t.Errorf("of %s on %d threads is made %s on one", got, threads, back)
		}
	}
	c = Cost{Epoch: 185 * time.Second, Blocks: 2, Serial: DefaultSerial}
	if got := c.EpochOn(2).Round(time.Millisecond); got != 100*time.Second {
		t.Errorf("two threads take %s of 185 s", got)
	}
}

// The ladder begins at one slot, has a slot for each member of the population that is asked
// for, and ends with a thousand members.
func TestLadder(t *testing.T) {
	for members, want := range map[int]string{
		1:    "[{1 1} {100 20} {100 100} {300 60} {300 300} {1000 200} {1000 1000}]",
		20:   "[{20 1} {20 2} {20 4} {20 8} {20 16} {20 20} {100 20} {100 100} {300 60} {300 300} {1000 200} {1000 1000}]",
		300:  "[{300 1} {300 2} {300 4} {300 8} {300 16} {300 32} {300 64} {300 128} {300 256} {300 300} {1000 200} {1000 1000}]",
		2000: "[{2000 1} {2000 2} {2000 4} {2000 8} {2000 16} {2000 32} {2000 64} {2000 128} {2000 256} {2000 512} {2000 1024} {2000 2000}]",
	} {
		if got := fmt.Sprint(Ladder(members)); got != want {
			t.Errorf("%d members: %s, want %s", members, got, want)
		}
	}
}

// A request has a margin, and round numbers as SLURM writes them.
func TestRequest(t *testing.T) {
	for _, c := range []struct {
		longest      time.Duration
		bytes        int64
		cores        int
		time, memory string
	}{
		{10 * time.Second, 100 << 20, 0, "00:05:00", "100M"},
		{3 * time.Minute, 300<<20 + 1, 1, "00:10:00", "301M"},
		{40 * time.Minute, 1 << 30, 2, "01:05:00", "1024M"},
		{5 * time.Hour, 9 << 30, 4, "08:00:00", "9216M"},
		{40 * time.Hour, 9 << 30, 4, "2-13:00:00", "9216M"},
	} {
		r := RequestOf(c.longest, c.bytes, c.cores)
		if r.SlurmTime() != c.time || r.SlurmMemory() != c.memory || r.Cores != max(c.cores, 1) {
			t.Errorf("of %s and %d bytes: %s, %s, %d cores; want %s, %s", c.longest, c.bytes, r.SlurmTime(), r.SlurmMemory(), r.Cores, c.time, c.memory)
		}
	}
}
