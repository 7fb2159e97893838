package rules

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// The most that a reader takes in at once.
const (
	mostLines     = 300 // of a file
	mostArguments = 6   // of a function
)

// TooLong says of a Go file that it is longer than a reader likes. What a generator
// wrote nobody reads.
func TooLong(path, source string) (faults []string, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil || ast.IsGenerated(file) {
		return nil, err
	}
	if n := strings.Count(source, "\n"); n > mostLines {
		faults = append(faults, fmt.Sprintf("%s has %d lines, more than %d", path, n, mostLines))
	}
	return faults, nil
}

// Crowded says which functions of a Go file take so many arguments that calls do not
// explain themselves, and do not say why: in a doc comment with the word "arguments".
func Crowded(path, source string) (faults []string, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || ast.IsGenerated(file) {
		return nil, err
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || strings.Contains(f.Doc.Text(), "arguments") {
			continue
		}
		if n := f.Type.Params.NumFields(); n > mostArguments {
			faults = append(faults, fmt.Sprintf("%s: %s takes %d arguments and does not say why", files.Position(f.Pos()), f.Name.Name, n))
		}
	}
	return faults, nil
}
