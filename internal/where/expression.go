package where

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

// Expression is a condition on the columns of a table.
type Expression struct {
	text    string
	table   *dataset.Table
	program *vm.Program
	columns []*dataset.Column // that it reads
}

// Parse reads a condition on the columns of a table. The error says what is wrong
// with it in one line, and which columns there are.
func Parse(text string, t *dataset.Table) (*Expression, error) {
	program, err := expr.Compile(text, settings(t)...)
	if err != nil {
		return nil, explain(text, t, err)
	}
	e := &Expression{text: text, table: t, program: program}
	found := &reader{table: t}
	node := program.Node()
	ast.Walk(&node, found)
	if found.refused != "" {
		return nil, fmt.Errorf("%q: %s", text, found.refused)
	}
	e.columns = found.columns
	return e, nil
}

// Reads reports whether the condition reads a column of its table.
func (e *Expression) Reads(c *dataset.Column) bool { return slices.Contains(e.columns, c) }

// Rows returns for each row whether the condition is true.
func (e *Expression) Rows() ([]bool, error) {
	rows, of := make([]bool, e.table.Rows), map[string]any{}
	var machine vm.VM
	for i := range rows {
		for _, c := range e.columns {
			of[c.Name] = value(c, i)
		}
		v, err := machine.Run(e.program, of)
		if err != nil {
			return nil, fmt.Errorf("%q: row %d of %s: %s%s", e.text, i, e.table.Name, message(err), shorter(err))
		}
		rows[i] = v.(bool) // AsBool lets nothing else through
	}
	return rows, nil
}

// shorter says what helps where a row's list has fewer numbers than are asked for.
func shorter(err error) string {
	if strings.Contains(message(err), "out of range") {
		return ": ask for its length before, as in len(x) > 1 && x[1] > 0"
	}
	return ""
}

// functions are those of the language that a condition may call.
var functions = []string{"abs", "ceil", "floor", "len", "lower", "max", "min", "round", "trim", "upper"}

// settings of the language: what it knows of a table, and no more.
func settings(t *dataset.Table) []expr.Option {
	known := func(args ...any) (any, error) { return isKnown(args[0]), nil }
	types := map[string]any{}
	for _, c := range t.Columns {
		types[c.Name] = zero(c)
	}
	options := []expr.Option{
		expr.Env(types), expr.AsBool(), expr.Optimize(false), expr.Patch(byName{}), expr.DisableAllBuiltins(),
		expr.Function("known", known, new(func(float64) bool), new(func(string) bool), new(func(bool) bool)),
		expr.Function("int", whole, new(func(float64) int), new(func(int) int)),
	}
	for _, name := range functions {
		options = append(options, expr.EnableBuiltin(name))
	}
	return options
}

// whole is the whole number of a number, towards zero.
func whole(args ...any) (any, error) {
	v, ok := args[0].(float64)
	if !ok {
		return args[0], nil
	}
	if !(math.Abs(v) < 1<<62) {
		return nil, fmt.Errorf("int(%g) is no whole number: ask for known(x) before", v)
	}
	return int(v), nil
}

// zero is a value of a column's type.
func zero(c *dataset.Column) any {
	switch {
	case c.Words != nil:
		return ""
	case c.Flags != nil:
		return false
	case c.Lists != nil:
		return []float64(nil)
	}
	return 0.
}

// value is that of one row.
func value(c *dataset.Column, row int) any {
	switch {
	case c.Words != nil:
		return c.Words[row]
	case c.Flags != nil:
		return c.Flags[row]
	case c.Lists != nil:
		return c.Lists[row]
	}
	return c.Numbers[row]
}

func isKnown(v any) bool {
	switch v := v.(type) {
	case float64:
		return !math.IsNaN(v)
	case string:
		return v != ""
	}
	return true
}

// byName has col("target on") mean the column of that name.
type byName struct{}

// Visit implements ast.Visitor.
func (byName) Visit(node *ast.Node) {
	call, ok := (*node).(*ast.CallNode)
	if !ok || len(call.Arguments) != 1 {
		return
	}
	callee, ok := call.Callee.(*ast.IdentifierNode)
	name, isText := call.Arguments[0].(*ast.StringNode)
	if ok && isText && callee.Value == "col" {
		ast.Patch(node, &ast.IdentifierNode{Value: name.Value})
	}
}

// reader finds the columns that a condition reads, and what it must not ask.
type reader struct {
	table   *dataset.Table
	columns []*dataset.Column
	refused string // "": nothing is
}

// Visit implements ast.Visitor.
func (r *reader) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.NilNode:
		r.refused = "there is no nil; known(x) tells whether a value is known"
	case *ast.BinaryNode:
		r.membership(n)
	case *ast.IdentifierNode:
		if n.Value == "$env" {
			r.refused = "unknown name $env: " + columnsOf(r.table)
		} else if c := r.table.Column(n.Value); c != nil {
			r.columns = append(r.columns, c)
		}
	}
}

// membership refuses to ask whether a word is one of some numbers, or the like: it
// never is.
func (r *reader) membership(n *ast.BinaryNode) {
	if n.Operator != "in" {
		return
	}
	switch list := n.Right.(type) {
	case *ast.BinaryNode:
		if list.Operator == ".." && typeName(n.Left) == typeName(list.Left) && n.Left.Type().Kind() != reflect.Int {
			r.refused = fmt.Sprintf("%v in %v asks for whole numbers: write int(%v) in %v", n.Left, list, n.Left, list)
		}
	case *ast.ArrayNode:
		for _, v := range list.Nodes {
			if a, b := typeName(n.Left), typeName(v); a != b {
				r.refused = among(a, b) + "; " + kinds(r.table, n.Left)
			}
		}
	}
}

// message is an error of the language without the drawing of where it is.
func message(err error) string {
	if f, ok := err.(*file.Error); ok {
		return f.Message
	}
	return err.Error()
}
