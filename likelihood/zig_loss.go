package likelihood

import "github.com/autolfads/autolfads/internal/kernel"

// zigRow is a neuron in one bin of a block, a number for each of w lanes in each row: a
// Gamma distribution of what is not 0, beside the probability of that.
type zigRow struct {
	w              int
	odds, unit     [3 * zigWidth]float32 // e^-o and 1 / (1 + e^-o) of the three outputs
	logs           [4 * zigWidth]float32 // ln of the bounded logistic functions, and of 1 - q
	gamma          [2 * zigWidth]float32 // ln alpha and ln beta; then their gradients
	beyond         [zigWidth]float32     // data less the location
	observed, pass [zigWidth]bool
	event          [zigWidth]bool      // observed, and not 0
	seen, passing  [zigWidth / 8]uint8 // of events: masks for the kernel
}

// zigWidth is the widest block.
const zigWidth = 32

// Loss implements [Likelihood]: -ln (1 - q) of 0, and else the Gamma distribution's,
// without its data term, less ln q. 1 - q is computed as e^-o q, and so never 0.
func (z *ZeroInflatedGamma) Loss(b *Block) {
	r := zigRow{w: b.Width}
	for neuron := range b.Neurons() {
		r.logistic(b.Out, len(b.Y), neuron)
		r.logarithms()
		r.masks(b, neuron)
		r.distribution(z, b, neuron)
		r.zeros(b)
		if b.Grad != nil {
			r.gammaGradient(z, b, neuron)
			r.zerosGradient(b, neuron)
		}
	}
}

// logistic reads a neuron's outputs, which are n apart.
func (r *zigRow) logistic(out []float32, n, neuron int) {
	odds, unit := r.odds[:3*r.w], r.unit[:3*r.w]
	for p := range 3 {
		row := odds[p*r.w:][:r.w]
		for l, o := range out[p*n+neuron*r.w:][:r.w] {
			row[l] = -o
		}
	}
	kernel.ExpTo(odds, odds)
	for i, v := range odds {
		unit[i] = 1 / (1 + v)
	}
}

// logarithms takes those of what logistic left. A NaN stays one.
func (r *zigRow) logarithms() {
	logs := r.logs[:4*r.w]
	for i, u := range r.unit[:3*r.w] {
		if u < zigLeast {
			u = zigLeast
		}
		logs[i] = u
	}
	odds, none := r.odds[2*r.w:][:r.w], logs[3*r.w:]
	for l, u := range r.unit[2*r.w:][:r.w] {
		rest := odds[l] * u
		if rest > 1-zigLeast {
			rest = 1 - zigLeast
		}
		none[l] = rest
	}
	kernel.LogTo(logs, logs)
}

// masks says which lanes are observed, pass, and are events.
func (r *zigRow) masks(b *Block, neuron int) {
	clear(r.seen[:])
	clear(r.passing[:])
	for l, y := range b.Y[neuron*r.w:][:r.w] {
		seen, bit := b.bit(b.Observed, neuron, l), uint8(1)<<(l%8)
		pass := seen && b.bit(b.Pass, neuron, l)
		r.observed[l], r.pass[l], r.event[l] = seen, pass, seen && y != 0
		if r.event[l] {
			r.seen[l/8] |= bit
		}
		if r.event[l] && pass {
			r.passing[l/8] |= bit
		}
	}
}

// bit reads lane l of a neuron's row of a mask; nil has all.
func (b *Block) bit(mask []uint8, neuron, l int) bool {
	return mask == nil || mask[neuron*kernel.MaskBytes(b.Width)+l/8]>>(l%8)&1 == 1
}

// distribution adds the Gamma distribution's part to the loss, and leaves its gradients
// in r.gamma.
func (r *zigRow) distribution(z *ZeroInflatedGamma, b *Block, neuron int) {
	w := r.w
	for p := range 2 {
		from, to, scale := r.logs[p*w:][:w], r.gamma[p*w:][:w], z.logs[p*z.neurons+neuron]
		for l, v := range from {
			to[l] = v + scale
		}
	}
	for l, y := range b.Y[neuron*w:][:w] {
		r.beyond[l] = 1
		if r.event[l] {
			r.beyond[l] = y - z.location
		}
	}
	kernel.Gamma(r.gamma[:2*w], r.gamma[:2*w], r.beyond[:w], r.seen[:], r.passing[:], b.Scale, b.Loss, w)
}

// zeros adds the loss of whether data are 0.
func (r *zigRow) zeros(b *Block) {
	q, none := r.logs[2*r.w:][:r.w], r.logs[3*r.w:][:r.w]
	for l := range r.w {
		switch {
		case r.event[l]:
			b.Loss[l] -= q[l]
		case r.observed[l]:
			b.Loss[l] -= none[l]
		}
	}
}

// gammaGradient writes the gradient at the outputs of shape and rate, and adds that at
// their scales, summed lane after lane. ln alpha has the slope 1 - s(o) by its output
// and 1 / scale by its scale.
func (r *zigRow) gammaGradient(z *ZeroInflatedGamma, b *Block, neuron int) {
	n, w := len(b.Y), r.w
	for p := range 2 {
		sum, odds, unit := 0., r.odds[p*w:][:w], r.unit[p*w:][:w]
		grad := b.Grad[p*n+neuron*w:][:w]
		for l, g := range r.gamma[p*w:][:w] {
			grad[l] = g * (odds[l] * unit[l])
			sum += float64(g)
		}
		if b.Learned != nil {
			b.Learned[p*z.neurons+neuron] += sum / float64(z.inUse[p*z.neurons+neuron])
		}
	}
}

// zerosGradient writes that at the output of q.
func (r *zigRow) zerosGradient(b *Block, neuron int) {
	w := r.w
	odds, unit, grad := r.odds[2*w:][:w], r.unit[2*w:][:w], b.Grad[2*len(b.Y)+neuron*w:][:w]
	for l, q := range unit {
		slope := q // of -ln (1 - q)
		if r.event[l] {
			slope = -odds[l] * q // of -ln q
		}
		if !r.pass[l] {
			slope = 0
		}
		grad[l] = slope * b.Scale[l]
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
