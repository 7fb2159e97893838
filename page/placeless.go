package page

import (
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// placeless is a text without the run folder's place in it: what is in it is called as from
// there, and itself RUN. A path that only has letters in common with it stays.
func (r *Reader) placeless(text string) string {
	var out strings.Builder
	for {
		before, behind, found := strings.Cut(text, r.dir)
		out.WriteString(before)
		inside, is := strings.CutPrefix(behind, string(os.PathSeparator))
		switch last, _ := utf8.DecodeLastRuneInString(before); {
		case !found:
			return out.String()
		case ofName(last) || last == os.PathSeparator || goesOn(behind):
			out.WriteString(r.dir)
		case is:
			behind = inside
		default:
			out.WriteString(thisRun)
		}
		text = behind
	}
}

// ofName reports whether a letter is one that names of files mostly have.
func ofName(c rune) bool {
	return unicode.IsLetter(c) && c != utf8.RuneError || unicode.IsDigit(c) || strings.ContainsRune("_-.", c)
}

// goesOn reports whether a name goes on with a text. A full stop is of a name if it does not end
// a sentence.
func goesOn(text string) bool {
	first, n := utf8.DecodeRuneInString(text)
	if first == '.' {
		first, _ = utf8.DecodeRuneInString(text[n:])
	}
	return ofName(first)
}
