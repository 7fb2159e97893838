package stream

import "math"

// onGrid is a stream of uneven time stamps on an even grid: straight lines between
// neighbours that are not too far apart, else NaN. The grid passes through moments that
// are asked for, so that a sample that was taken at such a moment is there as it is,
// and lines are drawn once.
type onGrid struct {
	clock   *clock
	data    *blocks
	longest float64 // s between neighbours
	hold    bool    // the last sample instead of a line
	start   float64 // s
	step    float64 // s
}

// through has the grid pass through a time, in s. It begins less than a step before the
// first time stamp.
func (g *onGrid) through(time float64) {
	g.start = time - float64(math.Ceil((time-g.clock.first)/g.step-evenAsWritten)*g.step)
}

// Len implements dataset.Series: up to the last time stamp.
func (g *onGrid) Len() int {
	return 1 + int(math.Max(0, math.Floor((g.clock.last-g.start)/g.step+evenAsWritten)))
}

// Read implements dataset.Series.
func (g *onGrid) Read(from, to int) ([]float64, error) {
	width := g.data.width
	out := make([]float64, (to-from)*width)
	w := &walk{g: g, row: g.clock.from(g.time(from)).row}
	w.next()
	for i := from; i < to; i++ {
		for w.ahead && w.behind.time <= g.time(i)+evenAsWritten*g.clock.step {
			w.next()
		}
		w.between(g.time(i), out[(i-from)*width:(i-from+1)*width])
		if w.err != nil {
			return nil, w.err
		}
	}
	return out, nil
}

func (g *onGrid) time(i int) float64 { return g.start + float64(float64(i)*g.step) }

// walk goes through samples that are not left out: those before and behind a moment.
type walk struct {
	g              *onGrid
	row            int // that is looked at next
	before, behind stamp
	known, ahead   bool // there is one before; behind
	err            error
}

// next goes on by a sample.
func (w *walk) next() {
	c := w.g.clock
	if w.ahead {
		w.before, w.known = w.behind, true
	}
	n := min(c.times.Len(), w.g.data.Len())
	for ; w.row < n; w.row++ {
		t, err := c.times.row(w.row)
		if err != nil {
			w.err, w.ahead = err, false
			return
		}
		if !(t[0]-t[0] == 0) || w.ahead && t[0] <= w.behind.time {
			continue
		}
		w.behind, w.ahead = stamp{w.row, t[0]}, true
		w.row++
		return
	}
	w.ahead = false
}

// between puts what the stream is at a time, at or behind the sample before it.
func (w *walk) between(time float64, out []float64) {
	for i := range out {
		out[i] = math.NaN()
	}
	if !w.known {
		return
	}
	if math.Abs(time-w.before.time) <= evenAsWritten*w.g.clock.step {
		copy(out, w.sample(w.before.row))
		return
	}
	apart := w.behind.time - w.before.time
	if !w.ahead || apart > w.g.longest {
		return
	}
	if w.g.hold {
		copy(out, w.sample(w.before.row))
		return
	}
	a, b, part := w.sample(w.before.row), w.sample(w.behind.row), (time-w.before.time)/apart
	if w.err != nil {
		return
	}
	for i := range b {
		out[i] = float64((1-part)*a[i]) + float64(part*b[i])
	}
}

func (w *walk) sample(row int) []float64 {
	x, err := w.g.data.row(row)
	if err != nil {
		w.err = err
	}
	return x
}
