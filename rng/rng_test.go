package rng

import (
	"fmt"
	"math"
	"testing"
)

// Known answers of Philox4x32-10 from the authors' Random123 distribution.
func TestPhiloxKnownAnswers(t *testing.T) {
	for _, c := range []struct {
		ctr  [4]uint32
		key  Key
		want [4]uint32
	}{
		{[4]uint32{}, Key{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{
			[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
			Key{0xffffffff, 0xffffffff},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
		},
		{
			[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
			Key{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
		},
	} {
		if got := c.key.Block(c.ctr[0], c.ctr[1], c.ctr[2], c.ctr[3]); got != c.want {
			t.Errorf("Philox(%x, %x) = %x, want %x", c.ctr, c.key, got, c.want)
		}
	}
}

func TestNormalQuantile(t *testing.T) {
	for _, p := range []float64{.5 / (1 << 32), 1e-6, .01, .074, .076, .3, .5, .7, .925, .99, 1 - .5/(1<<32)} {
		x := NormalQuantile(p)
		back := math.Erfc(-x/math.Sqrt2) / 2
		if math.Abs(back-p) > 1e-13*p {
			t.Errorf("Phi(NormalQuantile(%v)) = %v", p, back)
		}
	}
}

// Moments of a million normals: bounds are five standard errors.
func TestNormalMoments(t *testing.T) {
	const bins, features = 10000, 101
	key := Derive(7, PosteriorIC, 3)
	row := make([]float32, features)
	var m1, m2, m4 float64
	for bin := range bins {
		key.Normals(row, bin)
		for f, v := range row {
			if v != key.Normal(bin, f) {
				t.Fatal("Normals and Normal differ")
			}
			x := float64(v)
			m1, m2, m4 = m1+x, m2+x*x, m4+x*x*x*x
		}
	}
	n := float64(bins * features)
	se := 1 / math.Sqrt(n)
	if math.Abs(m1/n) > 5*se || math.Abs(m2/n-1) > 5*math.Sqrt2*se || math.Abs(m4/n-3) > 5*math.Sqrt(96)*se {
		t.Errorf("moments %v %v %v, want 0 1 3", m1/n, m2/n, m4/n)
	}
}

// Neighbouring identities give unrelated streams: the share of equal bits
// between their words is one half.
func TestDeriveSeparates(t *testing.T) {
	base := Derive(1, Shuffle, 0, 1, 2)
	for _, other := range []Key{
		Derive(2, Shuffle, 0, 1, 2), Derive(1, PosteriorIC, 0, 1, 2), Derive(1, Shuffle, 1, 0, 2),
		Derive(1, Shuffle, 0, 1, 3), Derive(1, Shuffle, 0, 1), Derive(1, Shuffle, 0, 1, 2, 0),
	} {
		equal := 0
		for i := range 1000 {
			x := base.Uint32(i, 0) ^ other.Uint32(i, 0)
			for ; x != 0; x &= x - 1 {
				equal++
			}
		}
		if d := float64(equal)/32000 - .5; math.Abs(d) > 5*.5/math.Sqrt(32000) {
			t.Errorf("key %v and %v share bits: %v", base, other, d)
		}
	}
}

func TestPermIsUniform(t *testing.T) {
	const draws = 60000
	src := NewSource(Derive(3, Shuffle))
	count := map[[3]int]int{}
	for range draws {
		p := src.Perm(3)
		count[[3]int{p[0], p[1], p[2]}]++
	}
	for p, n := range count {
		if math.Abs(float64(n)-draws/6) > 5*math.Sqrt(draws/6) {
			t.Errorf("order %v came %d times of %d", p, n, draws)
		}
	}
	if len(count) != 6 {
		t.Errorf("%d orders of 3, want 6", len(count))
	}
}

func BenchmarkNormals(b *testing.B) {
	key, row, bin := Derive(1, PriorInput), make([]float32, 4), 0
	for b.Loop() {
		key.Normals(row, bin)
		bin++
	}
}

// Named purposes are each their own, and far from those with numbers.
func TestNamed(t *testing.T) {
	seen := map[Purpose]string{}
	for i := range 10000 {
		name := fmt.Sprint("purpose ", i)
		p := Named(name)
		if p < 1<<63 || p != Named(name) || seen[p] != "" {
			t.Fatalf("%q is purpose %d, as is %q", name, p, seen[p])
		}
		seen[p] = name
	}
}

// The purpose of a name is part of the run format, too.
func TestNamedIsKept(t *testing.T) {
	if got := Named("example.com/shift"); got != 14264193188379293977 {
		t.Errorf("example.com/shift is purpose %d", got)
	}
}
