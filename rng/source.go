package rng

// Source walks through the words of one key, for drawing that has no bins and
// features: a permutation, a tournament, a perturbation. It satisfies
// math/rand/v2's Source.
type Source struct {
	key   Key
	next  uint64
	words [4]uint32
}

// NewSource returns a source that begins at the start of key's stream.
func NewSource(key Key) *Source { return &Source{key: key} }

// Uint64 returns the next 64 bits.
func (s *Source) Uint64() uint64 {
	if s.next%2 == 0 {
		// The third counter word keeps these apart from (bin, feature) draws.
		s.words = s.key.Block(uint32(s.next/2), uint32(s.next>>33), 1, 0)
	}
	i := 2 * (s.next % 2)
	s.next++
	return uint64(s.words[i])<<32 | uint64(s.words[i+1])
}

// Float64 returns a uniform number in (0, 1).
func (s *Source) Float64() float64 { return (float64(s.Uint64()>>12) + .5) / (1 << 52) }

// Normal returns a standard normal number.
func (s *Source) Normal() float64 { return NormalQuantile(s.Float64()) }

// IntN returns a uniform integer in [0, n), without bias. n must be positive.
func (s *Source) IntN(n int) int {
	bound := uint64(n)
	limit := -bound % bound // words below it would favour small numbers
	for {
		if w := s.Uint64(); w >= limit {
			return int(w % bound)
		}
	}
}

// Perm returns a random order of 0..n-1 (Fisher and Yates).
func (s *Source) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := s.IntN(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}
