package table

import (
	"bytes"
	"math"
	"strconv"
)

// missing are words for a number that is not known.
var missing = map[string]bool{
	"": true, "NaN": true, "nan": true, "NAN": true, "NA": true, "N/A": true, "n/a": true, "null": true, "NULL": true, "None": true,
}

// IsMissing reports whether a field says that its value is not known.
func IsMissing(field []byte) bool { return missing[string(field)] }

// Number reads a field as a number, to the nearest float64; NaN if it is not known.
// It reports false for what is no number.
func (t *Reader) Number(field []byte) (float64, bool) {
	if IsMissing(field) {
		return math.NaN(), true
	}
	if t.decimal == ',' && bytes.IndexByte(field, ',') >= 0 {
		field = bytes.Replace(field, []byte(","), []byte("."), 1)
	}
	if !decimal(field) {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(field), 64)
	return v, err == nil
}

// decimal keeps out what Go reads as a number and tables do not mean as one.
func decimal(field []byte) bool {
	for _, c := range field {
		switch c {
		case 'x', 'X', '_', 'p', 'P':
			return false
		}
	}
	return true
}
