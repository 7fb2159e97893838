package npy

import "fmt"

// Float64s reads the values as float64, converted from any numeric type.
func (a *Array) Float64s() ([]float64, error) { return get(a, (*Type).numeric, numbers[float64]) }

// Float32s reads the values as float32, converted from any numeric type and
// rounded to the nearest. Float32Rows reads them piece by piece.
func (a *Array) Float32s() ([]float32, error) { return get(a, (*Type).numeric, numbers[float32]) }

// Int64s reads the values as int64. Floating-point values must be whole; a value
// that int64 cannot hold gives ErrRange.
func (a *Array) Int64s() ([]int64, error) { return get(a, (*Type).numeric, integers) }

// Bools reads booleans or integers as true where they are not zero.
func (a *Array) Bools() ([]bool, error) { return get(a, (*Type).logical, bools) }

// Strings reads strings without the zeros that fill them up. Those of bytes are
// given as they are, whatever their encoding.
func (a *Array) Strings() ([]string, error) { return get(a, (*Type).textual, text) }

func get[T any](a *Array, allowed func(*Type) error, convert func(dst []T, raw []byte, t *Type) error) ([]T, error) {
	if err := a.typ.readable(); err != nil {
		return nil, a.errorf(err)
	}
	if err := allowed(a.typ); err != nil {
		return nil, a.errorf(err)
	}
	values, err := collect(a, convert)
	if err != nil {
		return nil, a.errorf(err)
	}
	return values, nil
}

// readable returns why elements cannot be read at all, and what to type.
func (t *Type) readable() error {
	switch {
	case t.hasObjects():
		return fmt.Errorf("its elements are Python objects: %w. Save numbers instead: x = np.load(FILE, allow_pickle=True); "+
			"np.save(NEW, np.array(x.tolist(), dtype=float)), or lists of different lengths as two arrays: "+
			"np.savez(NEW, values=np.concatenate(list(x)), lengths=[len(v) for v in x])", ErrPickle)
	case t.Kind == Datetime, t.Kind == Duration:
		return unsupported("%v. Save seconds: (x - x[0]) / np.timedelta64(1, 's')", t)
	case t.Kind == Float && t.Size > 8:
		return unsupported("%v, longdouble, which differs between machines. Save x.astype(float)", t)
	case t.Kind == Complex:
		return fmt.Errorf("%w: %v. Read its fields, or save x.real and x.imag", ErrType, t)
	case t.Kind == Struct && len(t.Fields) > 0:
		return fmt.Errorf("%w: %v is read field by field", ErrType, t)
	}
	return nil
}

// numeric returns why elements cannot be read as numbers, if they cannot.
func (t *Type) numeric() error {
	if !t.IsNumber() {
		return fmt.Errorf("%w: %v cannot be read as numbers", ErrType, t)
	}
	return nil
}

// logical returns why elements cannot be read as booleans.
func (t *Type) logical() error {
	if !t.IsNumber() || t.Kind == Float {
		return fmt.Errorf("%w: %v cannot be read as booleans", ErrType, t)
	}
	return nil
}

// textual returns why elements cannot be read as strings.
func (t *Type) textual() error {
	if !t.IsText() {
		return fmt.Errorf("%w: %v cannot be read as strings", ErrType, t)
	}
	return nil
}
