package metric

import "math"

// moments are what R2 is made of: sums over the truth of one output, from a
// reference near its mean, and over what a prediction misses of it.
type moments struct {
	n, sum, squares float64 // of truth less the reference
	residual        float64 // squared
	least, most     float64 // of truth; meaningless while n is 0
}

// add adds an element. One whose truth is not finite is left out.
func (m *moments) add(truth, predicted, reference float64) {
	if truth-truth != 0 {
		return
	}
	if m.n == 0 {
		m.least, m.most = truth, truth
	}
	m.least, m.most = min(m.least, truth), max(m.most, truth)
	d, r := truth-reference, truth-predicted
	m.n++
	m.sum += d
	m.squares += float64(d * d)
	m.residual += float64(r * r)
}

// include adds another's sums, so many times.
func (m *moments) include(o moments, times float64) {
	if o.n == 0 || times == 0 {
		return
	}
	if m.n == 0 {
		m.least, m.most = o.least, o.most
	}
	m.least, m.most = min(m.least, o.least), max(m.most, o.most)
	m.n += float64(times * o.n)
	m.sum += float64(times * o.sum)
	m.squares += float64(times * o.squares)
	m.residual += float64(times * o.residual)
}

// varies reports whether the truth does: rounding of the mean of equal numbers does
// not count.
func (m *moments) varies() bool { return m.n > 0 && m.most > m.least }

// variation returns the sum of squares of truth about its mean.
func (m *moments) variation() float64 {
	if !m.varies() {
		return 0
	}
	return m.squares - float64(m.sum*m.sum)/m.n
}

// scoreOf returns the R2 of outputs.
func scoreOf(outputs []moments) Score {
	s := Score{PerOutput: make([]float64, len(outputs))}
	var residuals, totals, sum, exact float64
	for o := range outputs {
		m := &outputs[o]
		variation := m.variation()
		residuals, totals = residuals+m.residual, totals+variation
		switch {
		case m.varies():
			s.PerOutput[o] = 1 - m.residual/variation
			sum += s.PerOutput[o]
			s.Varying++
		default:
			s.PerOutput[o] = math.NaN()
			if m.n > 0 && m.residual == 0 {
				exact++
			}
		}
	}
	s.Mean = sum / float64(s.Varying)
	s.Uniform = (sum + exact) / float64(len(outputs))
	s.Weighted = 1 - residuals/totals
	if s.Varying == 0 {
		s.Weighted = math.NaN()
	}
	return s
}
