package train

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
)

// The learning rate falls from epoch to epoch, from all of it to near a hundredth, as
// half a wave of a cosine does.
func TestAnnealingFalls(t *testing.T) {
	a := annealing{first: 100, epochs: 50}
	for epoch := 100; epoch <= 150; epoch++ {
		s := a.share(epoch)
		cosine := .01 + .99*(1+math.Cos(math.Pi*float64(epoch-100)/50))/2
		if math.Abs(s-cosine) > .0101 || epoch > 100 && !(s < a.share(epoch-1)) {
			t.Errorf("epoch %d: a share of %v after %v, a cosine's is %v", epoch, s, a.share(epoch-1), cosine)
		}
	}
	if first, last := a.share(100), a.share(150); first != 1 || last != leastRate {
		t.Errorf("it falls from %v to %v, want 1 to %v", first, last, leastRate)
	}
	if s := (annealing{}).share(7); s != 1 {
		t.Errorf("without annealing the share is %v", s)
	}
}

// annealed is a member that finishes from a parent's state in three epochs.
func annealed(t *testing.T, parent *checkpoint.State) *Member {
	t.Helper()
	m := newMember(t, Identity{Seed: 8, Generation: 1}, 1, func(c *Config) { averaging(5)(c); c.LearningRate = 2e-3 })
	m.Anneal(parent.Epoch, 3)
	return m
}

// A finish begins with the parent's moments at the member's own full rate, and has the
// same bits wherever it is stopped.
func TestAnnealingResumes(t *testing.T) {
	first := newMember(t, Identity{Seed: 8}, 1, averaging(5))
	epochs(t, first, 2)
	parent := first.State()
	whole := annealed(t, parent)
	if err := whole.Inherit(parent); err != nil {
		t.Fatal(err)
	}
	states, rates := []*checkpoint.State{}, []float64{}
	for range 3 {
		rates = append(rates, epochs(t, whole, 1).LearningRate)
		states = append(states, whole.State())
	}
	if rates[0] != 2e-3 || !(rates[1] < rates[0] && rates[2] < rates[1]) {
		t.Errorf("learning rates %v: want 0.002, and less in each epoch", rates)
	}
	for done, s := range states {
		again := annealed(t, parent)
		if err := again.Resume(s); err != nil {
			t.Fatal(err)
		}
		epochs(t, again, 2-done)
		if digest(again) != digest(whole) || again.LearningRate() != whole.LearningRate() {
			t.Errorf("stopped after %d of 3 epochs, a finish ends otherwise", done+1)
		}
	}
	if s := states[0]; s.Step <= parent.Step || s.Epoch != parent.Epoch+1 {
		t.Errorf("a finish begins at step %d of epoch %d, its parent ended at %d of %d", s.Step, s.Epoch, parent.Step, parent.Epoch)
	}
}

// The first step of a finish is Adam's with the parent's moments: it is the one of a
// member that goes on from there without annealing, and later ones are not.
func TestAnnealingGoesOnFromMoments(t *testing.T) {
	first := newMember(t, Identity{Seed: 8}, 1, averaging(5))
	epochs(t, first, 2)
	parent := first.State()
	plain, finish := annealed(t, parent), annealed(t, parent)
	plain.anneal = annealing{}
	for _, m := range []*Member{plain, finish} {
		if err := m.Inherit(parent); err != nil {
			t.Fatal(err)
		}
		epochs(t, m, 1)
	}
	if digest(plain) != digest(finish) {
		t.Error("the first epoch of a finish is not at the full rate from the parent's moments")
	}
	epochs(t, plain, 1)
	epochs(t, finish, 1)
	if digest(plain) == digest(finish) {
		t.Error("the second epoch of a finish is at the full rate")
	}
}
