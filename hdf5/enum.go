package hdf5

import (
	"fmt"
	"slices"
)

// EnumNames reads the values of an enumeration by their names.
func (d *Dataset) EnumNames() ([]string, error) { return readAs(d, (*values).enumNames) }

// EnumNames returns the values of an enumeration by their names.
func (e *elements) EnumNames() ([]string, error) { return valuesAs(e, (*values).enumNames) }

func (v *values) enumNames(dst []string) error {
	if v.typ.Class != Enum {
		return v.wrong("names of an enumeration")
	}
	numbers := make([]int64, len(dst))
	if err := convert(numbers, v.raw, v.typ); err != nil {
		return err
	}
	for i, n := range numbers {
		k := slices.Index(v.typ.Values, n)
		if k < 0 {
			return fmt.Errorf("%w: element %d is %d, for which %v has no name", ErrRange, v.first+uint64(i), n, v.typ)
		}
		dst[i] = v.typ.Names[k]
	}
	return nil
}
