package settings

import (
	"errors"
	"fmt"
	"strings"
)

// errUnknown says that a path leads nowhere.
var errUnknown = errors.New("unknown key")

func unknownKey(config any, key string) error {
	known := Keys(config)
	for _, k := range known {
		if strings.HasPrefix(k, key+".") {
			return fmt.Errorf("%s is a group of settings: give one of them, for example %s", key, k)
		}
	}
	return fmt.Errorf("there is no setting %q; did you mean %q?", key, nearest(key, known))
}

// nearest returns the known key, or group of keys, that takes the fewest edits.
// The last part of a key counts as well as the whole, so that a forgotten
// group is found; so does a part of a name.
func nearest(key string, known []string) string {
	best, least := "", -1
	for _, k := range known {
		group, _, _ := strings.Cut(k, ".")
		for _, c := range []string{k, group} {
			d := min(2*edits(key, c), 1+2*edits(last(key), last(c)))
			if len(key) > 3 && strings.Contains(c, key) {
				d = min(d, 3)
			}
			if least < 0 || d < least {
				best, least = c, d
			}
		}
	}
	return best
}

func last(key string) string { return key[strings.LastIndex(key, ".")+1:] }

// edits is the Levenshtein distance of two strings.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
