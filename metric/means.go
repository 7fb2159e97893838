package metric

import "github.com/autolfads/autolfads/dataset"

// means is room for the mean of some trials, [bins, features].
type means struct {
	mean, n []float64
}

func newMeans(a *dataset.Array) *means {
	return &means{make([]float64, a.Bins*a.Features), make([]float64, a.Bins*a.Features)}
}

// of takes the mean of some trials of a, each so many times and moved by its jitter,
// over what is not NaN.
func (m *means) of(a *dataset.Array, trials, jitter, times []int) {
	clear(m.mean)
	clear(m.n)
	for _, trial := range trials {
		t, shift := timesOf(times, trial), 0
		if t == 0 {
			continue
		}
		if jitter != nil {
			shift = jitter[trial]
		}
		m.add(a.Trial(trial), t, shift*a.Features)
	}
	for i := range m.mean {
		m.mean[i] /= m.n[i] // 0/0: NaN where no trial was recorded
	}
}

// miss adds to each neuron's squared residual what the mean misses the truth by, where
// this is known.
func (m *means) miss(residuals []float64, truth []float32) {
	for i := 0; i < len(truth); i += len(residuals) {
		for n := range residuals {
			if v := float64(truth[i+n]); v-v == 0 {
				r := v - m.mean[i+n]
				residuals[n] += float64(r * r)
			}
		}
	}
}

// spread adds to each neuron's variance what a trial, moved by so many elements,
// differs from the mean, where the truth is known.
func (m *means) spread(variance []float64, trial, truth []float32, shift int) {
	for i, v := range trial {
		to := i + shift
		if to < 0 || to >= len(m.mean) || v != v || truth[to] != truth[to] || m.n[to] < 2 {
			continue
		}
		d := float64(v) - m.mean[to]
		variance[i%len(variance)] += float64(d*d) / (m.n[to] - 1)
	}
}

// add adds a trial so many times, moved by so many elements.
func (m *means) add(trial []float32, times float64, shift int) {
	size := len(trial)
	from, to := max(0, min(size, -shift)), max(0, min(size, size-shift))
	if from >= to {
		return
	}
	trial = trial[from:to]
	mean, n := m.mean[from+shift:][:len(trial)], m.n[from+shift:][:len(trial)]
	for i, v := range trial {
		if v == v {
			mean[i] += float64(times * float64(v))
			n[i] += times
		}
	}
}
