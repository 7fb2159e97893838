package hdf5

import (
	"fmt"
	"strings"
)

// Class is the kind of a datatype. The values are those of the format.
type Class int

// Classes of datatypes.
const (
	Integer     Class = 0
	Float       Class = 1
	Time        Class = 2
	String      Class = 3 // of fixed length
	Bitfield    Class = 4
	Opaque      Class = 5 // bytes, whose Tag may say what they are
	Compound    Class = 6
	ReferenceTo Class = 7 // to objects, or to parts of data sets
	Enum        Class = 8
	Variable    Class = 9 // sequence or string of variable length
	ArrayOf     Class = 10

	complexNumber Class = 11 // since HDF5 2.0; read as h5py's compound of r and i
)

// Type describes the elements of a data set or attribute.
type Type struct {
	Class     Class
	Size      int // bytes of one element in the file
	Signed    bool
	BigEndian bool
	Text      bool     // Variable: a string, not a sequence
	Base      *Type    // Enum, Variable, ArrayOf: type of the elements
	Dims      []int    // ArrayOf: shape of one element
	Members   []Member // Compound
	Names     []string // Enum: names of the values, in the file's order
	Values    []int64  // Enum: the values
	Tag       string   // Opaque

	odd       string     // why numbers of this type cannot be read
	bits      *oddNumber // if no Go type has them
	padding   byte       // String: 0 ends at a zero, 1 zeros behind, 2 spaces behind
	reference referenceKind
}

// Member is one field of a compound type.
type Member struct {
	Name   string
	Offset int
	Type   *Type
}

// IsBool reports whether the type is the enumeration {FALSE, TRUE} that h5py
// stores booleans in.
func (t *Type) IsBool() bool {
	if t.Class != Enum || len(t.Names) != 2 {
		return false
	}
	value := map[string]int64{t.Names[0]: t.Values[0], t.Names[1]: t.Values[1]}
	no, hasNo := value["FALSE"]
	yes, hasYes := value["TRUE"]
	return hasNo && hasYes && no == 0 && yes == 1
}

// IsComplex reports whether the type is that of complex numbers, a compound whose
// members r and i are numbers: Field gives either.
func (t *Type) IsComplex() bool {
	m := t.Members
	return t.Class == Compound && len(m) == 2 && m[0].Name == "r" && m[1].Name == "i" &&
		m[0].Type.Class == Float && m[1].Type.Class == Float && m[0].Type.Size == m[1].Type.Size
}

// IsText reports whether elements are strings, of fixed or variable length.
func (t *Type) IsText() bool { return t.Class == String || t.Class == Variable && t.Text }

// IsNumber reports whether elements can be read as numbers.
func (t *Type) IsNumber() bool {
	switch t.Class {
	case Integer, Float, Bitfield:
		return t.odd == ""
	case Enum:
		return t.Base.IsNumber()
	}
	return false
}

// String names the type as NumPy does where NumPy has a name.
func (t *Type) String() string {
	switch t.Class {
	case Integer, Bitfield:
		if t.Signed {
			return fmt.Sprintf("int%d", 8*t.Size)
		}
		return fmt.Sprintf("uint%d", 8*t.Size)
	case Float:
		return fmt.Sprintf("float%d", 8*t.Size)
	case Enum:
		if t.IsBool() {
			return "bool"
		}
		return "enum{" + strings.Join(t.Names, ", ") + "}"
	case String:
		return fmt.Sprintf("string%d", t.Size)
	case Variable:
		if t.Text {
			return "string"
		}
		return "sequence of " + t.Base.String()
	case Compound:
		if t.IsComplex() {
			return fmt.Sprintf("complex%d", 8*t.Size)
		}
		names := make([]string, len(t.Members))
		for i, m := range t.Members {
			names[i] = m.Name + " " + m.Type.String()
		}
		return "compound{" + strings.Join(names, ", ") + "}"
	case ArrayOf:
		return fmt.Sprintf("%v %v", t.Dims, t.Base)
	case ReferenceTo:
		return t.referenceName()
	case Opaque:
		return strings.TrimSpace(fmt.Sprintf("opaque%d %s", t.Size, t.Tag))
	case Time:
		return fmt.Sprintf("time%d", 8*t.Size)
	}
	return fmt.Sprintf("class %d", t.Class)
}

// maxNesting bounds how deep a type may nest; real ones have two or three levels.
const maxNesting = 16

// readType parses a datatype message.
func (f *File) readType(body []byte) (*Type, error) {
	d := f.decoder(body)
	t := d.datatype(0)
	if d.err != nil {
		return nil, d.err
	}
	return t, nil
}

// datatype reads a type. It never returns nil; d.err tells whether it is whole.
func (d *decoder) datatype(depth int) *Type {
	head, bits := d.byte(), d.uint(3)
	t := &Type{Class: Class(head & 15), Size: d.int(4)}
	version := int(head >> 4)
	if version < 1 || version > 5 {
		d.fail(unsupported("datatype version %d", version))
	}
	if depth > maxNesting || t.Size <= 0 {
		d.fail(corrupt("datatype of %d bytes, nested %d deep", t.Size, depth))
		return t
	}
	switch t.Class {
	case Integer, Bitfield:
		d.integer(t, bits)
	case Float:
		d.float(t, bits)
	case Time:
		d.skip(2)
	case String:
		t.padding = byte(bits & 15)
	case Opaque:
		tag, _, _ := strings.Cut(string(d.bytes(bits&255)), "\x00")
		t.Tag = tag
	case Compound:
		d.compound(t, version, int(bits&0xffff), depth)
	case ReferenceTo:
		d.reference(t, bits)
	case Enum:
		d.enum(t, version, int(bits&0xffff), depth)
	case Variable:
		t.Text = bits&15 == 1
		t.Base = d.datatype(depth + 1)
	case ArrayOf:
		d.array(t, version, depth)
	case complexNumber:
		d.complex(t, depth)
	default:
		d.fail(unsupported("datatype class %d", t.Class))
	}
	return t
}

func (d *decoder) integer(t *Type, bits uint64) {
	t.BigEndian, t.Signed = bits&1 != 0, bits&8 != 0
	offset, precision := d.int(2), d.int(2)
	if offset != 0 || precision != 8*t.Size || t.Size > 8 || t.Size&(t.Size-1) != 0 {
		t.oddInteger(offset, precision)
	}
}

func (d *decoder) float(t *Type, bits uint64) {
	t.Signed, t.BigEndian = true, bits&1 != 0
	offset, precision := d.int(2), d.int(2)
	exponentAt, exponent, mantissaAt, mantissa := d.int(1), d.int(1), d.int(1), d.int(1)
	bias := d.int(4)
	sign, leadingOne := int(bits>>8&255), bits&0x30 == 0x20
	const x87 = 64 // the mantissa of long double, which stores its leading one
	usual := bits&0x40 == 0 && (leadingOne || bits&0x30 == 0 && mantissa == x87)
	switch got := [6]int{t.Size, exponentAt, exponent, mantissaAt, mantissa, bias}; got {
	case [6]int{2, 10, 5, 0, 10, 15}, [6]int{4, 23, 8, 0, 23, 127}, [6]int{8, 52, 11, 0, 52, 1023}:
		if usual && leadingOne && offset == 0 && precision == 8*t.Size && sign == precision-1 {
			return
		}
	}
	t.oddFloat(oddNumber{
		sign: sign, exponentAt: exponentAt, exponent: exponent, mantissaAt: mantissaAt, mantissa: mantissa,
		bias: bias, leadingOne: leadingOne,
	}, usual && offset == 0)
}
