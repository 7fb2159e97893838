package table

import "bytes"

// split appends the fields of a line.
func split(fields [][]byte, b []byte, comma byte) [][]byte {
	if comma == ' ' {
		return append(fields, bytes.Fields(b)...)
	}
	for {
		end, quoted := fieldEnd(b, comma)
		field := bytes.TrimSpace(b[:end])
		if quoted {
			field = unquote(field)
		}
		fields = append(fields, field)
		if end == len(b) {
			return fields
		}
		b = b[end+1:]
	}
}

// fieldEnd is where the first field of a line ends, and whether it has quotes.
func fieldEnd(b []byte, comma byte) (end int, quoted bool) {
	inside := false
	for i, c := range b {
		switch {
		case c == '"':
			inside, quoted = !inside, true
		case c == comma && !inside:
			return i, quoted
		}
	}
	return len(b), quoted
}

// unquote takes quotes off a field; two of them inside are one.
func unquote(field []byte) []byte {
	if len(field) < 2 || field[0] != '"' || field[len(field)-1] != '"' {
		return field
	}
	return bytes.ReplaceAll(field[1:len(field)-1], []byte(`""`), []byte(`"`))
}
