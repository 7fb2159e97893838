package train

import "github.com/autolfads/autolfads/checkpoint"

// A single model has a learning-rate schedule and early stopping, both on the
// smoothed score; in a population neither is used, but a member may go back to its
// best epoch at the end of a generation.

// LearningRate returns the learning rate in force.
func (m *Member) LearningRate() float64 { return m.rate * m.anneal.share(m.epoch) }

// Advance brings the schedule up to date after an epoch of a single model: when
// the score has not improved for more than LearningRatePatience epochs, the
// learning rate is multiplied by LearningRateDecay (not below
// LearningRateMin). It says whether the epoch's score is the best so far, and
// whether to stop: at MaxEpochs, or when the score has not improved for
// EarlyStopPatience epochs, counted from the end of the ramps on.
func (m *Member) Advance() (best, stop bool) {
	s, c := &m.schedule, &m.Config
	if !(m.score >= s.Best) { // also when there is no best yet
		s.Best, s.BestEpoch, s.BadEpochs = m.score, m.epoch, 0
		best = true
	} else {
		s.BadEpochs++
	}
	if s.BadEpochs > c.LearningRatePatience {
		m.rate = max(float64(m.rate*c.LearningRateDecay), c.LearningRateMin)
		s.BadEpochs = 0
	}
	since := m.epoch - max(s.BestEpoch, c.RampEnd())
	s.Stopped = m.epoch >= c.MaxEpochs || since >= c.EarlyStopPatience
	return best, s.Stopped
}

// KeepBest notes after an epoch whether its score is the best of this generation: of
// the epochs from the end of the ramps on, for before it losses are weighed otherwise.
func (m *Member) KeepBest() {
	if s := &m.schedule; m.epoch >= m.Config.RampEnd() && !(m.score >= s.Best) {
		s.Best, s.BestEpoch = m.score, m.epoch
	}
}

// Schedule returns the state of the schedule.
func (m *Member) Schedule() checkpoint.Schedule { return m.schedule }
