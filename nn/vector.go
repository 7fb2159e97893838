package nn

// Vector is a learned vector, such as an initial state: the same for every trial.
type Vector struct {
	Tensor // [n]
	values []float32
}

// NewVector adds a vector of n elements to layout. It starts at 0.
func NewVector(layout *Layout, name string, n int) *Vector {
	return &Vector{Tensor: layout.New(name, n)}
}

// Initialise implements [Layer].
func (*Vector) Initialise([]float32, func(Tensor, int)) {}

// Prepare implements [Layer].
func (v *Vector) Prepare(params []float32) { v.values = v.Of(params) }

// Values are the elements.
func (v *Vector) Values() []float32 { return v.values }

// Forward writes each element to all lanes of its row of dst [n][w].
func (v *Vector) Forward(dst []float32, w int) {
	for i, x := range v.values {
		row := dst[i*w : (i+1)*w]
		for l := range row {
			row[l] = x
		}
	}
}

// LanesGrad accumulates the gradient of a vector lane by lane, [n][w].
type LanesGrad struct {
	vector *Vector
	w      int
	Lanes  []float32
}

// NewGrad returns an accumulator for blocks of width w.
func (v *Vector) NewGrad(a *Arena, w int) *LanesGrad {
	return &LanesGrad{v, w, Take[float32](a, v.Len()*w)}
}

// Reset implements [Grad].
func (d *LanesGrad) Reset() { clear(d.Lanes) }

// AddTo implements [Grad].
func (d *LanesGrad) AddTo(grad []float32) { addLanes(d.vector.Of(grad), d.Lanes, d.w) }

// SumsGrad accumulates the gradient of neighbouring parameters in double
// precision, over all trials of a block.
type SumsGrad struct {
	first int
	Sums  []float64
}

// NewSumsGrad returns an accumulator for n parameters from number first of the flat
// vector on.
func NewSumsGrad(a *Arena, first, n int) *SumsGrad { return &SumsGrad{first, Take[float64](a, n)} }

// Reset implements [Grad].
func (d *SumsGrad) Reset() { clear(d.Sums) }

// AddTo implements [Grad].
func (d *SumsGrad) AddTo(grad []float32) {
	for i, v := range d.Sums {
		grad[d.first+i] += float32(v)
	}
}
