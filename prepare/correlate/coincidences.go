package correlate

import (
	"context"
	"runtime"

	"github.com/autolfads/autolfads/internal/parallel"
)

// coincidences are, for each two units, the sum over all bins of 1 ms of the product of
// their counts. Of units i < j it stands at pairsOf(j) + i.
type coincidences []uint32

// pairsOf is how many pairs so many units have.
func pairsOf(units int) int { return units * (units - 1) / 2 }

// of returns the sum of two different units, in either order.
func (c coincidences) of(i, j int) uint32 {
	if i > j {
		i, j = j, i
	}
	return c[pairsOf(j)+i]
}

const (
	sweptBins   = 1 << 15   // of 1 ms, which are swept at a time
	sweptMemory = 256 << 20 // bytes: what the sums of all cores take at most, if those of one do not take more
)

// coincide counts what coincides, on all cores: it goes through time, a block after
// another, and through the pairs of the spikes in each bin. So it takes time in
// proportion to these pairs, not to pairs of units.
func (t *Trains) coincide() coincidences {
	span, pairs := t.span(), pairsOf(len(t.units))
	blocks := (int(span.to) - int(span.from) + sweptBins - 1) / sweptBins
	workers := max(1, min(runtime.GOMAXPROCS(0), blocks, sweptMemory/(1+4*pairs)))
	sweeps := make([]sweep, workers)
	for i := range sweeps {
		sweeps[i] = sweep{trains: t.units, sums: make(coincidences, pairs), ends: make([]int32, sweptBins+1)}
	}
	// The context has no end, so there is no error.
	_ = parallel.Do(context.Background(), workers, max(0, blocks), func(worker, i int) {
		from := int(span.from) + i*sweptBins
		sweeps[worker].block(stretch{int32(from), int32(min(from+sweptBins, int(span.to)))})
	})
	for _, other := range sweeps[1:] {
		for i, n := range other.sums {
			sweeps[0].sums[i] += n
		}
	}
	return sweeps[0].sums
}

// sweep is one core's.
type sweep struct {
	trains []train
	sums   coincidences
	ends   []int32 // of the spikes in each bin
	units  []int32 // of the spikes of a block, bin after bin; ascending in each
}

// block counts what coincides in a block of bins.
func (s *sweep) block(b stretch) {
	s.sort(b)
	from := int32(0)
	for _, end := range s.ends[:sweptBins] {
		if end-from > 1 {
			s.bin(s.units[from:end])
		}
		from = end
	}
}

// sort brings the spikes of a block into the order of their bins.
func (s *sweep) sort(block stretch) {
	clear(s.ends)
	total := 0
	for i := range s.trains {
		in, _ := block.cut(s.trains[i].at)
		total += len(in)
		for _, at := range in {
			s.ends[at-block.from+1]++
		}
	}
	for i := range sweptBins {
		s.ends[i+1] += s.ends[i] // where bin i+1 begins
	}
	if total > len(s.units) {
		s.units = make([]int32, 2*total)
	}
	for i := range s.trains {
		in, _ := block.cut(s.trains[i].at)
		for _, at := range in {
			end := &s.ends[at-block.from]
			s.units[*end] = int32(i)
			*end++
		}
	}
}

// bin counts the pairs of a bin's spikes, whose units ascend.
func (s *sweep) bin(units []int32) {
	for n, j := range units[1:] {
		row := s.sums[pairsOf(int(j)):]
		for _, i := range units[:n+1] {
			if i < j {
				row[i]++
			}
		}
	}
}
