package decode

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// onCourse returns a course that has come some steps, of an output that lacks bins.
func onCourse(t *testing.T) (*poissonProblem, *course) {
	x, y := countedSet(3, 60, 5, 2)
	for i := 1; i < len(y.Data); i += 14 {
		y.Data[i] = float32(math.NaN())
	}
	r, err := countRows(x, y)
	if err != nil {
		t.Fatal(err)
	}
	w := newWork(t.Context(), nil)
	p, err := newPoissonProblem(w, r)
	if err != nil {
		t.Fatal(err)
	}
	c := p.newCourse(&p.outputs[1], .01)
	for range 3 {
		if err := p.step(w, []*course{c}); err != nil {
			t.Fatal(err)
		}
	}
	return p, c
}

// hessian is the objective's curvature at weights, straight from its definition.
func hessian(p *poissonProblem, c *course, weights []float64) [][]float64 {
	total, mean := 0., make([]float64, p.p)
	out := make([][]float64, p.p)
	for i := range out {
		out[i] = make([]float64, p.p)
	}
	for r, x := range p.x {
		if dataset.IsMissing(p.counts[r][c.index]) {
			continue
		}
		log := 0.
		for i, v := range x {
			log += float64(v) * weights[i]
		}
		rate := math.Exp(log)
		total += rate
		for i, v := range x {
			mean[i] += rate * float64(v)
			for j, u := range x {
				out[i][j] += rate * float64(v) * float64(u)
			}
		}
	}
	for i := range out {
		for j := range out {
			out[i][j] = out[i][j]/total - mean[i]/total*mean[j]/total
		}
		out[i][i] += c.decay
	}
	return out
}

// In a frame the curvature is the identity: in that of constant rates at weights of
// 0, in a local one where it was made.
func TestFrames(t *testing.T) {
	p, c := onCourse(t)
	here, ok := p.curvature(c, newLooking(whole(p.p+1)), func() bool { return false })
	if !ok {
		t.Fatal("no curvature")
	}
	checkFrame(t, here, hessian(p, c, c.best))
	all := &course{poissonOutput: &p.outputs[0], decay: c.decay} // lacks no bin
	checkFrame(t, p.newCommon(c.decay), hessian(p, all, make([]float64, p.p)))
}

// checkFrame compares f's metric with a curvature h, and its directions with each
// other: gradients by u of u -> (w(u), h w(u))/2 must be u.
func checkFrame(t *testing.T, f frame, h [][]float64) {
	t.Helper()
	n := len(h)
	for k := range n {
		u, w, g := make([]float64, n), make([]float64, n), make([]float64, n)
		u[k] = 1
		f.weights(w, u)
		for i := range g {
			g[i] = dot(h[i], w)
		}
		f.gradient(g)
		f.coordinates(w, append([]float64(nil), w...))
		for i := range u {
			if math.Abs(g[i]-u[i]) > 1e-9 || math.Abs(w[i]-u[i]) > 1e-9 { // a condition of 100
				t.Fatalf("direction %d: gradient %v, coordinates %v", k, g, w)
			}
		}
	}
}

// Where rates are far from constant, looking at the curvature ends in tens of steps
// what takes hundreds without.
func TestLookingAtCurvatureIsQuick(t *testing.T) {
	x, y := heavySet()
	steps := 0
	if _, err := PoissonRegression(t.Context(), x, y, 1e-6, func(int, int) { steps++ }); err != nil {
		t.Fatal(err)
	}
	if steps < patience || steps > 3*patience {
		t.Errorf("%d steps", steps)
	}
}

// heavySet has inputs of heavy tails, and counts where one of them is large.
func heavySet() (x, y *dataset.Array) {
	x, y = countedSet(10, 200, 90, 24)
	for i, v := range x.Data {
		x.Data[i] = v * v * v
	}
	for i := range y.Data {
		y.Data[i] = max(0, x.Data[i/24*90+i%24]-5)
	}
	return x, y
}
