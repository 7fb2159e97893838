package matfile

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// tell says what an array holds in lines, as testdata/judge.py does.
func tell(a *Array) ([]string, error) {
	switch {
	case a.IsSparse():
		return tellSparse(a)
	case a.Class().IsNumber():
		return tellNumbers(a)
	case a.Class() == Char:
		rows, err := a.Strings()
		return []string{tellText(a.Path(), rows)}, err
	case a.Class() == Cell:
		lines := []string{fmt.Sprintf("%s holds %s []", a.Path(), list4json(a.Shape()))}
		for e, err := range a.All() {
			if err != nil {
				return nil, err
			}
			more, err := tell(e)
			if err != nil {
				return nil, err
			}
			lines = append(lines, more...)
		}
		return lines, nil
	case a.Class() == Struct:
		return tellStruct(a)
	}
	return []string{a.Path() + " opaque"}, nil
}

// tellText counts rows, unless all are empty: of those SciPy has none.
func tellText(path string, rows []string) string {
	rows = ascii(rows)
	n := len(rows)
	if !slices.ContainsFunc(rows, func(row string) bool { return row != "" }) {
		n = 0
	}
	return fmt.Sprintf("%s text %d %s", path, n, sum([]byte(strings.Join(rows, "\n"))))
}

func tellStruct(a *Array) ([]string, error) {
	lines := []string{fmt.Sprintf("%s holds %s [%s]", a.Path(), list4json(a.Shape()), strings.Join(a.Fields(), " "))}
	for s, err := range a.All() {
		if err != nil {
			return nil, err
		}
		for _, name := range s.Fields() {
			e, err := s.Field(name)
			if err != nil {
				return nil, err
			}
			more, err := tell(e)
			if err != nil {
				return nil, err
			}
			lines = append(lines, more...)
		}
	}
	return lines, nil
}

func tellNumbers(a *Array) ([]string, error) {
	re, err := a.Float64s()
	if err != nil {
		return nil, err
	}
	shape := a.Shape()
	if slices.Equal(shape, []int{1, 0}) {
		shape = []int{0, 0}
	}
	line := fmt.Sprintf("%s %s ", a.Path(), list4json(shape))
	if a.IsComplex() {
		im, err := a.Imag()
		return []string{line + tellComplex(re, im)}, err
	}
	return []string{line + tellFloats(re)}, nil
}

func tellSparse(a *Array) ([]string, error) {
	e, err := a.Entries()
	if err != nil {
		return nil, err
	}
	line := fmt.Sprintf("%s %s sparse %s %s ", a.Path(), list4json(a.Shape()), tellFloats(e.Rows), tellFloats(e.Columns))
	if a.IsComplex() {
		return []string{line + tellComplex(e.Values, e.Imag)}, nil
	}
	return []string{line + tellFloats(e.Values)}, nil
}

// tellComplex leaves of numbers what SciPy does, which computes re + 1j * im: no sign of
// zeros, and no real part beside what is not finite.
func tellComplex(re, im []float64) string {
	re, im = slices.Clone(re), slices.Clone(im)
	for i := range re {
		re[i], im[i] = re[i]+0, im[i]+0
		if im[i]-im[i] != 0 {
			re[i] = math.NaN()
		}
	}
	return tellFloats(re) + " i " + tellFloats(im)
}

// tellFloats gives the first values, and a checksum of all.
func tellFloats[T int | float64](v []T) string {
	var b []byte
	first := make([]string, 0, 4)
	for i, x := range v {
		x := float64(x)
		if i < 4 {
			text := strings.ToLower(fmt.Sprintf("%.6e", x))
			first = append(first, strings.TrimPrefix(text, "+"))
		}
		bits := math.Float64bits(x)
		if x != x {
			bits = 0x7ff8000000000000
		}
		b = binary.LittleEndian.AppendUint64(b, bits)
	}
	return strings.Join(first, " ") + " " + sum(b)
}

func sum(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b))[:16] }

func list4json(v []int) string { return strings.ReplaceAll(fmt.Sprint(v), " ", ", ") }

// ascii makes one sign of all that are not ASCII, for SciPy reads bytes as ASCII.
func ascii(rows []string) (out []string) {
	for _, row := range rows {
		row = strings.Map(func(r rune) rune {
			if r >= 128 {
				return '?'
			}
			return r
		}, row)
		out = append(out, strings.TrimRight(row, " \x00"))
	}
	return out
}
