package npy

import (
	"regexp"
	"strconv"
)

// parseType understands the descr of a header: a string such as "<f8", or a list
// of fields.
func parseType(descr any) (*Type, error) {
	switch d := descr.(type) {
	case string:
		return parseScalar(d)
	case list:
		return parseStruct(d)
	}
	return nil, corrupt("its descr is %v", descr)
}

// scalarForm is a byte order, a letter, a size, and the unit of a time.
var scalarForm = regexp.MustCompile(`^([<>|=]?)([biufcSUVMmO])([0-9]{0,9})(?:\[([0-9A-Za-zμ/]{1,12})\])?$`)

func parseScalar(descr string) (*Type, error) {
	m := scalarForm.FindStringSubmatch(descr)
	if m == nil {
		return nil, unsupported("the type %.40q", descr)
	}
	size, _ := strconv.Atoi(m[3]) // 0 if there is none; the form has at most nine digits
	t := &Type{Kind: Kind(m[2][0]), Size: size, BigEndian: m[1] == ">", Unit: m[4]}
	switch t.Kind {
	case Unicode:
		t.Size = 4 * size
	case Object:
		t.Size = 8
	}
	if !t.valid() {
		return nil, unsupported("the type %.40q", descr)
	}
	t.Fields = t.parts()
	return t, nil
}

// valid reports whether there is such a type in NumPy.
func (t *Type) valid() bool {
	if t.Unit != "" && t.Kind != Datetime && t.Kind != Duration {
		return false
	}
	switch t.Kind {
	case Bool:
		return t.Size == 1
	case Signed, Unsigned:
		return t.Size == 1 || t.Size == 2 || t.Size == 4 || t.Size == 8
	case Float:
		return t.Size == 2 || t.Size == 4 || t.Size == 8 || t.Size == 12 || t.Size == 16
	case Complex:
		return t.Size == 8 || t.Size == 16 || t.Size == 24 || t.Size == 32
	case Datetime, Duration:
		return t.Size == 8
	}
	return true
}

// parts are the fields of a complex number.
func (t *Type) parts() []Field {
	if t.Kind != Complex {
		return nil
	}
	part := &Type{Kind: Float, Size: t.Size / 2, BigEndian: t.BigEndian}
	return []Field{{Name: "real", Type: part}, {Name: "imag", Offset: part.Size, Type: part}}
}

// parseStruct understands a list of fields, which lie side by side. Gaps stand in
// it as fields of void without a name.
func parseStruct(fields list) (*Type, error) {
	t := &Type{Kind: Struct}
	seen := map[string]bool{}
	for _, v := range fields {
		f, err := parseField(v)
		if err != nil {
			return nil, err
		}
		f.Offset = t.Size
		n, ok := product(append([]int{f.Type.Size}, f.Shape...))
		if !ok || n > 1<<30 || uint64(t.Size)+n > 1<<30 {
			return nil, corrupt("an element of more than 2^30 bytes")
		}
		if n == 0 && len(f.Shape) > 0 { // else no bytes could be any number of values
			return nil, unsupported("the field %q, an array of %v, which has no bytes", f.Name, f.Type)
		}
		t.Size += int(n)
		if f.Name == "" && f.Type.Kind == Struct && f.Type.Fields == nil {
			continue
		}
		if f.Name == "" {
			return nil, corrupt("a field of %v has no name", f.Type)
		}
		if seen[f.Name] {
			return nil, corrupt("two fields are called %q", f.Name)
		}
		seen[f.Name] = true
		t.Fields = append(t.Fields, f)
	}
	return t, nil
}

// parseField understands (name, type) or (name, type, shape), where a name may be
// a pair of a title and a name.
func parseField(v any) (f Field, err error) {
	p, ok := v.(tuple)
	if !ok || len(p) < 2 || len(p) > 3 {
		return f, corrupt("a field is %v", v)
	}
	if titled, ok := p[0].(tuple); ok && len(titled) == 2 {
		p = append(tuple{titled[1]}, p[1:]...)
	}
	if f.Name, ok = p[0].(string); !ok {
		return f, corrupt("the name of a field is %v", p[0])
	}
	if f.Type, err = parseType(p[1]); err != nil || len(p) == 2 {
		return f, err
	}
	shape, ok := p[2].(tuple)
	if n, one := p[2].(int); one {
		shape, ok = tuple{n}, true
	}
	if !ok {
		return f, corrupt("the shape of field %q is %v", f.Name, p[2])
	}
	f.Shape, err = ints(shape)
	return f, err
}
