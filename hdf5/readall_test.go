package hdf5

// readAll opens everything that a file has and reads all values. It returns
// the first error of each object; what it must not do is panic, hang or
// allocate without bound.
func readAll(f *File) []error {
	r := &reader{visits: 500}
	r.group(f.Root(), 0)
	return r.errs
}

type reader struct {
	errs   []error
	visits int // how many objects may still be read: links can go in circles
}

func (r *reader) check(err error) {
	if err != nil {
		r.errs = append(r.errs, err)
	}
}

func (r *reader) group(g *Group, depth int) {
	attrs, err := g.Attrs()
	r.check(err)
	r.attributes(attrs)
	for _, name := range g.Keys() {
		if r.visits--; r.visits < 0 || depth > 8 {
			return
		}
		if d, err := g.Dataset(name); err == nil {
			r.dataset(d)
		} else if sub, err2 := g.Group(name); err2 == nil {
			r.group(sub, depth+1)
		} else {
			r.check(err)
		}
	}
}

func (r *reader) dataset(d *Dataset) {
	attrs, err := d.Attrs()
	r.check(err)
	r.attributes(attrs)
	_, err = d.Raw()
	r.check(err)
	r.values(d)
}

func (r *reader) attributes(attrs []*Attribute) {
	for _, a := range attrs {
		r.values(a)
	}
}

// values reads a data set or attribute as what it is.
func (r *reader) values(v any) {
	typ := v.(reads).Type()
	var err error
	switch {
	case typ.IsNumber():
		_, err = v.(reads).Float64s()
	case typ.IsText():
		_, err = v.(reads).Strings()
	case typ.Class == ReferenceTo:
		r.references(v.(reads))
	case typ.Class == Variable:
		r.sequences(v.(reads))
	case typ.Class == Compound:
		for _, m := range typ.Members {
			r.field(v, m.Name)
		}
	}
	r.check(err)
}

func (r *reader) sequences(v reads) {
	s, err := v.Sequences()
	r.check(err)
	if err == nil {
		r.values(s)
	}
}

func (r *reader) field(v any, name string) {
	switch v := v.(type) {
	case *Dataset:
		f, err := v.Field(name)
		r.check(err)
		r.values(f)
	case *Sequences:
		f, err := v.Field(name)
		r.check(err)
		r.values(f)
	case *Attribute:
		f, err := v.Field(name)
		r.check(err)
		r.values(f)
	}
}

func (r *reader) references(v reads) {
	if v.Type().reference != toObject {
		_, err := v.Regions()
		r.check(err)
	}
	refs, err := v.References()
	r.check(err)
	for _, ref := range refs {
		if r.visits--; r.visits < 0 {
			return
		}
		if !ref.IsNull() {
			_, err := ref.Object()
			r.check(err)
		}
	}
}
