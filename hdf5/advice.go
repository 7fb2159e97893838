package hdf5

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

// copyInPython is a command that writes what h5py reads of a file, with modules
// that help it, into one that this package reads.
func (f *File) copyInPython(modules string) string {
	from, to := f.names()
	program := fmt.Sprintf("import %s; a = h5py.File(%s); b = h5py.File(%s, \"w\"); b.attrs.update(a.attrs); "+
		"[b.__setitem__(k, a[k][()]) for k in a if isinstance(a[k], h5py.Dataset)]; b.close()", modules, strconv.Quote(from), strconv.Quote(to))
	return "python3 -c " + shellQuoted(program)
}

// names are those of the file and of one to write beside it.
func (f *File) names() (from, to string) {
	return f.name, strings.TrimSuffix(f.name, filepath.Ext(f.name)) + "-plain.h5"
}

// shellQuoted puts quotes around what a shell would take apart.
func shellQuoted(s string) string {
	if !strings.ContainsAny(s, " \t\n'\"\\$`!*?[](){}<>|&;#~") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
