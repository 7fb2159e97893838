package npy

import (
	"fmt"
	"slices"
	"strings"
)

// Kind is the kind of a type, by the letter that NumPy has for it.
type Kind byte

// Kinds of types.
const (
	Bool     Kind = 'b'
	Signed   Kind = 'i'
	Unsigned Kind = 'u'
	Float    Kind = 'f'
	Complex  Kind = 'c'
	Bytes    Kind = 'S' // strings of bytes, filled up with zeros
	Unicode  Kind = 'U' // strings of code points of four bytes each
	Datetime Kind = 'M'
	Duration Kind = 'm'
	Object   Kind = 'O' // a pickle
	Struct   Kind = 'V' // fields, or bytes without meaning if it has none
)

// Type describes the elements of an array.
type Type struct {
	Kind      Kind
	Size      int // bytes of one element in the file
	BigEndian bool
	Unit      string  // Datetime, Duration: "ns"
	Fields    []Field // Struct; Complex: "real" and "imag"
}

// Field is one field of a structured type.
type Field struct {
	Name   string
	Offset int // bytes from the element's first
	Type   *Type
	Shape  []int // of a field that is an array; else empty
}

// IsNumber reports whether elements can be read as numbers.
func (t *Type) IsNumber() bool {
	switch t.Kind {
	case Bool, Signed, Unsigned:
		return true
	case Float:
		return t.Size <= 8
	}
	return false
}

// IsText reports whether elements are strings.
func (t *Type) IsText() bool { return t.Kind == Bytes || t.Kind == Unicode }

// String names the type as NumPy does.
func (t *Type) String() string {
	switch t.Kind {
	case Bool:
		return "bool"
	case Signed:
		return fmt.Sprintf("int%d", 8*t.Size)
	case Unsigned:
		return fmt.Sprintf("uint%d", 8*t.Size)
	case Float:
		return fmt.Sprintf("float%d", 8*t.Size)
	case Complex:
		return fmt.Sprintf("complex%d", 8*t.Size)
	case Bytes:
		return fmt.Sprintf("S%d", t.Size)
	case Unicode:
		return fmt.Sprintf("U%d", t.Size/4)
	case Datetime:
		return "datetime64[" + t.Unit + "]"
	case Duration:
		return "timedelta64[" + t.Unit + "]"
	case Object:
		return "object"
	}
	return t.structString()
}

func (t *Type) structString() string {
	if len(t.Fields) == 0 {
		return fmt.Sprintf("void%d", 8*t.Size)
	}
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name + " " + f.Type.String()
		if len(f.Shape) > 0 {
			names[i] += fmt.Sprint(f.Shape)
		}
	}
	return "struct{" + strings.Join(names, ", ") + "}"
}

// field finds a field.
func (t *Type) field(name string) (Field, error) {
	i := slices.IndexFunc(t.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, fmt.Errorf("field %q of %v: %w", name, t, ErrNotFound)
	}
	return t.Fields[i], nil
}

// hasObjects reports whether there are pickles among the elements.
func (t *Type) hasObjects() bool {
	return t.Kind == Object || slices.ContainsFunc(t.Fields, func(f Field) bool { return f.Type.hasObjects() })
}
