package hdf5

// memberName reads a name; old versions pad it to 8 bytes.
func (d *decoder) memberName(version int) string {
	start := d.pos
	s := d.cstring()
	if version < 3 {
		d.skip((8 - (d.pos-start)%8) % 8)
	}
	return s
}

func (d *decoder) compound(t *Type, version, members, depth int) {
	for range members {
		m := Member{Name: d.memberName(version)}
		if version >= 3 {
			m.Offset = d.int(byteWidth(uint64(t.Size)))
		} else {
			m.Offset = d.int(4)
		}
		var dims []int
		if version == 1 {
			dims = d.memberDims()
		}
		m.Type = d.datatype(depth + 1)
		if len(dims) > 0 {
			m.Type = d.arrayOf(m.Type, dims)
		}
		if d.err == nil && (m.Offset < 0 || m.Type.Size > t.Size || m.Offset > t.Size-m.Type.Size) {
			d.fail(corrupt("member %q lies outside its compound", m.Name))
		}
		if d.err != nil {
			return
		}
		t.Members = append(t.Members, m)
	}
}

// memberDims reads the array dimensions that version 1 stores with a member.
func (d *decoder) memberDims() (dims []int) {
	rank := d.int(1)
	d.skip(11)
	for i := range 4 {
		if n := d.int(4); i < rank {
			dims = append(dims, n)
		}
	}
	return dims
}

func (d *decoder) array(t *Type, version, depth int) {
	rank := d.int(1)
	if version < 3 {
		d.skip(3)
	}
	dims := make([]int, rank)
	for i := range dims {
		dims[i] = d.int(4)
	}
	if version < 3 {
		d.skip(4 * rank)
	}
	a := d.arrayOf(d.datatype(depth+1), dims)
	if a.Size != t.Size {
		d.fail(corrupt("array type of %d bytes says it has %d", a.Size, t.Size))
	}
	t.Base, t.Dims = a.Base, a.Dims
}

func (d *decoder) arrayOf(base *Type, dims []int) *Type {
	sizes := []uint64{uint64(base.Size)}
	for _, n := range dims {
		sizes = append(sizes, uint64(n))
	}
	n, ok := product(sizes)
	if !ok || n > 1<<31 || n == 0 {
		d.fail(corrupt("array type of shape %v", dims))
	}
	return &Type{Class: ArrayOf, Size: int(n), Base: base, Dims: dims}
}

// complex reads a type of complex numbers, whose parts lie side by side.
func (d *decoder) complex(t *Type, depth int) {
	base := d.datatype(depth + 1)
	if d.err == nil && (base.Class != Float || 2*base.Size != t.Size) {
		d.fail(corrupt("complex numbers of %d bytes whose parts are %v", t.Size, base))
	}
	t.Class = Compound
	t.Members = []Member{{"r", 0, base}, {"i", base.Size, base}}
}

func (d *decoder) enum(t *Type, version, n, depth int) {
	t.Base = d.datatype(depth + 1)
	if d.err == nil && (t.Base.Class != Integer || t.Base.Size != t.Size) {
		d.fail(corrupt("enumeration of %v", t.Base))
	}
	for range n {
		if d.err != nil {
			return
		}
		t.Names = append(t.Names, d.memberName(version))
	}
	raw := d.bytes(uint64(n) * uint64(t.Size))
	t.Values = make([]int64, len(t.Names))
	if d.err == nil && t.Base.odd == "" {
		d.err = convert(t.Values, raw, t.Base)
	}
}
