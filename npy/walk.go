package npy

import "slices"

// walk goes over a slab in the order of the file, run by run: elements that lie
// side by side there, and step values from each other in what is read.
type walk struct {
	dims, start, count []int // in the order of the file, closest last
	stride             []int // between values that are read, likewise
	place              []int
	outer              int // dimensions that runs differ in
	run, step          int // elements of a run; values between them where they are read
}

func newWalk(a *Array, start, count []int) *walk {
	inner, _ := product(a.inner)
	w := &walk{dims: slices.Clone(a.dims), start: slices.Clone(start), count: slices.Clone(count), stride: make([]int, len(count))}
	next := int(inner)
	for i := len(count) - 1; i >= 0; i-- {
		w.stride[i] = next
		next *= count[i]
	}
	if a.fortran {
		for _, s := range [][]int{w.dims, w.start, w.count, w.stride} {
			slices.Reverse(s)
		}
	}
	w.place = slices.Clone(w.start)
	w.join(int(inner), a.fortran)
	return w
}

// join makes runs as long as they can be. In Fortran order they are along the
// first dimension only: the next one goes on elsewhere in what is read.
func (w *walk) join(inner int, fortran bool) {
	w.outer, w.run, w.step = len(w.dims), 1, inner
	for w.outer > 0 {
		w.outer--
		w.run *= w.count[w.outer]
		if fortran {
			w.step = w.stride[w.outer]
			break
		}
		if w.count[w.outer] != w.dims[w.outer] {
			break
		}
	}
}

// from is the place of a run's first element in the file.
func (w *walk) from() (n int) {
	for i, p := range w.place {
		n = n*w.dims[i] + p
	}
	return n
}

// to is the place of a run's first value among those read.
func (w *walk) to() (n int) {
	for i, p := range w.place {
		n += (p - w.start[i]) * w.stride[i]
	}
	return n
}

// next goes to the next run. It reports false when there is none.
func (w *walk) next() bool {
	for i := w.outer - 1; i >= 0; i-- {
		if w.place[i]++; w.place[i] < w.start[i]+w.count[i] {
			return true
		}
		w.place[i] = w.start[i]
	}
	return false
}
