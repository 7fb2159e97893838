package nlb

import "math"

// twister is the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), as
// NumPy's random.seed and random.random have it.
type twister struct {
	state [624]uint32
	next  int
}

func newTwister(seed uint32) *twister {
	t := &twister{next: 624}
	t.state[0] = seed
	for i := 1; i < len(t.state); i++ {
		last := t.state[i-1]
		t.state[i] = 1812433253*(last^last>>30) + uint32(i)
	}
	return t
}

// refill makes the next 624 words.
func (t *twister) refill() {
	n := len(t.state)
	for i := range n {
		y := t.state[i]&0x80000000 | t.state[(i+1)%n]&0x7fffffff
		word := t.state[(i+397)%n] ^ y>>1
		if y&1 == 1 {
			word ^= 0x9908b0df
		}
		t.state[i] = word
	}
	t.next = 0
}

func (t *twister) word() uint32 {
	if t.next == len(t.state) {
		t.refill()
	}
	y := t.state[t.next]
	t.next++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// float is uniform from 0 up to 1, of 53 bits.
func (t *twister) float() float64 {
	a, b := t.word()>>5, t.word()>>6
	return (float64(float64(a)*67108864) + float64(b)) / 9007199254740992
}

// Trials of timing move by up to 300 ms, and no farther than 1500 ms from set to go
// leave room for.
const (
	mostJitterMs  = 300
	mostIntervals = 1500
)

// jitters are by how much the trials chosen move, in ms: whole bins, drawn from seed 0;
// NaN where the interval produced is not known, 0 for trials of split test.
func (s *session) jitters(trials []int) []float64 {
	random, out := newTwister(0), make([]float64, len(trials))
	for k, i := range trials {
		most := mostIntervals - s.trials.number(columnProduced, i)
		most = math.Min(math.Max(most, 0), mostJitterMs)
		if s.trials.values[columnSplit][i].word == Test {
			most = 0
		}
		bins := math.Floor(math.RoundToEven(most/float64(s.factor)*1e4) / 1e4)
		out[k] = math.RoundToEven(float64(random.float()*bins)) * float64(s.factor)
	}
	return out
}

// moved are the moments of a column, those of the trials chosen later by some ms and
// all others not known.
func (s *session) moved(column string, trials []int, ms []float64) []int64 {
	out := make([]int64, s.trials.n)
	for i := range out {
		out[i] = unknown
	}
	for k, i := range trials {
		if at := s.trials.moments[column][i]; at != unknown && !math.IsNaN(ms[k]) {
			out[i] = at + int64(ms[k])*nsPerMs
		}
	}
	return out
}
