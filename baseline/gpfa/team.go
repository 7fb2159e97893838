package gpfa

import (
	"context"

	"github.com/autolfads/autolfads/internal/parallel"
)

// team is workers with memory of their own, which they keep from one iteration to
// the next.
type team struct {
	cores  int
	spaces []space
}

func newTeam(cores int) *team { return &team{cores, make([]space, cores)} }

// do calls task for every i below n, on all cores: those that tasks leave over work
// inside the tasks. Tasks stop for nothing.
func (t *team) do(n int, task func(s *space, i int)) {
	workers := max(1, min(t.cores, n))
	for i := range workers {
		t.spaces[i].workers = max(1, t.cores/workers)
	}
	_ = parallel.Do(context.Background(), workers, n, func(worker, i int) { task(&t.spaces[worker], i) })
}

// space is what one worker needs.
type space struct {
	inverter
	covariance *matrix // of all latents and coordinates, latent after latent
	evidence   *matrix // what neurons say of latents, [latents x coordinates] x members
	weighted   *matrix // the same, [coordinates x members] x latents
	means      *matrix // [latents x coordinates] x members
	rows       []float64

	small                inverter // of one latent's covariances
	k, dk, changed, seen *matrix
}
