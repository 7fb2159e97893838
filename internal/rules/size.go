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

// TooLarge says where a Go file is longer than a reader likes, and which functions
// take so many arguments that calls do not explain themselves and do not say why:
// in a doc comment with the word "arguments". What a generator wrote nobody reads.
func TooLarge(path, source string) (faults []string, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || ast.IsGenerated(file) {
		return nil, err
	}
	if n := strings.Count(source, "\n"); n > mostLines {
		faults = append(faults, fmt.Sprintf("%s has %d lines, more than %d", path, n, mostLines))
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
