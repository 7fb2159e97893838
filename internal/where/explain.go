package where

import (
	"cmp"
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// What the language's own errors look like.
var (
	unknownName = regexp.MustCompile(`^unknown name (.*)$`)
	mismatch    = regexp.MustCompile(`^invalid operation: (\S+) \(mismatched types? (\S+)(?: and (\S+))?\)$`)
	membership  = regexp.MustCompile(`^cannot use (\S+) as type (\S+) in array$`)
	noBool      = regexp.MustCompile(`^expected bool, but got (\S+)$`)
)

// explain puts an error of the language in our words, with what helps.
func explain(text string, t *dataset.Table, err error) error {
	what := message(err)
	switch {
	case strings.TrimSpace(text) == "":
		return fmt.Errorf("the condition is empty: write one on the columns, such as %s; %s", example(t), columnsOf(t))
	case unknownName.MatchString(what):
		return fmt.Errorf("%q: %s", text, unknown(unknownName.FindStringSubmatch(what)[1], t))
	case mismatch.MatchString(what):
		what = mixed(mismatch.FindStringSubmatch(what)[1:])
	case membership.MatchString(what):
		found := membership.FindStringSubmatch(what)
		what = among(typeWord(found[1]), typeWord(found[2]))
	case noBool.MatchString(what):
		what = "it is " + typeWord(noBool.FindStringSubmatch(what)[1]) + ", and must be true or false of each row"
	}
	if hint := cmp.Or(spelling(text), bare(text, t)); hint != "" {
		return fmt.Errorf("%q: %s: %s", text, what, hint)
	}
	if about := kindsIn(text, t); about != "" {
		what += "; " + about
	}
	return fmt.Errorf("%q: %s", text, what)
}

// unknown says what a name may have meant that no column has.
func unknown(name string, t *dataset.Table) string {
	hint := ""
	switch {
	case name == "True" || name == "False":
		hint = "write " + strings.ToLower(name) + "; "
	case slices.Contains([]string{"isnan", "isna", "isnull", "notnull", "nan", "null", "none", "nil", "na"}, strings.ToLower(name)):
		hint = "known(x) tells whether a value is known, !known(x) that it is not; "
	case holdsWord(t, name):
		hint = fmt.Sprintf("a word stands in quotes, %q; ", name)
	case alike(t, name) != "":
		hint = fmt.Sprintf("did you mean %s? ", written(alike(t, name)))
	}
	return fmt.Sprintf("unknown name %s: %s%s", name, hint, columnsOf(t))
}

// among says that what is asked for can never be there.
func among(asked, listed string) string {
	return fmt.Sprintf("in asks for %s where each is %s", asked, listed)
}

func holdsWord(t *dataset.Table, word string) bool {
	return slices.ContainsFunc(t.Columns, func(c *dataset.Column) bool { return slices.Contains(c.Words, word) })
}

// mixed says which kinds of values an operator has beside it.
func mixed(found []string) string {
	operator, a, b := found[0], typeWord(found[1]), typeWord(found[2])
	switch {
	case operator == "%":
		return "% takes whole numbers: write int(x) % 2"
	case found[2] == "":
		return fmt.Sprintf("%s stands before %s", operator, a)
	}
	return fmt.Sprintf("%s stands between %s and %s", operator, a, b)
}

// spelling is what other languages write otherwise; "" if nothing looks like that.
func spelling(text string) string {
	for _, s := range []struct{ pattern, hint string }{
		{"`", `a column whose name is not one word is written col("target on")`},
		{`[^=!<>]=[^=~]|^=[^=]`, "equal is written =="},
		{`[^&]&[^&]`, "and is written &&"},
		{`[^|]\|[^|]`, "or is written ||"},
		{`~`, "not is written !"},
		{`<>`, "not equal is written !="},
		{`\bin\s*\(`, `one of several is written in ["a", "b"]`},
	} {
		if regexp.MustCompile(s.pattern).MatchString(text) {
			return s.hint
		}
	}
	return ""
}

// typeWord is how a type of the language is called here.
func typeWord(name string) string {
	switch name {
	case "float64", "int":
		return "a number"
	case "string":
		return "a word"
	case "bool":
		return "true or false"
	case "[]float64":
		return "a list"
	}
	return name
}

func typeName(n ast.Node) string { return typeWord(fmt.Sprint(n.Type())) }

// columnsOf lists the columns as a condition writes them.
func columnsOf(t *dataset.Table) string {
	if len(t.Columns) == 0 {
		return t.Name + " has no columns"
	}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = written(c.Name)
	}
	return "the columns of " + t.Name + " are " + strings.Join(names, ", ")
}

// keywords of the language, which no bare name can be.
var keywords = []string{"and", "contains", "else", "endsWith", "false", "if", "in", "let", "matches", "nil", "not", "or", "startsWith", "true"}

// written is a column's name as a condition writes it.
func written(name string) string {
	if isName := token.IsIdentifier(name) || token.IsKeyword(name); isName && !slices.Contains(keywords, name) {
		return name
	}
	return "col(" + strconv.Quote(name) + ")"
}

// example is a condition that the table allows.
func example(t *dataset.Table) string {
	for _, c := range t.Columns {
		for _, word := range c.Words {
			if word != "" {
				return fmt.Sprintf("%s == %q", written(c.Name), word)
			}
		}
	}
	return "duration < 2"
}

// kindsIn describes the columns that a condition names, as far as it can be read.
func kindsIn(text string, t *dataset.Table) string {
	tree, err := parser.Parse(text)
	if err != nil {
		return ""
	}
	return kinds(t, tree.Node)
}

// kinds describes the columns that stand in a part of a condition.
func kinds(t *dataset.Table, n ast.Node) string {
	ast.Walk(&n, byName{})
	found := &reader{table: t}
	ast.Walk(&n, found)
	return describeAll(found.columns)
}
