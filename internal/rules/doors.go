package rules

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// Closed says which exported declarations of a Go file name a type of an internal
// package: another module can call or implement them only by chance.
func Closed(path, source string) (faults []string, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	internal := internalNames(file)
	report := func(name string, n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			use, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if of, ok := use.X.(*ast.Ident); ok && internal[of.Name] {
				faults = append(faults, fmt.Sprintf("%s: %s names %s.%s, which other modules cannot", files.Position(use.Pos()), name, of.Name, use.Sel.Name))
			}
			return true
		})
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type))) {
				report(d.Name.Name, d.Type)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				exportedSpec(spec, report)
			}
		}
	}
	return faults, nil
}

// internalNames are the names under which a file imports internal packages.
func internalNames(file *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, i := range file.Imports {
		path, _ := strconv.Unquote(i.Path.Value) // the parser has checked it
		if !strings.Contains("/"+path+"/", "/internal/") {
			continue
		}
		name := path[strings.LastIndexByte(path, '/')+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		names[name] = true
	}
	return names
}

// receiver returns the name of a method's type.
func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}

// exportedSpec reports on what others see of a declaration: exported fields and
// methods, whole types otherwise, types of variables and constants.
func exportedSpec(spec ast.Spec, report func(name string, n ast.Node)) {
	switch s := spec.(type) {
	case *ast.ValueSpec:
		if s.Type != nil && s.Names[0].IsExported() {
			report(s.Names[0].Name, s.Type)
		}
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return
		}
		fields, ok := s.Type.(*ast.StructType)
		if !ok {
			report(s.Name.Name, s.Type)
			return
		}
		for _, f := range fields.Fields.List {
			if len(f.Names) == 0 || f.Names[0].IsExported() {
				report(s.Name.Name, f.Type)
			}
		}
	}
}
