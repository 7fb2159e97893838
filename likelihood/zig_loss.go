package likelihood

import "github.com/autolfads/autolfads/internal/kernel"

// zigRow is a neuron in one bin of a block, a number for each of w lanes in each row: a
// Gamma distribution of what is not 0, beside the probability of that.
type zigRow struct {
	w          int
	odds, unit [3 * zigWidth]float32 // e^-o and 1 / (1 + e^-o) of the three outputs
	logs       [4 * zigWidth]float32 // ln of the bounded logistic functions, and of 1 - q
	gamma      [2 * zigWidth]float32 // ln alpha and ln beta; then their gradients
	beyond     [zigWidth]float32     // data less the location
	seen, pass [zigWidth / 8]uint8   // of what is not 0
}

// zigWidth is the widest block.
const zigWidth = 32

// Loss implements [Likelihood]: -ln (1 - q) of 0, and else the Gamma distribution's,
// without its data term, less ln q. 1 - q is computed as e^-o q, and so never 0.
func (z *ZeroInflatedGamma) Loss(b *Block) {
	r := zigRow{w: b.Width}
	for neuron := range b.Neurons() {
		r.read(b, neuron)
		r.logarithms()
		r.distribution(z, b, neuron)
		r.zeros(b, neuron)
		if b.Grad != nil {
			r.gradient(z, b, neuron)
		}
	}
}

// read computes the logistic functions of a neuron's outputs.
func (r *zigRow) read(b *Block, neuron int) { r.logistic(b.Out, len(b.Y), neuron) }

// logistic reads a neuron's outputs, which are n apart.
func (r *zigRow) logistic(out []float32, n, neuron int) {
	odds, unit := r.odds[:3*r.w], r.unit[:3*r.w]
	for p := range 3 {
		for l, o := range out[p*n+neuron*r.w:][:r.w] {
			odds[p*r.w+l] = -o
		}
	}
	kernel.ExpTo(odds, odds)
	for i, v := range odds {
		unit[i] = 1 / (1 + v)
	}
}

// logarithms takes those of what logistic left.
func (r *zigRow) logarithms() {
	logs := r.logs[:4*r.w]
	for i, u := range r.unit[:3*r.w] {
		logs[i] = max(u, zigLeast)
	}
	for l, u := range r.unit[2*r.w:][:r.w] {
		logs[3*r.w+l] = min(r.odds[2*r.w+l]*u, 1-zigLeast)
	}
	kernel.LogTo(logs, logs)
}

// distribution adds the Gamma distribution's part to the loss, and leaves its gradients
// in r.gamma.
func (r *zigRow) distribution(z *ZeroInflatedGamma, b *Block, neuron int) {
	w := r.w
	clear(r.seen[:])
	clear(r.pass[:])
	for l, y := range b.Y[neuron*w:][:w] {
		i := neuron*w + l
		r.gamma[l] = r.logs[l] + z.logs[neuron]
		r.gamma[w+l] = r.logs[w+l] + z.logs[z.neurons+neuron]
		r.beyond[l] = 1
		if y != 0 && b.IsObserved(i) {
			r.beyond[l] = y - z.location
			kernel.SetKept(r.seen[:], l, w, true)
			kernel.SetKept(r.pass[:], l, w, b.passes(i))
		}
	}
	kernel.Gamma(r.gamma[:2*w], r.gamma[:2*w], r.beyond[:w], r.seen[:], r.pass[:], b.Scale, b.Loss, w)
}

// zeros adds the loss of whether data are 0.
func (r *zigRow) zeros(b *Block, neuron int) {
	for l, y := range b.Y[neuron*r.w:][:r.w] {
		if !b.IsObserved(neuron*r.w + l) {
			continue
		}
		if y == 0 {
			b.Loss[l] -= r.logs[3*r.w+l]
		} else {
			b.Loss[l] -= r.logs[2*r.w+l]
		}
	}
}

// gradient writes that at the outputs, and adds that at the scales, lane after lane.
// ln alpha has the slope 1 - s(o) by its output and 1 / scale by its scale.
func (r *zigRow) gradient(z *ZeroInflatedGamma, b *Block, neuron int) {
	n, w := len(b.Y), r.w
	for p := range 2 {
		for l, g := range r.gamma[p*w:][:w] {
			b.Grad[p*n+neuron*w+l] = g * (r.odds[p*w+l] * r.unit[p*w+l])
			if b.Learned != nil {
				b.Learned[p*z.neurons+neuron] += float64(g) / float64(z.inUse[p*z.neurons+neuron])
			}
		}
	}
	for l, y := range b.Y[neuron*w:][:w] {
		q := r.unit[2*w+l]
		slope := q // of -ln (1 - q)
		if y != 0 {
			slope = -r.odds[2*w+l] * q // of -ln q
		}
		b.Grad[2*n+neuron*w+l] = slope * b.ScaleOf(neuron*w+l)
	}
}

// Mean implements [Likelihood]: q (alpha / beta + location).
func (z *ZeroInflatedGamma) Mean(dst, out []float32) {
	r := zigRow{w: len(dst) / z.neurons}
	for neuron := range z.neurons {
		r.logistic(out, len(dst), neuron)
		for l := range r.w {
			alpha, beta, q := r.natural(z, neuron, l)
			dst[neuron*r.w+l] = q * (alpha/beta + z.location)
		}
	}
}

// Natural implements [Parametric].
func (z *ZeroInflatedGamma) Natural(dst, out []float32) {
	n := len(dst) / 3
	r := zigRow{w: n / z.neurons}
	for neuron := range z.neurons {
		r.logistic(out, n, neuron)
		for l := range r.w {
			i := neuron*r.w + l
			dst[i], dst[n+i], dst[2*n+i] = r.natural(z, neuron, l)
		}
	}
}

// natural returns the parameters of what logistic left in a lane.
func (r *zigRow) natural(z *ZeroInflatedGamma, neuron, l int) (alpha, beta, q float32) {
	bounded := func(p int) float32 { return max(r.unit[p*r.w+l], zigLeast) }
	return bounded(0) * z.inUse[neuron], bounded(1) * z.inUse[z.neurons+neuron], bounded(2)
}
