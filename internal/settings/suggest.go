package settings

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// unknownKey is the error for a name that is no setting's: it says what to use
// instead if that is known, and else what may have been meant.
func unknownKey(config any, name string) error {
	all := List(config)
	for _, s := range all {
		if strings.HasPrefix(s.Key, name+".") {
			return fmt.Errorf("%s is a group of settings: give one of them, for example %s", name, s.Key)
		}
		if strings.HasPrefix(name, s.Key+".") {
			return fmt.Errorf("there is no setting %q: %s is a single one", name, s.Key)
		}
	}
	text := fmt.Sprintf("there is no setting %q", name)
	if strings.Trim(last(name), "0123456789") == "" && last(name) != "" {
		return fmt.Errorf("%s: a number has a decimal point and no comma", text)
	}
	if instead, ok := withoutCounterpart(name); ok {
		return fmt.Errorf("%s: %s", text, instead)
	}
	if meant := nearest(all, name); len(meant) > 0 {
		return fmt.Errorf("%s; did you mean %s?", text, strings.Join(meant, " or "))
	}
	return fmt.Errorf("%s, nor one like it: docs/configuration.md lists them all", text)
}

// Nearness, from 0 to 1: what is suggested has at least enough, and no more
// than tie below the best.
const (
	enough      = .5
	tie         = .05
	mostNearest = 3 // more than these help nobody
	longestName = 100
)

// nearest returns the keys, or groups of keys, in quotes, that name may mean:
// that share most of its words or nearly all its letters.
func nearest(all []Setting, name string) []string {
	best, found := enough, []string(nil)
	try := func(key string, n float64) {
		if n > best+tie {
			found = nil
		}
		best = max(best, n)
		if quoted := fmt.Sprintf("%q", key); n >= best-tie && n >= enough && !slices.Contains(found, quoted) && len(found) < mostNearest {
			found = append(found, quoted)
		}
	}
	name = strings.ToLower(name)
	if len(name) > longestName {
		return nil
	}
	for _, s := range all {
		try(s.Key, nearness(name, s))
		if !strings.Contains(name, ".") {
			try(groupOf(s.Key), spelling(name, groupOf(s.Key)))
		}
	}
	return found
}

// nearness is how near a name is to a setting.
func nearness(name string, s Setting) float64 {
	n := spelling(name, s.Key)
	for _, k := range append([]string{last(s.Key)}, s.Known...) {
		n = max(n, spelling(last(name), k), meaning(last(name), k))
	}
	return n
}

// spelling is the share of letters that need no change, 0 if below two thirds.
func spelling(a, b string) float64 {
	n := 1 - float64(edits(a, b))/float64(max(len(a), len(b), 1))
	if n < 2./3 {
		return 0
	}
	return n
}

// meaning is the share of words that two names have in common, of both: 0 if
// half of what a says is not in b, unless a says all that b does.
func meaning(a, b string) float64 {
	in, of := words(a), words(b)
	common := 0
	for _, w := range in {
		if slices.ContainsFunc(of, func(o string) bool { return o == w || len(w) >= 5 && edits(o, w) == 1 }) {
			common++
		}
	}
	if 2*common <= len(in) && common < len(of) {
		return 0
	}
	return 2 * float64(common) / float64(len(in)+len(of))
}

// words splits a name into its words, each in one form for all that mean the
// same, none twice.
func words(name string) []string {
	var found []string
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		same, ok := synonyms[word]
		if !ok {
			same = word
		}
		for _, w := range strings.Fields(same) {
			if !slices.Contains(found, w) {
				found = append(found, w)
			}
		}
	}
	return found
}

// edits is how many letters must change, come, go, or change places with their
// neighbour to make b of a.
func edits(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
