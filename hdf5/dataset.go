package hdf5

import (
	"cmp"
	"fmt"
	"slices"
)

// Dataset is an array in a file, or a slab of one. Values are read when asked
// for.
type Dataset struct {
	*object
	typ     *Type // of the elements in the file
	part    part  // what is read of each
	space   *space
	filters []filter
	fill    []byte
	layout  layout
	kept    *chunkCache // of this data set and its slabs

	start, count []uint64 // the slab; nil: everything
}

// dataset reads the description of an object that must be a data set, and the
// index of its chunks.
func (o *object) dataset() (*Dataset, error) {
	if !o.isDataset() {
		return nil, o.errorf(fmt.Errorf("%w: a %s, not a data set", ErrType, cmp.Or(o.otherwise(), "group")))
	}
	d := &Dataset{object: o, kept: &chunkCache{}}
	if err := d.describe(); err != nil {
		return nil, o.errorf(err)
	}
	return d, nil
}

func (d *Dataset) describe() error {
	body, ok, err := d.header.find(msgDatatype)
	if err != nil || !ok {
		return orCorrupt(err, "a data set without type")
	}
	if d.typ, err = d.f.readType(body); err != nil {
		return err
	}
	d.part = wholeOf(d.typ)
	if body, ok, err = d.header.find(msgDataspace); err != nil || !ok {
		return orCorrupt(err, "a data set without shape")
	}
	if d.space, err = d.f.readSpace(body); err != nil {
		return err
	}
	if body, ok, err = d.header.find(msgFilters); err != nil {
		return err
	} else if ok {
		if d.filters, err = d.f.readFilters(body); err != nil {
			return err
		}
	}
	if d.fill, err = d.readFill(); err != nil {
		return err
	}
	return d.readLayout()
}

func orCorrupt(err error, what string) error {
	if err != nil {
		return err
	}
	return corrupt("%s", what)
}

// Type returns the type of the values. Elements that are arrays have that of what
// is in them: Shape has their dimensions.
func (d *Dataset) Type() *Type { return d.part.typ }

// Shape returns the size of each dimension, slowest first; empty for a scalar.
// Elements that are arrays have theirs behind those of the data set.
func (d *Dataset) Shape() []int {
	_, count := d.slab()
	return (&space{dims: slices.Concat(count, d.part.dims)}).shape()
}

// Field returns a view of one member of a compound type, which reads as a data
// set of the member's type does.
func (d *Dataset) Field(name string) (*Dataset, error) {
	p, err := d.part.field(name)
	if err != nil {
		return nil, d.errorf(err)
	}
	v := *d
	v.part = p
	return &v, nil
}

// ChunkShape returns the shape of the chunks the values are stored in, or nil
// if they are not. Reading whole chunks is fastest.
func (d *Dataset) ChunkShape() []int {
	if d.layout.chunks == nil {
		return nil
	}
	return (&space{dims: d.layout.chunks.shape}).shape()
}

// Slab returns a view of count elements along each dimension from start on.
// Only these are read when values are asked for.
func (d *Dataset) Slab(start, count []int) (*Dataset, error) {
	shape := d.Shape()
	if len(start) != len(shape) || len(count) != len(shape) {
		return nil, d.errorf(fmt.Errorf("%w: slab %v + %v of data of shape %v", ErrRange, start, count, shape))
	}
	from, size := make([]uint64, len(shape)), make([]uint64, len(shape))
	for i := range shape {
		if start[i] < 0 || count[i] < 0 || start[i] > shape[i] || count[i] > shape[i]-start[i] {
			return nil, d.errorf(fmt.Errorf("%w: slab %v + %v of data of shape %v", ErrRange, start, count, shape))
		}
		from[i], size[i] = uint64(start[i]), uint64(count[i])
	}
	v := *d
	rank := len(d.space.dims)
	for i, n := range d.start {
		from[i] += n
	}
	v.start, v.count = from[:rank:rank], size[:rank:rank]
	v.part = d.part.slab(from[rank:], size[rank:])
	return &v, nil
}

// Float32s reads the values as float32, converted from any numeric type and
// rounded to the nearest. Float32Rows reads them piece by piece.
func (d *Dataset) Float32s() ([]float32, error) { return readAs(d, (*values).float32s) }

// Float64s reads the values as float64, converted from any numeric type.
func (d *Dataset) Float64s() ([]float64, error) { return readAs(d, (*values).float64s) }

// Int64s reads the values as int64. Floating-point values must be whole; a
// value that int64 cannot hold gives ErrRange.
func (d *Dataset) Int64s() ([]int64, error) { return readAs(d, (*values).int64s) }

// Bools reads booleans or integers as true where they are not zero.
func (d *Dataset) Bools() ([]bool, error) { return readAs(d, (*values).bools) }

// Strings reads strings of fixed or variable length, without their padding.
func (d *Dataset) Strings() ([]string, error) { return readAs(d, (*values).strings) }

// References reads references to groups and data sets; see those of an Attribute.
func (d *Dataset) References() ([]Reference, error) { return readAs(d, (*values).references) }

// Regions reads references to parts of data sets.
func (d *Dataset) Regions() ([]Region, error) { return readAs(d, (*values).regions) }
