package matfile

// scatter puts values that come in column-major order at their places in row-major
// order.
type scatter[T any] struct {
	dst    []T
	dims   []int
	stride []int // in dst, of each dimension
}

func newScatter[T any](dst []T, dims []int) *scatter[T] {
	s := &scatter[T]{dst, dims, make([]int, len(dims))}
	n := 1
	for i := len(dims) - 1; i >= 0; i-- {
		s.stride[i] = n
		n *= dims[i]
	}
	return s
}

// side is how many columns are put together, so that their values in a row are
// neighbours in memory.
const side = 16

// put takes the values from the one on that is the at-th in column-major order.
func (s *scatter[T]) put(at int, v []T) {
	rows := s.dims[0]
	for len(v) > 0 {
		column, row := at/rows, at%rows
		n := min(rows-row, len(v))
		if row == 0 && len(v) >= 2*rows {
			n = s.putColumns(column, min(len(v)/rows, side), v)
		} else {
			s.putRun(s.place(column)+row*s.stride[0], v[:n])
		}
		v, at = v[n:], at+n
	}
}

// putRun puts a part of a column.
func (s *scatter[T]) putRun(to int, v []T) {
	for _, x := range v {
		s.dst[to] = x
		to += s.stride[0]
	}
}

// putColumns puts n whole columns, row by row, and returns how many values they
// have.
func (s *scatter[T]) putColumns(first, n int, v []T) int {
	var places [side]int
	for k := range n {
		places[k] = s.place(first + k)
	}
	rows, step := s.dims[0], s.stride[0]
	for r := range rows {
		for k, p := range places[:n] {
			s.dst[p+r*step] = v[k*rows+r]
		}
	}
	return n * rows
}

// place is where a column begins.
func (s *scatter[T]) place(column int) (to int) {
	for i := 1; i < len(s.dims); i++ {
		to += column % s.dims[i] * s.stride[i]
		column /= s.dims[i]
	}
	return to
}

// columnMajor turns the number of an element in row-major order of dims into that
// in column-major order.
func columnMajor(i int, dims []int) (n int) {
	stride := product(dims)
	for k := len(dims) - 1; k >= 0; k-- {
		stride /= dims[k]
		n += i % dims[k] * stride
		i /= dims[k]
	}
	return n
}
