package rules

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// exact are the names of package math whose values are defined to the last bit,
// and so are the same on every machine, whatever computes them. Exp, Log, Pow and
// their like are not: they are right to an ulp or so, each machine in its way.
var exact = set(`
	Abs Ceil Copysign Dim FMA Float32bits Float32frombits Float64bits Float64frombits Floor Frexp Ilogb Inf IsInf IsNaN
	Ldexp Logb Max Min Mod Modf NaN Nextafter Nextafter32 Remainder Round RoundToEven Signbit Sqrt Trunc
	E Pi Phi Sqrt2 SqrtE SqrtPi SqrtPhi Ln2 Log2E Ln10 Log10E
	MaxFloat32 SmallestNonzeroFloat32 MaxFloat64 SmallestNonzeroFloat64
	MaxInt MinInt MaxInt8 MinInt8 MaxInt16 MinInt16 MaxInt32 MinInt32 MaxInt64 MinInt64
	MaxUint MaxUint8 MaxUint16 MaxUint32 MaxUint64`)

func set(names string) map[string]bool {
	s := map[string]bool{}
	for _, name := range strings.Fields(names) {
		s[name] = true
	}
	return s
}

// InexactIn returns what [Inexact] finds in the files of a folder, for every
// system, other than tests.
func InexactIn(dir string) (faults []string, err error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		found, err := Inexact(path, string(source))
		if err != nil {
			return nil, err
		}
		faults = append(faults, found...)
	}
	return faults, nil
}

// Inexact says where a Go file uses functions of package math, or of a package
// below it, that do not give the same bits on every machine.
func Inexact(path, source string) (faults []string, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	name, fault := mathName(file)
	if fault != "" {
		return []string{fmt.Sprintf("%s %s", path, fault)}, nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		use, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := use.X.(*ast.Ident); ok && of.Name == name && !exact[use.Sel.Name] {
			faults = append(faults, fmt.Sprintf("%s uses math.%s", files.Position(use.Pos()), use.Sel.Name))
		}
		return true
	})
	return faults, nil
}

// mathName returns by which name a file knows package math, or how it imports
// what cannot be looked through.
func mathName(file *ast.File) (name, fault string) {
	for _, i := range file.Imports {
		switch path, _ := strconv.Unquote(i.Path.Value); {
		case path == "math/cmplx" || path == "math/big":
			return "", "imports " + path
		case path != "math":
		case i.Name == nil:
			name = "math"
		case i.Name.Name == ".":
			return "", "imports math by a dot"
		default:
			name = i.Name.Name
		}
	}
	return name, ""
}
