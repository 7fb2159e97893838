package hdf5

import "fmt"

// Reference points to a group or data set of a file. MATLAB's cells and NWB's
// tables are made of them. Two are equal if they point to the same object of the
// same open File.
type Reference struct {
	f       *File
	address uint64
}

// IsNull reports whether the reference points to nothing, as those do that were
// never set.
func (r Reference) IsNull() bool { return r == Reference{} }

// Reference returns a reference to the object.
func (o *object) Reference() Reference { return Reference{o.f, o.address} }

// Object is a group or a data set: *Group or *Dataset.
type Object interface {
	Path() string
	Attrs() ([]*Attribute, error)
	Attr(name string) (*Attribute, error)
	Reference() Reference
}

// Object opens what the reference points to: a *Group or a *Dataset. Its path
// tells the place in the file, for a reference knows no name.
func (r Reference) Object() (Object, error) {
	o, err := r.open()
	if err != nil {
		return nil, err
	}
	return o.either()
}

// Dataset opens the data set that the reference points to.
func (r Reference) Dataset() (*Dataset, error) {
	o, err := r.open()
	if err != nil {
		return nil, err
	}
	return o.dataset()
}

// Group opens the group that the reference points to.
func (r Reference) Group() (*Group, error) {
	o, err := r.open()
	if err != nil {
		return nil, err
	}
	return o.group()
}

func (r Reference) open() (*object, error) {
	if r.IsNull() {
		return nil, fmt.Errorf("hdf5: %w: a reference that points to nothing", ErrNotFound)
	}
	return r.f.open(r.address, fmt.Sprintf("(object at %d)", r.address))
}

// Object opens a group or data set by name or by a path with slashes, as *Group
// or *Dataset.
func (g *Group) Object(path string) (Object, error) {
	o, err := g.lookUp(path)
	if err != nil {
		return nil, err
	}
	return o.either()
}

func (o *object) either() (Object, error) {
	if o.isDataset() {
		return o.dataset()
	}
	return o.group()
}

// referenceKind is the kind of a type of references, as the format numbers it.
type referenceKind byte

const (
	toObject    referenceKind = 0
	toRegion    referenceKind = 1
	toObject2   referenceKind = 2 // since HDF5 1.12, and the two below
	toRegion2   referenceKind = 3
	toAttribute referenceKind = 4
)

func (v *values) references(dst []Reference) error {
	if v.typ.Class != ReferenceTo {
		return v.wrong("references")
	}
	for i := range dst {
		target, _, err := v.target(i)
		if err == nil && target != nil {
			dst[i].set(v.f, target.address())
			err = target.err
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// set makes the reference point to an address; that of nothing leaves it null.
func (r *Reference) set(f *File, address uint64) {
	if address != 0 && address != undefined {
		*r = Reference{f, address}
	}
}

// target returns what element i says of where it points: the address of an
// object, and behind it which part of it if any; and of which kind it is. It is
// nil if the element is null.
func (v *values) target(i int) (target *decoder, kind referenceKind, err error) {
	d := v.f.decoder(v.raw[i*v.typ.Size : (i+1)*v.typ.Size])
	switch kind = v.typ.reference; kind {
	case toObject:
		return d, kind, nil
	case toRegion:
		target, err = v.f.stored(d)
		return target, kind, err
	case toObject2, toRegion2, toAttribute:
		return v.f.target2(d)
	}
	return nil, kind, unsupported("references of kind %d", kind)
}

// stored follows the address and number of a value in a global heap; it is nil
// where there is none.
func (f *File) stored(d *decoder) (*decoder, error) {
	address, index := d.address(), d.uint(4)
	if d.err != nil || address == 0 || address == undefined {
		return nil, d.err
	}
	value, err := f.heapObject(address, index)
	return f.decoder([]byte(value)), err
}

// target2 reads a reference as HDF5 1.12 and later write them: its kind, flags,
// and either what they say of the target, or where that is stored. One type has
// references of all kinds.
func (f *File) target2(d *decoder) (target *decoder, kind referenceKind, err error) {
	const external = 1
	kind, flags := referenceKind(d.byte()), d.byte()
	switch {
	case kind == toObject: // bytes of zero: never set
		return nil, kind, d.err
	case flags&external != 0:
		return nil, kind, unsupported("references into other files")
	case kind != toObject2:
		d.skip(4) // size of what is stored
		if d, err = f.stored(d); d == nil || err != nil {
			return nil, kind, err
		}
	}
	if n := d.int(1); n != f.offsetSize && d.err == nil {
		return nil, kind, corrupt("a reference to an address of %d bytes", n)
	}
	return d, kind, d.err
}

func (d *decoder) reference(t *Type, bits uint64) {
	t.reference = referenceKind(bits & 15)
	want := map[referenceKind]int{toObject: d.offsetSize, toRegion: d.offsetSize + 4}[t.reference]
	if t.reference >= toObject2 {
		want = 10 + d.offsetSize
	}
	if t.Size != want && d.err == nil {
		d.fail(corrupt("references of kind %d of %d bytes, should be %d", t.reference, t.Size, want))
	}
}

func (t *Type) referenceName() string {
	switch t.reference {
	case toRegion, toRegion2:
		return "reference to a region"
	case toAttribute:
		return "reference to an attribute"
	}
	return "reference"
}
