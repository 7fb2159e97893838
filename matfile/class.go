package matfile

// Class is what MATLAB's class() says of an array, but for function handles,
// objects and what else is opaque here.
type Class string

// The classes. Numbers, logical and char arrays have values; cells and structs have
// elements; of the rest only the name is known.
const (
	Double   Class = "double"
	Single   Class = "single"
	Int8     Class = "int8"
	Uint8    Class = "uint8"
	Int16    Class = "int16"
	Uint16   Class = "uint16"
	Int32    Class = "int32"
	Uint32   Class = "uint32"
	Int64    Class = "int64"
	Uint64   Class = "uint64"
	Logical  Class = "logical"
	Char     Class = "char"
	Cell     Class = "cell"
	Struct   Class = "struct"
	Function Class = "function_handle" // not read
	Object   Class = "object"          // of a class made in the old way (a folder @name); not read
	Opaque   Class = "opaque"          // string, table, datetime, containers.Map and other objects; not read
	// Text is of HDF5 strings in a file that MATLAB has not written: each element
	// is a string.
	Text Class = "text"
)

// classes of level 5, by number. 5 is sparse: double or logical.
var classes = map[byte]Class{
	1: Cell, 2: Struct, 3: Object, 4: Char, 5: Double, 6: Double, 7: Single, 8: Int8, 9: Uint8, 10: Int16, 11: Uint16,
	12: Int32, 13: Uint32, 14: Int64, 15: Uint64, 16: Function, 17: Opaque,
}

// IsNumber reports whether arrays of the class are read as numbers: real or
// complex ones, or logicals.
func (c Class) IsNumber() bool {
	switch c {
	case Double, Single, Int8, Uint8, Int16, Uint16, Int32, Uint32, Int64, Uint64, Logical:
		return true
	}
	return false
}

// notRead says of a class that is named only what to do about it.
func (a *Array) notRead() error {
	name := a.className
	switch {
	case a.class == Function:
		return unsupported("a function handle has no data. Leave it out")
	case name == "string":
		return unsupported("an object of class string. In MATLAB turn it into text that can be read: x = cellstr(x), or char(x) for one, and save again")
	case name == "table" || name == "timetable":
		return unsupported("an object of class %s. In MATLAB turn it into a struct: x = table2struct(x, 'ToScalar', true), and save again", name)
	case name == "datetime" || name == "duration":
		return unsupported("an object of class %s. In MATLAB turn it into numbers of seconds: posixtime(x) or seconds(x), and save again", name)
	case name == "categorical":
		return unsupported("an object of class categorical. In MATLAB turn it into text: x = cellstr(x), and save again")
	}
	return unsupported("an object of class %s. In MATLAB turn it into a struct: x = struct(x), and save again", name)
}
