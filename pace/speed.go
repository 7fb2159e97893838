package pace

import (
	"time"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/pbt"
)

// Speed is how fast a machine is at the work of a run.
type Speed struct {
	Workers int           // members that train at a time
	Epoch   time.Duration // one of one member, training and validation, while all workers are busy
	Review  time.Duration // of a model whose validation trials are scored anew; 0: none is
	Infer   time.Duration // of all trials, at the end
	Score   time.Duration // and figures

	// Ours is what share of the cores in use this process had while epochs were timed: much
	// less than 1 says that others had the rest. 0: it is unknown.
	Ours float64
}

// What else takes time, as seen of a small population on a busy machine.
const (
	PerGeneration = 150 * time.Millisecond // tables, metrics, checkpoints that go
	PerMember     = 30 * time.Millisecond  // of a generation: its plan, checkpoint and result
)

// reserve is the share of a time that is left free: epochs are not equally long, and
// other processes come and go.
const reserve = .1

// duration is how long a run of so many generations takes, at most: a search may end
// earlier by its own rules.
func (s *Speed) duration(search pbt.Search, generations int) time.Duration {
	members := len(search.Next(nil).Units)
	rounds := (members + s.Workers - 1) / s.Workers
	epochs := rounds * ((search.MostEpochs() + members - 1) / members) // one after the other, of a worker
	if p, ok := search.(pbt.Population); ok && p.Config.FinishEpochs > 0 {
		epochs += int(p.Config.FinishEpochs) // few members finish: not all workers have one in the last round
		generations++
	}
	return time.Duration(epochs)*s.Epoch +
		time.Duration(generations)*(PerGeneration+time.Duration(members)*PerMember) +
		time.Duration(reviews(search, generations))*s.Review + s.Infer + s.Score
}

// reviews is how many models are scored anew, at most: the best of each generation where
// a stop rule compares them, and those of the final choice.
func reviews(search pbt.Search, generations int) (n int) {
	if f, ok := search.(pbt.Finalist); ok {
		n = f.MostFinalists()
	}
	if p, ok := search.(pbt.Population); ok && p.Config.StopErrors > 0 {
		n += generations
	}
	return n
}

// scoring estimates how long scores and figures take, for they are made once, when there
// is something to be scored: seconds for a start, then as elements and, with behaviour,
// bins x neurons^2 of regressions grow. docs/performance.md has what was measured.
func scoring(c *config.Config, elements, bins, neurons float64, behaviour bool) time.Duration {
	const start, perElement, perProduct = 2., .2e-6, 4e-10 // seconds
	seconds := start + float64(perElement*elements)
	if behaviour {
		seconds += float64(perProduct * bins * neurons * min(neurons, bins))
	}
	if c.Data.SetAside > 0 {
		seconds *= 2 // few-shot co-smoothing fits regressions of its own
	}
	return time.Duration(seconds * float64(time.Second))
}
