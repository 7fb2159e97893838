package matfile

import "math"

// list4 is a sparse matrix of level 4: rows, columns and values of the entries (and
// their imaginary parts), each in a column of numbers whose last line is the shape.
type list4 struct {
	stored
	n      int // lines
	imag   bool
	height int // of the sparse matrix
	width  int
}

// sparse4 describes a sparse matrix. What makes no sense as one has no values.
func (a *Array) sparse4(list stored, h head4) {
	l := &list4{stored: list, n: h.rows, imag: h.columns == 4}
	if err := l.shape(h.columns); err != nil {
		a.sparse = &triples{load: func() (*columns, error) { return nil, err }}
		a.dims = []int{0, 0}
	} else {
		a.dims = []int{l.height, l.width}
		a.sparse = &triples{rows: l.height, stored: list.e.size, load: l.load}
	}
	a.re, a.im = a.sparse.parts(l.imag)
}

// shape reads the last line.
func (l *list4) shape(columns int) error {
	if l.n < 1 || columns < 3 || columns > 4 {
		return corrupt("a sparse matrix listed in %d lines of %d numbers", l.n, columns)
	}
	rows, err := l.column(0, l.n-1, 1)
	if err != nil {
		return err
	}
	width, err := l.column(1, l.n-1, 1)
	if err != nil {
		return err
	}
	for _, v := range []float64{rows[0], width[0]} {
		if v != math.Trunc(v) || v < 0 || v > 1<<22+float64(l.e.size) {
			return corrupt("a sparse matrix of %g x %g", rows[0], width[0])
		}
	}
	l.height, l.width = int(rows[0]), int(width[0])
	return nil
}

// column reads some lines of a column.
func (l *list4) column(column, from, lines int) ([]float64, error) {
	v := make([]float64, lines)
	return v, readAll(l, column*l.n+from, v)
}

func (l *list4) load() (*columns, error) {
	var parts [4][]float64
	for k := range parts {
		if k == 3 && !l.imag {
			break
		}
		var err error
		if parts[k], err = l.column(k, 0, l.n-1); err != nil {
			return nil, err
		}
	}
	c := &columns{start: make([]int, l.width+1), row: make([]int32, l.n-1), re: parts[2], im: parts[3]}
	column := 0
	for i, k := range parts[1] {
		row := parts[0][i]
		if row != math.Trunc(row) || row < 1 || row > float64(l.height) || k != math.Trunc(k) || k < float64(column+1) || k > float64(l.width) {
			return nil, corrupt("entry %d of a sparse matrix is at %g, %g, outside or out of order", i+1, row, k)
		}
		for ; column < int(k)-1; column++ {
			c.start[column+1] = i
		}
		c.row[i] = int32(row) - 1
	}
	for ; column < l.width; column++ {
		c.start[column+1] = l.n - 1
	}
	return c, nil
}
