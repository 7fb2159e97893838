package train

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/lfads"
)

// Without validation trials a member trains on all there are, and its score is the
// smoothed loss that it trained with.
func TestWithoutValidation(t *testing.T) {
	d, model, c := small(t)
	m, err := New(model, c, d.AllTraining(), Identity{Seed: 1}, lfads.Threads(1))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := m.train.Trials(), d.Train.Trials()+d.Valid.Trials(); got != want {
		t.Errorf("%d trials, want %d", got, want)
	}
	first := epochs(t, m, 1)
	second := epochs(t, m, 1)
	if !math.IsNaN(first.Valid) || first.Score != first.Recon {
		t.Errorf("the first epoch scores %v, want its training loss %v; validation %v, want none", first.Score, first.Recon, first.Valid)
	}
	if want := float64(.3*first.Recon) + float64(.7*second.Recon); second.Score != want {
		t.Errorf("the second epoch scores %v, want %v", second.Score, want)
	}
	if MemoryOf(model, c, d.AllTraining(), 1, false).Total() <= 0 {
		t.Error("no memory")
	}
}
