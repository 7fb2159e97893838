package matfile

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Text returns a text of one row: 'M1 001'. Of several rows, Strings returns all.
func (a *Array) Text() (string, error) {
	if a.class == Char && a.Len() == 0 {
		return "", nil
	}
	s, err := a.Strings()
	switch {
	case err != nil:
		return "", err
	case len(s) != 1:
		return "", a.wrong("one text")
	}
	return s[0], nil
}

// Strings returns the rows of a char array, or the texts that a cell array holds, in
// row-major order. Where a char array has several rows, the blanks that fill them to
// the same length are left out, as MATLAB's cellstr does. Characters that are no
// Unicode become U+FFFD.
func (a *Array) Strings() ([]string, error) {
	switch a.class {
	case Text:
		s, err := a.texts()
		return s, a.errorf(err)
	case Char:
		return a.rows()
	case Cell:
		return a.cellStrings()
	}
	return nil, a.wrong("text")
}

// rows returns the rows of a char array: what shares all indices but the last.
func (a *Array) rows() ([]string, error) {
	u, err := a.text()
	if err != nil || len(u) == 0 {
		return make([]string, a.emptyRows()), a.errorf(err)
	}
	last := len(a.dims) - 1
	length := a.dims[last]
	rows := make([]string, len(u)/length)
	row := make([]uint16, length)
	for i := range rows {
		from := columnMajor(i, a.dims[:last])
		for k := range row {
			row[k] = u[from+k*len(rows)]
		}
		rows[i] = string(utf16.Decode(row))
		if len(rows) > 1 {
			rows[i] = strings.TrimRight(rows[i], " \x00")
		}
	}
	return rows, nil
}

// emptyRows is how many rows an array without characters has: as many as it says, if
// these are few.
func (a *Array) emptyRows() int {
	if len(a.dims) == 0 {
		return 0
	}
	if n := product(a.dims[:len(a.dims)-1]); n < 1<<16 {
		return n
	}
	return 0
}

func (a *Array) cellStrings() ([]string, error) {
	var all []string
	for e, err := range a.All() {
		if err != nil {
			return nil, err
		}
		if e.class != Char && e.class != Text && e.Len() > 0 {
			return nil, a.errorf(fmt.Errorf("%w: %s is %v, not text", ErrType, e.path, e))
		}
		s := ""
		if e.Len() > 0 {
			if s, err = e.Text(); err != nil {
				return nil, err
			}
		}
		all = append(all, s)
	}
	return all, nil
}
