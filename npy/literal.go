package npy

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A header is a literal of Python: a dict of strings, numbers, booleans, lists
// and tuples. parseLiteral gives it as dict, tuple, list, string, int, bool or nil
// (None). What NumPy never writes is refused: comments, expressions, prefixes of
// strings, hexadecimal numbers.
type (
	dict  map[string]any
	tuple []any
	list  []any
)

// maxDepth is how deep literals may lie in each other: structured types of
// structured types.
const maxDepth = 32

// literal parses what is left of a header.
type literal struct {
	text  string
	depth int
}

func parseLiteral(text string) (any, error) {
	l := &literal{text: text}
	v, err := l.value()
	if l.peek(); err == nil && l.text != "" {
		err = l.wrong("the end")
	}
	return v, err
}

// peek skips white space and returns the next byte; 0 at the end.
func (l *literal) peek() byte {
	l.text = strings.TrimLeft(l.text, " \t\r\n")
	if l.text == "" {
		return 0
	}
	return l.text[0]
}

// take skips white space and one byte, if that comes next.
func (l *literal) take(b byte) bool {
	if l.peek() != b || b == 0 {
		return false
	}
	l.text = l.text[1:]
	return true
}

func (l *literal) wrong(want string) error {
	return corrupt("its header has %.20q where %s should be", l.text, want)
}

func (l *literal) value() (any, error) {
	if l.depth++; l.depth > maxDepth {
		return nil, corrupt("its header is more than %d levels deep", maxDepth)
	}
	defer func() { l.depth-- }()
	switch b := l.peek(); {
	case b == '{':
		return l.dict()
	case b == '(':
		return l.tuple()
	case b == '[':
		l.take('[')
		items, _, err := l.items(']')
		return list(items), err
	case b == '\'' || b == '"':
		return l.str()
	case b >= '0' && b <= '9':
		return l.number()
	}
	return l.name()
}

// tuple reads (a, b), (a,), () or a value in parentheses.
func (l *literal) tuple() (any, error) {
	l.take('(')
	items, comma, err := l.items(')')
	if err == nil && len(items) == 1 && !comma {
		return items[0], nil
	}
	return tuple(items), err
}

// items reads values up to the closing bracket, and says whether a comma was the
// last before it.
func (l *literal) items(end byte) (items []any, comma bool, err error) {
	for !l.take(end) {
		if len(items) > 0 && !comma {
			return nil, false, l.wrong("a comma")
		}
		v, err := l.value()
		if err != nil {
			return nil, false, err
		}
		items = append(items, v)
		comma = l.take(',')
	}
	return items, comma, nil
}

func (l *literal) dict() (any, error) {
	l.take('{')
	d := dict{}
	for comma := true; !l.take('}'); comma = l.take(',') {
		if !comma {
			return nil, l.wrong("a comma")
		}
		if b := l.peek(); b != '\'' && b != '"' {
			return nil, l.wrong("a string")
		}
		key, err := l.str()
		if err != nil {
			return nil, err
		}
		if _, ok := d[key]; ok {
			return nil, corrupt("its header has %q twice", key)
		}
		if !l.take(':') {
			return nil, l.wrong("a colon")
		}
		if d[key], err = l.value(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// number reads a decimal number. Python 2 wrote an L behind long ones.
func (l *literal) number() (any, error) {
	digits := l.text[:len(l.text)-len(strings.TrimLeft(l.text, "0123456789"))]
	n, err := strconv.Atoi(digits)
	if err != nil || digits[0] == '0' && len(digits) > 1 {
		return nil, l.wrong("a number of 63 bits")
	}
	l.text = strings.TrimPrefix(l.text[len(digits):], "L")
	return n, nil
}

func (l *literal) name() (any, error) {
	for name, v := range map[string]any{"True": true, "False": false, "None": nil} {
		if rest, ok := strings.CutPrefix(l.text, name); ok {
			l.text = rest
			return v, nil
		}
	}
	return nil, l.wrong("a value")
}

// str reads a string in single or double quotes.
func (l *literal) str() (string, error) {
	quote, rest := l.text[0], l.text[1:]
	var s strings.Builder
	for rest != "" && rest[0] != quote {
		if rest[0] == '\n' {
			break
		}
		// Python knows escapes that Go does not; NumPy, which writes with repr,
		// needs none of them.
		if strings.HasPrefix(rest, `\'`) || strings.HasPrefix(rest, `\"`) {
			s.WriteByte(rest[1])
			rest = rest[2:]
			continue
		}
		r, _, tail, err := strconv.UnquoteChar(rest, 0)
		if err != nil || r == utf8.RuneError {
			return "", l.wrong("a string")
		}
		s.WriteRune(r)
		rest = tail
	}
	if rest == "" || rest[0] != quote {
		return "", l.wrong("a string that ends")
	}
	l.text = rest[1:]
	return s.String(), nil
}
