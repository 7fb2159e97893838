package dataset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Moment writes a time in s for a reader: to six digits, or to the ms where these do not
// reach so far, as in seconds since 1970.
func Moment(s float64) string {
	if size := math.Abs(s); !(size >= 1e5 && size < 1e13) {
		return fmt.Sprintf("%.6g", s)
	}
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(s, 'f', 3, 64), "0"), ".")
}
